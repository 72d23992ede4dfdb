"""Positions of actors on topics, and how far these line up: the figures behind the polarisation index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from disputegraph.networks import Weights

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

_MOST_DENSE = 4_000_000
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Alignment:
    """How far positions line up over topics.

    Attributes:
        dispersion: 0 where all agree on everything, 1 where every topic parts the actors into equal halves.
        alignment: mean correlation of agreement on one topic with agreement on another, -1 to 1; None where no two
            actors share two topics on which anybody disagrees.
        pairs: number of pairs of actors who share two topics or more.
    """

    dispersion: float
    alignment: float | None
    pairs: int

    @property
    def index(self) -> float | None:
        """The polarisation index."""
        return None if self.alignment is None else self.dispersion * self.alignment


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Statements as positions of actors on topics.

    Attributes:
        actors: actor of each statement, from 0.
        topics: its topic, from 0.
        values: its position, from -1 (denies) to 1 (affirms).
        rows: its place among the statements of the network; what only one actor speaks on is not there.
        counting: what each statement counts for; by default 1.
    """

    actors: Places
    topics: Places
    values: Floats
    rows: Places
    counting: Floats | None = None

    def measured(self, weights: Floats | None = None, actors: Places | None = None) -> Alignment:
        """Return dispersion and alignment.

        With a[i, j, t] the agreement of actors i and j on topic t (the product of their positions, summed over their
        statements) and n[i, j, t] the number of these products::

            m[t]       = sum_ij a[i,j,t] / sum_ij n[i,j,t]                       mean agreement on t
            s[t]^2     = sum_ij (squares of the products) / sum_ij n[i,j,t] - m[t]^2
            alignment  = sum_ij sum_t!=u (a[i,j,t] - m[t] n[i,j,t]) (a[i,j,u] - m[u] n[i,j,u])
                         / sum_ij sum_t!=u s[t] s[u] n[i,j,t] n[i,j,u]
            dispersion = sqrt((N - 1) / N * (1 - sum_ijt a / sum_ijt n))

        over all pairs of different actors, of which there are N. No statement meets itself, nor another of the same
        actor or on the same topic, so that chance does not add up: the alignment is 0 in the mean where positions on
        one topic tell nothing of those on another, however few statements there are.

        Args:
            weights: how often each statement counts, on top of `counting`; by default once.
            actors: other actors for the statements.
        """
        who = self.actors if actors is None else actors
        size = int(self.actors.max(initial=-1)) + 1, int(self.topics.max(initial=-1)) + 1
        one = np.ones(len(who)) if weights is None else weights
        one = one if self.counting is None else one * self.counting
        n, s, z = (
            _matrix(who, self.topics, one * self.values**power, size, dense=max(size[0] * size[1], size[0] ** 2))
            for power in (0, 1, 2)
        )
        products, agreement, squares = (np.asarray(_pairs_within(each)) for each in (n, s, z))
        if products.sum() <= _NOTHING:
            return Alignment(0.0, None, 0)
        mean = np.divide(agreement, products, out=np.zeros_like(agreement), where=products > _NOTHING)
        square = np.divide(squares, products, out=np.zeros_like(agreement), where=products > _NOTHING)
        spread = np.sqrt(np.clip(square - mean**2, 0, None))
        surplus = s @ s.T - (n * mean) @ n.T
        itself = (s * s) @ (s * s).T - 2 * (((s * n) * mean) @ (s * n).T) + ((n * n) * mean**2) @ (n * n).T
        most = (n * spread) @ n.T
        below = _apart(most * most - ((n * n) * spread**2) @ (n * n).T)
        above = _apart(surplus * surplus - itself)
        there = abs(n) > _NOTHING
        shared = there.astype(np.float64) @ there.astype(np.float64).T
        pairs = round(_apart((shared > 1.5).astype(np.float64)) / 2)  # noqa: PLR2004
        number = np.unique(who).size
        conflict = 1 - agreement.sum() / products.sum()
        dispersion = float(np.sqrt(np.clip((number - 1) / number * conflict, 0, 1)))
        return Alignment(dispersion, None if below <= _NOTHING else float(np.clip(above / below, -1, 1)), pairs)


def positions_of(weights: Weights) -> Positions | None:
    """Return the positions behind a ``signed`` network, or None where its qualifier has categories and no scale.

    Claims that contradict each other are one topic seen from two ends, where that is possible: to affirm one of them
    is to be on the side of those who deny the other. Topics on which one actor alone speaks are left out.
    """
    if weights.settings["scale"] == "text":
        return None
    incidence = weights.incidence
    levels = np.array(incidence.values, dtype=np.float64)
    low, range_ = (levels.min(), np.ptp(levels)) if len(levels) else (0.0, 0.0)
    values = (2 * (levels - low) / range_ - 1 if range_ else np.ones_like(levels))[incidence.levels]
    topic, side = _topics(weights.contradicting, len(incidence.across))
    # Both are numbered by IRI, so that shuffles do not hang on how nodes are called or stored.
    claim = _rank(incidence.across)
    named = np.full(len(claim), len(claim), dtype=np.int64)
    np.minimum.at(named, topic, claim)
    actors, topics = _rank(weights.nodes)[incidence.rows], named[topic][incidence.columns]
    values = values * side[incidence.columns]
    cells = np.unique(np.stack([topics, actors], axis=1), axis=0)
    shared = np.bincount(cells[:, 0], minlength=len(claim)) > 1
    kept = np.flatnonzero(shared[topics]) if len(topics) else np.zeros(0, dtype=np.int64)
    return Positions(
        np.unique(actors[kept], return_inverse=True)[1].astype(np.int64),
        np.unique(topics[kept], return_inverse=True)[1].astype(np.int64),
        values[kept],
        kept,
    )


def _rank(keys: Sequence[str]) -> Places:
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return np.argsort(np.array(order, dtype=np.int64)).astype(np.int64)


def _topics(contradicting: Any, size: int) -> tuple[Places, Floats]:
    """Return the topic of each claim and on which side of it the claim is.

    Where claims contradict each other in a ring of odd length there are no two sides; they stay topics of their own.
    """
    from scipy.sparse.csgraph import breadth_first_order

    topic, side = np.arange(size), np.ones(size)
    if contradicting is None:
        return topic, side
    for members in _components(contradicting):
        order, before = breadth_first_order(contradicting, members[0], directed=False)
        for claim in order[1:]:
            side[claim] = -side[before[claim]]
        inside = sparse.coo_array(contradicting[members][:, members])
        if (side[members][inside.row] == side[members][inside.col]).any():
            side[members] = 1.0
        else:
            topic[members] = members[0]
    return topic, side


def _components(contradicting: Any) -> list[Places]:
    from scipy.sparse.csgraph import connected_components

    _, part = connected_components(contradicting, directed=False)
    several = np.flatnonzero(np.bincount(part) > 1)
    return [np.flatnonzero(part == one) for one in several]


def _matrix(rows: Places, columns: Places, values: Floats, size: tuple[int, int], *, dense: int) -> Any:
    if dense <= _MOST_DENSE:
        return np.bincount(rows * size[1] + columns, values, size[0] * size[1]).reshape(size)
    return sparse.csr_array((values, (rows, columns)), shape=size)


def _pairs_within(matrix: Any) -> Floats:
    """Return, for each column, the sum of the products of its different rows."""
    total = np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()
    found: Floats = total**2 - np.asarray((matrix * matrix).sum(axis=0)).ravel()
    return found


def _apart(matrix: Any) -> float:
    """Return the sum of a matrix without its diagonal."""
    return float(matrix.sum() - matrix.diagonal().sum())
