"""Intervals by the bootstrap over documents, which keeps together what stands in one text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.rating_table import Ratings, rating_codes

_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval by percentiles.

    Attributes:
        low: its lower end.
        high: its upper end.
        draws: number of draws in which the figure was defined.
        undefined: number of those in which it was not.
    """

    low: float
    high: float
    draws: int
    undefined: int = 0


def document_interval(
    documents: int,
    figure: Callable[[NDArray[np.intp]], float | None],
    *,
    draws: int = 1000,
    level: float = _LEVEL,
    seed: int = 0,
) -> Interval | None:
    """Return the interval of a figure by the bootstrap over documents, or None where there is one document only.

    As many documents as there are are drawn with replacement, each with all that it holds; the figure is computed of
    them anew, and the interval runs between percentiles of what comes out. What stands in one document is alike, so
    that drawing units one by one would give too short an interval: this is the cluster bootstrap (Field & Welsh 2007,
    Journal of the Royal Statistical Society B 69: 369-390). For the bootstrap of these coefficients see Zapf, Castell,
    Morawietz & Karch 2016, BMC Medical Research Methodology 16:93.

    Args:
        documents: how many there are.
        figure: computes the figure of some documents, given by number; one may come several times.
        draws: number of draws.
        level: share of the draws that the interval holds.
        seed: of the random numbers; the same gives the same interval.
    """
    if documents < 2:  # noqa: PLR2004
        return None
    drawn = np.random.default_rng(seed).integers(documents, size=(draws, documents))
    return interval_of((figure(row) for row in drawn), level=level)


def alpha_interval(
    data: Ratings, documents: Sequence[Hashable], *, draws: int = 1000, level: float = _LEVEL, seed: int = 0
) -> Interval | None:
    """Return the interval of the nominal `krippendorff_alpha` by the bootstrap over documents; see `document_interval`.

    Args:
        data: one row a coder, one column a unit; None and nan are missing values.
        documents: the document of each unit.
        draws: number of draws.
        level: share of the draws that the interval holds.
        seed: of the random numbers.
    """
    from scipy.sparse import coo_array

    codes, values = rating_codes(data)
    raters = (codes >= 0).sum(axis=0)
    known = {document: number for number, document in enumerate(dict.fromkeys(documents))}
    of_unit = np.array([known[document] for document in documents], dtype=np.intp)
    _, unit = np.nonzero((codes >= 0) & (raters > 1))
    value = codes[(codes >= 0) & (raters > 1)]
    # What each document adds to the agreement and to the sums of the values: the same sums, weighted, make a draw.
    cells, times = np.unique(unit * max(len(values), 1) + value, return_counts=True)
    agreeing = np.bincount(
        of_unit[cells // max(len(values), 1)],
        times * (times - 1) / (raters[cells // max(len(values), 1)] - 1),
        minlength=len(known),
    )
    sums = coo_array((np.ones(len(unit)), (of_unit[unit], value)), shape=(len(known), len(values))).tocsr()

    def figure(row: NDArray[np.intp]) -> float | None:
        weights = np.bincount(row, minlength=len(known)).astype(np.float64)
        pairable = weights @ sums
        total = pairable.sum()
        chance = total**2 - (pairable**2).sum()
        return None if chance <= 0 else float(1 - (total - 1) * (total - weights @ agreeing) / chance)

    return document_interval(len(known), figure, draws=draws, level=level, seed=seed)


def interval_of(figures: Iterable[float | None], *, level: float = _LEVEL) -> Interval | None:
    """Return the interval that holds a share of some figures; None where none of them is defined."""
    told = list(figures)
    defined = [figure for figure in told if figure is not None]
    if not defined:
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), len(defined), len(told) - len(defined))
