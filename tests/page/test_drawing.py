"""A view can be handed to pyvis."""

from __future__ import annotations

from typing import Any

from disputegraph.page import to_pyvis
from disputegraph.page.drawing import drawn_view


def test_pyvis_gets_what_is_drawn_where_it_stands(bundled_data: dict[str, Any]) -> None:
    view = bundled_data["views"]["whom"]
    network = to_pyvis(view)
    assert [(node["id"], node["label"], node["x"], node["y"]) for node in network.nodes] == [
        (node["id"], node["label"], node["x"], node["y"]) for node in view["nodes"]
    ]
    assert [(edge["from"], edge["to"]) for edge in network.edges] == [(e["from"], e["to"]) for e in view["edges"]]
    assert {"critical 4", "worksAt"} <= {edge["title"] for edge in network.edges}
    assert "critical 4" in network.generate_html()


def test_edges_to_nodes_that_are_not_drawn_belong_to_the_view() -> None:
    nodes = [{"id": "a", "label": "A", "kind": "Person", "value": 1}]
    edges = [{"from": "a", "to": "b", "kind": "neutral", "utterances": [0]}]
    view = drawn_view(nodes, edges, total=2)
    assert (view["edges"], view["total"], view["shown"], view["least"]) == (edges, 2, 1, 1)
    assert to_pyvis(view).edges == []
