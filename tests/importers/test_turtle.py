"""Triples written straight are the bytes that the stable writer writes, whatever they hold."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from disputegraph.importers.triples import Triples, curie, literal, term
from disputegraph.importers.turtle import TurtleWriter
from disputegraph.rdf.formats import format_named
from disputegraph.rdf.writing import write_stable

BASE = "https://example.org/d/"
PLAIN = st.sampled_from(["a", "b-1", "Claim", "x_y"]).map(BASE.__add__)
ODD = st.sampled_from(["", "1a", "a.b", "a/b", "é", "a%20b", "-a", "a#b", "a:b", "a'b"]).map(BASE.__add__)
FAR = st.sampled_from(
    ["urn:x", "https://elsewhere.org/1", "https://example.org/", "https://w3id.org/disputegraph/ns#odd.one"]
)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
LITERALS = st.one_of(
    TEXT.map(literal),
    TEXT.map(lambda text: literal(text, language="en-gb")),
    st.integers(-99, 99).map(lambda number: literal(number, "integer")),
    st.sampled_from(["true", "false"]).map(lambda text: literal(text, "boolean")),
    st.just(literal("2024-05-01", "date")),
)
ODD_LITERALS = st.sampled_from(
    [
        Literal("x", datatype=term("xsd:integer")),
        Literal("1.5", datatype=term("xsd:decimal")),
        Literal("1e3", datatype=term("xsd:double")),
        Literal("a", datatype=NamedNode("https://example.org/d/type.odd")),
        Literal("TRUE", datatype=term("xsd:boolean")),
    ]
)
PREDICATES = st.sampled_from(["rdf:type", "dg:speaker", "skos:prefLabel", "dcterms:issued"])


def rows(
    iris: st.SearchStrategy[str], literals: st.SearchStrategy[Literal]
) -> st.SearchStrategy[list[tuple[str, str, object]]]:
    return st.lists(st.tuples(iris, PREDICATES, st.one_of(iris, literals)), max_size=12)


def graph(given_: list[tuple[str, str, object]]) -> Triples:
    triples = Triples()
    for subject, predicate, value in given_:
        if isinstance(value, str):
            triples.add_iri(subject, predicate, value)
        elif isinstance(value, Literal):
            triples.add(subject, predicate, value)
    return triples


def both(triples: Triples) -> tuple[bytes, bytes]:
    ours, theirs = io.BytesIO(), io.BytesIO()
    triples.write(ours, prefixes={"d": BASE})
    write_stable(triples.quads(), theirs, format_named("turtle"), prefixes={"d": BASE})
    return ours.getvalue(), theirs.getvalue()


@settings(deadline=None)
@given(rows(PLAIN, LITERALS))
def test_plain_graphs(given_: list[tuple[str, str, object]]) -> None:
    ours, theirs = both(graph(given_))
    assert ours == theirs
    assert set(parse(ours, RdfFormat.TURTLE)) == set(graph(given_).quads())


@settings(deadline=None)
@given(rows(st.one_of(PLAIN, ODD, FAR), st.one_of(LITERALS, ODD_LITERALS)))
def test_odd_graphs(given_: list[tuple[str, str, object]]) -> None:
    ours, theirs = both(graph(given_))
    assert ours == theirs


@pytest.mark.parametrize(
    ("iri", "plain"),
    [("b-1", True), ("1a", False), ("a.b", False), ("a/b", False), ("", False), ("é", False)],
)
def test_the_straight_way_is_taken_only_for_plain_names(iri: str, plain: bool) -> None:
    assert TurtleWriter({"d": BASE}, {}).can_write([BASE + iri]) is plain


def test_nested_namespaces_are_left_to_the_engine() -> None:
    assert not TurtleWriter({"d": BASE, "e": BASE + "e/"}, {}).can_write([BASE + "a"])


def test_other_formats_and_lengths() -> None:
    triples = graph([(BASE + "a", "dg:speaker", BASE + "b")] * 2)
    output = io.BytesIO()
    triples.write(output, format_named("nt"))
    assert output.getvalue().decode() == f"<{BASE}a> <https://w3id.org/disputegraph/ns#speaker> <{BASE}b> .\n"
    assert len(triples) == 1
    assert BASE + "a" in triples
    assert curie(term("dg:speaker")) == "dg:speaker"
