"""Queries read, stay off the network, and are no deeper than the engine survives."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disputegraph.errors import LimitError, QueryError
from disputegraph.sparql import examine, tokenise
from disputegraph.sparql.guard import MAX_DEPTH, MAX_WEIGHT, _is_plain, _refuse_depth
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


def test_service_is_refused_and_found_only_where_it_is_one() -> None:
    store = EmbeddedStore()
    with pytest.raises(QueryError, match=r"line 2: SERVICE .* --allow-network"):
        store.query("SELECT * {\n SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }")
    # The word in a string, a comment, an IRI, a name or a variable sends nothing anywhere.
    store.query('SELECT * { ?SERVICE <http://x/SERVICE> "SERVICE" # SERVICE\n }')
    store.query("PREFIX SERVICE: <http://x/> SELECT * { ?s SERVICE:SERVICE ?o }")


def test_from_names_a_graph_of_the_data_or_is_refused() -> None:
    store = EmbeddedStore()
    with pytest.raises(QueryError, match=r"FROM <http://x/g> is no graph of the data"):
        store.query("SELECT * FROM <http://x/g> { ?s ?p ?o }")
    store.engine.update("INSERT DATA { GRAPH <http://x/g> { <a:a> <a:b> 1 } }")
    assert len(list(store.select("SELECT * FROM <http://x/g> { ?s ?p ?o }"))) == 1


def test_depth_is_capped_below_what_kills_the_engine() -> None:
    def nested(depth: int) -> str:
        return "SELECT * " + "{" * depth + "}" * depth

    list(EmbeddedStore().select(nested(MAX_DEPTH)))
    with pytest.raises(LimitError, match="nests deeper"):
        examine(nested(MAX_DEPTH + 1))


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


STEPS = st.sampled_from(["{", "}", "(", ")", "[", "]", ".", ";", "/", "!", " AS ", "UNION ", "MINUS ", "?x ", "<a:a>"])


@given(st.lists(st.tuples(STEPS, st.integers(1, 130))), st.booleans())
@example([("{", MAX_DEPTH), (".", MAX_WEIGHT - 4 * MAX_DEPTH)], True)
@example([("{", MAX_DEPTH + 1)], True)
@example([("!", MAX_WEIGHT + 1)], True)
def test_what_is_not_looked_at_would_have_been_let_through(steps: list[tuple[str, int]], service: bool) -> None:
    query = "".join(step * number for step, number in steps)
    if _is_plain(query):
        _refuse_depth(query, list(tokenise(query)), chains=True)
    assert not _is_plain(query + ("SERVice" if service else "\nFROM"))


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
