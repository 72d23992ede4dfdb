"""The questions that newsroom and scholar ask of the bundled dispute: each is one natural query, with its rows."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

from disputegraph.resources import bundled_dispute
from disputegraph.sparql import QueryFile, read_query_file
from disputegraph.store import Rows as Answered
from disputegraph.store import open_store

QUESTIONS = Path(__file__).resolve().parent / "questions"
ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.stem for path in QUESTIONS.glob("*.rq"))
Rows = list[tuple[str, ...]]

PREFIXES = """
PREFIX dg: <https://w3id.org/disputegraph/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
# The ontology stands in a graph of its own, so that its terms are not among the answers.
AXIOMS = [
    "INSERT { ?x a ?wide } WHERE { GRAPH <urn:ontology> { ?narrow rdfs:subClassOf+ ?wide } ?x a ?narrow }",
    "INSERT { ?s ?wide ?o } WHERE { GRAPH <urn:ontology> { ?narrow rdfs:subPropertyOf+ ?wide } ?s ?narrow ?o }",
    "INSERT { ?o ?back ?s } WHERE { GRAPH <urn:ontology> { ?p owl:inverseOf|^owl:inverseOf ?back } ?s ?p ?o }",
    "INSERT { ?o ?p ?s } WHERE { GRAPH <urn:ontology> { ?p a owl:SymmetricProperty } ?s ?p ?o }",
    "INSERT { ?u dg:voice ?v } WHERE { ?u dg:onBehalfOf ?v }",
    "INSERT { ?u dg:voice ?v } WHERE { ?u dg:speaker ?v FILTER NOT EXISTS { ?u dg:onBehalfOf ?o } }",
    "INSERT { ?u dg:reportedVoice ?v } WHERE { ?u dg:reportedOnBehalfOf ?v }",
    """INSERT { ?u dg:reportedVoice ?v }
       WHERE { ?u dg:reportedSpeaker ?v FILTER NOT EXISTS { ?u dg:reportedOnBehalfOf ?o } }""",
]


@cache
def store(infer: bool) -> pyoxigraph.Store:
    """The bundled dispute, as it is or with what the ontology's own axioms make of it."""
    data = pyoxigraph.Store()
    data.load(path=ROOT / "data" / "junior-doctors-2016" / "dispute.ttl")
    if infer:
        for part in ("disputegraph.ttl", "health.ttl"):
            data.load(path=ROOT / "ontology" / part, to_graph=pyoxigraph.NamedNode("urn:ontology"))
        for axiom in AXIOMS:
            data.update(PREFIXES + axiom)
        data.remove_graph(pyoxigraph.NamedNode("urn:ontology"))
    return data


@cache
def graph(infer: bool) -> Graph:
    text = store(infer).dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    assert text is not None
    return Graph().parse(data=text.decode(), format="nt")


def asked(name: str) -> tuple[QueryFile, bool]:
    question = read_query_file(QUESTIONS / f"{name}.rq")
    return question, question.fields.get("infer") == "yes"


def answer(question: QueryFile, infer: bool) -> Rows:
    found = store(infer).query(question.text)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [tuple("" if term is None else str(term.value) for term in row) for row in found]


def expected(name: str) -> Rows:
    with (QUESTIONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


def test_there_are_twenty_five_with_rows_each() -> None:
    assert len(NAMES) == 25
    assert sorted(path.stem for path in QUESTIONS.glob("*.csv")) == NAMES
    assert [name for name in NAMES if not expected(name)] == ["04-parties-to-arrangements"]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_one_natural_query(name: str) -> None:
    question, _ = asked(name)
    assert question.title
    assert question.question.endswith("?")
    assert set(question.fields) <= {"title", "question", "infer"}
    for trick in ("COALESCE", "BIND", "IF("):
        assert trick not in question.text.upper()


@pytest.mark.parametrize("name", NAMES)
def test_rows_in_two_engines(name: str) -> None:
    question, infer = asked(name)
    rows = answer(question, infer)
    assert rows == expected(name)
    found = graph(infer).query(question.text)
    assert [tuple("" if term is None else str(term) for term in row) for row in found] == rows  # type: ignore[union-attr]


def test_inference_is_asked_for_where_it_is_needed_alone() -> None:
    for name in NAMES:
        question, infer = asked(name)
        assert infer == (answer(question, False) != expected(name)), name


def test_what_is_inferred_leaks_nothing_that_is_only_claimed() -> None:
    for name in NAMES:
        question, infer = asked(name)
        if not infer:
            assert answer(question, True) == expected(name), name


@pytest.mark.parametrize("name", NAMES)
def test_the_library_answers_them(name: str) -> None:
    question, infer = asked(name)
    with open_store([bundled_dispute()]) as opened:
        found = opened.query(question.text, infer=infer)
        assert isinstance(found, Answered)
        assert [tuple("" if term is None else str(term.value) for term in row) for row in found] == expected(name)
