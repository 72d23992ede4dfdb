"""The drawn graph of a view, held by pyvis' `Network`: nodes with places and shapes, edges with their utterances."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from disputegraph.page.layout import Box, box_of, layout

__all__ = ["SHAPES", "draw"]

Record = dict[str, Any]

SHAPES: Mapping[str, str] = {
    "Person": "dot",
    "Organization": "square",
    "HospitalTrust": "square",
    "NewsOrganization": "triangleDown",
    "Collective": "hexagon",
    "UnnamedSource": "ellipse",
    "Hospital": "triangle",
    "Claim": "box",
}
"""Shape of each kind, in vis-network's words; kinds not named here are diamonds."""


def draw(
    nodes: Sequence[Record], edges: Sequence[Record], *, groups: Mapping[str, Any] | None = None, **about: Any
) -> Record:
    """Return the view of a graph: its pyvis nodes, edges and options, and what `about` adds.

    Args:
        nodes: ``id``, ``label``, ``kind`` and ``value`` (how many utterances it is part of).
        edges: ``id``, ``from``, ``to``, ``kind``, ``utterances`` (places in the list of utterances) and what more
            the view needs.
        groups: camp of a node, for views that draw camps together.
        about: further fields of the view.
    """
    boxes = {node["id"]: _box(node) for node in nodes}
    weights = [(edge["from"], edge["to"], 1.0 + len(edge.get("utterances", ()))) for edge in edges]
    wide, tall = layout(boxes, weights, groups=groups)
    network = _network()
    for node in nodes:
        key = node["id"]
        more = {name: value for name, value in node.items() if name not in ("id", "label", "kind")}
        network.add_node(
            key,
            label=node["label"],
            shape=SHAPES.get(node["kind"], "diamond"),
            group=node["kind"],
            x=wide[key][0],
            y=wide[key][1],
            tall=tall[key],
            **more,
        )
    for edge in edges:
        network.add_edge(
            edge["from"], edge["to"], **{name: value for name, value in edge.items() if name not in ("from", "to")}
        )
    _, _, _, _, _, options = network.get_network_data()
    return {"nodes": network.nodes, "edges": network.edges, "options": options, **about}


def _network() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing pyvis imports IPython, which may warn of its own future
        from pyvis.network import Network
    network = Network(directed=True, height="100%", width="100%")
    network.toggle_physics(False)
    # Kept as a dict: pyvis' own options object writes itself with class names in it.
    network.options = {"physics": {"enabled": False}, "layout": {"randomSeed": 7, "improvedLayout": False}}
    return network


def _box(node: Record) -> Box:
    return box_of(node["label"], claim=node["kind"] == "Claim")
