"""A project reads names, days and documents as the model does."""

from __future__ import annotations

from pyoxigraph import NamedNode

from disputegraph.coding import Project
from disputegraph.model import Model
from disputegraph.projects import open_project
from disputegraph.server.coding_views import CodingViews

NASTY = """
@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:zoe a dg:Person ; skos:prefLabel "Zoe"@en, "Alba"@it . ex:zed a dg:Person ; rdfs:label "Zed" ; foaf:name "Abe"@en .
ex:port a dg:Organization ; skos:prefLabel "  " ; foaf:name "Port Authority", "Hafen"@de, "Port of Nord"@en-GB .
ex:none a dg:Person ; schema:name "" .
ex:late a dg:Document ; dcterms:title "A later one" ; dcterms:date "2021-01-01" .
ex:early a dg:Document ; dcterms:title "Z first" ; dcterms:issued "2020-05-01", "2020-03-01" ;
    dcterms:date "2019-01-01" .
ex:claim a dg:Claim ; skos:prefLabel "It was hidden"@en .
ex:a1 oa:hasSource ex:late . ex:a2 oa:hasSource ex:early .
ex:u a dg:Utterance ; dg:speaker ex:zoe, ex:zed ; dg:addressesClaim ex:claim ; dg:polarity dg:affirms ;
    dg:evidence ex:a1, ex:a2 ;
    dg:documentedIn ex:none .
ex:v a dg:Utterance ; dg:speaker ex:port, ex:zed ; dg:addressesClaim ex:claim ; dg:polarity dg:denies ;
    dg:documentedIn ex:late .
"""


def test_a_project_calls_and_dates_things_as_the_model_does(project: Project) -> None:
    (project.folder / "codebook.ttl").write_text(NASTY, encoding="utf-8")
    opened = open_project(project.folder)
    graph, model, views = opened.graph, Model(opened.graph.store), CodingViews(opened)
    named = {
        name: graph.label(NamedNode(f"http://example.org/{name}")) for name in ("zoe", "zed", "port", "none", "late")
    }
    assert named == {"zoe": "Zoe", "zed": "Zed", "port": "Port of Nord", "none": "none", "late": "A later one"}
    assert named == {name: model.labels[f"http://example.org/{name}"] for name in named}
    shown = {row["label"]: row["date"] for row in views.overview()["documents"]}
    assert shown["Z first"] == "2020-03-01"
    assert shown["A later one"] == "2021-01-01"
    told = {found["node"]: found["document"] for found in views.findings()["findings"]}
    assert {"http://example.org/u", "http://example.org/v"} <= told.keys()
    for said in model.utterances:
        assert said.document is not None
        assert told[said.iri] == said.document.iri
    assert model.document_of("http://example.org/zoe") is None
