"""What other programs make of our files, and of our server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

import disputegraph
from disputegraph.resources import bundled_dispute, ontology_file
from tests.conftest import require
from tests.server.conftest import Running, start
from tests.store.conftest import virtuoso_server  # noqa: F401  # the fixture


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "disputegraph", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled dispute as disputegraph writes it."""
    path = tmp_path_factory.mktemp("written") / "dispute.ttl"
    with disputegraph.open_data() as dispute:
        dispute.write(path)
    return path


def test_rdflib_and_oxigraph_read_the_same(written: Path) -> None:
    ours = "".join(f"{quad.triple} .\n" for quad in pyoxigraph.parse(path=str(written)))
    graph = Graph().parse(written)
    assert isomorphic(graph, Graph().parse(data=ours, format="nt"))
    assert isomorphic(graph, Graph().parse(bundled_dispute()))


@pytest.mark.server
def test_virtuoso_holds_what_we_wrote(virtuoso_server: Any) -> None:  # noqa: F811  # the fixture
    count = "SELECT ?class (COUNT(*) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"
    with disputegraph.open_data() as here, disputegraph.open_data(virtuoso_server.query) as there:
        wanted = {row["class"]: row["n"] for row in here.select(count)}
        found = {row["class"]: row["n"] for row in there.select(count)}
    assert wanted
    assert {name: found.get(name) for name in wanted} == wanted


def test_pyshacl_finds_it_valid(written: Path) -> None:
    from pyshacl import validate

    terms = Graph()
    for part in ("core", "health", "actions"):
        terms.parse(ontology_file(part))
    conforms, _, text = validate(Graph().parse(written), shacl_graph=str(ontology_file("shapes")), ont_graph=terms)
    assert conforms, text


def framed_by_pyld(**frame: Any) -> list[dict[str, Any]]:
    """What the command writes of the bundled dispute as JSON-LD, framed with our context by PyLD."""
    try:
        from pyld import jsonld
    except ImportError:
        require(None, "PyLD")
    context = json.loads(ontology_file("context").read_text(encoding="utf-8"))["@context"]
    document = json.loads(run("convert", str(bundled_dispute()), "--to", "jsonld"))
    return jsonld.frame(document, {"@context": context, **frame}, {"omitGraph": False})["@graph"]


@pytest.fixture(scope="module")
def framed() -> list[dict[str, Any]]:
    """The utterances of the bundled dispute with their claims."""
    return framed_by_pyld(
        **{
            "@type": "Utterance",
            "addressesClaim": {"@embed": "@always", "claimedAgent": {"@embed": "@always"}},
            "speaker": {"@embed": "@always"},
        }
    )


def test_every_claim_is_found_by_its_type() -> None:
    claims = framed_by_pyld(**{"@type": "Claim"})
    assert len(claims) == 37
    assert {claim["type"] for claim in claims} == {"Claim"}


@pytest.mark.xdist_group("framed")  # the frame takes long, and is made once
def test_framed_json_reads_like_plain_json(framed: list[dict[str, Any]]) -> None:
    utterance = next(one for one in framed if one["id"].endswith("u-siva-veto"))
    assert utterance["polarity"] == "affirms"
    assert utterance["speaker"]["prefLabel"]["en"] == "Krishna Sivakumaran"
    claim = utterance["addressesClaim"]
    assert claim["prefLabel"]["en"] == "Hunt vetoed compromise"
    assert claim["claimedAgent"]["prefLabel"]["en"] == "Jeremy Hunt"
    assert claim["claimedAction"].endswith("veto")
    assert len(framed) == 42  # hearsay is not an utterance


@pytest.mark.xdist_group("framed")  # the frame takes long, and is made once
def test_no_iri_of_ours_is_left_as_a_key(framed: list[dict[str, Any]]) -> None:
    def keys(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    assert not [key for key in keys(framed) if key.startswith(("http", "dg:"))]


@pytest.mark.parametrize("kind", ["affiliation", "congruence", "signed", "portrayal"])
def test_graphml_and_gexf_are_what_gephi_reads(kind: str, tmp_path: Path) -> None:
    """Gephi takes GraphML with declared keys, and GEXF 1.2 or 1.3 whose edges end at nodes that are there."""
    for suffix, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        path = tmp_path / f"{kind}.{suffix}"
        run("network", kind, "-o", str(path))
        graph = read(path)
        assert graph.number_of_edges() > 0
        root = ET.parse(path).getroot()
        tag = root.tag.rpartition("}")[2]
        if suffix == "gexf":
            assert root.attrib["version"] == "1.2"
            nodes = {node.attrib["id"] for node in root.iter() if node.tag.endswith("}node")}
            ends = [
                edge.attrib[end] for edge in root.iter() if edge.tag.endswith("}edge") for end in ("source", "target")
            ]
            assert set(ends) <= nodes
            assert all(node.attrib["label"] for node in root.iter() if node.tag.endswith("}node"))
        else:
            assert tag == "graphml"
            declared = {key.attrib["id"] for key in root.iter() if key.tag.endswith("}key")}
            used = {data.attrib["key"] for data in root.iter() if data.tag.endswith("}data")}
            assert used <= declared


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    running = start()
    yield running
    running.stop()


def test_our_commands_over_our_server(server: Running) -> None:
    address = f"{server.address}/sparql"
    for arguments in (("actors", "-f", "csv"), ("claims", "-f", "csv"), ("network", "congruence", "-f", "csv"),
                      ("query", "accusations", "-f", "csv")):  # fmt: skip
        assert run(*arguments, "-d", address) == run(*arguments, "-d", str(bundled_dispute())), arguments


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_as_a_client_of_our_server(server: Running, method: str) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(f"{server.address}/sparql", method=method, returnFormat="json")
    graph = Graph(store)
    rows = list(graph.query("SELECT ?h { ?h a <https://w3id.org/disputegraph/ns#Hospital> }"))
    assert len(rows) == 5
    assert graph.query("ASK { ?h a <https://w3id.org/disputegraph/ns#Hospital> }").askAnswer is True
