"""A server answers as the embedded engine does, row for row, and what is wrong with one is said."""

from __future__ import annotations

import base64
import gzip
import http.server
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, parse

from disputegraph.checks import check_integrity
from disputegraph.cli import main
from disputegraph.dispute import Dispute
from disputegraph.errors import DataError, LimitError, QueryError, UsageError
from disputegraph.queries import named_queries
from disputegraph.reading import source_of_bytes
from disputegraph.records import Records
from disputegraph.resources import bundled_dispute
from disputegraph.store import Rows, Store, open_store
from disputegraph.store.uploading import upload

if TYPE_CHECKING:
    from servers import Endpoint


@pytest.fixture(scope="module")
def embedded() -> Store:
    return open_store([bundled_dispute()])


def rows(store: Store, query: str) -> list[list[str]]:
    """Return the rows of a SELECT in their order."""
    answer = store.query(query)
    assert isinstance(answer, Rows)
    return [[_comparable(term) for term in row] for row in answer]


def _comparable(term: object) -> str:
    # Servers count in types of their own (xsd:integer, xsd:int); what is compared is the number.
    from disputegraph.terms import plain_value

    value = plain_value(term)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return repr(float(value)) if number else repr(value)  # type: ignore[arg-type]  # a number


def test_there_are_queries_to_compare() -> None:
    assert len(named_queries()) >= 21


@pytest.mark.server
@pytest.mark.xdist_group("servers")
@pytest.mark.parametrize("name", sorted(named_queries()))
def test_named_queries_answer_alike_in_the_same_order(endpoint: Endpoint, embedded: Store, name: str) -> None:
    query = named_queries()[name].text
    with open_store([endpoint.query]) as store:
        found = rows(store, query)
    assert found == rows(embedded, query)
    # Nothing in the bundled dispute was coded elsewhere, changed, or is a clash: those three are empty there.
    assert found or name in ("coded-values", "changes", "clashes")


@pytest.mark.server
@pytest.mark.xdist_group("servers")
def test_records_and_checks_are_alike(endpoint: Endpoint, embedded: Store) -> None:
    store = open_store([endpoint.query])
    ours, theirs = Records(embedded), Records(store)
    assert theirs.claims == ours.claims
    assert theirs.actors == ours.actors
    assert theirs.utterances == ours.utterances
    assert theirs.stances == ours.stances
    assert len(ours.claims) > 10
    assert sorted(check_integrity(store)) == sorted(check_integrity(embedded))
    assert len(store) == len(embedded)
    assert sum(1 for _ in store.quads()) == len(embedded)


KINDS = ("affiliation", "congruence", "conflict", "subtract", "cooccurrence", "signed", "portrayal", "hearsay")
ANALYSES = ("coalitions", "balance", "polarisation", "contested", "brokers", "change", "centrality")
COMMANDS = [
    *(["query", name, "-f", form] for name in sorted(named_queries()) for form in ("csv", "json")),
    ["query", "claim-sources", "-p", "claim=Hunt vetoed compromise", "-f", "csv"],
    ["query", "posts", "-p", "date=2016-02-10", "-f", "csv"],
    ["query", "SELECT ?c { ?c a dg:Claim } ORDER BY ?c", "-f", "json"],
    ["query", "ASK { ?c a dg:Claim }"],
    ["query", "CONSTRUCT { ?u ?p ?o } WHERE { ?u dg:saidOn ?d ; ?p ?o }", "-f", "ntriples"],
    *([listing, "-f", form] for listing in ("actors", "claims", "utterances") for form in ("table", "csv", "jsonl")),
    ["actors", "--duplicates"],
    ["show", "Jeremy Hunt"],
    ["show", "BMA broke ACAS agreement"],
    ["check", "-f", "json"],
    ["check", "--shacl"],
    *(["network", kind, "-f", form] for kind in KINDS for form in ("csv", "graphml")),
    ["network", "congruence", "--duplicates", "week", "--normalise", "jaccard"],
    ["network", "affiliation", "--between", "organisations", "--over", "issues"],
    ["network", "congruence", "--window", "months", "-f", "json"],
    *(["analyse", analysis, "-f", form] for analysis in ANALYSES for form in ("table", "json")),
    ["export", "statements", "-f", "csv"],
    ["export", "sheet"],
]  # fmt: skip


@pytest.mark.server
@pytest.mark.xdist_group("servers")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_print_the_same(endpoint: Endpoint, command: list[str]) -> None:
    results = [CliRunner().invoke(main, [*command, "-d", data]) for data in (str(bundled_dispute()), endpoint.query)]
    assert results[0].exit_code == results[1].exit_code == 0, results[1].stderr
    assert results[1].stdout == results[0].stdout
    assert results[0].stdout.strip()


@pytest.mark.server
@pytest.mark.xdist_group("servers")
def test_pages_are_the_same(endpoint: Endpoint, embedded: Store) -> None:
    with open_store([endpoint.query]) as store:
        ours, theirs = (data_of_page(one) for one in (embedded, store))
    downloads = [page.pop("download") for page in (ours, theirs)]
    assert theirs == ours
    assert len(ours) > 5
    # A server does not tell the prefixes; the graph in the archive is the same.
    graphs = [
        Dataset(parse(gzip.decompress(base64.b64decode(one["packed"])), format=RdfFormat.TURTLE)) for one in downloads
    ]
    for graph in graphs:
        graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert graphs[0] == graphs[1]


def data_of_page(store: Store) -> dict[str, Any]:
    page = Dispute(store).page(None)
    found = re.search(r'id="data">(.*?)</script>', str(page), re.DOTALL)
    assert found
    value: dict[str, Any] = json.loads(found[1])
    return value


@pytest.mark.server
@pytest.mark.xdist_group("servers")
def test_truth_values_in_the_data(endpoint: Endpoint) -> None:
    """Virtuoso writes them as 1 and 0; what comes back is true and false."""
    name = NamedNode("http://example.org/truth/p")
    quads = b'<http://example.org/truth/a> <http://example.org/truth/p> true , false , "1" .'
    graph = "http://example.org/truth"
    upload(endpoint.into, [source_of_bytes(quads, name="x")], graph=graph, user="dba:dba")
    with open_store([endpoint.into]) as store:
        found = store.select("SELECT ?o { GRAPH <http://example.org/truth> { ?s ?p ?o } }", bindings={"p": name})
        boolean = "<http://www.w3.org/2001/XMLSchema#boolean>"
        assert {str(row["o"]) for row in found} == {f'"true"^^{boolean}', f'"false"^^{boolean}', '"1"'}


@pytest.mark.server
@pytest.mark.xdist_group("servers")
def test_long_queries_are_posted(endpoint: Endpoint) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s a dg:Claim } #" + "x" * 20_000
    (row,) = open_store([endpoint.query]).select(query)
    assert int(row["n"].value) > 10


@pytest.mark.server
@pytest.mark.xdist_group("servers")
def test_what_the_server_complains_of_is_passed_on(endpoint: Endpoint) -> None:
    with pytest.raises(QueryError, match="does not take the query"):
        open_store([endpoint.query]).query("SELECT {")


@pytest.mark.server
@pytest.mark.xdist_group("servers")
def test_blank_nodes_that_hang_together_are_sent_together(oxigraph_server: Endpoint) -> None:
    text = "".join(f'_:a{n} <http://b/p> _:a{n + 1} .\n_:a{n} <http://b/q> "{n}" .\n' for n in range(50)).encode()
    graph = "http://example.org/blank"
    sent = upload(oxigraph_server.into, [source_of_bytes(text, name="x")], graph=graph, piece=10)
    assert sent == 100
    with open_store([oxigraph_server.query]) as store:
        (row,) = store.select("SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH <http://example.org/blank> { ?s ?p ?o } }")
        assert row["n"].value == "50"
        chain = "ASK { GRAPH <http://example.org/blank> { ?a <http://b/q> '0' ; <http://b/p>+/<http://b/q> '49' } }"
        assert store.ask(chain)


@pytest.mark.server
@pytest.mark.xdist_group("servers")
def test_a_server_that_cuts_its_answers_is_found_out(tmp_path: Path) -> None:
    from servers import virtuoso, virtuoso_command

    if not virtuoso_command():
        pytest.skip("virtuoso-t is not installed")
    with virtuoso(tmp_path, max_rows=100) as endpoint:
        upload(endpoint.into, [source_of_bytes(bundled_dispute().read_bytes(), name="x", base="http://x/")],
               graph=endpoint.graph, user="dba:dba")  # fmt: skip
        with pytest.raises(LimitError, match="cuts its answers at 100 rows"):
            open_store([endpoint.query]).query("SELECT * { ?s ?p ?o }")
        with pytest.raises(UsageError, match="name one with --graph"):
            upload(endpoint.into, [source_of_bytes(b"<a:a> <a:b> 1 .", name="x")], user="dba:dba")
        with pytest.raises(DataError, match="wants to know who asks"):
            upload(endpoint.into, [source_of_bytes(b"<a:a> <a:b> 1 .", name="x")], graph="http://x/")


Reply = Callable[[http.server.BaseHTTPRequestHandler], None]


@contextmanager
def pretending(*replies: Reply) -> Iterator[tuple[str, list[str]]]:
    """Run a server that gives these replies in turn, the last for ever; yields its address and what it was asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = min(len(asked), len(replies) - 1)
            asked.append(f"{self.command} {self.headers.get('Authorization', '')}")
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            replies[place](self)

        do_POST = do_GET  # noqa: N815  # so the library calls it

        def log_message(self, format: str, *args: object) -> None:
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/sparql", asked
    finally:
        running.shutdown()
        running.server_close()


def reply(status: int, body: bytes, kind: str = "application/sparql-results+json", **headers: str) -> Reply:
    def give(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", headers.pop("length", str(len(body))))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return give


HALF = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:a"}},'
WHOLE = HALF[:-1] + b"]}}"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (reply(200, b"<html>hello</html>", "text/html"), "answers with a web page and not with SPARQL results"),
        (reply(200, b"whatever", "application/zip"), "answers with 'application/zip'"),
        (reply(401, b""), r"wants to know who asks \(401\). Name the user with --user"),
        (reply(403, b""), "does not allow this"),
        (reply(404, b""), "no SPARQL endpoint at this address"),
        (reply(500, b"<p>out of <b>luck</b></p>", "text/html"), r"the server failed \(500\): out of luck"),
        (reply(200, HALF), "the answer is broken, or breaks off"),
        (reply(200, HALF, length="5000"), "the connection broke off"),
        (reply(200, b"not json at all"), "the answer is broken"),
    ],
)
def test_what_is_said_of_a_server_that_fails(given: Reply, said: str) -> None:
    with pretending(given) as (address, _), pytest.raises(DataError, match=said), open_store([address]) as store:
        list(store.select("SELECT ?s { ?s ?p ?o }"))


def test_an_unreachable_server() -> None:
    with pytest.raises(DataError, match="cannot be reached: Connection refused"):
        open_store(["http://127.0.0.1:9/sparql"]).query("ASK {}")
    with pytest.raises(UsageError, match="is no address"):
        open_store(["http://"])


def test_a_busy_server_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disputegraph.store.http._LONGEST_WAIT", 0.1)
    busy = reply(503, b"", Retry_After="3600")
    with pretending(busy, busy, reply(200, WHOLE)) as (address, asked), open_store([address]) as store:
        assert len(list(store.select("SELECT ?s { ?s ?p ?o }"))) == 1
        assert len(asked) == 3
    with (
        pretending(reply(429, b"", Retry_After="1")) as (address, asked),
        open_store([address]) as store,
        pytest.raises(DataError, match=r"too busy \(429\)"),
    ):
        store.query("ASK {}")
    assert len(asked) == 5


def test_a_server_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPUTEGRAPH_SERVER_TIMEOUT", "0.3")

    def hang(handler: http.server.BaseHTTPRequestHandler) -> None:
        time.sleep(1.5)

    def hang_half_way(handler: http.server.BaseHTTPRequestHandler) -> None:
        reply(200, HALF, length="5000")(handler)
        time.sleep(1.5)

    for given in (hang, hang_half_way):
        with pretending(given) as (address, asked), open_store([address]) as store:
            with pytest.raises(DataError, match=r"did not go on within 0.3 s"):
                list(store.select("SELECT ?s { ?s ?p ?o }"))
            assert len(asked) == 1


def test_who_asks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wants = reply(401, b"", WWW_Authenticate='Basic realm="x"')
    with pretending(wants, reply(200, WHOLE)) as (address, asked):
        monkeypatch.setenv("DISPUTEGRAPH_PASSWORD", "secret")
        list(open_store([address], user="ann").select("SELECT ?s { ?s ?p ?o }"))
        assert asked == ["GET ", "GET Basic YW5uOnNlY3JldA=="]
    monkeypatch.delenv("DISPUTEGRAPH_PASSWORD")
    with pretending(reply(200, WHOLE)) as (address, asked):
        monkeypatch.setenv("DISPUTEGRAPH_TOKEN", "t0ken")
        list(open_store([address]).select("SELECT ?s { ?s ?p ?o }"))
        assert asked == ["GET Bearer t0ken"]
        monkeypatch.delenv("DISPUTEGRAPH_TOKEN")
        with pytest.raises(UsageError, match="no password for 'ann'"):
            open_store([address], user="ann")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ann password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with pretending(wants, reply(200, WHOLE)) as (address, asked):
        list(open_store([address]).select("SELECT ?s { ?s ?p ?o }"))
        assert asked[-1] == "GET Basic YW5uOnNlY3JldA=="
    with pretending(reply(404, b"")) as (address, _), pytest.raises(DataError) as caught:
        open_store([address.replace("//", "//ann:hush@")]).query("ASK {}")
    assert "hush" not in str(caught.value)


def test_virtuoso_s_names_of_blank_nodes_are_mended_wherever_the_pieces_end() -> None:
    binding = b'{ "s": { "type": "bnode", "value": "nodeID://b%d" }, "t": { "type": "literal", "value": "nodeID://x" }}'
    body = (
        b'{"head":{"vars":["s","t"]},"results":{"bindings":[' + b",".join(binding % n for n in range(10_000)) + b"]}}"
    )
    with pretending(reply(200, body, Server="Virtuoso/07")) as (address, _), open_store([address]) as store:
        found = list(store.select("SELECT ?s ?t { ?s ?p ?o }"))
    assert [row["s"].value for row in found] == [f"b{n}" for n in range(10_000)]
    assert {row["t"].value for row in found} == {"nodeID://x"}


def test_a_server_answers_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a server, and answers alone"):
        open_store(["http://127.0.0.1:9/sparql", bundled_dispute()])
