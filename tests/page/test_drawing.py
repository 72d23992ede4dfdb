"""A view holds the edges to nodes that are not drawn yet."""

from __future__ import annotations

from disputegraph.page import to_pyvis
from disputegraph.page.drawing import drawn_view


def test_edges_to_nodes_that_are_not_drawn_belong_to_the_view() -> None:
    nodes = [{"id": "a", "label": "A", "kind": "Person", "value": 1}]
    edges = [{"from": "a", "to": "b", "kind": "neutral", "utterances": [0]}]
    view = drawn_view(nodes, edges, total=2)
    assert (view["edges"], view["total"], view["shown"], view["least"]) == (edges, 2, 1, 1)
    assert to_pyvis(view).edges == []
