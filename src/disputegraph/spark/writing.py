"""Write edge tables that Spark computes: CSV as `networks.write_network` writes it, or Parquet."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, cast

from disputegraph.errors import DataError, OutputError, UsageError
from disputegraph.rdf import open_output
from disputegraph.spark.projecting import Projection
from disputegraph.spark.session import said_by, spark_errors

__all__ = ["write_edges"]

_LINES = 10_000


def write_edges(projection: Projection, output: str | None, form: str) -> None:
    """Compute the edges and write them, whole or not at all.

    Args:
        projection: what to compute.
        output: the file, or None for standard output (CSV). Parquet is a folder of files, as Spark writes it, and may
            lie anywhere Spark writes to; on this machine it takes its name when it is whole.
        form: ``csv`` or ``parquet``.

    Raises:
        UsageError: another format, or Parquet to standard output.
        OutputError: the output cannot be written.
        DataError: Spark failed.
    """
    if form not in ("csv", "parquet"):
        raise UsageError(f"Spark writes edges as csv or parquet, not as '{form}'; leave out --engine.")
    try:
        if form == "parquet":
            _write_parquet(projection, output)
        else:
            _write_csv(projection, output)
    except spark_errors() as error:
        raise DataError(f"Spark failed: {said_by(error)}") from None


def _write_parquet(projection: Projection, output: str | None) -> None:
    if output is None or output == "-":
        raise UsageError("Parquet is no text for a terminal; name a folder with -o.")
    if "://" in output:
        projection.edges.write.mode("errorifexists").parquet(output)
        return
    target = Path(output)
    if target.exists():
        raise OutputError(f"{target}: exists already; name a new folder.")
    beside = target.absolute().with_name(f".{target.name}.{os.getpid()}.part")
    try:
        projection.edges.write.parquet(beside.as_uri())
        beside.rename(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}.") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_csv(projection: Projection, output: str | None) -> None:
    ordered = projection.edges.orderBy("source_label", "source", "target_label", "target")
    with open_output(output) as stream:
        columns = ["source", "target", "source_label", "target_label", "weight", "count", *projection.parts]
        text = _Lines(stream)
        writer = csv.writer(cast("Any", text), lineterminator="\n")
        writer.writerow(columns)
        rows: Iterable[Any] = ordered.select(columns).toLocalIterator()
        for row in rows:
            writer.writerow([_cell(value) for value in row])
        text.finish()


class _Lines:
    """A text file that passes its lines on in blocks."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._held = stream, io.StringIO()

    def write(self, line: str) -> None:
        self._held.write(line)
        if self._held.tell() > _LINES * 100:
            self.finish()

    def finish(self) -> None:
        self._stream.write(self._held.getvalue().encode())
        self._held = io.StringIO()


def _cell(value: object) -> object:
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
