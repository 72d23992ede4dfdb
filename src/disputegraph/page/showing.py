"""Networks that show themselves: as a page, and in a notebook."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from disputegraph.model import local_name
from disputegraph.page.graph_page import Edge, Node, page_of_graph
from disputegraph.page.notebook import notebook_html
from disputegraph.page.rendering import render_page

if TYPE_CHECKING:
    import networkx as nx

_TOLD = ("label", "kind", "weight")


def page_of_network(graph: nx.Graph[Any], *, title: str | None = None) -> dict[str, Any]:
    """Return the data of a page that draws a networkx graph, for `render_page`.

    Args:
        graph: nodes may have `label` and `kind`, edges `weight`; further attributes are listed with the node, and
            with the edge's ends.
        title: heading of the page.
    """
    nodes = {
        str(node): Node(
            str(told.get("label") or (local_name(str(node)) if "://" in str(node) else node)),
            str(told.get("kind", "Thing")),
            [(name, str(value)) for name, value in told.items() if name not in _TOLD],
        )
        for node, told in graph.nodes(data=True)
    }
    edges = [
        Edge(
            str(source),
            str(target),
            weight=_number(told.get("weight", 1)),
            told=", ".join(f"{name} {_short(value)}" for name, value in told.items()),
        )
        for source, target, told in graph.edges(data=True)
    ]
    heading = title or " ".join(filter(None, [str(graph.graph.get("kind", "")).capitalize(), "network"])).strip()
    return page_of_graph(nodes, edges, title=heading[:1].upper() + heading[1:], directed=graph.is_directed())


def shown(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """Return the graph as one of its own kind that also shows itself in a notebook, through ``_repr_html_``."""
    made: nx.Graph[Any] = _classes()[graph.is_directed()](graph)
    return made


@cache
def _classes() -> tuple[type, type]:
    """Make the classes when first needed: importing networkx takes a third of a second."""
    import networkx as nx

    def show(self: nx.Graph[Any]) -> str:
        return notebook_html(render_page(page_of_network(self)))

    def reduce(self: nx.Graph[Any]) -> tuple[Any, ...]:
        # A class that is made when first needed cannot be found by its name: the graph is made anew from a plain one.
        return shown, ((nx.DiGraph if self.is_directed() else nx.Graph)(self),)

    own = {"_repr_html_": show, "__reduce__": reduce}
    return type("Graph", (nx.Graph,), own), type("DiGraph", (nx.DiGraph,), own)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 1.0


def _short(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
