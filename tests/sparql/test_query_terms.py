"""Which terms a query names: what it may match is never left out."""

from __future__ import annotations

import pytest

from disputegraph.sparql import named_queries, terms_of
from disputegraph.vocabulary import DG, PREFIXES, RDF


def seen(query: str) -> tuple[list[str], bool, bool]:
    terms = terms_of(query, PREFIXES)
    return [DG.local(iri) or iri for iri in terms.classes], terms.any_class, terms.any_property


@pytest.mark.parametrize(
    ("query", "classes"),
    [
        ("SELECT ?a ?b { ?a a dg:Actor }", ["Actor"]),
        ("SELECT * { ?a a dg:Actor, dg:Person ; dg:speaker ?b }", ["Actor", "Person"]),
        ("PREFIX x: <https://w3id.org/disputegraph/ns#> ASK { [] rdf:type x:Actor }", ["Actor"]),
        (f"ASK {{ ?s {RDF.type} {DG.Claim} }}", ["Claim"]),
        ("CONSTRUCT { ?a a dg:Actor } WHERE { ?a a dg:Person }", ["Person"]),
        ("ASK { ?a dg:cue 'a dg:Actor' } # a dg:Actor", []),
    ],
)  # fmt: skip
def test_classes(query: str, classes: list[str]) -> None:
    assert seen(query) == (classes, False, False)


@pytest.mark.parametrize(
    "query",
    ["ASK { ?s a ?type }", "ASK { ?s a/rdfs:subClassOf* dg:Actor }", "ASK { dg:Actor ^a ?s }", "ASK { ?s a|dg:cue ?t }",
     "ASK { ?s a [] }", "ASK { ?s a dg:Person, ?other }"],
)  # fmt: skip
def test_patterns_open_to_any_class(query: str) -> None:
    assert seen(query)[1]


@pytest.mark.parametrize(
    "query",
    ["SELECT * { ?s ?p ?o }", "SELECT * { ex:a ?p 1 }", "SELECT * { ?s dg:cue ?c ; ?p ?o }", "SELECT * { [] ?p -1 }",
     "SELECT * { ?s ?p [] }", "SELECT * { ?s ?p true }", "SELECT * { (1 2) ?p ?o . }",
     "SELECT * { _:b ?p << ?a ?b ?c >> }",
     "SELECT * { { SELECT ?s ?o { ?s ?p ?o } } }", "SELECT * { ?s !dg:cue ?o }", "SELECT * { ?s !(dg:cue|^a) ?o }",
     "SELECT * { FILTER(?x > 1) ?s ?p ?o }", "DESCRIBE ex:a", "SELECT * { <a:b> ?p <c:d> }",
     "SELECT * { FILTER EXISTS { ?s ?p 'x' } }", "CONSTRUCT WHERE { ?s ?p ?o }"],
)  # fmt: skip
def test_patterns_open_to_any_property(query: str) -> None:
    assert seen(query)[2]


def test_named_queries_are_open_to_no_property() -> None:
    """So that they pay for no more inference than they use."""
    assert [name for name, query in named_queries().items() if seen(query.text)[2]] == []
