"""DNA's GraphML, a dialect that networkx refuses."""

from __future__ import annotations

import io
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import DataError
from disputegraph.importers.dna import read_dna_graphml

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:visone="http://visone.info/xmlns"
  xmlns:y="http://www.yworks.com/xml/graphml">
  <key for="node" id="d0" yfiles.type="nodegraphics" />
  <key for="edge" id="e0" yfiles.type="edgegraphics" />
  <key for="graph" id="prop" visone.type="properties" />
  <key id="id" for="node" attr.name="id" attr.type="string" />
  <key id="name" for="node" attr.name="name" attr.type="string" />
  <key id="Type" for="node" attr.name="Type" attr.type="string" />
  <key id="variable" for="node" attr.name="variable" attr.type="string" />
  <key id="frequency" for="node" attr.name="frequency" attr.type="int" />
  <key id="weight" for="edge" attr.name="weight" attr.type="double" />
  <graph edgedefault="undirected" id="DNA" parse.edges="2" parse.nodes="3" parse.order="free">
    <data key="prop"><visone:labelAttribute edgeLabel="weight" nodeLabel="name" /></data>
"""


def node(number: int, name: str, variable: str, colour: str) -> str:
    return f"""<node id="n{number}"><data key="id">{number}</data><data key="name">{name}</data><data key="Type" />
      <data key="variable">{variable}</data><data key="frequency">{number * 2}</data>
      <data key="d0"><visone:shapeNode><y:ShapeNode><y:Geometry height="20.0" x="1" y="2" />
      <y:Fill color="{colour}" transparent="false" /></y:ShapeNode></visone:shapeNode></data></node>"""


def edge(source: str, target: str, weight: str, colour: str) -> str:
    return f"""<edge source="{source}" target="{target}"><data key="weight">{weight}</data>
      <data key="e0"><visone:polyLineEdge><y:PolyLineEdge><y:LineStyle color="{colour}" type="line" />
      </y:PolyLineEdge></visone:polyLineEdge></data></edge>"""


TWO_MODE = (
    HEAD
    + node(9, "A &amp; B", "organization", "#FF9900")
    + node(10, "Senate", "organization", "#000000")
    + node(18, "CO2 is good", "concept", "#000000")
    + edge("n9", "n18", "-2.0", "#ff0000")
    + edge("n10", "n18", "1.5", "#00ff00")
    + "</graph></graphml>"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "net.graphml").write_text(TWO_MODE, encoding="utf-8")
    return tmp_path / "net.graphml"


def test_networkx_refuses_it(path: Path) -> None:
    """If this fails, networkx has learnt the dialect, and the reader may go."""
    with pytest.raises(nx.NetworkXError, match="prop"), pytest.warns(UserWarning, match="prop"):
        nx.read_graphml(path)


def test_nodes_edges_and_what_is_drawn(path: Path) -> None:
    network = read_dna_graphml(path)
    assert network.nodes["n9"] == {
        "id": "9",
        "name": "A & B",
        "Type": "",
        "variable": "organization",
        "frequency": 18,
        "color": "#ff9900",
        "bipartite": 0,
    }
    assert network.nodes["n18"]["bipartite"] == 1
    assert sorted(network.edges(data=True)) == [
        ("n10", "n18", {"weight": 1.5, "color": "#00ff00"}),
        ("n9", "n18", {"weight": -2.0, "color": "#ff0000"}),
    ]
    assert not network.is_directed()


def test_the_command_writes_what_networkx_reads(path: Path) -> None:
    run = CliRunner().invoke(main, ["import", "dna", str(path)])
    assert run.exit_code == 0, run.output
    again = nx.read_graphml(io.BytesIO(run.stdout.encode()))
    network = read_dna_graphml(path)
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    assert list(again.edges(data=True)) == list(network.edges(data=True))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<graphml", "not well-formed XML"),
        ("<svg/>", "no GraphML"),
        (TWO_MODE.replace('target="n18"', 'target="n99"'), "no node has that id"),
        (TWO_MODE.replace(">18<", ">many<"), "not a value of 'frequency'"),
        (TWO_MODE.replace('<node id="n9">', "<node>"), "a node has no 'id'"),
        ('<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><g>&b;</g>', "declares entities"),
    ],
)
def test_bad_files(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "bad.graphml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_dna_graphml(tmp_path / "bad.graphml")


HEAD = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<key id="w" for="edge" attr.name="weight" attr.type="double"/>'
)


@pytest.mark.parametrize("way", ["directed", "undirected"])
def test_parallel_edges_stay_as_networkx_reads_them(tmp_path: Path, way: str) -> None:
    edges = "".join(
        f'<edge source="{one}" target="{other}"><data key="w">{weight}</data></edge>'
        for one, other, weight in (("a", "b", 1), ("a", "b", -2), ("b", "a", 3))
    )
    path = tmp_path / "n.graphml"
    path.write_text(f'{HEAD}<graph edgedefault="{way}"><node id="a"/><node id="b"/>{edges}</graph></graphml>', "utf-8")
    ours, theirs = read_dna_graphml(path), nx.read_graphml(path)
    assert type(ours) is type(theirs)
    assert sorted(ours.edges(data="weight")) == sorted(theirs.edges(data="weight"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<node id="a"/><node id="a"/>', "two nodes"),
        ('<node id="a"/><hyperedge/>', "hyperedges"),
        ('<node id="a"/><edge source="a" target="a"/><edge source="a" target="a" directed="true"/>', "undirected"),
        (
            '<node id="a"/><edge source="a" target="a"><data key="w">1</data><data key="w">2</data></edge>',
            "given twice",
        ),
        ('</graph><graph edgedefault="directed">', "several graphs"),
    ],
)
def test_what_a_network_would_lose_is_refused(tmp_path: Path, body: str, message: str) -> None:
    path = tmp_path / "n.graphml"
    path.write_text(f'{HEAD}<graph edgedefault="undirected">{body}</graph></graphml>', encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_dna_graphml(path)
