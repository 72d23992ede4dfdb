"""Percent agreement, and the coefficients that take chance off it: Cohen's and Fleiss' kappa, Gwet's AC1."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.rating_table import Ratings, counts_of, rating_codes
from disputegraph.errors import UsageError

Floats = NDArray[np.float64]


def percent_agreement(data: Ratings) -> float | None:
    """Return the share of pairs of coders that agree, averaged over units; None where no unit has two values.

    With r[c] the number of coders who gave a unit the value c, and r their number:
    ``mean(sum(r[c] (r[c] - 1)) / (r (r - 1)))`` over the units with two values or more (Gwet, Handbook of Inter-Rater
    Reliability, 4th ed. 2014, eq. 2.11).

    Args:
        data: one row a coder, one column a unit; None and nan are missing values.
    """
    codes, values = rating_codes(data)
    return _observed(counts_of(codes, len(values)))


def cohen_kappa(data: Ratings) -> float | None:
    """Return Cohen's kappa of two coders, or None where it is not defined.

    ``(p_o - p_e) / (1 - p_e)``, p_e the sum over the values of the product of the shares that each coder gives them
    (Cohen 1960, Educational and Psychological Measurement 20). Units that one of the two left out do not count.

    Args:
        data: the two coders' rows; None and nan are missing values.

    Returns:
        None where no unit has two values, or both coders gave one and the same value throughout.

    Raises:
        UsageError: there are not two coders; `fleiss_kappa` is for more.
    """
    codes, values = rating_codes(data)
    if len(codes) != 2:  # noqa: PLR2004
        raise UsageError(f"Cohen's kappa is for two coders, and there are {len(codes)}; Fleiss' is for more.")
    both = codes[:, (codes >= 0).all(axis=0)]
    if not both.shape[1]:
        return None
    one, other = (np.bincount(row, minlength=len(values)) / both.shape[1] for row in both)
    return _beyond(float((both[0] == both[1]).mean()), float(one @ other))


def fleiss_kappa(data: Ratings) -> float | None:
    """Return Fleiss' kappa, or None where it is not defined.

    ``(p_o - p_e) / (1 - p_e)``, p_o as `percent_agreement`, p_e the sum of the squared shares of the values
    (Fleiss 1971, Psychological Bulletin 76). Values may be missing: the share of a value is then its mean share over
    units, as Gwet (2014, ch. 2) generalises it.

    Args:
        data: one row a coder, one column a unit; None and nan are missing values.

    Returns:
        None where no unit has two values, or all values are equal.
    """
    codes, values = rating_codes(data)
    counts = counts_of(codes, len(values))
    observed = _observed(counts)
    return None if observed is None else _beyond(observed, float((_shares(counts) ** 2).sum()))


def gwet_ac1(data: Ratings, *, categories: Sequence[Hashable] | None = None) -> float | None:
    """Return Gwet's AC1, or None where it is not defined.

    ``(p_o - p_e) / (1 - p_e)``, p_o as `percent_agreement`, ``p_e = sum(s[c] (1 - s[c])) / (q - 1)`` with the shares s
    of the q values (Gwet 2008, British Journal of Mathematical and Statistical Psychology 61). Where nearly all values
    are equal it stays near the percentage, while kappa and alpha fall.

    Args:
        data: one row a coder, one column a unit; None and nan are missing values.
        categories: the values that could be given; by default those that were.

    Returns:
        None where no unit has two values, or there is but one value.

    Raises:
        UsageError: fewer than two coders, or a value that is not among the categories.
    """
    codes, values = rating_codes(data, categories)
    counts = counts_of(codes, len(values))
    observed, number = _observed(counts), len(categories or values)
    if observed is None or number < 2:  # noqa: PLR2004
        return None
    shares = _shares(counts)
    return _beyond(observed, float((shares * (1 - shares)).sum()) / (number - 1))


def _observed(counts: Floats) -> float | None:
    raters = counts.sum(axis=1)
    paired = raters > 1
    if not paired.any():
        return None
    agreeing = (counts * (counts - 1)).sum(axis=1)[paired]
    return float((agreeing / (raters * (raters - 1))[paired]).mean())


def _shares(counts: Floats) -> Floats:
    rated = counts[counts.sum(axis=1) > 0]
    shares: Floats = (rated / rated.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares


def _beyond(observed: float, expected: float) -> float | None:
    """Return agreement beyond chance; None where chance alone makes everything agree."""
    return None if expected >= 1 - 1e-12 else (observed - expected) / (1 - expected)
