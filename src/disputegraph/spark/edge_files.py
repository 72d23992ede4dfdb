"""Write edge tables that Spark computes: CSV as `networks.write_network` writes it, or Parquet."""

from __future__ import annotations

import csv
import io
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from disputegraph.errors import DataError, OutputError, UsageError
from disputegraph.rdf import open_output
from disputegraph.spark.spark_session import said_by, spark_errors
from disputegraph.spark.statement_files import formula_safe

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["write_edges"]


def write_edges(edges: DataFrame, output: str | None, form: str) -> None:
    """Compute the edges and write them, whole or not at all.

    Args:
        edges: what to compute, see `project`.
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
            _write_parquet(edges, output)
        else:
            _write_csv(edges, output)
    except spark_errors() as error:
        raise DataError(f"Spark failed: {said_by(error)}") from None


def _write_parquet(edges: DataFrame, output: str | None) -> None:
    if output is None or output == "-":
        raise UsageError("Parquet cannot be shown in a terminal; name a folder with -o.")
    if "://" in output:
        edges.write.mode("errorifexists").parquet(output)
        return
    target = Path(output)
    if target.exists():
        raise OutputError(f"{target}: exists already; name a new folder.")
    beside = target.absolute().with_name(f".{target.name}.{os.getpid()}.part")
    try:
        edges.write.parquet(beside.as_uri())
        beside.rename(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}.") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_csv(edges: DataFrame, output: str | None) -> None:
    from pyspark.sql import functions as f

    # As the in-process engine orders nodes: by UTF-16 code units of the label, then by IRI.
    keys = [key for end in ("source", "target") for key in (f.encode(f"{end}_label", "UTF-16BE"), f.col(end))]
    with open_output(output) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(edges.columns)
            for row in edges.orderBy(*keys).toLocalIterator():
                writer.writerow([_cell(value) for value in row])
        finally:
            text.detach()  # the stream is not ours to close


def _cell(value: object) -> object:
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    return formula_safe(value)
