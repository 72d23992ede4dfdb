"""Divide a signed network into camps: exactly where that can be proven in time, else well and with a bound."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.contraction import contract
from disputegraph.analysis.cycles import CycleProblem, hit_cycles
from disputegraph.analysis.moves import best_by_moves, cost_of, improved
from disputegraph.analysis.several_camps import solve_camps
from disputegraph.analysis.signed import SignedNetwork
from disputegraph.errors import UsageError

__all__ = ["ANY", "Partition", "partition"]

ANY = 0
"""As many camps as it takes."""

_PAIR = 2
_STARTS = 20
_FEW = 16
_MOST_FOR_SAT = 40_000
_MOST_CAMPS_BY_MOVES = 12
_GUESS_SHARE = 0.25
_LAST_TOUCH = 0.3

Camps = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """A division of a signed network into camps.

    Attributes:
        network: the network that was divided.
        camps: camp of each node, numbered from 0 by size, then by the first node.
        components: the part of the network each node is in. How camps of different parts belong together cannot be
            told from the network.
        index: what does not fit: the weight of positive edges between camps and negative edges within them. For two
            camps and edges of weight one it is the frustration index, or line index of balance.
        bound: no division costs less.
        misfits: places of the edges that do not fit.
        asked: number of camps asked for; 0 for as many as it takes.
        relaxed: whether relaxed balance was asked for.
    """

    network: SignedNetwork
    camps: Camps
    components: Camps
    index: float
    bound: float
    misfits: NDArray[np.int64]
    asked: int
    relaxed: bool

    @property
    def proven(self) -> bool:
        """Whether no better division exists."""
        return self.index <= self.bound + 1e-6


def partition(
    network: SignedNetwork,
    *,
    camps: int = 2,
    relaxed: bool = False,
    time_limit: float = 60.0,
    seed: int = 0,
) -> Partition:
    """Return the division of a signed network that the fewest (or lightest) edges contradict.

    Two camps: the frustration index (Abelson & Rosenberg 1958; Harary 1959), after contracting the network and
    splitting it into biconnected blocks, none of which changes the answer. Any number of camps: correlation clustering
    (Bansal, Blum & Chawla 2004). Three or more: balance with at most that many camps, relaxed or not, by MaxSAT.

    Args:
        network: the network.
        camps: the largest number of camps; 0 (`ANY`) for as many as it takes.
        relaxed: relaxed balance (Doreian & Mrvar 2009): edges between two camps may also all be positive, and those
            within one all negative.
        time_limit: seconds after which the best found so far is returned, with a lower bound.
        seed: for the heuristic's random starts.

    Raises:
        UsageError: one camp, a negative number, or relaxed balance without a number of camps.
    """
    if camps < 0 or camps == 1:
        raise UsageError(f"{camps} is no number of camps; take 2 or more, or 0 for as many as it takes.")
    if relaxed and camps == ANY:
        raise UsageError("relaxed balance needs a number of camps.")
    if time_limit < 0:
        raise UsageError("a time limit cannot be negative.")
    deadline = time.monotonic() + time_limit
    if not len(network.ends):
        found, bound = np.zeros(len(network), dtype=np.int64), 0.0
    elif camps == _PAIR and not relaxed:
        found, bound = _two(network, seed, deadline)
    elif camps == ANY:
        found, bound = _any(network, seed, deadline)
    else:
        found, bound = _several(network, camps, relaxed, seed, deadline)
    found = _numbered(found)
    misfits = _misfits(network, found, relaxed=relaxed)
    index = float(np.abs(network.weights[misfits]).sum())
    return Partition(network, found, _components(network), index, min(bound, index), misfits, camps, relaxed)


# ---- two camps


def _two(network: SignedNetwork, seed: int, deadline: float) -> tuple[Camps, float]:
    core = contract(len(network), network.ends, network.weights)
    bound = core.unavoidable
    # Relations of the nodes of a block to its first node. Blocks share single nodes only, so these never conflict.
    relations: list[tuple[int, int, int]] = []
    blocks = [core.edges] if len(core.nodes) <= _FEW else _blocks(core.edges)
    for block in sorted(filter(None, blocks), key=len):
        nodes = sorted({node for a, b, _ in block for node in (a, b)})
        camps, least = _two_in_block(nodes, block, seed, deadline)
        bound += least
        relations += [
            (nodes[0], node, 1 if camp == camps[0] else -1)
            for node, camp in zip(nodes[1:], camps[1:].tolist(), strict=True)
        ]
    return (1 - core.expanded(_spread_sides(core.nodes, relations))) // 2, bound


def _two_in_block(
    nodes: list[int], block: list[tuple[int, int, float]], seed: int, deadline: float
) -> tuple[Camps, float]:
    """Return the best division of a biconnected block that was found, and a lower bound of its cost."""
    size, ends, weights = _local(nodes, block)
    if size <= _FEW:
        best = _best_of_all(size, ends, weights)
        return best, cost_of(ends, weights, best)
    best = best_by_moves(size, ends, weights, 2, starts=_STARTS, seed=seed, deadline=_share(deadline))
    cost = cost_of(ends, weights, best)
    if cost == 0:
        return best, 0.0
    problem = CycleProblem(size, ends[:, 0], ends[:, 1], np.abs(weights), weights < 0, odd=True)
    hit = hit_cycles(problem, enough=cost, deadline=deadline)
    # Follow the edges that the program trusts most, then improve: often the best division, when time ran out.
    for trusted in [hit.solution, *([hit.chosen.astype(np.float64)] if hit.chosen is not None else [])]:
        sides = _following(size, ends, weights, trusted)
        found = improved(size, ends, weights, sides, 2, deadline=deadline + _LAST_TOUCH)
        if (new := cost_of(ends, weights, found)) < cost - 1e-9:
            best, cost = found, new
    return best, min(hit.bound, cost)


def _best_of_all(size: int, ends: NDArray[np.int64], weights: NDArray[np.float64]) -> Camps:
    """Return the best of all divisions of a few nodes, the first node staying in camp 0."""
    numbers = np.arange(1 << (size - 1))
    camps = np.concatenate(
        [np.zeros((len(numbers), 1), dtype=np.int64), (numbers[:, None] >> np.arange(size - 1)) & 1], axis=1
    )
    cost = np.zeros(len(numbers))
    for (a, b), weight in zip(ends.tolist(), weights.tolist(), strict=True):
        cost += abs(weight) * ((camps[:, a] == camps[:, b]) == (weight < 0))
    return np.asarray(camps[cost.argmin()], dtype=np.int64)


def _following(size: int, ends: NDArray[np.int64], weights: NDArray[np.float64], values: NDArray[np.float64]) -> Camps:
    """Return the sides along a spanning tree of the edges least likely to be frustrated."""
    from scipy import sparse
    from scipy.sparse.csgraph import minimum_spanning_tree

    tree = minimum_spanning_tree(sparse.csr_array((values + 1.0, (ends[:, 0], ends[:, 1])), shape=(size, size)))
    signs = {(a, b): 1 if weight > 0 else -1 for (a, b), weight in zip(ends.tolist(), weights.tolist(), strict=True)}
    rows, columns = tree.nonzero()
    relations = [(int(a), int(b), signs[int(a), int(b)]) for a, b in zip(rows, columns, strict=True)]
    sides = _spread_sides(list(range(size)), relations)
    return np.array([(1 - sides[node]) // 2 for node in range(size)], dtype=np.int64)


def _spread_sides(nodes: Iterable[int], relations: list[tuple[int, int, int]]) -> dict[int, int]:
    """Return a side for each node so that all relations (same side 1, opposite -1) hold; they must have no conflict."""
    around: dict[int, list[tuple[int, int]]] = {node: [] for node in nodes}
    for a, b, sign in relations:
        around[a].append((b, sign))
        around[b].append((a, sign))
    sides: dict[int, int] = {}
    for start in around:
        if start in sides:
            continue
        sides[start] = 1
        waiting = [start]
        while waiting:
            node = waiting.pop()
            for other, sign in around[node]:
                if other not in sides:
                    sides[other] = sides[node] * sign
                    waiting.append(other)
    return sides


# ---- any number of camps


def _any(network: SignedNetwork, seed: int, deadline: float) -> tuple[Camps, float]:
    """Correlation clustering, block by block: a cycle with one negative edge lies within one block."""
    edges = [(a, b, w) for (a, b), w in zip(network.ends.tolist(), network.weights.tolist(), strict=True)]
    bound, cut = 0.0, set()
    for block in sorted(_blocks(edges), key=len):
        if len({weight > 0 for _, _, weight in block}) == 1:
            continue  # all agree, or all are apart: nothing to decide
        nodes = sorted({node for a, b, _ in block for node in (a, b)})
        size, ends, weights = _local(nodes, block)
        most = min(size, _MOST_CAMPS_BY_MOVES)
        best = best_by_moves(size, ends, weights, most, starts=_STARTS, seed=seed, deadline=_share(deadline))
        cost = cost_of(ends, weights, best)
        apart = best[ends[:, 0]] != best[ends[:, 1]]
        if cost > 0:
            problem = CycleProblem(size, ends[:, 0], ends[:, 1], np.abs(weights), weights < 0, odd=False)
            hit = hit_cycles(problem, enough=cost, deadline=deadline)
            bound += min(hit.bound, cost)
            if hit.chosen is not None and abs(weights[hit.chosen]).sum() < cost - 1e-9:
                apart = _apart(size, ends, (weights > 0) & ~hit.chosen)
        # A camp is what positive edges hold together, and these are cut where the block's camps differ.
        cut |= {(a, b) for (a, b, w), far in zip(block, apart.tolist(), strict=True) if far and w > 0}
    kept = np.array([weight > 0 and (a, b) not in cut for a, b, weight in edges], dtype=bool)
    return _connected(len(network), network.ends[kept]), bound


def _apart(size: int, ends: NDArray[np.int64], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    camps = _connected(size, ends[kept])
    return np.asarray(camps[ends[:, 0]] != camps[ends[:, 1]])


# ---- a number of camps


def _several(network: SignedNetwork, camps: int, relaxed: bool, seed: int, deadline: float) -> tuple[Camps, float]:
    size, ends, weights = len(network), network.ends, network.weights
    best = best_by_moves(size, ends, weights, camps, starts=_STARTS, seed=seed, deadline=_share(deadline))
    cost = _cost(network, best, relaxed=relaxed)
    bound = 0.0
    if not relaxed and time.monotonic() < deadline:
        # Fewer camps than it takes never cost less.
        found, bound = _any(network, seed, min(deadline, time.monotonic() + (deadline - time.monotonic()) / 2))
        others = [found]
        if time.monotonic() < deadline:
            others.append(_two(network, seed, _share(deadline))[0])
        for other in others:
            if len(np.unique(other)) <= camps and (new := _cost(network, other, relaxed=False)) < cost:
                best, cost = other, new
    if bound < cost - 1e-9 and len(ends) * camps <= _MOST_FOR_SAT:
        solved = solve_camps(size, ends, weights, camps, relaxed=relaxed, deadline=deadline)
        bound = max(bound, solved.bound)
        if solved.camps is not None and _cost(network, solved.camps, relaxed=relaxed) < cost:
            best = solved.camps
    return best, bound


def _cost(network: SignedNetwork, camps: Camps, *, relaxed: bool) -> float:
    return float(np.abs(network.weights[_misfits(network, camps, relaxed=relaxed)]).sum())


# ---- all


def _share(deadline: float) -> float:
    """Return when the heuristic is to stop, so that the exact method has most of the time."""
    now = time.monotonic()
    return now + max(deadline - now, 0.0) * _GUESS_SHARE


def _local(nodes: list[int], edges: list[tuple[int, int, float]]) -> tuple[int, NDArray[np.int64], NDArray[np.float64]]:
    place = {node: number for number, node in enumerate(nodes)}
    ends = np.array([(place[a], place[b]) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)
    return len(nodes), ends, np.array([weight for _, _, weight in edges], dtype=np.float64)


def _blocks(edges: list[tuple[int, int, float]]) -> list[list[tuple[int, int, float]]]:
    """Return the edges of each biconnected block."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from((a, b) for a, b, _ in edges)
    block_of = {
        frozenset(pair): number for number, block in enumerate(nx.biconnected_component_edges(graph)) for pair in block
    }
    blocks: dict[int, list[tuple[int, int, float]]] = {}
    for a, b, weight in edges:
        blocks.setdefault(block_of[frozenset((a, b))], []).append((a, b, weight))
    return list(blocks.values())


def _misfits(network: SignedNetwork, camps: Camps, *, relaxed: bool) -> NDArray[np.int64]:
    one, other = camps[network.ends[:, 0]], camps[network.ends[:, 1]]
    if not relaxed:
        return np.flatnonzero((one == other) == (network.weights < 0))
    number = int(camps.max(initial=0)) + 1
    block = np.minimum(one, other) * number + np.maximum(one, other)
    positive = network.weights > 0
    sums = [np.bincount(block[side], np.abs(network.weights[side]), number * number) for side in (positive, ~positive)]
    # A tie within a camp counts for agreement, and between camps against it.
    within = np.arange(number * number) % number == np.arange(number * number) // number
    agree = np.where(within, sums[0] >= sums[1], sums[0] > sums[1])
    return np.flatnonzero(agree[block] != positive)


def _components(network: SignedNetwork) -> Camps:
    return _connected(len(network), network.ends)


def _connected(size: int, ends: NDArray[np.int64]) -> Camps:
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    graph = sparse.csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _numbered(camps: Camps) -> Camps:
    """Return the camps numbered from 0: the largest first, of equal ones the one with the first node."""
    if not len(camps):
        return camps
    values, first, inverse, counts = np.unique(camps, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = np.arange(len(values))
    return rank[inverse]
