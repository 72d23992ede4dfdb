"""Networks that show themselves: as a page, and in a notebook."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from disputegraph.page.graphs import LIMIT
from disputegraph.page.page_records import FORMAT
from disputegraph.page.short_names import Names

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["page_of_network", "shown"]

_TOP = 80
_TOLD = ("label", "kind", "weight")


def page_of_network(graph: nx.Graph[Any], *, title: str | None = None) -> dict[str, Any]:
    """Return the data of a page that draws a networkx graph, for `render_page`.

    Args:
        graph: nodes may have `label` and `kind`, edges `weight`; further attributes are listed with the node, and
            with the edge's ends.
        title: heading of the page.
    """
    from disputegraph.page.drawing import draw

    names = Names(map(str, graph))
    ids = {node: names.short(str(node)) for node in graph}
    labels = {node: str(told.get("label", ids[node])) for node, told in graph.nodes(data=True)}
    facts: dict[Any, list[dict[str, Any]]] = {
        node: [{"relation": name, "text": str(value)} for name, value in told.items() if name not in _TOLD]
        for node, told in graph.nodes(data=True)
    }
    weight: dict[Any, float] = dict.fromkeys(graph, 0.0)
    for source, target, told in graph.edges(data=True):
        figures = ", ".join(f"{name} {_short(value)}" for name, value in told.items())
        for one, other in ((source, target), (target, source)):
            weight[one] += abs(_number(told.get("weight", 1)))
            facts[one].append({"relation": "linked", "text": f"{labels[other]}: {figures}", "to": ids[other]})
    top = sorted(graph, key=lambda node: (-weight[node], str(node)))[: _TOP if len(graph) > LIMIT else len(graph)]
    within = graph.subgraph(top)
    kinds = {node: str(told.get("kind", "Thing")) for node, told in graph.nodes(data=True)}
    nodes = [{"id": ids[node], "label": labels[node], "kind": kinds[node], "value": 0} for node in sorted(top, key=str)]
    edges = [
        {
            "id": f"{ids[source]} > {ids[target]} : weight",
            "from": ids[source],
            "to": ids[target],
            "kind": "relation",
            "relation": "",
            "weight": _short(told.get("weight", 1)),
            "utterances": [],
        }
        | ({} if graph.is_directed() else {"arrows": ""})
        for source, target, told in within.edges(data=True)
    ]
    things = [
        {"id": ids[node], "kind": kinds[node], "label": labels[node], "facts": facts[node]}
        for node in sorted(graph, key=str)
    ]
    view = draw(nodes, edges, total=len(graph), shown=len(nodes), least=1)
    heading = title or " ".join(filter(None, [str(graph.graph.get("kind", "")).capitalize(), "network"])).strip()
    return {
        "format": FORMAT, "base": names.base, "title": heading[:1].upper() + heading[1:], "description": "",
        "licence": "", "licence_label": "", "coded": "", "coders": [], "things": things, "claims": [],
        "utterances": [], "stances": [], "documents": [], "anchors": [], "views": {"graph": view},
    }  # fmt: skip


def shown(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """Return the graph as one of its own kind that also shows itself in a notebook, through ``_repr_html_``."""
    made: nx.Graph[Any] = _classes()[graph.is_directed()](graph)
    return made


@cache
def _classes() -> tuple[type, type]:
    """Make the classes when first needed: importing networkx takes a third of a second."""
    import networkx as nx

    def show(self: nx.Graph[Any]) -> str:
        from disputegraph.page import notebook_html, render_page

        return notebook_html(render_page(page_of_network(self)))

    return type("Graph", (nx.Graph,), {"_repr_html_": show}), type("DiGraph", (nx.DiGraph,), {"_repr_html_": show})


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 1.0


def _short(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
