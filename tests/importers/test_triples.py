"""What an import gathers is what it was given, and is written as all sorted Turtle is."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.importers.triples import Triples, curie, literal, term
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
    st.just(Literal("a", datatype=NamedNode("https://example.org/d/type.odd"))),
)
PREDICATES = st.sampled_from(["rdf:type", "dg:speaker", "skos:prefLabel", "dcterms:issued"])


def rows(
    iris: st.SearchStrategy[str], literals: st.SearchStrategy[Literal]
) -> st.SearchStrategy[list[tuple[str, str, object]]]:
    return st.lists(st.tuples(iris, PREDICATES, st.one_of(iris, literals)), max_size=12)


def graph(given_: list[tuple[str, str, object]]) -> Triples:
    triples = Triples(BASE)
    for subject, predicate, value in given_:
        if isinstance(value, str):
            triples.add_iri(subject, predicate, value)
        elif isinstance(value, Literal):
            triples.add(subject, predicate, value)
    return triples


@given(rows(st.one_of(PLAIN, ODD, FAR), LITERALS))
def test_lines_are_what_the_engine_would_have_written_of_quads(given_: list[tuple[str, str, object]]) -> None:
    triples, ours, theirs = graph(given_), io.BytesIO(), io.BytesIO()
    quads = {
        Quad(NamedNode(subject), term(predicate), NamedNode(value) if isinstance(value, str) else value)
        for subject, predicate, value in given_
    }
    assert set(triples.quads()) == quads
    triples.write(ours)
    write_stable(quads, theirs, format_named("turtle"), prefixes={"d": BASE})
    assert ours.getvalue() == theirs.getvalue()


def test_more_lines_than_are_held_as_text() -> None:
    triples = graph([(f"{BASE}{n}", "dg:speaker", literal(n, "integer")) for n in range(25_000)])
    assert len(list(triples.quads())) == 25_000


def test_terms_and_prefixed_names() -> None:
    assert curie(term("dg:speaker")) == "dg:speaker"
    with pytest.raises(ValueError, match="elsewhere"):
        curie(NamedNode("https://elsewhere.org/1"))
