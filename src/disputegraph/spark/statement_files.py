"""Write the statement table for work elsewhere: Parquet in row groups, or CSV."""

from __future__ import annotations

import csv
import io
from typing import IO

from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import COLUMNS, statement_chunks
from disputegraph.tables import to_cell

_LISTS = ("issues", "issue_labels")


def write_statements(table: StatementTable, output: IO[bytes], form: str) -> int:
    """Write the statements and return how many there are.

    Args:
        table: the statements.
        output: a binary file.
        form: ``parquet``, in row groups of 100,000; or ``csv``, with the items of a list separated by blanks.

    Raises:
        UsageError: another format, or pyarrow is not installed.
    """
    if form == "csv":
        _write_csv(table, output)
    elif form == "parquet":
        _write_parquet(table, output)
    else:
        raise UsageError(f"statements are written as parquet or csv, not as '{form}'.")
    return len(table)


def _write_parquet(table: StatementTable, output: IO[bytes]) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'disputegraph[spark]'.") from None
    types = dict.fromkeys(_LISTS, pa.list_(pa.string())) | dict.fromkeys(("said", "place"), pa.int64())
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
    with pq.ParquetWriter(output, schema) as writer:
        for chunk in statement_chunks(table):
            writer.write_table(pa.table(chunk, schema=schema))


def _write_csv(table: StatementTable, output: IO[bytes]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for chunk in statement_chunks(table):
        for name in _LISTS:
            chunk[name] = [" ".join(items) for items in chunk[name]]
        rows = zip(*(chunk[name] for name in COLUMNS), strict=True)
        writer.writerows([to_cell(value) if isinstance(value, str) else value for value in row] for row in rows)
        output.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
