"""Hit every bad cycle at least cost: the exact core of two-camp balance and of correlation clustering.

Both ask for the lightest set of edges that meets every bad cycle of a signed network. Bad are, for two camps, cycles
with an odd number of negative edges (Harary 1953); for any number of camps, cycles with exactly one negative edge
(Davis 1967; Demaine et al. 2006, theorem on minimising disagreements). The set is found by linear programming with
cutting planes: solve for the cycles known, look for bad cycles that the solution misses by shortest paths (Barahona &
Mahjoub 1986), add them, and repeat; if the last solution is fractional, branch and bound on the same inequalities
finishes. HiGHS, through scipy, solves the programs. Every solution on the way is a lower bound.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

__all__ = ["CycleProblem", "Hit", "hit_cycles"]

Floats = NDArray[np.float64]
_SLACK = 1e-3
_WHOLE = 1e-6
_HALF = 0.5
_BATCH = 128
_OPTIMAL = 0


@dataclass(frozen=True, slots=True, eq=False)
class CycleProblem:
    """A signed network whose bad cycles are to be hit.

    Attributes:
        size: number of nodes.
        one, other: ends of each edge.
        cost: what it costs to take each edge into the set, positive.
        negative: which edges are negative.
        odd: bad cycles have an odd number of negative edges; else exactly one.
    """

    size: int
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    cost: Floats
    negative: NDArray[np.bool_]
    odd: bool


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """What was found.

    Attributes:
        chosen: the edges of the best set found, or None where none was found in time.
        bound: a lower bound of the cost of any such set.
        solutions: edge values between 0 and 1 of the last program solved; a guide for rounding.
    """

    chosen: NDArray[np.bool_] | None
    bound: float
    solution: Floats


@dataclass(slots=True, eq=False)
class _Cuts:
    """The bad cycles known so far, each as the sorted edges on it."""

    rows: list[tuple[int, ...]] = field(default_factory=list)
    seen: set[tuple[int, ...]] = field(default_factory=set)

    def add(self, edges: NDArray[np.int64]) -> bool:
        row = tuple(sorted(set(edges.tolist())))
        if row in self.seen:
            return False
        self.seen.add(row)
        self.rows.append(row)
        return True

    def matrix(self, width: int) -> sparse.csr_array:
        lengths = [len(row) for row in self.rows]
        columns = np.concatenate([np.array(row, dtype=np.int64) for row in self.rows])
        rows = np.repeat(np.arange(len(self.rows)), lengths)
        return sparse.csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(self.rows), width))


def hit_cycles(problem: CycleProblem, *, enough: float, deadline: float) -> Hit:
    """Return the lightest set of edges that meets every bad cycle, or what is known of it at the deadline.

    Args:
        problem: the network.
        enough: cost of a set already known; the search ends when no set can be cheaper.
        deadline: when to stop, on `time.monotonic`'s clock.
    """
    from scipy.optimize import linprog

    width = len(problem.cost)
    whole = bool(np.all(problem.cost == np.rint(problem.cost)))
    cuts, values, bound = _Cuts(), np.zeros(width), 0.0
    for row in _short_cycles(problem, deadline):
        cuts.add(row)
    found_any = _separate(problem, values, cuts, deadline) or bool(cuts.rows)
    while found_any and time.monotonic() < deadline:
        solved = linprog(  # type: ignore[call-overload]  # the stubs know no sparse A_ub
            problem.cost,
            A_ub=-cuts.matrix(width),
            b_ub=-np.ones(len(cuts.rows)),
            bounds=(0, 1),
            method="highs",
            options={"time_limit": max(deadline - time.monotonic(), 0.01)},
        )
        if solved.status != _OPTIMAL:
            return Hit(None, bound, values)
        values, bound = np.asarray(solved.x), max(bound, _lifted(solved.fun, whole=whole))
        if bound >= enough - 1e-9:
            return Hit(None, enough, values)
        found_any = _separate(problem, values, cuts, deadline)
    if time.monotonic() >= deadline:
        return Hit(None, bound, values)
    if np.all(np.abs(values - np.rint(values)) < _WHOLE):
        return Hit(values > _HALF, max(bound, float(problem.cost @ np.rint(values))), values)
    return _branch(problem, cuts, values, bound=bound, enough=enough, deadline=deadline)


def _branch(problem: CycleProblem, cuts: _Cuts, values: Floats, *, bound: float, enough: float, deadline: float) -> Hit:
    """Finish with whole numbers: branch and bound over the cycles known, and again while it misses some."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    width = len(problem.cost)
    whole = bool(np.all(problem.cost == np.rint(problem.cost)))
    while (left := deadline - time.monotonic()) > 0:
        solved = milp(
            problem.cost,
            constraints=LinearConstraint(cuts.matrix(width), 1, np.inf),
            integrality=np.ones(width, dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"time_limit": left, "mip_rel_gap": 0.0},
        )
        if solved.mip_dual_bound is not None and np.isfinite(solved.mip_dual_bound):
            bound = max(bound, _lifted(solved.mip_dual_bound, whole=whole))
        if bound >= enough - 1e-9:
            return Hit(None, enough, values)
        if solved.status != _OPTIMAL or solved.x is None:
            break
        values = np.rint(solved.x)
        if not _separate(problem, values, cuts, deadline):
            if time.monotonic() >= deadline:
                break
            return Hit(values > _HALF, max(bound, float(problem.cost @ values)), values)
    return Hit(None, bound, values)


def _lifted(value: float, *, whole: bool) -> float:
    """Return the bound that a program's value gives: where costs are whole numbers, the next whole number."""
    return float(np.ceil(value - 1e-6)) if whole else value


def _short_cycles(problem: CycleProblem, deadline: float) -> Iterator[NDArray[np.int64]]:
    """Yield the bad triangles."""
    around: list[dict[int, int]] = [{} for _ in range(problem.size)]
    pairs = list(zip(problem.one.tolist(), problem.other.tolist(), strict=True))
    for edge, (a, b) in enumerate(pairs):
        around[a][b] = around[b][a] = edge
    negative = problem.negative.astype(int).tolist()
    for edge, (a, b) in enumerate(pairs):
        if edge % 1024 == 0 and time.monotonic() >= deadline:
            return
        few, many = sorted((around[a], around[b]), key=len)
        for third, second in few.items():
            last = many.get(third)
            if last is None or not edge < min(second, last):
                continue
            minus = negative[edge] + negative[second] + negative[last]
            if minus % 2 if problem.odd else minus == 1:
                yield np.array([edge, second, last])


def _separate(problem: CycleProblem, values: Floats, cuts: _Cuts, deadline: float) -> bool:
    """Add bad cycles whose edges' values sum to less than one; return whether there was any."""
    search = _odd_search if problem.odd else _single_search
    found = False
    for edges in search(problem, values, deadline):
        if values[np.unique(edges)].sum() < 1 - _SLACK:
            found |= cuts.add(edges)
    return found


def _odd_search(problem: CycleProblem, values: Floats, deadline: float) -> Iterator[NDArray[np.int64]]:
    """Yield, for each node, the lightest closed walk through it with an odd number of negative edges.

    In the double cover every node has two copies; positive edges stay in a copy, negative ones change it. A walk from
    a node's one copy to its other is a closed walk with an odd number of negative edges.
    """
    size, one, other = problem.size, problem.one, problem.other
    shift = np.where(problem.negative, size, 0)
    # A little weight on every edge makes short cycles come first where many edges have the value zero.
    weight = np.maximum(values, 0) + 1e-5
    rows = np.concatenate([one, other, one + size, other + size])
    columns = np.concatenate([other + shift, one + shift, other + size - shift, one + size - shift])
    cover = sparse.csr_array((np.tile(weight, 4), (rows, columns)), shape=(2 * size, 2 * size))
    edge_of = _EdgeIndex(problem)
    for start in range(0, size, _BATCH):
        if time.monotonic() >= deadline:
            return
        sources = np.arange(start, min(start + _BATCH, size))
        far, before = dijkstra(cover, indices=sources, return_predecessors=True, limit=1.0)
        for place in np.flatnonzero(far[np.arange(len(sources)), sources + size] < 1).tolist():
            path = _path(before[place], sources[place] + size, sources[place])
            yield edge_of(path[:-1] % size, path[1:] % size)


def _single_search(problem: CycleProblem, values: Floats, deadline: float) -> Iterator[NDArray[np.int64]]:
    """Yield, for each negative edge, the lightest way between its ends over positive edges, and the edge itself."""
    positive = ~problem.negative
    one, other = problem.one[positive], problem.other[positive]
    weight = np.tile(np.maximum(values[positive], 0) + 1e-5, 2)
    graph = sparse.csr_array(
        (weight, (np.concatenate([one, other]), np.concatenate([other, one]))), shape=(problem.size, problem.size)
    )
    edge_of = _EdgeIndex(problem)
    bad = np.flatnonzero(problem.negative)
    sources = np.unique(problem.one[bad])
    for start in range(0, len(sources), _BATCH):
        if time.monotonic() >= deadline:
            return
        batch = sources[start : start + _BATCH]
        far, before = dijkstra(graph, indices=batch, return_predecessors=True, limit=1.0)
        row_of = {int(source): place for place, source in enumerate(batch)}
        mine = bad[np.isin(problem.one[bad], batch)]
        for edge in mine.tolist():
            row, target = row_of[int(problem.one[edge])], int(problem.other[edge])
            if far[row, target] < 1:
                path = _path(before[row], target, int(problem.one[edge]))
                yield np.append(edge_of(path[:-1], path[1:]), edge)


def _path(before: NDArray[np.int32], end: int, start: int) -> NDArray[np.int64]:
    steps = [int(end)]
    while steps[-1] != start:
        steps.append(int(before[steps[-1]]))
    return np.array(steps, dtype=np.int64)


class _EdgeIndex:
    """Finds edges by their ends."""

    def __init__(self, problem: CycleProblem) -> None:
        self._size = problem.size
        keys = np.minimum(problem.one, problem.other) * problem.size + np.maximum(problem.one, problem.other)
        self._order = np.argsort(keys)
        self._keys = keys[self._order]

    def __call__(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
        keys = np.minimum(ones, others) * self._size + np.maximum(ones, others)
        return np.asarray(self._order[np.searchsorted(self._keys, keys)], dtype=np.int64)
