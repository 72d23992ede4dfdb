"""GROUP_CONCAT joins terms of every kind, and what the engine joins by itself stays as it is."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store, parse

from disputegraph.sparql import joinable
from disputegraph.store import EmbeddedStore

DATA = '@prefix e: <http://e.example/> . e:s e:p e:a ; e:n 7 ; e:t "a"@en .'


@pytest.mark.parametrize(
    ("select", "value"),
    [
        ("SELECT (GROUP_CONCAT(?o) AS ?x) { ?s e:p ?o }", "http://e.example/a"),
        ('SELECT (group_concat(distinct ?o ; separator=";)(") AS ?x) { ?s e:n ?o }', "7"),
        ("SELECT (GROUP_CONCAT(?o + 1) AS ?x) { ?s e:n ?o }", "8"),
        ("SELECT (GROUP_CONCAT(STR(?o)) AS ?x) { ?s e:p ?o }", "http://e.example/a"),
        ('SELECT (GROUP_CONCAT(?o # )\n; SEPARATOR=",") AS ?x) { ?s e:n ?o }', "7"),
        ("SELECT (GROUP_CONCAT(IF(EXISTS { ?s e:t ?l ; e:n 7 }, ?o, ?s)) AS ?x) { ?s e:n ?o }", "7"),
        ("SELECT ?x { { SELECT (GROUP_CONCAT(?o) AS ?x) { ?s e:p ?o } } }", "http://e.example/a"),
    ],
)  # fmt: skip
def test_every_term_is_joined(select: str, value: str) -> None:
    engine = Store()
    engine.extend(parse(DATA, RdfFormat.TURTLE))
    (row,) = EmbeddedStore(engine).select("PREFIX e: <http://e.example/> " + select)
    assert row["x"].value == value


def test_texts_keep_what_they_had() -> None:
    engine = Store()
    engine.extend(parse(DATA, RdfFormat.TURTLE))
    query = "SELECT (GROUP_CONCAT(?o) AS ?x) { ?s <http://e.example/t> ?o }"
    (by_engine,) = engine.query(query)
    (row,) = EmbeddedStore(engine).select(query)
    assert row["x"] == by_engine["x"]


@pytest.mark.parametrize(
    "query", ["SELECT ?group_concat {}", "GROUP_CONCAT", "SELECT (GROUP_CONCAT(", "GROUP_CONCAT()"]
)
def test_what_is_not_a_call_stays(query: str) -> None:
    assert joinable(query) == query
