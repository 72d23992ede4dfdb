"""Views and networks can be handed to pyvis, and what we write of them runs nothing that stands in names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner
from pyvis.network import Network

import disputegraph
from disputegraph.cli import main
from disputegraph.page import render_pyvis, to_pyvis
from tests.page.hostile import ATTACKS

UNTOUCHED = "() => window.pwned === undefined && !document.querySelector('img, svg, [onerror], [onload], [onfocus]')"


def test_pyvis_gets_what_is_drawn_where_it_stands(bundled_data: dict[str, Any]) -> None:
    view = bundled_data["views"]["whom"]
    network = to_pyvis(view)
    assert [(node["id"], node["label"], node["x"], node["y"]) for node in network.nodes] == [
        (node["id"], node["label"], node["x"], node["y"]) for node in view["nodes"]
    ]
    assert [(edge["from"], edge["to"]) for edge in network.edges] == [(e["from"], e["to"]) for e in view["edges"]]
    assert {"critical 4", "worksAt"} <= {edge["title"] for edge in network.edges}
    assert "critical 4" in network.generate_html()


def test_a_network_is_wide_by_weight_and_dashed_where_it_is_conflict() -> None:
    with disputegraph.open_data() as dispute:
        network = to_pyvis(dispute.network("signed"))
    assert isinstance(network, Network)
    edges = {float(edge["title"].split()[-1]): (edge["width"], edge["dashes"]) for edge in network.edges}
    assert edges[2.0] == (8.0, False)
    assert edges[-1.0] == (4.5, True)
    assert all(node["title"].startswith(node["label"]) and "color" in node for node in network.nodes)


def hostile_network(kind: type[nx.Graph[Any]]) -> nx.Graph[Any]:
    graph = kind(kind=ATTACKS[2])
    for place, attack in enumerate(ATTACKS):
        graph.add_node(attack, label=attack, kind=ATTACKS[(place + 1) % len(ATTACKS)], note=attack)
        graph.add_edge(attack, ATTACKS[place - 1], weight=place - 3, told=attack)
    return graph


def test_names_stay_in_their_island() -> None:
    html = render_pyvis(to_pyvis(hostile_network(nx.Graph)), title=ATTACKS[2])
    assert "<script>window" not in html
    assert html.count("</script") == 3
    island = json.loads(re.findall(r'id="data">(.*?)</script>', html, re.DOTALL)[0])
    assert {node["label"] for node in island["nodes"]} == set(ATTACKS)
    assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=", html)


@pytest.mark.browser
@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_nothing_runs_and_nothing_is_fetched(
    open_page: Callable[..., Any], tmp_path: Path, kind: type[nx.Graph[Any]]
) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(render_pyvis(to_pyvis(hostile_network(kind)), title=ATTACKS[1]), encoding="utf-8")
    page = open_page(path)
    page.mouse.wheel(0, 100)
    for x in range(100, 1200, 90):  # over nodes and edges, whose titles appear
        for y in range(100, 760, 90):
            page.mouse.move(x, y)
    assert page.evaluate(UNTOUCHED)
    assert page.locator("#network canvas").count() == 1


@pytest.mark.parametrize("renderer", ["page", "pyvis"])
def test_the_command_writes_a_page_of_a_network(tmp_path: Path, renderer: str) -> None:
    path = tmp_path / "net.html"
    made = CliRunner().invoke(main, ["network", "signed", "--renderer", renderer, "-o", str(path)])
    assert made.exit_code == 0, made.output
    html = path.read_text(encoding="utf-8")
    assert ("vis-network" in html) == (renderer == "pyvis")
    assert "Keep Our St Helier Hospital" in html


def test_the_renderer_needs_a_page() -> None:
    made = CliRunner().invoke(main, ["network", "signed", "--renderer", "pyvis", "-f", "csv"])
    assert made.exit_code == 2
    assert "net.html" in made.stderr
