"""German labels and definitions: of every term, value and kind of act, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS

from disputegraph.resources import ontology_file

NS = "https://w3id.org/disputegraph/ns#"
ACT = "https://w3id.org/disputegraph/action/"
DG = Namespace(NS)


@pytest.fixture(scope="module")
def english(ontology: Path) -> Graph:
    graph = Graph()
    for name in ("disputegraph.ttl", "health.ttl", "actions.ttl"):
        graph.parse(ontology / name)
    return graph


@pytest.fixture(scope="module")
def german() -> Graph:
    return Graph().parse(ontology_file("german"))


def the_german(graph: Graph, term: URIRef, prop: URIRef) -> str:
    (text,) = graph.objects(term, prop)
    assert isinstance(text, Literal)
    assert text.language == "de", term
    return str(text)


def test_every_term_value_and_act_has_a_german_label_and_definition(english: Graph, german: Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept, SKOS.ConceptScheme)
    terms = {
        s
        for k in kinds
        for s in english.subjects(RDF.type, k)
        if isinstance(s, URIRef) and str(s).startswith((NS, ACT))
    }
    assert len(terms) > 300
    assert terms == {s for s in german.subjects(SKOS.definition) if isinstance(s, URIRef)}
    for term in terms:
        label = the_german(german, term, RDFS.label)
        definition = the_german(german, term, SKOS.definition)
        assert label
        assert definition.endswith("."), term
        assert definition != str(english.value(term, SKOS.definition)), term
        if (term, SKOS.prefLabel, None) in english:
            assert the_german(german, term, SKOS.prefLabel) == label, term


def test_no_two_terms_of_a_kind_share_a_german_label(english: Graph, german: Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, DG.ActionType, SKOS.ConceptScheme):
        seen: dict[str, object] = {}
        for term in english.subjects(RDF.type, kind):
            if isinstance(term, URIRef) and str(term).startswith((NS, ACT)):
                label = the_german(german, term, RDFS.label)
                assert seen.setdefault(label, term) == term, label


def test_words_of_the_field(german: Graph) -> None:
    words = {"Utterance": "Äußerung", "Claim": "Behauptung", "Issue": "Streitfrage", "Stance": "Haltung"}
    for name, word in words.items():
        assert the_german(german, DG[name], RDFS.label) == word
    assert "Hörensagen" in the_german(german, DG.ReportedUtterance, SKOS.definition)
