"""How central each node is; every number is networkx' own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from disputegraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Centrality:
    """The centralities of one node, named as networkx names them.

    Attributes:
        node: the node.
        label: what it is called.
        degree: number of edges.
        degree_centrality: degree as a share of all other nodes.
        strength: sum of the weights of its edges (networkx: ``degree(weight="weight")``).
        pagerank: PageRank by weight, summing to 1.
        eigenvector_centrality: by weight, of Euclidean length 1 over all nodes; None where the iteration does not
            converge.
    """

    node: str
    label: str
    degree: int
    degree_centrality: float
    strength: float
    pagerank: float
    eigenvector_centrality: float | None


def centrality(graph: nx.Graph[str]) -> list[Centrality]:
    """Return the centralities of every node, the highest PageRank first.

    networkx functions are called as they are, so a backend that networkx is configured to use takes over.

    Raises:
        UsageError: an edge has a negative weight, for which PageRank and eigenvector centrality mean nothing.
    """
    import networkx as nx

    if any(weight < 0 for _, _, weight in graph.edges(data="weight", default=1)):
        raise UsageError("centrality needs weights that are not negative; take congruence, conflict or cooccurrence.")
    if not graph:
        return []
    shares = nx.degree_centrality(graph)
    strength = dict(graph.degree(weight="weight"))
    pagerank = nx.pagerank(graph, weight="weight")
    eigenvector: dict[str, float] = {}
    try:
        eigenvector = nx.eigenvector_centrality(graph, max_iter=1000, weight="weight")
    except (nx.PowerIterationFailedConvergence, nx.NetworkXException, ZeroDivisionError):
        eigenvector = {}
    found = [
        Centrality(
            node,
            str(graph.nodes[node].get("label", node)),
            graph.degree(node),
            shares[node],
            float(strength[node]),
            pagerank[node],
            eigenvector.get(node),
        )
        for node in graph
    ]
    return sorted(found, key=lambda each: (-each.pagerank, each.label, each.node))
