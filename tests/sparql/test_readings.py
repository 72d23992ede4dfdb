"""No text reaches another server, however it may be read, and harmless texts are let through."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from disputegraph.errors import LimitError, QueryError
from disputegraph.sparql import examine, examine_update
from disputegraph.sparql.readings import network_words
from disputegraph.store import EmbeddedStore
from tests.growth import grows_in_proportion
from tests.sparql.network_fuzzing import canary, try_queries

CLAUSE = "<http://127.0.0.1:{port}/x> { ?s ?p ?x }"

PASSING = {
    "a prefix that is called as the keyword": "PREFIX : <http://127.0.0.1:{port}/> SELECT * { SERVICE:a { ?s ?p ?x } }",
    "a prefix behind the keyword": "PREFIX x:<http://127.0.0.1:{port}/> SELECT * { SERVICEx:a { ?s ?p ?x } }",
    "an IRI with an escape": "SELECT * { OPTIONAL { ?s <http://a/\\u0062#> ?o } SERVICE " + CLAUSE + " }",
    "a comparison that looks like an IRI": (
        "SELECT * { BIND(<http://127.0.0.1:{port}/x> AS ?g) "
        "FILTER(EXISTS{ FILTER(1<2)SERVICE?g#>\n{ ?s ?p ?x } FILTER(1<2)}) }"
    ),
    "a name that would be no IRI": (
        "PREFIX h: <http://h:8> SELECT * { OPTIONAL { ?s ?p h:a } OPTIONAL { ?s ?p h:SERVICE " + CLAUSE + " } }"
    ),
    "a long string that is none": "SELECT * { VALUES ?v {'''a'} SERVICE " + CLAUSE + " }",
    "a long string with an escape that does not exist": "SELECT * { VALUES ?v {'''a'} SERVICE "
    + CLAUSE
    + " # \\q'''\n }",
    "a name with two dots": "PREFIX ex:<http://x/> SELECT * { OPTIONAL { ?s ?p ex:a.b.SERVICE " + CLAUSE + " } }",
    "a number": "SELECT * { OPTIONAL { ?s ?p 1SERVICE " + CLAUSE + " } }",
    "truth": "SELECT * { OPTIONAL { ?s ?p trueSERVICE " + CLAUSE + " } }",
}


@pytest.mark.parametrize("query", PASSING.values(), ids=PASSING.keys())
def test_service_is_refused_wherever_the_engine_may_see_it(query: str) -> None:
    with canary() as (port, asked):
        with pytest.raises(QueryError, match="SERVICE would ask another server, and the network is off"):
            EmbeddedStore().query(query.replace("{port}", str(port)))
        assert asked == []


def test_the_engine_does_act_on_some_of_them() -> None:
    with canary() as (port, asked):
        store = EmbeddedStore(allow_network=True)
        for query in list(PASSING.values())[:4]:
            before = len(asked)
            list(store.select(query.replace("{port}", str(port))))
            assert len(asked) > before, query


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?SERVICE <http://x/SERVICE> "SERVICE" # SERVICE\n }',
        "SELECT ?service ?load { ?service <urn:service:load> ?load_from }",
        "PREFIX ex: <http://x/> SELECT ?x { ?s ex:service ?x ; ex:service/ex:load ?y . ?y ex:s-service _:service }",
        "PREFIX ex: <http://x/> SELECT ?x { GRAPH ex:service { ?x a ex:Service , ex:ServiceLoad } }",
        "PREFIX ex: <http://x/> DESCRIBE ex:service { ?s ^ex:service* ?load }",
        "SELECT * { ?s <http://x/y#service> 'it\\'s a service' ; <http://x/service#> '''a\nservice 'x' ''' }",
        'SELECT * { ?s <x:../service> "a < b, a service > c" FILTER(?s<?o) FILTER("service">?o) }',
        "PREFIX service_: <http://x/> SELECT * { }",
    ],
)
def test_the_words_send_nothing_anywhere_within_names_strings_comments_and_iris(query: str) -> None:
    if "service_:" in query:
        with pytest.raises(QueryError, match="rename"):
            EmbeddedStore().query(query)
    else:
        EmbeddedStore().query(query)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/x>",
        "INSERT DATA { <a:a> <a:b> <a:\\u0062#> };load<http://127.0.0.1:9/x>",
        "PREFIX x:<http://127.0.0.1:9/>LOAD x:a",
        "PREFIX x:<http://127.0.0.1:9/> LOAD:a",
        "INSERT { ?s ?p 1 } WHERE { FILTER(1<2)SERVICE?g#>\n{} }",
        "\\u004cOAD <http://127.0.0.1:9/x>",
    ],
)
def test_updates_load_nothing(update: str) -> None:
    with pytest.raises(QueryError, match="(LOAD|SERVICE) would ask another server"):
        examine_update(update)


def test_an_update_may_speak_of_loads() -> None:
    examine_update(
        "PREFIX ex: <http://x/> INSERT DATA { ex:load ex:service 'load' } ; DELETE WHERE { ?load ex:load 1 }"
    )


def test_random_queries_never_reach_the_network() -> None:
    for seed in (1, 2, random.randrange(1 << 32)):
        tally = try_queries(seed, 1_500, needed_every=30)
        assert tally.slipped == [], f"seed {seed}"
        assert tally.needed > 0  # so the queries are dangerous ones
        assert tally.refused < tally.tried


@pytest.mark.parametrize(
    "piece", ["'''", "\\'''", "<a'>", "<a#>", "'", "<", "<a:)'\\", "p:service#", "p:service\n", "'''\\q", "\"'"]
)
def test_no_text_keeps_the_guard_busy(piece: str) -> None:
    def read(length: int) -> None:
        try:
            found = network_words("SELECT * { service " + piece * (length // len(piece)))
        except LimitError:
            pass
        else:
            assert found

    assert grows_in_proportion(read, 25_000)


def test_every_query_of_ours_passes(root: Path) -> None:
    files = [*(root / "src").rglob("*.rq"), *(root / "ontology").rglob("*.rq")]
    assert len(files) > 80
    for path in files:
        facts = examine(path.read_text(encoding="utf-8"))
        assert (facts.network, facts.datasets) == ((), ()), path
