"""However deep or long a query is, it ends in an answer or in an error, and never in a dead process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import DataError, LimitError
from disputegraph.process import USUAL_STACK
from disputegraph.sparql import examine
from disputegraph.store import EmbeddedStore, open_store
from tests.pretending import pretending, reply

HIDDEN = "OPTIONAL { ?s <http://a/\\u0062#> ?o } "  # what follows on the line is no comment
# The engine takes a second or two to get deep enough in these.
SLOW = [
    "SELECT * { " + " ".join(f"BIND(1 AS ?v{n})" for n in range(3_000)) + "}",
    "SELECT " + " ".join(f"(1 AS ?v{n})" for n in range(3_000)) + " {}",
]
DEEP = [
    "SELECT * { FILTER(" + "!" * 10_000 + "true) }",
    "SELECT * { FILTER(" + "?a||" * 10_000 + "?a) }",
    "SELECT * { " + "{?s ?p 1} UNION " * 10_000 + "{} }",
    "SELECT * { " + "OPTIONAL {?s ?p 1} " * 3_000 + "}",
    "SELECT * { " + "MINUS {?s ?p 1} " * 3_000 + "}",
    *SLOW,
    "SELECT * { ?s " + "<a:p>|" * 100_000 + "<a:p> ?o }",
    "SELECT * { ?s " + "^(" * 100_000 + "<a:p>" + ")" * 100_000 + " ?o }",
    "SELECT * { ?s ?p " + "[ ?p " * 1_000 + "1" + "]" * 1_000 + " }",
    "SELECT * { " + "FILTER EXISTS {" * 1_000 + "}" * 1_000 + " }",
    "SELECT * { FILTER(" + "IF(1," * 1_000 + "1" + ",1)" * 1_000 + ") }",
    "SELECT * { ?s ?p (" + "?o " * 5_000 + ") }",
    "SELECT * { ?s ?p (" + "true " * 5_000 + ") }",
    "SELECT * { ?s ?p (" + "() " * 5_000 + ") }",
    "SELECT * { ?s ?p [ ?p " + "1," * 20_000 + "1 ] }",
    "SELECT * { ?s ?p " + "1," * 20_000 + "1 }",
    "SELECT * { ?s ?p 1 " + "{| ?p 1 |} " * 10_000 + "}",
    "SELECT * { ?s ?p 1 " + "~ ?r " * 40_000 + "}",
    "SELECT * { " + "<< " * 100_000 + "?s ?p ?o" + " >> ?p ?o" * 100_000 + " }",
    "SELECT * { " + "<" * 1_000_000 + " }",
    "SELECT * { " + "{?s ?p ?o}" * 10_000 + "}",
    "SELECT * { " + "{SELECT ?s {?s ?p ?o}}" * 10_000 + "}",
    "SELECT * { " + "LATERAL {?s ?p ?o} " * 20_000 + "}",
    "SELECT * { ?s ?p ?o } ORDER BY " + "(?o + 1) " * 20_000,
    "DESCRIBE " + "<a:b> " * 10_000,
    "PREFIX a: <a:> DESCRIBE " + "a:b <a:b> " * 20_000,
    "SELECT " + " ".join(f"?v{n}" for n in range(100_000)) + " {}",
    "SELECT * {} ORDER BY " + " ".join(f"?v{n}" for n in range(100_000)),
    "DESCRIBE " + " ".join(f"<a:{n}>" for n in range(5_000)),
    "DESCRIBE " + " ".join(f"<a:\\u0062{n}>" for n in range(5_000)),
    "DESCRIBE " + " ".join(f"?v{n}" for n in range(5_000)) + " WHERE {}",
    # Few brackets at once, but a tree as deep as all its chains together.
    "SELECT * { FILTER(" + "(" * 20 + "1" + ("+1" * 500 + ")") * 20 + ") }",
]
DEEP += [
    "SELECT * { " + HIDDEN + "FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "SELECT * { " + HIDDEN + "OPTIONAL { ?a ?b ?c } " * 5_000 + "}",
    "SELECT * { FILTER(1<" + "(" * 20_000 + "1" + ")" * 20_000 + ")#>\n }",
    "SELECT * " + "{" * 10_000 + "}" * 10_000,
    "SELECT * " + "{" * 50_000 + "}" * 50_000,
    "SELECT * { FILTER(" + "IF(" * 100_000,
    "SELECT * { ?s ?p " + "<<( ?s ?p " * 60 + "1" + " )>>" * 60 + " }",
    "SELECT (" + "TRIPLE(<a:a>, <a:b>, " * 60 + "1" + ")" * 60 + " AS ?t) {}",
    "CONSTRUCT { ?s ?p 1 } WHERE { VALUES ?s { <a:a> } VALUES ?p { <a:b> } " + "{} " * 5_000 + "}",
    "ASK { " + "{} " * 5_000 + "}",
]


@pytest.mark.parametrize("query", DEEP, ids=range(len(DEEP)))
def test_a_command_ends_in_an_answer_or_in_an_error(
    query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.ttl").write_text("<a:a> <a:b> 1 .")
    monkeypatch.chdir(tmp_path)
    # With a limit of time it runs in a worker, and the death of that is told. Stacks overflow in the first second.
    words = ["query", "-", "-d", "one.ttl", "--timeout", "4" if query in SLOW else "1.5"]
    done = CliRunner().invoke(main, words, input=query)
    assert done.exit_code in (0, 3, 4), done.output
    assert "died" not in done.stderr
    assert "one.ttl" not in done.stderr  # it is the query that is judged
    assert "Traceback" not in done.stderr
    assert bool(done.stderr) == bool(done.exit_code)


QUICK = """
import threading
from disputegraph.store import EmbeddedStore
store = EmbeddedStore()
store.engine.update("INSERT DATA { <a:a> <a:b> 1 , 'x\\ty'@en , 1.50 , _:b }")
n = 15_000
def ask():
    (row,) = store.select("SELECT ?x { BIND(" + "(" * n + "1" + ")" * n + " AS ?x) }")
    assert row["x"].value == "1"
    assert store.ask("ASK { FILTER(" + "!" * n + "true) }") is True
    deep = "SELECT ?o { <a:a> <a:b> ?o FILTER(" + "(" * n + "1" + ")" * n + ") }"
    assert {row["o"] for row in store.select(deep)} == {row["o"] for row in store.select("SELECT ?o { ?s ?p ?o }")}
    made = "CONSTRUCT WHERE { ?s ?p ?o } #" + "!" * n + "\\n" + "VALUES ?o { " + "1 " * n + " }"
    assert len({triple.object for triple in store.construct(made)}) == 1
    try:
        store.query("SELECT * { FILTER(" + "(" * n)
    except Exception as error:
        assert type(error).__name__ == "QueryError", error
ask()
thread = threading.Thread(target=ask)
thread.start()
thread.join()
print("all asked")
"""


def test_who_uses_the_library_is_answered_too() -> None:
    done = subprocess.run([sys.executable, "-c", QUICK], capture_output=True, text=True, check=False, timeout=200)
    assert done.stdout == "all asked\n", done.stderr


def test_rows_of_a_deep_query_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore()
    query = "SELECT ?x { VALUES ?x { " + "1 " * 2_000 + "} }"
    assert examine(query).stack > USUAL_STACK
    assert len(list(store.select(query))) == 2_000
    monkeypatch.setattr(store, "max_rows", 1_999)
    with pytest.raises(Exception, match="more than 1,999 rows"):
        store.select(query)


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DEEP_DATA = b"<a:s> <a:p> " + b"<<(<a:><a:>" * 18_000 + b"<a:>" + b")>>" * 18_000 + b" .\n"


@pytest.mark.parametrize(("kind", "body"), [("application/n-triples", DEEP_DATA), ("application/ld+json", b"[]")])
def test_the_graph_of_a_server_is_bounded(kind: str, body: bytes) -> None:
    with (
        pretending(reply(200, body, kind)) as (address, _),
        open_store([address]) as store,
        pytest.raises((LimitError, DataError), match="nests triple terms|answers with"),
    ):
        list(store.construct("CONSTRUCT WHERE { ?s ?p ?o }"))
