"""Networks as files: what other programs read back is what was written."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import networkx as nx
import pytest

from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.networks import KINDS, SIGN_COLOURS, colour_of_kind, graph_of, weigh, write_network
from disputegraph.resources import bundled_dispute
from disputegraph.store import open_store


@pytest.fixture(scope="module")
def table():
    with open_store([bundled_dispute()]) as store:
        yield statements(store)


def written(weights, form: str) -> bytes:
    stream = io.BytesIO()
    write_network(weights, stream, form)
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_graphml_and_gexf_come_back(table, kind: str) -> None:
    weights = weigh(table, kind)
    graph = graph_of(weights, dates=True)
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        back = read(io.BytesIO(written(weights, form)))
        assert back.is_directed() == graph.is_directed()
        assert set(back) == set(graph)
        assert {frozenset(edge) for edge in back.edges} == {frozenset(edge) for edge in graph.edges}
        for a, b, edge in graph.edges(data=True):
            found = back.edges[a, b]
            assert found.get("signed_weight", found["weight"]) == pytest.approx(edge["weight"])
            assert found["weight"] > 0
            assert isinstance(found["weight"], float)
            assert isinstance(found["count"], int)
            assert found["count"] == edge["count"]
            if form == "gexf":
                assert (found["start"], found["end"]) == (edge["start"], edge["end"])
        for node, told in graph.nodes(data=True):
            assert back.nodes[node]["label"] == told["label"]
            assert isinstance(back.nodes[node]["statements"], int)


@pytest.mark.parametrize("kind", KINDS)
def test_tables_hold_the_same_numbers(table, kind: str) -> None:
    weights = weigh(table, kind, normalise="activity" if kind == "affiliation" else "none")
    graph = graph_of(weights)
    edges = list(csv.DictReader(io.StringIO(written(weights, "csv").decode())))
    assert len(edges) == graph.number_of_edges()
    for edge in edges:
        told = graph.edges[edge["source"], edge["target"]]
        assert float(edge["weight"]) == told["weight"]
        assert int(edge["count"]) == told["count"]
        assert edge["source_label"] == graph.nodes[edge["source"]]["label"]
    head, *body = list(csv.reader(io.StringIO(written(weights, "matrix").decode())))
    assert len(head) - 1 == len(weights.columns)
    assert [[float(cell) for cell in line[1:]] for line in body] == weights.matrix.toarray().tolist()
    data = json.loads(written(weights, "json"))
    back = nx.node_link_graph(data, edges="edges")
    assert {frozenset(edge) for edge in back.edges} == {frozenset(edge) for edge in graph.edges}
    text = written(weights, "ucinet").decode().splitlines()
    assert text[0].startswith("dl nr = " if kind == "affiliation" else "dl n = ")
    assert [float(cell) for cell in text[-1].split()] == weights.matrix.toarray()[-1].tolist()


def test_hostile_labels_are_data() -> None:
    labels = {"a": '=HYPERLINK("http://evil")', "b": "<b>&\x00\x0b\ud7ff 'q'", "c": "same", "d": "same"}
    table = StatementTable.of(
        {
            "utterance": ["1", "2", "3", "4"],
            "speaker": ["a", "b", "c", "d"],
            "claim": ["p"] * 4,
            "polarity": ["affirms"] * 4,
        },
        labels=labels,
    )
    weights = weigh(table, "congruence")
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        assert len(read(io.BytesIO(written(weights, form)))) == 4
    head = next(csv.reader(io.StringIO(written(weights, "matrix").decode())))
    assert "'=HYPERLINK" in head[2]
    assert len(set(head)) == len(head)
    assert b"lastmodified" not in written(weights, "gexf")
    with pytest.raises(UsageError, match="Did you mean 'graphml'"):
        write_network(weights, io.BytesIO(), "graphm")


def test_edges_that_disagree_arrive_in_gephi() -> None:
    """Gephi drops weights of 0 and below: they are written as amounts, with a sign, and with colours."""
    table = StatementTable.of(
        {
            "utterance": [f"u{number}" for number in range(6)],
            "speaker": ["a", "b", "c", "a", "c", "b"],
            "claim": ["x", "x", "x", "y", "y", "z"],
            "polarity": ["affirms", "denies", "affirms", "affirms", "denies", "affirms"],
        }
    )
    weights = weigh(table, "signed")
    told = {frozenset("ab"): -1.0, frozenset("ac"): 0.0, frozenset("bc"): -1.0}
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        back = read(io.BytesIO(written(weights, form)))
        assert {frozenset(edge): back.edges[edge]["signed_weight"] for edge in back.edges} == told
        assert all(edge["weight"] > 0 for _, _, edge in back.edges(data=True))
        assert {edge["sign"] for _, _, edge in back.edges(data=True)} == {0, -1}
    assert b'<viz:color r="178" g="58" b="0"' in written(weights, "gexf")
    data = json.loads(written(weights, "json"))
    assert sorted(edge["weight"] for edge in data["edges"]) == [-1, -1, 0]


def test_attributes_of_actors_go_along(tmp_path: Path) -> None:
    path = tmp_path / "d.ttl"
    path.write_text(
        """@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix schema: <https://schema.org/> .
        @prefix : <urn:x:> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        :u1 a dg:Utterance ; dg:speaker :ann ; dg:addressesClaim :c ; dg:polarity dg:affirms .
        :u2 a dg:Utterance ; dg:speaker :bob ; dg:addressesClaim :c ; dg:polarity dg:affirms .
        :ann schema:color "#12ab34" ; skos:altLabel "Annie", "A." ;
          dg:hasCodedValue [ dg:codedVariable :p ; dg:codedValue "Greens" ] .
        :p a dg:Variable ; skos:prefLabel "party" .
        """,
        encoding="utf-8",
    )
    with open_store([path]) as store:
        weights = weigh(statements(store), "congruence")
        stream = io.BytesIO()
        write_network(weights, stream, "graphml", attributes={"urn:x:bob": {"coalition": 2}})
        back = nx.read_graphml(io.BytesIO(stream.getvalue()))
        gexf = written(weights, "gexf")
        told = json.loads(written(weights, "json"))["nodes"][0]
    assert (told["party"], told["colour"], told["alias"]) == ("Greens", "#12ab34", "A.; Annie")
    assert back.nodes["urn:x:ann"]["party"] == "Greens"
    assert back.nodes["urn:x:ann"]["alias"] == "A.; Annie"
    assert (back.nodes["urn:x:ann"]["r"], back.nodes["urn:x:ann"]["g"]) == (18, 171)
    assert back.nodes["urn:x:ann"]["colour"] == "#12ab34"
    assert back.nodes["urn:x:bob"]["coalition"] == 2
    assert b'<viz:color r="18" g="171" b="52"' in gexf


def test_the_colours_are_those_of_the_page(root: Path) -> None:
    template = root / "src" / "disputegraph" / "page" / "template"
    palette, drawing = ((template / name).read_text(encoding="utf-8") for name in ("colours.css", "graph.css"))
    colours = dict(re.findall(r"--([\w-]+): light-dark\((#\w+),", palette))
    rules = re.findall(r"^(\.kind-[^{]+) { fill: var\(--(\w+)\)", drawing, re.MULTILINE)
    kinds = {kind: name for classes, name in rules for kind in re.findall(r"\.kind-(\w+)", classes)}
    white = {"UnnamedSource": "person", "Claim": "faint"}  # on the page they are white, with an edge
    assert len(kinds) > 5
    for kind, name in (kinds | white).items():
        assert colour_of_kind(kind) == colours[name], kind
    assert [SIGN_COLOURS[sign] for sign in (1, 0, -1)] == [colours[n] for n in ("supportive", "neutral", "critical")]
