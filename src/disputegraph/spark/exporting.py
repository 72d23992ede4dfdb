"""Write the statement table for work elsewhere: Parquet in chunks, or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO, Any

import numpy as np

from disputegraph.errors import UsageError
from disputegraph.networks import StatementTable, order_of

__all__ = ["CHUNK", "COLUMNS", "write_statements"]

CHUNK = 100_000
"""Rows written at once."""

_TEXTS = (
    "utterance", "voice", "speaker", "organisation", "claim", "polarity", "date", "document", "start", "via", "hearsay",
)  # fmt: skip
_NAMED = ("voice", "speaker", "organisation", "claim", "document")

COLUMNS = (*_TEXTS, *(f"{name}_label" for name in _NAMED), "issues", "issue_labels", "said", "place")
"""The columns: the fields of a statement and the labels of its nodes; ``issues`` and ``issue_labels``, which are lists;
``said``, seconds since 1970 (UTC), None without a date; ``place``, the order in which things were said."""


def write_statements(table: StatementTable, output: IO[bytes], form: str) -> int:
    """Write the statements and return how many there are.

    Args:
        table: the statements.
        output: a binary file.
        form: ``parquet``, in row groups of `CHUNK`; or ``csv``, lists parted by blanks.

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
    fields = {name: table.column(name) for name in _TEXTS}
    labels = {name: dict(table.names(list(fields[name].values)).labels) for name in _NAMED}
    rows, issues = table.related("issue")
    called = dict(table.names(list(issues.values)).labels)
    found, ends = issues.list(), np.searchsorted(rows, np.arange(len(table) + 1))
    order = order_of(table)  # the same table from every engine
    dates = table.dates
    for start in range(0, max(len(table), 1), CHUNK):
        here = order[start : start + CHUNK]
        chunk: dict[str, list[Any]] = {name: column.take(here).list() for name, column in fields.items()}
        for name in _NAMED:
            chunk[f"{name}_label"] = [labels[name].get(key) if key else None for key in chunk[name]]
        cuts = zip(ends[here].tolist(), ends[here + 1].tolist(), strict=True)
        chunk["issues"] = [found[a:b] for a, b in cuts]
        chunk["issue_labels"] = [[called.get(key or "") for key in some] for some in chunk["issues"]]
        instants = dates[here]
        known = ~np.isnat(instants)
        seconds = np.where(known, instants, np.datetime64(0, "s")).astype(np.int64)
        chunk["said"] = [
            second if there else None for second, there in zip(seconds.tolist(), known.tolist(), strict=True)
        ]
        chunk["place"] = list(range(start, start + len(here)))
        yield chunk


def _write_parquet(table: StatementTable, output: IO[bytes]) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'disputegraph[spark]'.") from None
    texts = [(name, pa.string()) for name in COLUMNS if name not in ("issues", "issue_labels", "said", "place")]
    lists = [(name, pa.list_(pa.string())) for name in ("issues", "issue_labels")]
    schema = pa.schema([*texts, *lists, ("said", pa.int64()), ("place", pa.int64())])
    with pq.ParquetWriter(output, schema) as writer:
        for chunk in _chunks(table):
            writer.write_table(pa.table({name: chunk[name] for name in schema.names}, schema=schema))


def _write_csv(table: StatementTable, output: IO[bytes]) -> None:
    for number, chunk in enumerate(_chunks(table)):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        if not number:
            writer.writerow(COLUMNS)
        for row in zip(*(chunk[name] for name in COLUMNS), strict=True):
            writer.writerow([_cell(value) for value in row])
        output.write(text.getvalue().encode())


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(str(item) for item in value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"  # no spreadsheet takes it for a formula
    return "" if value is None else value
