"""Networks as networkx graphs, built once from finished numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, Unpack

import numpy as np

from disputegraph.model import StatementTable, day_text
from disputegraph.networks.edge_dates import edge_dates
from disputegraph.networks.network_options import NetworkOptions
from disputegraph.networks.network_weights import Weights
from disputegraph.networks.weighing import weigh

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = "nx.Graph[str]"


def network(table: StatementTable, kind: str, **options: Unpack[NetworkOptions]) -> Graph:
    """Return a network as a networkx graph.

    Nodes are IRIs with `label`, `kind` (the class of the thing, such as ``Person``) and `statements` (how many of them
    count); in an affiliation also `bipartite` (0 for actors, 1 for claims). Edges have `weight`, `count` (the
    utterances that contribute), and, where the kind has them, `congruence` and `conflict`, or `affirms`, `denies` and
    `neutral`, or `accuses` and `credits`. Portrayal and hearsay give a DiGraph, the other kinds a Graph.

    Args:
        table: the statements, see `statements` and `select`.
        kind: ``affiliation``, ``congruence``, ``conflict``, ``subtract``, ``cooccurrence``, ``signed``, ``portrayal``
            or ``hearsay``.
        options: see `NetworkOptions`.

    Raises:
        UsageError: an unknown kind or option, one that does not fit the kind, or a field that does not exist.
    """
    return graph_of(weigh(table, kind, **options))


def graph_of(weights: Weights, *, dates: bool = False) -> Graph:
    """Return finished weights as a networkx graph, as `network` does.

    Args:
        weights: the numbers, see `weigh`.
        dates: also give edges `start` and `end`, the ISO dates of the first and last statement behind them.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.DiGraph() if weights.directed else nx.Graph()
    graph.graph.update(weights.settings)
    statements = weights.statements
    for side, nodes in enumerate((weights.nodes, weights.others)):
        for node in nodes:
            attributes: dict[str, Any] = {"label": weights.labels[node]}
            if node in weights.kinds:
                attributes["kind"] = weights.kinds[node]
            attributes["statements"] = statements.get(node, 0)
            if weights.bipartite:
                attributes["bipartite"] = side
            graph.add_node(node, **attributes)
    rows, columns = weights.pattern
    numbers = {"weight": weights.values(weights.matrix).tolist(), "count": weights.count.tolist()}
    for name, part in weights.parts.items():
        if name not in ("count", "unsided"):
            values = weights.values(part)
            whole = name in ("affirms", "denies", "neutral", "accuses", "credits", "reports")
            numbers[name] = values.astype(int).tolist() if whole else values.tolist()
    if dates:
        for name, instants in zip(("start", "end"), edge_dates(weights), strict=True):
            numbers[name] = [None if np.isnat(instant) else day_text(instant) for instant in instants]
    across = weights.columns
    fields = tuple(numbers)
    graph.add_edges_from(
        (weights.nodes[row], across[column], {f: v for f, v in zip(fields, values, strict=True) if v is not None})
        for row, column, values in zip(
            rows.tolist(), columns.tolist(), zip(*numbers.values(), strict=True), strict=True
        )
    )
    return graph
