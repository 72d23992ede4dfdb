"""Disputes and networks show themselves in a notebook."""

from __future__ import annotations

import html as markup
import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from disputegraph.page import page_of_network, render_page, shown


def star(kind: type[nx.Graph[Any]]) -> nx.Graph[Any]:
    graph = kind(kind="signed")
    graph.add_node("https://e.example/a", label="A <b>", kind="Person", statements=3)
    for n in range(4):
        graph.add_edge("https://e.example/a", f"https://e.example/{n}", weight=n - 1.5, congruence=n, conflict=1)
    return graph


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_a_network_becomes_a_page(kind: type[nx.Graph[Any]]) -> None:
    graph = star(kind)
    data = page_of_network(graph)
    view = data["views"]["graph"]
    assert data["title"] == "Signed network"
    assert {(edge["from"], edge["to"]): edge["weight"] for edge in view["edges"]} == {
        ("a", str(n)): n - 1.5 for n in range(4)
    }
    assert all((edge.get("arrows") == "") != graph.is_directed() for edge in view["edges"])
    assert json.loads(json.dumps(data))
    a = next(thing for thing in data["things"] if thing["id"] == "a")
    assert (a["label"], a["kind"]) == ("A <b>", "Person")
    assert {"relation": "statements", "text": "3"} in a["facts"]


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_showing_changes_nothing_else(kind: type[nx.Graph[Any]]) -> None:
    graph = star(kind)
    made = shown(graph)
    assert isinstance(made, kind)
    assert nx.utils.graphs_equal(made, graph)
    assert made.graph == graph.graph
    assert made._repr_html_().startswith('<iframe sandbox="allow-scripts ')


def test_a_large_network_opens_with_its_strongest_part() -> None:
    data = page_of_network(nx.barabasi_albert_graph(400, 2, seed=1))
    assert data["views"]["graph"]["shown"] == 80
    assert len(data["things"]) == 400


@pytest.mark.browser
def test_a_notebook_shows_dispute_and_network(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """Run the cells of a notebook in IPython, and open what Jupyter would put below each."""
    from IPython.core.interactiveshell import InteractiveShell

    notebook = json.loads((Path(__file__).parent / "cases" / "dispute.ipynb").read_text(encoding="utf-8"))
    shell = InteractiveShell()
    outputs = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            done = shell.run_cell("".join(cell["source"]), store_history=False)
            done.raise_error()
            outputs.append(shell.display_formatter.format(done.result)[0].get("text/html"))
    assert len(outputs) == 2
    for number, output in enumerate(outputs):
        assert output
        page_html = markup.unescape(re.search(r'srcdoc="(.*?)"></iframe>', output, re.DOTALL)[1])
        path = tmp_path / f"{number}.html"
        path.write_text(page_html, encoding="utf-8")
        page = open_page(path)
        assert page.locator("#picture .node:visible").count() > 5


@pytest.mark.browser
def test_a_network_opens(open_page: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "network.html"
    path.write_text(render_page(page_of_network(star(nx.Graph))), encoding="utf-8")
    page = open_page(path)
    page.locator(".badge", has_text="-0.5").click()
    assert "Weight: -0.5" in page.locator("#panel").inner_text()


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_a_network_that_shows_itself_can_be_pickled(kind: type[nx.Graph[Any]]) -> None:
    made = shown(star(kind))
    again = pickle.loads(pickle.dumps(made))
    assert nx.utils.graphs_equal(made, again)
    assert again.is_directed() == made.is_directed()
    assert again._repr_html_() == made._repr_html_()
