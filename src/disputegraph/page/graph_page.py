"""The page of any graph: one view, in which a mark tells what is known of its node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from disputegraph.page.drawing import drawn_view
from disputegraph.page.page_records import FORMAT
from disputegraph.page.short_names import base_of, shortened

_LIMIT = 300
_TOP = 80

Record = dict[str, Any]


@dataclass(slots=True)
class Node:
    """A node to be drawn: its label, its kind, and what is known of it as relation and text."""

    label: str
    kind: str = "Thing"
    facts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge to be drawn; ``told`` is what is known of it beside relation and weight."""

    source: str
    target: str
    relation: str = ""
    weight: float = 1.0
    told: str = ""


def page_of_graph(nodes: Mapping[str, Node], edges: Iterable[Edge], *, title: str, directed: bool = True) -> Record:
    """Return the data of a page that draws a graph, for `render_page`.

    Of more than 300 nodes those whose edges weigh most are drawn, and the page says so.

    Args:
        nodes: by IRI or other name.
        edges: between nodes of that name.
        title: heading of the page.
        directed: edges are arrows.
    """
    edges = sorted(edges, key=lambda edge: (edge.source, edge.target, edge.relation))
    base = base_of(nodes)
    short = {key: shortened(key, base) for key in nodes}
    facts: dict[str, list[Record]] = {
        key: [{"relation": name, "text": text} for name, text in node.facts] for key, node in nodes.items()
    }
    weight = dict.fromkeys(nodes, 0.0)
    for edge in edges:
        ends = {edge.source: edge.target, edge.target: edge.source}
        for one, other in ends.items():
            weight[one] += abs(edge.weight)
            # The page itself lists a named relation with its target too; one without a name is told at both ends.
            if not edge.relation or one == edge.source:
                text = nodes[other].label + (f": {edge.told}" if edge.told else "")
                facts[one].append({"relation": edge.relation or "linked", "text": text, "to": short[other]})
    top = sorted(nodes, key=lambda key: (-weight[key], key))[: _TOP if len(nodes) > _LIMIT else None]
    marks = [{"id": short[key], "label": nodes[key].label, "kind": nodes[key].kind, "value": 0} for key in sorted(top)]
    lines = [
        {"from": short[edge.source], "to": short[edge.target], "kind": "relation", "relation": edge.relation}
        | {"weight": round(edge.weight, 3), "utterances": []}
        | ({} if directed else {"arrows": ""})
        for edge in edges
    ]
    things = [
        {"id": short[key], "kind": nodes[key].kind, "label": nodes[key].label, "facts": facts[key]}
        for key in sorted(nodes)
    ]
    nothing: dict[str, list[Any]] = {
        name: [] for name in ("coders", "claims", "utterances", "stances", "documents", "anchors")
    }
    about = dict.fromkeys(("description", "licence", "licence_label", "coded"), "")
    views = {"graph": drawn_view(marks, lines, total=len(nodes))}
    return {"format": FORMAT, "base": base, "title": title, **about, "things": things, **nothing, "views": views}
