"""Ratings as numbers: coders by units, with what is missing, as the coefficients of agreement count them."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError

Ratings = Sequence[Sequence[Any]] | NDArray[Any]
"""One row a coder, one column a unit; None and nan are missing values."""

Codes = NDArray[np.int64]


def rating_codes(data: Ratings, order: Sequence[Hashable] | None = None) -> tuple[Codes, list[Any]]:
    """Return ratings as numbers of their values (-1: missing), and the values.

    Args:
        data: ratings, coders by units.
        order: the values in their order, for those that have one; by default numbers and texts are sorted.

    Raises:
        UsageError: fewer than two coders, rows of different length, or a value that is not in `order`.
    """
    if isinstance(data, np.ndarray) and data.ndim == 2 and data.dtype.kind in "iufb" and order is None:  # noqa: PLR2004
        _need_coders(len(data))
        present = ~np.isnan(data) if data.dtype.kind == "f" else np.ones(data.shape, dtype=bool)
        known, places = np.unique(data[present], return_inverse=True)
        codes = np.full(data.shape, -1, dtype=np.int64)
        codes[present] = places
        return codes, known.tolist()
    rows = [list(row) for row in data]
    _need_coders(len(rows))
    if len(lengths := {len(row) for row in rows}) > 1:
        raise UsageError(f"each coder needs a value, or None, for each unit; the rows have {sorted(lengths)} values.")
    found = {value for row in rows for value in row if not _missing(value)}
    if order is not None and (strange := found - set(order)):
        raise UsageError(f"{', '.join(sorted(map(repr, strange)))} is not in the order of values that was given.")
    values = [value for value in order if value in found] if order is not None else _sorted(found)
    code = {value: number for number, value in enumerate(values)}
    return np.array([[-1 if _missing(v) else code[v] for v in row] for row in rows], dtype=np.int64), values


def counts_of(codes: Codes, values: int) -> NDArray[np.float64]:
    """Return how many coders gave each value to each unit, units by values."""
    units = codes.shape[1]
    _, columns = np.nonzero(codes >= 0)
    cells = columns * values + codes[codes >= 0]
    return np.bincount(cells, minlength=units * values).reshape(units, values).astype(np.float64)


def _need_coders(number: int) -> None:
    if number < 2:  # noqa: PLR2004
        raise UsageError(f"agreement is between two coders or more; there {'is' if number == 1 else 'are'} {number}.")


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _sorted(values: set[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:  # of several sorts, which have no order of their own
        return sorted(values, key=lambda value: (type(value).__name__, str(value)))
