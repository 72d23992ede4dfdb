"""What FAIR asks of an ontology: who made which version of each file when, and what every term says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS

NS = "https://w3id.org/disputegraph/ns#"
ACT = "https://w3id.org/disputegraph/action/"
NOTATION = Namespace("https://w3id.org/disputegraph/notation/")
ADMS = Namespace("http://www.w3.org/ns/adms#")
HEADS = {
    "disputegraph.ttl": "ns", "health.ttl": "health", "actions.ttl": "action", "alignment.ttl": "alignment",
    "german.ttl": "german",
}  # fmt: skip


def our_terms(graph: Graph) -> set[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept, SKOS.ConceptScheme)
    found = {s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return {term for term in found if str(term).startswith((NS, ACT))}


@pytest.mark.parametrize("name", HEADS)
def test_every_file_says_who_when_and_which_version(ontology: Path, name: str) -> None:
    graph = Graph().parse(ontology / name)
    head = URIRef(f"https://w3id.org/disputegraph/{HEADS[name]}")
    assert (head, RDF.type, OWL.Ontology) in graph
    for prop in (
        DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.contributor, DCTERMS.license, RDFS.label,
        ADMS.status,
    ):  # fmt: skip
        assert graph.value(head, prop) is not None, prop
    days = [graph.value(head, prop) for prop in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified)]
    assert all(isinstance(day, Literal) and day.datatype == XSD.date for day in days)
    assert str(days[0]) <= str(days[1]) <= str(days[2])
    assert str(graph.value(head, OWL.versionInfo)) == "0.2.0"
    assert graph.value(head, OWL.versionIRI) == URIRef(f"{head}/0.2.0")
    # German has none before.
    assert (graph.value(head, OWL.priorVersion) is None) == (name == "german.ttl")


@pytest.mark.parametrize("name", ["disputegraph.ttl", "health.ttl", "actions.ttl"])
def test_every_term_says_what_it_means_shows_it_and_names_its_source(ontology: Path, name: str) -> None:
    graph = Graph().parse(ontology / name)
    head = URIRef(f"https://w3id.org/disputegraph/{HEADS[name]}")
    terms = our_terms(graph) - {URIRef(NS + "ActionType")} if name == "actions.ttl" else our_terms(graph)
    assert terms
    for term in terms:
        (definition,) = graph.objects(term, SKOS.definition)
        # Tools that know no SKOS read the comment.
        assert list(graph.objects(term, RDFS.comment)) == [definition], term
        assert graph.value(term, RDFS.isDefinedBy) == head, term
        assert graph.value(term, RDFS.label) is not None, term
        examples = list(graph.objects(term, SKOS.example))
        assert len(examples) == 1, term
        assert isinstance(examples[0], Literal)
        assert examples[0].language == "en", term


def test_no_notation_is_of_two_acts(ontology: Path) -> None:
    graph = Graph().parse(ontology / "actions.ttl")
    notations = list(graph.objects(None, SKOS.notation))
    assert len(notations) == len(set(notations)) > 30
    broad = set(graph.objects(None, SKOS.broadMatch))
    assert broad == set(graph.subjects(SKOS.inScheme, NOTATION["plover-events"]))
    for event in broad:
        assert len(list(graph.subjects(SKOS.broadMatch, event))) > 1, event
        (notation,) = graph.objects(event, SKOS.notation)
        assert isinstance(notation, Literal)
        assert event == NOTATION[f"plover/{notation}"]
        assert notation.datatype == NOTATION.plover
