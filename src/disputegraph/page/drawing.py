"""A view: nodes with their places, all edges, and what is said of the whole."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from disputegraph.page.layout import Box, box_of, layout

Record = dict[str, Any]


def drawn_view(
    nodes: Sequence[Record],
    edges: Sequence[Record],
    *,
    groups: Mapping[str, Hashable] | None = None,
    total: int,
    least: int = 1,
    folds: Mapping[str, str] | None = None,
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
        folds: what is drawn with another node, and takes its place at the end of an edge.
        about: further fields of the view.
    """
    boxes = {node["id"]: box_of(node["label"], claim=node["kind"] == "Claim") for node in nodes}
    for key in set(folds.values()) & boxes.keys() if folds else ():
        boxes[key] = Box(boxes[key].width, boxes[key].height + 15)  # a line more, which says how many it stands for
    stand = folds or {}
    ends = ((stand.get(edge["from"], edge["from"]), stand.get(edge["to"], edge["to"])) for edge in edges)
    pairs = ((source, target) for source, target in ends if source in boxes and target in boxes)
    wide, tall = layout(boxes, pairs, groups=groups)
    placed = [
        {**node, "x": wide[node["id"]][0], "y": wide[node["id"]][1], "tall": list(tall[node["id"]])} for node in nodes
    ]
    return {"nodes": placed, "edges": list(edges), "total": total, "shown": len(placed), "least": least, **about}
