"""What the margins of a claim let expect: how far two voices would agree on it, whoever they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from disputegraph.networks.formulas import Floats, Matrix


def expected_agreement(cells: Sequence[Matrix], alike: Floats) -> Floats:
    """Return ``m[j]``: agreement minus conflict that a pair of statements on column node j lets expect, -1 to 1.

    With ``f[i, k]`` the share of level k in what row node i says on j, and ``g[k]`` the mean of that over all who speak
    on j, each counting once::

        m[j] = sum_kl g[k] g[l] (2 s(k, l) - 1)

    which for affirming and denying is ``(2 p - 1)^2``, p the share of voices that affirm: 0 where a claim parts them in
    halves, 1 where all are on one side. Two voices drawn at random from the margin of j agree so far; that the margin
    is common to both is Scott's (1955, Public Opinion Quarterly 19:321) way to correct agreement for chance, which Häge
    (2011, Political Analysis 19:287) takes to the similarity of political positions. There the margin is of all matters
    together, here of each claim. It is drawn from with replacement: without, a claim on which two voices speak would
    expect just what they do.

    Args:
        cells: how often each row node (row) says something on each column node, one matrix a level.
        alike: how alike two levels are, 0 to 1.
    """
    each: list[Any] = list(cells)
    said = sum(each[1:], each[0])
    per_cell = said.copy()
    per_cell.data = 1.0 / per_cell.data  # a stored cell has statements, so that it is not zero
    voices = np.asarray((said > 0).sum(axis=0), dtype=np.float64).ravel()
    shares = np.stack([np.asarray(one.multiply(per_cell).sum(axis=0)).ravel() for one in each])
    margins = np.divide(shares, voices, out=np.zeros_like(shares), where=voices > 0)
    expected: Floats = np.einsum("kj,kl,lj->j", margins, 2 * alike - 1, margins)
    # Thirds and the like leave a last digit, and on a claim without dispute nothing may be left.
    return np.round(expected, 12)


def counting_beyond(expected: Floats) -> dict[str, Floats]:
    """Return what agreement and conflict on each column node count for, beyond what is expected of it.

    With a agreement and c conflict on j, ``a - c - m (a + c) = (1 - m) a - (1 + m) c``.
    """
    return {"congruence": 1 - expected, "conflict": 1 + expected}
