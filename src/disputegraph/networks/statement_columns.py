"""The statements as plain columns, in the order in which things were said: for data frames and files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from disputegraph.model import StatementTable
from disputegraph.networks.repeated_statements import order_of

CHUNK = 100_000
"""Rows given at once."""

_TEXTS = (
    "utterance", "voice", "speaker", "organisation", "claim", "polarity", "date", "document", "start", "via", "hearsay",
)  # fmt: skip
_NAMED = ("voice", "speaker", "organisation", "claim", "document")
_LISTS = ("issues", "issue_labels")

COLUMNS = (*_TEXTS, *(f"{name}_label" for name in _NAMED), *_LISTS, "said", "place")
"""The columns: the fields of a statement and the labels of its nodes; ``issues`` and ``issue_labels``, which are lists;
``said``, seconds since 1970 (UTC), None without a date; ``place``, the order in which things were said."""


def statement_chunks(table: StatementTable) -> Iterator[dict[str, list[Any]]]:
    """Yield the columns `COLUMNS` of a table, `CHUNK` rows at once."""
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
