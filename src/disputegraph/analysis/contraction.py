"""Make a two-camp problem smaller without changing its answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Contracted", "contract"]


@dataclass(frozen=True, slots=True)
class Contracted:
    """What is left of a signed network after contraction.

    Attributes:
        nodes: the nodes left that still have edges, by their old places.
        edges: (one, other, weight) by old places, one < other.
        unavoidable: what every division into two camps costs at least, found on the way.
        merged: (node, into, side) in the order of merging: `node` stands where `into` stands, or opposite for side -1.
        size: number of nodes before.
    """

    nodes: list[int]
    edges: list[tuple[int, int, float]]
    unavoidable: float
    merged: list[tuple[int, int, int]]
    size: int

    def expanded(self, sides: dict[int, int]) -> NDArray[np.int64]:
        """Return the side (+1 or -1) of every node before contraction, given those of the nodes left."""
        all_sides = np.ones(self.size, dtype=np.int64)
        for node, side in sides.items():
            all_sides[node] = side
        for node, into, side in reversed(self.merged):
            all_sides[node] = all_sides[into] * side
        return all_sides


def contract(size: int, ends: NDArray[np.int64], weights: NDArray[np.float64]) -> Contracted:
    """Merge every node into a neighbour whose edge weighs as much as all its other edges together.

    Some best division satisfies such an edge: were it frustrated, moving the node to the other side would cost no
    more. Merging adds up parallel edges; where their signs differ, the lighter weight is lost in any division. Nodes of
    one or two edges are special cases, so the rule takes trees and chains away and leaves the tangled core. (Compare
    the degree reductions of Hüffner, Betzler & Niedermeier 2010, "Separator-based data reduction for signed graph
    balancing"; the weighted rule here includes those for degrees one and two.)
    """
    around: list[dict[int, float]] = [{} for _ in range(size)]
    unavoidable = 0.0

    def add(a: int, b: int, weight: float) -> float:
        before = around[a].get(b, 0.0)
        lost = min(abs(before), abs(weight)) if before * weight < 0 else 0.0
        if after := before + weight:
            around[a][b] = around[b][a] = after
        else:
            around[a].pop(b, None)
            around[b].pop(a, None)
        return lost

    for (a, b), weight in zip(ends.tolist(), weights.tolist(), strict=True):
        unavoidable += add(a, b, weight)
    merged: list[tuple[int, int, int]] = []
    waiting, is_waiting = list(range(size)), [True] * size
    while waiting:
        node = waiting.pop()
        is_waiting[node] = False
        mine = around[node]
        if not mine:
            continue
        into = max(mine, key=lambda other: (abs(mine[other]), -other))
        if 2 * abs(mine[into]) < sum(map(abs, mine.values())) - 1e-12:
            continue
        side = 1 if mine[into] > 0 else -1
        merged.append((node, into, side))
        around[node] = {}
        for other in mine:
            del around[other][node]
        for other, weight in mine.items():
            if other != into:
                unavoidable += add(into, other, weight * side)
        for other in mine:
            if not is_waiting[other]:
                is_waiting[other] = True
                waiting.append(other)
    left = [node for node in range(size) if around[node]]
    edges = [(a, b, weight) for a in left for b, weight in around[a].items() if a < b]
    return Contracted(left, edges, unavoidable, merged, size)
