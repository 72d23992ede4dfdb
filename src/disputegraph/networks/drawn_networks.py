"""Networks as programs that draw want them: weights above zero, signs, colours, and what is known of the nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from disputegraph.networks.network_graphs import graph_of
from disputegraph.networks.network_weights import Weights
from disputegraph.networks.node_colours import SIGN_COLOURS, colour_of_kind

if TYPE_CHECKING:
    from disputegraph.networks.network_graphs import Graph

_LIGHTEST = 0.1


def drawn_graph(
    weights: Weights, *, dates: bool = False, attributes: Mapping[str, Mapping[str, Any]] | None = None
) -> Graph:
    """Return the network with edges that any program keeps, and with colours and attributes.

    Gephi drops or flags edges whose weight is 0 or below. Where there are such edges, `weight` is the absolute weight,
    and an edge of weight 0, whose ends agree and disagree alike, gets a tenth of the lightest; `sign` (1, 0, -1) and
    `signed_weight` say what it was. Nodes have what is known of them (see `known_of_nodes`), and `colour`: the one that
    was given to them, else that of their kind. Edges have the colour of their sign.

    Args:
        weights: the finished numbers, see `weigh`.
        dates: also give the dates of edges.
        attributes: further attributes by node.
    """
    graph = graph_of(weights, dates=dates)
    known = known_of_nodes(weights, attributes)
    for node, told in graph.nodes(data=True):
        told.update(known[node])
        told["colour"] = told.get("colour") or colour_of_kind(told.get("kind"))
    signed = [edge["weight"] for _, _, edge in graph.edges(data=True)]
    if min(signed, default=1) <= 0:
        lightest = _LIGHTEST * min((abs(weight) for weight in signed if weight), default=1.0)
        for _, _, edge in graph.edges(data=True):
            weight = edge["weight"]
            edge["sign"] = int(np.sign(weight))
            edge["signed_weight"] = weight
            edge["weight"] = abs(weight) or lightest
            edge["colour"] = SIGN_COLOURS[edge["sign"]]
    return graph


def known_of_nodes(
    weights: Weights, attributes: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, dict[str, Any]]:
    """Return what is known of each node beside the network: coded values, `alias`, `colour`, and further attributes.

    A coded value that is called like an attribute of the network, such as ``kind``, gets ``coded_`` in front.
    """
    nodes = [*weights.nodes, *weights.others]
    known = weights.incidence.table.attributes(nodes)
    own = ("label", "kind", "statements", "bipartite")
    return {
        node: {
            name if name not in own else f"coded_{name}": value
            for name, value in {**known.get(node, {}), **(attributes or {}).get(node, {})}.items()
        }
        for node in nodes
    }
