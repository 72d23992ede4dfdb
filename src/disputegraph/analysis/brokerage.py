"""Who stands between coalitions: Gould and Fernandez' roles, betweenness, constraint."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.brokerage_by_chance import ROLES, expected_brokerage

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Broker:
    """The brokerage of one node.

    Attributes:
        node: the node.
        label: what it is called.
        coalition: its coalition, or None where it is in none.
        coordinator: all three of its coalition.
        itinerant: the two others share a coalition that is not its own.
        gatekeeper: the path enters its coalition: only the first is of another.
        representative: the path leaves its coalition: only the last is of another.
        liaison: all three of different coalitions.
        total: the sum of the five.
        betweenness_centrality: networkx' number, over unweighted shortest paths.
        constraint: networkx' number (Burt 1992), by weight; None for a node without neighbours.
        expected: what a random graph of the same density lets expect, by role and in total; see `expected_brokerage`.
            Empty for a node without a coalition.
        z: how many standard deviations above it the numbers are; None where there is nothing to vary.
    """

    node: str
    label: str
    coalition: int | None
    coordinator: int
    itinerant: int
    gatekeeper: int
    representative: int
    liaison: int
    total: int
    betweenness_centrality: float
    constraint: float | None
    expected: Mapping[str, float]
    z: Mapping[str, float | None]


def brokers(graph: nx.Graph[str], coalitions: Mapping[str, int]) -> list[Broker]:
    """Return the brokerage of every node, the most brokering first.

    Source: Gould & Fernandez (1989), Structures of Mediation. Only open two-paths count: a -> b -> c with a, b, c
    different and no edge a -> c. In an undirected network each two-path is walked both ways, so that gatekeeper and
    representative are the same number. Nodes without a coalition broker nothing and are brokered by nobody.

    Args:
        graph: a network, directed or not.
        coalitions: coalition of each node.
    """
    import networkx as nx

    between = nx.betweenness_centrality(graph)
    # networkx' constraint adds edge weights of both directions; loops would count as contacts.
    bare = graph.copy()
    bare.remove_edges_from(list(nx.selfloop_edges(bare)))
    constraint = nx.constraint(bare, weight="weight") if bare.number_of_edges() else {}
    of_group = _chance(bare, coalitions)
    found = []
    for node in graph:
        roles = _roles(bare, coalitions, node)
        chance = of_group.get(coalitions.get(node), {})
        counts = dict(zip(ROLES, (*roles, sum(roles)), strict=True))
        burt = constraint.get(node, math.nan)
        found.append(
            Broker(
                node,
                str(graph.nodes[node].get("label", node)),
                coalitions.get(node),
                *roles,
                sum(roles),
                between[node],
                None if math.isnan(burt) else float(burt),
                {role: mean for role, (mean, _) in chance.items()},
                {
                    role: (counts[role] - mean) / math.sqrt(variance) if variance > 0 else None
                    for role, (mean, variance) in chance.items()
                },
            )
        )
    return sorted(found, key=lambda each: (-each.total, -each.betweenness_centrality, each.label, each.node))


def _chance(graph: nx.Graph[str], coalitions: Mapping[str, int]) -> dict[int | None, Mapping[str, tuple[float, float]]]:
    """Return expectation and variance of the roles, by coalition of the broker."""
    inside = [node for node in graph if node in coalitions]
    sizes = Counter(coalitions[node] for node in inside)
    among = graph.subgraph(inside)
    possible = len(inside) * (len(inside) - 1) / (1 if graph.is_directed() else 2)
    density = among.number_of_edges() / possible if possible else 0.0
    numbers = list(sizes.values())
    return {
        group: expected_brokerage(numbers, place, density, directed=graph.is_directed())
        for place, group in enumerate(sizes)
    }


def brokerage(there: NDArray[np.bool_], coalitions: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each node how many open two-paths through it are not within its coalition: `total` - `coordinator`.

    Args:
        there: whether there is an edge from row to column.
        coalitions: coalition of each node; -1 for none.
    """
    inside = coalitions >= 0
    edges = (there & inside[:, None] & inside[None, :]).astype(np.float64)
    np.fill_diagonal(edges, 0)
    open_ = (~there).astype(np.float64)
    np.fill_diagonal(open_, 0)
    own = edges * (coalitions[:, None] == coalitions[None, :])
    every, coordinated = (((each.T @ open_) * each).sum(axis=1) for each in (edges, own))
    return np.asarray(every - coordinated, dtype=np.float64)


def _roles(graph: nx.Graph[str], coalitions: Mapping[str, int], node: str) -> tuple[int, int, int, int, int]:
    import networkx as nx

    coordinator = itinerant = gatekeeper = representative = liaison = 0
    if node not in coalitions:
        return 0, 0, 0, 0, 0
    mine = coalitions[node]
    before = graph.pred[node] if isinstance(graph, nx.DiGraph) else graph.adj[node]
    after = [c for c in graph.adj[node] if c in coalitions]
    for a in before:
        if a not in coalitions:
            continue
        reached = graph[a]
        first = coalitions[a]
        for c in after:
            if c == a or c in reached:
                continue
            last = coalitions[c]
            if first == mine == last:
                coordinator += 1
            elif first == last:
                itinerant += 1
            elif last == mine:
                gatekeeper += 1
            elif first == mine:
                representative += 1
            else:
                liaison += 1
    return coordinator, itinerant, gatekeeper, representative, liaison
