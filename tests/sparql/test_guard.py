"""Queries read, stay off the network, and are no larger than the engine survives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from disputegraph.errors import LimitError, QueryError
from disputegraph.sparql import examine, tokenise
from disputegraph.sparql.guard import MAX_SIZE, MAX_TRIPLE_TERMS
from disputegraph.sparql.readings import code_size
from disputegraph.store import EmbeddedStore


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "# c\nPREFIX x: <http://x/> delete where { ?s ?p ?o }",
        "LOAD <http://x/>",
        "clear all",
    ],
)
def test_updates_are_refused(update: str) -> None:
    with pytest.raises(QueryError, match="is an update, and a query only reads"):
        examine(update)


def test_service_is_refused_with_its_line_and_what_to_do() -> None:
    with pytest.raises(QueryError, match=r"line 2: SERVICE .* --allow-network"):
        EmbeddedStore().query("SELECT * {\n SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_a_value_is_looked_at_too() -> None:
    # It is bound as a term, but the guard looks at the very text that the engine is given.
    rows = EmbeddedStore().select("SELECT ?x { FILTER(true) }", bindings={"x": Literal("} SERVICE <http://x/> {")})
    assert [row["x"].value for row in rows] == ["} SERVICE <http://x/> {"]


def test_from_names_a_graph_of_the_data_or_is_refused() -> None:
    store = EmbeddedStore()
    with pytest.raises(QueryError, match=r"FROM <http://x/g> is not a graph of the data"):
        store.query("SELECT * FROM <http://x/g> { ?s ?p ?o }")
    store.engine.update("INSERT DATA { GRAPH <http://x/g> { <a:a> <a:b> 1 } }")
    assert len(list(store.select("SELECT * FROM <http://x/g> { ?s ?p ?o }"))) == 1


def test_what_is_larger_than_the_largest_stack_is_refused() -> None:
    with pytest.raises(LimitError, match="names, values and signs"):
        examine("SELECT * " + "{" * (MAX_SIZE + 1))


@pytest.mark.parametrize("step", ["<<( <a:a> <a:b> ", "TRIPLE (1, 2, ", "<< <a:a> <a:b> # >>\n"])
def test_triple_terms_nest_no_deeper_than_in_data(step: str) -> None:
    examine("SELECT * {" + step * MAX_TRIPLE_TERMS)
    examine("SELECT * {" + "<<( <a:a> <a:b> 1 )>> <a:b> 1 . " * (MAX_TRIPLE_TERMS + 1))
    with pytest.raises(LimitError, match="nests triple terms deeper"):
        examine("SELECT * {" + step * (MAX_TRIPLE_TERMS + 1))


def test_length_is_capped() -> None:
    with pytest.raises(LimitError, match="characters"):
        examine("#" * 5_000_000)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * WHERE {\n ?s ?p }", r"query:2:9: this is not a SPARQL query: near '}'"),
        ("SELECT * { ?s foaff:name ?o }", r"query:1: the prefix 'foaff:' is not declared. Did you mean 'foaf'"),
        ("SELECT", "near 'SELECT'"),
    ],
)
def test_syntax_errors_say_where_and_what(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        EmbeddedStore().query(query)


STEPS = st.sampled_from(["IF(", "true", "1", "'a'", "!", "a:b ", "?x", "<a:a>", "<a:#>", "<<", "#\n", '"', "'", "\\"])


@given(st.lists(STEPS, max_size=60))
def test_no_reading_has_more_tokens_than_are_counted(steps: list[str]) -> None:
    text = "".join(steps)
    tokens = sum(token.text not in ("'", '"', "\\") for token in tokenise(text))  # what is left open is no token
    assert 2 * code_size(text, 1_000) >= tokens


@pytest.mark.parametrize(
    "query",
    [
        "{ ?s dg:p/^act:q|!skos:r ?o }",
        "{?s dg:p [act:q (skos:r)]}",
        "{ dg:s act:p skos:o . }",
        "{ ?s a dg:p,act:q;skos:r 1 }",
    ],
)
def test_default_prefixes_are_found_wherever_they_stand(query: str) -> None:
    list(EmbeddedStore().select("SELECT * " + query))
    assert {"dg", "act", "skos"} <= examine("SELECT * " + query).undeclared
    assert examine("PREFIX dg: <a:> SELECT * " + query).undeclared >= {"act", "skos"}
    assert "dg" not in examine("PREFIX dg: <a:> SELECT * " + query).undeclared
