"""Krippendorff's alpha: agreement beyond chance for any number of coders, with values missing."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.rating_table import Ratings, counts_of, rating_codes
from disputegraph.errors import UsageError, nearest

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")

Floats = NDArray[np.float64]


def krippendorff_alpha(
    data: Ratings, level: Level = "nominal", *, order: Sequence[Hashable] | None = None
) -> float | None:
    """Return Krippendorff's alpha, or None where it is not defined.

    ``1 - D_o / D_e``: the disagreement observed in all pairs of values given to one unit, over that in all pairs of
    values whatever their unit. With the coincidences o[c, k], to which each unit of m values adds its pairs of values
    divided by m - 1, their sums n[c], and n of all: ``1 - (n - 1) sum(o d) / sum(n[c] n[k] d)``. Units with one value
    have no pairs and count nowhere. (Krippendorff, Content Analysis, 4th ed. 2019, ch. 12; his "Computing
    Krippendorff's alpha-reliability", 2011.) The distance d of two values is, squared,

    - nominal: 1 where they differ;
    - ordinal: the number of values between them, ``n[c]/2 + n[c+1] + … + n[k]/2``;
    - interval: ``c - k``; ratio: ``(c - k) / (c + k)``.

    >>> krippendorff_alpha([[1, 2, 3, None], [1, 2, 2, 3]])
    0.5454545454545454
    >>> krippendorff_alpha([["a", "a"], ["a", "a"]]) is None
    True

    Args:
        data: one row a coder, one column a unit; None and nan are missing values.
        level: how values differ.
        order: for ordinal values, from least to most; by default numbers and texts as they sort.

    Returns:
        1 for perfect agreement, 0 for what chance gives, less for systematic disagreement. None where there is no unit
        with two values, or where all values are equal: nothing could then have been disagreed upon.

    Raises:
        UsageError: fewer than two coders, an unknown level, or values that are no numbers where numbers are needed.
    """
    if level not in LEVELS:
        raise UsageError(f"unknown level '{level}'.{nearest(level, LEVELS)} There are {', '.join(LEVELS)}.")
    codes, values = rating_codes(data, order)
    counts = counts_of(codes, len(values))
    counts = counts[counts.sum(axis=1) > 1]
    pairable = counts.sum(axis=0)
    total = pairable.sum()
    if np.count_nonzero(pairable) < 2:  # noqa: PLR2004
        return None
    weights = 1 / (counts.sum(axis=1) - 1)
    if level == "nominal":  # without the matrix, which is large where claims are compared
        agreeing = float((counts * (counts - 1) * weights[:, None]).sum())
        return float(1 - (total - 1) * (total - agreeing) / (total**2 - (pairable**2).sum()))
    coincidences = (counts * weights[:, None]).T @ counts - np.diag((counts * weights[:, None]).sum(axis=0))
    distances = _distances(level, values, pairable)
    expected = float((np.outer(pairable, pairable) * distances).sum())
    return 1 - float((total - 1) * (coincidences * distances).sum() / expected) if expected else None


def _distances(level: Level, values: list[object], pairable: Floats) -> Floats:
    """Return the squared distances of all pairs of values."""
    if level == "ordinal":
        middle = np.cumsum(pairable) - pairable / 2
        squared: Floats = (middle[:, None] - middle[None, :]) ** 2
        return squared
    try:
        numbers = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise UsageError(f"alpha of level '{level}' needs numbers, and there is {values[-1]!r}.") from None
    difference, total = numbers[:, None] - numbers[None, :], numbers[:, None] + numbers[None, :]
    if level == "ratio":
        difference = np.divide(difference, total, out=np.zeros_like(total), where=total != 0)
    return difference**2
