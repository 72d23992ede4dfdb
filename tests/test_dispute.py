"""The library's face, used as its docs say."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
import rdflib
from pyoxigraph import Literal
from rdflib.compare import isomorphic

import disputegraph
import disputegraph.resources
from disputegraph import DG, DataError, Dispute, QueryError, UsageError, open_data
from disputegraph.importers import import_sheet


@pytest.fixture(scope="module")
def dispute() -> Dispute:
    return open_data()


def test_every_public_name_is_there() -> None:
    for name in disputegraph.__all__:
        assert getattr(disputegraph, name) is not None
        assert name in dir(disputegraph)
    with pytest.raises(AttributeError, match="no attribute 'opne_data'"):
        disputegraph.opne_data  # noqa: B018


def test_parameters_are_names_or_terms(dispute: Dispute) -> None:
    query = "SELECT ?claim WHERE { ?u dg:speaker ?who ; dg:addressesClaim/skos:prefLabel ?claim }"
    by_name = dispute.select(query, who="Jeremy Hunt")
    assert by_name
    assert by_name == dispute.select(query, who="ex:hunt")
    assert dispute.select("SELECT ?c { ?c skos:prefLabel ?l }", l=Literal("Hunt vetoed compromise", language="en"))
    assert dispute.ask("ASK { ?who a dg:Person }", who="hunt") is True


def test_a_parameter_may_be_called_query(dispute: Dispute) -> None:
    assert dispute.select("SELECT ?query { ?query a dg:Person }", query="hunt")


def test_named_queries_all_answer(dispute: Dispute) -> None:
    from disputegraph.sparql import named_queries

    assert len(named_queries()) >= 12
    for name in named_queries():
        dispute.query(name)


def test_the_wrong_form_is_told(dispute: Dispute) -> None:
    with pytest.raises(QueryError, match="not a SELECT query"):
        dispute.select("ASK {}")
    with pytest.raises(QueryError, match="not an ASK query"):
        dispute.ask("SELECT * {}")
    with pytest.raises(UsageError, match="there is no query named"):
        dispute.query("nonsense")


def test_rdflib_gets_the_same_graph(dispute: Dispute) -> None:
    graph = dispute.to_rdflib()
    assert isomorphic(graph, rdflib.Graph().parse(disputegraph.resources.bundled_dispute()))
    assert (rdflib.URIRef(dispute.find("hunt")), rdflib.RDF.type, rdflib.URIRef(DG.Person.value)) in graph
    assert dict(graph.namespaces())["dg"] == rdflib.URIRef("https://w3id.org/disputegraph/ns#")


def test_writing_and_reading_again(dispute: Dispute, tmp_path: Path) -> None:
    dispute.write(tmp_path / "a.ttl")
    again = open_data(tmp_path / "a.ttl")
    again.write(tmp_path / "b.ttl")
    assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()
    assert len(again) == len(dispute)
    dispute.write(tmp_path / "a.jsonld")
    assert isomorphic(rdflib.Graph().parse(tmp_path / "a.jsonld"), rdflib.Graph().parse(tmp_path / "a.ttl"))


def test_network_and_show(dispute: Dispute) -> None:
    network = dispute.network("congruence")
    assert isinstance(network, nx.Graph)
    assert network.number_of_edges() > 0
    assert dispute.show("Hunt vetoed compromise")["type"] == "Claim"
    assert dispute.check() == []


def test_quotes_are_shown_with_the_sources(harbour: Path) -> None:
    found = open_data(harbour / "dispute.ttl").show("Line promised a new boat", sources=harbour / "sources")
    quotes = [(quote["status"], quote["text"]) for said in found["utterances"] for quote in said["quotes"]]
    assert sorted(quotes) == [
        ("verified", "No boat was ever promised."),
        ("verified", "the company promised a new boat by summer"),
        ("verified", "“We were promised a new boat,”"),
    ]


def test_a_missing_file_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file") as caught:
        open_data(tmp_path / "none.ttl")
    assert caught.value.exit_code == 3


def test_from_rdflib_and_back(dispute: Dispute) -> None:
    graph = dispute.to_rdflib()
    with disputegraph.from_rdflib(graph) as again:
        assert isomorphic(again.to_rdflib(), graph)
        assert again.claims() == dispute.claims()
        assert again.select("SELECT ?c { ?c a dg:Claim } LIMIT 1")
        assert not dispute.diff(again).changes


def test_what_an_importer_read_is_a_dispute(tmp_path: Path) -> None:
    sheet = tmp_path / "said.csv"
    sheet.write_text("document,speaker,claim,polarity\nGazette,Ada Osei,It rains,affirms\n", encoding="utf-8")
    with disputegraph.from_import(import_sheet(sheet, base="https://example.org/rain/")) as dispute:
        assert [claim.label for claim in dispute.claims()] == ["It rains"]
        assert dispute.actors()[0].iri.startswith("https://example.org/rain/")
        assert dispute.select("SELECT ?c { ?c a dg:Claim FILTER(STRSTARTS(STR(?c), STR(d:))) }")
        assert any("1 name" in note for note in dispute.notes)


def test_disputes_are_merged_and_compared(tmp_path: Path, harbour: Path) -> None:
    (tmp_path / "more.ttl").write_text(
        "@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:x:ines> a dg:Person ; skos:prefLabel "I. Moreau" .',
        encoding="utf-8",
    )
    ines = "https://example.org/harbour/moreau"
    with open_data(harbour / "dispute.ttl") as one, open_data(tmp_path / "more.ttl") as other:
        with one.merge(other, pairs=[(ines, "urn:x:ines")]) as both:
            assert any("urn:x:ines is now" in note for note in both.notes)
            actor = next(actor for actor in both.actors() if actor.iri == ines)
            assert "I. Moreau" in actor.aliases
            assert len(both.utterances()) == len(one.utterances())
            (change,) = one.diff(both).changes
            assert change.what == "actor"
        with pytest.raises(DataError, match="is not an actor"):
            one.merge(other, pairs=[(ines, "urn:x:nobody")])


def test_anchors_are_verified(harbour: Path) -> None:
    with open_data(harbour / "dispute.ttl") as dispute:
        assert {report.status for report in dispute.verify(harbour / "sources")} == {"verified"}


def test_from_rdflib_refuses_what_is_no_rdf() -> None:
    for bad in (rdflib.URIRef("http://example.org/<a b>"), rdflib.Literal("\ud800")):
        graph = rdflib.Graph()
        graph.add((rdflib.URIRef("urn:a"), rdflib.RDFS.seeAlso, bad))
        with pytest.raises(DataError, match="an rdflib graph: cannot be written as RDF"):
            disputegraph.from_rdflib(graph)
