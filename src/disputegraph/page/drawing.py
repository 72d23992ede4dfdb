"""A view: nodes with their places, all edges, and what is said of the whole."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from disputegraph.page.layout import box_of, layout

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["drawn_view", "to_pyvis"]

Record = dict[str, Any]


def drawn_view(
    nodes: Sequence[Record],
    edges: Sequence[Record],
    *,
    groups: Mapping[str, Hashable] | None = None,
    total: int,
    least: int = 1,
    **about: Any,
) -> Record:
    """Return a view of the page: nodes with places, the edges, how many nodes there are, and what `about` adds.

    Args:
        nodes: those the view opens with: ``id``, ``label``, ``kind``, ``value`` (how many utterances it is part of).
        edges: ``from``, ``to``, ``kind``, ``utterances`` (places in the list of utterances) and what more the view
            needs; with ``arrows`` empty where there is no direction. Edges to nodes that are not drawn belong to it
            too: they are drawn as soon as a reader has both ends drawn.
        groups: coalition of a node, for views that draw coalitions together.
        total: how many nodes there are to be drawn.
        least: how many utterances an edge needs to be drawn at first.
        about: further fields of the view.
    """
    boxes = {node["id"]: box_of(node["label"], claim=node["kind"] == "Claim") for node in nodes}
    pairs = ((edge["from"], edge["to"]) for edge in edges if edge["from"] in boxes and edge["to"] in boxes)
    wide, tall = layout(boxes, pairs, groups=groups)
    placed = [
        {**node, "x": wide[node["id"]][0], "y": wide[node["id"]][1], "tall": list(tall[node["id"]])} for node in nodes
    ]
    return {"nodes": placed, "edges": list(edges), "total": total, "shown": len(placed), "least": least, **about}


def to_pyvis(view: Mapping[str, Any]) -> Network:
    """Return a view of the page as a pyvis `Network`, in its places, to be drawn with pyvis' own means.

    An edge is as wide as its utterances are many, and its title says kind and number. What pyvis writes is not made
    for data of strangers: it runs script that it finds in names.

    Args:
        view: one of the ``views`` of `page_data`.
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing pyvis imports IPython, which may warn of its own future
        from pyvis.network import Network

    network = Network(directed=True, height="100%", width="100%")
    network.toggle_physics(False)
    for node in view["nodes"]:
        network.add_node(
            node["id"], label=node["label"], group=node["kind"], x=node["x"], y=node["y"], value=node["value"]
        )
    drawn = set(network.get_nodes())
    for edge in view["edges"]:
        if edge["from"] in drawn and edge["to"] in drawn:
            count = len(edge["utterances"])
            title = f"{edge.get('relation') or edge['kind']} {count or edge.get('weight', '')}".rstrip()
            title += ", via others" if edge.get("via") else ""
            network.add_edge(
                edge["from"], edge["to"], title=title, value=max(1, count), arrows=edge.get("arrows", "to")
            )
    return network
