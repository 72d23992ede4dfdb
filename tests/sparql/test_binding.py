"""Parameters are bound, on every form of query, and a value can never become syntax."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat

from disputegraph.errors import UsageError
from disputegraph.sparql import bind

A, B = NamedNode("http://x/a"), NamedNode("http://x/b")
DATA = b'<http://x/a> <http://x/p> "1", "2" . <http://x/b> <http://x/p> "3" . <http://x/c> <http://x/q> <http://x/a> .'


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(DATA, RdfFormat.TURTLE)
    return store


def rows(store: pyoxigraph.Store, query: str, **bindings: NamedNode | Literal) -> list[tuple[str | None, ...]]:
    answer = store.query(bind(query, bindings))
    names = [variable.value for variable in answer.variables]
    return sorted(tuple(row[name].value if row[name] is not None else None for name in names) for row in answer)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?s ?o WHERE { ?s <http://x/p> ?o }", [("http://x/b", "3")]),
        ("SELECT ?o WHERE { ?s <http://x/p> ?o }", [("3",)]),
        ("SELECT ?o WHERE { ?x <http://x/p> ?o FILTER(?x = ?s) }", [("3",)]),
        ("SELECT ?o WHERE { ?x <http://x/p> ?o FILTER(!BOUND(?s) || ?x = ?s) }", [("3",)]),
        ("SELECT ?o WHERE { ?x <http://x/p> ?o FILTER NOT EXISTS { ?s <http://x/p> ?o } }", [("1",), ("2",)]),
        ("SELECT ?o WHERE { ?x <http://x/p> ?o MINUS { ?s <http://x/p> ?o } }", [("1",), ("2",)]),
        ("SELECT ?x ?o WHERE { ?x <http://x/q> ?y OPTIONAL { ?s <http://x/p> ?o } }", [("http://x/c", "3")]),
        ("SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s <http://x/p> ?o } GROUP BY ?s", [("http://x/b", "1")]),
        ("SELECT ?n WHERE { { SELECT (COUNT(?o) AS ?n) WHERE { ?s <http://x/p> ?o } GROUP BY ?s } }", [("1",)]),
        ("SELECT ?o { { SELECT ?s ?o { ?s <http://x/p> ?o } ORDER BY ?s LIMIT 1 } }", [("3",)]),
        ("SELECT ?s { VALUES ?s { <http://x/a> <http://x/b> } }", [("http://x/b",)]),
        ("SELECT ?s (COUNT(*) AS ?n) { ?x <http://x/p> ?o } GROUP BY ?s", [("http://x/b", "3")]),
        ("SELECT ?o { { ?s <http://x/p> ?o } UNION { ?s <http://x/q> ?o } }", [("3",)]),
        ("SELECT ?o { ?s <http://x/p> ?o # ?s { in a comment\n }", [("3",)]),
        ('SELECT ?o { ?s <http://x/p> ?o FILTER(?o != "{ ?s }") }', [("3",)]),
    ],
)
def test_bound_wherever_it_is_mentioned(
    store: pyoxigraph.Store, query: str, expected: list[tuple[str | None, ...]]
) -> None:
    assert rows(store, query, s=B) == expected


@pytest.mark.parametrize("condition", ["5<?lim&&?lim>0", "?lim>5||?lim<?lim||?lim>9", "1<2&&?lim>5"])
def test_a_parameter_is_found_though_it_looks_like_a_part_of_an_iri(store: pyoxigraph.Store, condition: str) -> None:
    query = f"SELECT ?s {{ ?s <http://x/q> ?o FILTER({condition}) }}"
    assert rows(store, query, lim=Literal(200)) == [("http://x/c",)]
    assert rows(store, query, lim=Literal(0)) == []


def test_other_forms(store: pyoxigraph.Store) -> None:
    assert bool(store.query(bind("ASK { ?s <http://x/p> '3' }", {"s": B}))) is True
    assert bool(store.query(bind("ASK { ?s <http://x/p> '3' }", {"s": A}))) is False
    template = "CONSTRUCT { ?s <http://x/r> ?o } WHERE { ?s <http://x/p> ?o }"
    assert [str(t.object) for t in store.query(bind(template, {"s": B}))] == ['"3"']
    assert [str(t.object) for t in store.query(bind("CONSTRUCT WHERE { ?s <http://x/p> ?o }", {"s": B}))] == ['"3"']
    assert len(list(store.query(bind("DESCRIBE ?s { ?s <http://x/p> ?o }", {"s": A})))) == 2


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from([None, "en", "en-GB"]))
def test_any_text_comes_back_as_it_went_in(text: str, language: str | None) -> None:
    term = Literal(text, language=language) if language else Literal(text)
    (row,) = pyoxigraph.Store().query(bind("SELECT ?x WHERE { FILTER(true) }", {"x": term}))
    assert row["x"] == term


def test_an_unknown_parameter_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no parameter 'clam'.* Did you mean 'claim'.*\?claim"):
        bind("SELECT ?claim { ?claim a ?kind }", {"clam": A})
