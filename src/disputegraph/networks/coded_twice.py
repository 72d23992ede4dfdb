"""Statements that a second coder coded from words that another coder had coded in the same way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError
from disputegraph.model import Column, StatementTable

_ALIKE = ("document", "voice", "speaker", "claim", "polarity")


def coded_once(table: StatementTable) -> NDArray[np.intp]:
    """Return the rows that count, as places in `table`, when a sentence that two coders coded alike counts once.

    Alike are statements of one voice and speaker on one claim with one polarity, whose words overlap in one document.
    Of them those of the coder stay whose words begin first. What one coder coded twice is not touched, nor is anything
    without a coder or a place; coders who disagree are both counted.
    """
    everyone = np.arange(len(table), dtype=np.intp)
    coders = _known(table, "codedBy")
    if coders is None or len(np.unique(coders.codes[coders.codes >= 0])) <= 1:
        return everyone
    ends = _known(table, "end")
    if ends is None:
        return everyone
    begins, stops = _numbers(table.column("start")), _numbers(ends)
    keys = np.stack([table.column(field).codes for field in _ALIKE], axis=1)
    placed = np.flatnonzero((begins >= 0) & (coders.codes >= 0) & (keys[:, 0] >= 0))
    order = placed[np.lexsort((placed, begins[placed], *keys[placed].T))]
    again = np.zeros(len(table), dtype=bool)
    before, reach, owner = None, -1, -1
    for place, key, begin, stop, coder in zip(
        order.tolist(),
        map(tuple, keys[order].tolist()),
        begins[order].tolist(),
        stops[order].tolist(),
        coders.codes[order].tolist(),
        strict=True,
    ):
        if key == before and begin < reach and coder != owner:
            again[place] = True
        elif key == before and begin < reach:
            reach = max(reach, stop)
        else:
            before, reach, owner = key, stop, coder
    return np.flatnonzero(~again)


def _known(table: StatementTable, field: str) -> Column | None:
    try:
        return table.column(field)
    except UsageError:  # the data have no such field
        return None


def _numbers(column: Column) -> NDArray[np.int64]:
    return np.array([*map(int, column.values), -1], dtype=np.int64)[column.codes]
