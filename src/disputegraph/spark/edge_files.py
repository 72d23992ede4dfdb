"""Write edge tables: CSV as `networks.write_network` writes it, or Parquet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from disputegraph.errors import OutputError, UsageError
from disputegraph.rdf import open_output
from disputegraph.tables import to_cell

if TYPE_CHECKING:
    import pyarrow as pa


def write_edges(edges: pa.Table, output: str | None, form: str) -> None:
    """Write the edges that `project` made, whole or not at all.

    Args:
        edges: one row an edge.
        output: the file, or None for standard output (CSV). A Parquet file may also be at an address that pyarrow
            writes to, such as ``s3://bucket/edges.parquet`` or ``hdfs://…``.
        form: ``csv`` or ``parquet``.

    Raises:
        UsageError: another format, or Parquet to standard output.
        OutputError: the output cannot be written.
    """
    if form == "csv":
        _write_csv(edges, output)
        return
    if form != "parquet":
        raise UsageError(f"Spark writes edges as csv or parquet, not as '{form}'; leave out --engine.")
    if output in (None, "-"):
        raise UsageError("Parquet cannot be shown in a terminal; name a file with -o.")
    import pyarrow as pa
    import pyarrow.parquet as pq

    if "://" in str(output):
        try:
            pq.write_table(edges, output)
        except (OSError, pa.ArrowException) as error:
            raise OutputError(f"{output}: cannot be written: {error}") from None
        return
    with open_output(output) as stream:
        pq.write_table(edges, stream)


def _write_csv(edges: pa.Table, output: str | None) -> None:
    with open_output(output) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(edges.column_names)
            for batch in edges.to_batches(max_chunksize=10_000):
                rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
                writer.writerows([_cell(value) for value in row] for row in rows)
        finally:
            text.detach()  # the stream is not ours to close


def _cell(value: object) -> object:
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    return to_cell(value) if isinstance(value, str) else value
