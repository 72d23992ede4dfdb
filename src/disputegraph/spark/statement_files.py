"""Write the statement table for work elsewhere: Parquet in row groups, or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

import numpy as np

from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import order_of
from disputegraph.tables import to_cell

__all__ = ["CHUNK", "COLUMNS", "write_statements"]

CHUNK = 100_000
"""Rows written at once."""

_TEXTS = (
    "utterance", "voice", "speaker", "organisation", "claim", "polarity", "date", "document", "start", "via", "hearsay",
)  # fmt: skip
_NAMED = ("voice", "speaker", "organisation", "claim", "document")
_LISTS = ("issues", "issue_labels")

COLUMNS = (*_TEXTS, *(f"{name}_label" for name in _NAMED), *_LISTS, "said", "place")
"""The columns: the fields of a statement and the labels of its nodes; ``issues`` and ``issue_labels``, which are lists;
``said``, seconds since 1970 (UTC), None without a date; ``place``, the order in which things were said."""


def write_statements(table: StatementTable, output: IO[bytes], form: str) -> int:
    """Write the statements and return how many there are.

    Args:
        table: the statements.
        output: a binary file.
        form: ``parquet``, in row groups of `CHUNK`; or ``csv``, with the items of a list separated by blanks.

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


def _chunks(table: StatementTable) -> Iterator[dict[str, list[Any]]]:
    columns = {name: table.column(name) for name in _TEXTS}
    for name in _NAMED:
        values = columns[name].values
        labels = table.names(list(values)).labels
        columns[f"{name}_label"] = replace(columns[name], values=[labels[value] for value in values])
    rows, issues = table.related("issue")
    called = table.names(list(issues.values)).labels
    found, ends = issues.list(), np.searchsorted(rows, np.arange(len(table) + 1))
    order = order_of(table)  # the same table whatever order an engine gave the rows in
    for start in range(0, max(len(table), 1), CHUNK):
        here = order[start : start + CHUNK]
        chunk: dict[str, list[Any]] = {name: column.take(here).list() for name, column in columns.items()}
        chunk["issues"] = [found[a:b] for a, b in zip(ends[here].tolist(), ends[here + 1].tolist(), strict=True)]
        chunk["issue_labels"] = [[called[issue or ""] for issue in some] for some in chunk["issues"]]
        said = table.dates[here]
        seconds = zip(said.astype(np.int64).tolist(), np.isnat(said).tolist(), strict=True)
        chunk["said"] = [None if missing else second for second, missing in seconds]
        chunk["place"] = list(range(start, start + len(here)))
        yield chunk


def _write_parquet(table: StatementTable, output: IO[bytes]) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'disputegraph[spark]'.") from None
    types = dict.fromkeys(_LISTS, pa.list_(pa.string())) | dict.fromkeys(("said", "place"), pa.int64())
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
    with pq.ParquetWriter(output, schema) as writer:
        for chunk in _chunks(table):
            writer.write_table(pa.table(chunk, schema=schema))


def _write_csv(table: StatementTable, output: IO[bytes]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for chunk in _chunks(table):
        for name in _LISTS:
            chunk[name] = [" ".join(items) for items in chunk[name]]
        rows = zip(*(chunk[name] for name in COLUMNS), strict=True)
        writer.writerows([to_cell(value) if isinstance(value, str) else value for value in row] for row in rows)
        output.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
