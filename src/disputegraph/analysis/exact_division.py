"""Divide a signed network into coalitions at least cost, proven by MaxSAT."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from disputegraph.analysis.maxsat import MaxSat

Membership = NDArray[np.int64]

_PAIR = 2
_ORDERED = 64
_MOST_CLAUSES = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """What the solver found.

    Attributes:
        membership: coalition of each node in the best division found, or None where there was no time to find one.
        bound: no division costs less.
    """

    membership: Membership | None
    bound: float


def divide(
    size: int, ends: Membership, weights: NDArray[np.float64], coalitions: int, *, relaxed: bool, deadline: float
) -> Division:
    """Return the cheapest division into at most `coalitions` coalitions.

    Balanced (Davis 1967; Doreian & Mrvar 1996): positive edges belong within coalitions and negative ones between them,
    and the cost is the weight of those that do not. Relaxed (Doreian & Mrvar 2009): within a coalition and between any
    two of them edges may have either sign, as long as it is the same; the cost is the weight of the minority sign.

    Args:
        size: number of nodes.
        ends: ends of the edges.
        weights: signed weights.
        coalitions: the largest number of coalitions, at least 2.
        relaxed: relaxed balance.
        deadline: when to stop, on `time.monotonic`'s clock.
    """
    number = size * coalitions + len(ends) * (coalitions**2 if relaxed else 2 * coalitions)
    if number > _MOST_CLAUSES:
        return Division(None, 0.0)
    literals = _Literals(size, coalitions)
    clauses, priced = division_clauses(size, ends, weights, coalitions, relaxed=relaxed)
    with MaxSat(clauses, priced, np.abs(weights), deadline=deadline) as solver:
        model = solver.solve()
        return Division(None if model is None else literals.membership(model), solver.bound)


def division_clauses(
    size: int, ends: Membership, weights: NDArray[np.float64], coalitions: int, *, relaxed: bool = False
) -> tuple[list[list[int]], range]:
    """Return the clauses of a division, and the variables that are true of the edges that do not fit.

    Of two coalitions, variable ``node + 1`` is true where a node is in the first; the first node always is.
    """
    literals = _Literals(size, coalitions)
    first_cost = literals.last + coalitions**2 + 1
    clauses = [*literals.clauses(), *_edge_clauses(literals, ends, weights > 0, first_cost, relaxed=relaxed)]
    return clauses, range(first_cost, first_cost + len(ends))


class _Literals:
    """The literals that say which coalition a node is in. For two coalitions one variable per node is enough.

    A node that a model puts in several coalitions counts as in the first of them, which never costs more.
    """

    def __init__(self, size: int, coalitions: int) -> None:
        self.size, self.coalitions = size, coalitions
        self.last = size if coalitions == _PAIR else size * coalitions

    def is_in(self, node: int, coalition: int) -> int:
        if self.coalitions == _PAIR:
            return -(node + 1) if coalition else node + 1
        return node * self.coalitions + coalition + 1

    def clauses(self) -> Iterator[list[int]]:
        """Yield: every node is somewhere; coalitions are numbered by their first nodes, so that none comes up twice."""
        if self.coalitions == _PAIR:
            yield [1]
            return
        for node in range(self.size):
            yield [self.is_in(node, coalition) for coalition in range(self.coalitions)]
            for coalition in range(1, self.coalitions if node < _ORDERED else 1):
                earlier = (self.is_in(other, coalition - 1) for other in range(node))
                yield [-self.is_in(node, coalition), *earlier]

    def membership(self, model: list[int]) -> Membership:
        true = set(model)
        return np.array(
            [
                next(coalition for coalition in range(self.coalitions) if self.is_in(node, coalition) in true)
                for node in range(self.size)
            ],
            dtype=np.int64,
        )


def _edge_clauses(
    literals: _Literals, ends: Membership, positive: NDArray[np.bool_], first_cost: int, *, relaxed: bool
) -> Iterator[list[int]]:
    """Yield, for each edge, when its cost is due; `first_cost` is the variable of the first edge's cost."""
    some, is_in = range(literals.coalitions), literals.is_in
    for cost, ((a, b), plus) in enumerate(zip(ends.tolist(), positive.tolist(), strict=True), start=first_cost):
        if relaxed:
            for one in some:
                for other in some:
                    # The variable that says which sign edges have within a coalition or between two.
                    sign = literals.last + 1 + min(one, other) * literals.coalitions + max(one, other)
                    yield [-is_in(a, one), -is_in(b, other), sign if plus else -sign, cost]
        elif plus:
            for one in some[:-1]:
                yield [-is_in(a, one), is_in(b, one), cost]
                yield [is_in(a, one), -is_in(b, one), cost]
        else:
            for one in some:
                yield [-is_in(a, one), -is_in(b, one), cost]


def divide_freely(size: int, ends: Membership, weights: NDArray[np.float64], *, deadline: float) -> Division:
    """Return the cheapest division into as many coalitions as it takes: correlation clustering.

    It is the lightest set of edges that meets every cycle with exactly one negative edge (Davis 1967; Demaine, Emanuel,
    Fiat & Immorlica 2006). MaxSAT finds the lightest set that meets the cycles known; the shortest cycles that it
    misses are added, and so on until it misses none.

    Args:
        size: number of nodes.
        ends: ends of the edges.
        weights: signed weights.
        deadline: when to stop, on `time.monotonic`'s clock.
    """
    positive, costs = weights > 0, np.abs(weights)
    edge_of = {frozenset(pair): edge for edge, pair in enumerate(ends.tolist())}
    best, least = None, np.inf
    with MaxSat([], range(1, len(ends) + 1), costs, deadline=deadline) as solver:
        while (model := solver.solve()) is not None:
            hit = np.zeros(len(ends) + 1, dtype=bool)
            hit[[literal for literal in model if literal > 0]] = True
            kept = positive & ~hit[1:]
            membership = connected(size, ends[kept])
            together = membership[ends[:, 0]] == membership[ends[:, 1]]
            if (cost := float(costs[together != positive].sum())) < least:
                best, least = membership, cost
            missed = np.flatnonzero(together & ~positive & ~hit[1:])
            if not len(missed):
                break
            for cycle in _cycles(size, ends, kept, missed, edge_of):
                solver.add([edge + 1 for edge in cycle])
                if time.monotonic() > deadline:
                    break
        return Division(best, solver.bound)


def _cycles(
    size: int, ends: Membership, kept: NDArray[np.bool_], missed: Membership, edge_of: dict[frozenset[int], int]
) -> Iterator[list[int]]:
    """Yield each missed edge with the edges of a shortest way between its ends over kept ones."""
    from scipy.sparse.csgraph import breadth_first_order

    graph = _graph(size, ends[kept])
    for start in np.unique(ends[missed, 0]).tolist():
        _, before = breadth_first_order(graph, start, directed=False)
        for edge in missed[ends[missed, 0] == start].tolist():
            cycle, node = [edge], int(ends[edge, 1])
            while node != start:
                cycle.append(edge_of[frozenset((node, int(before[node])))])
                node = int(before[node])
            yield cycle


def connected(size: int, ends: Membership) -> Membership:
    """Return the connected part of each node."""
    from scipy.sparse.csgraph import connected_components

    return np.asarray(connected_components(_graph(size, ends), directed=False)[1], dtype=np.int64)


def _graph(size: int, ends: Membership) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
