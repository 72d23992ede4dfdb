"""A server answers as the embedded engine does, row for row, and what is wrong with one is said."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, parse

from disputegraph.checks import check_integrity
from disputegraph.cli import main
from disputegraph.dispute import Dispute
from disputegraph.errors import DataError, LimitError, QueryError, UsageError
from disputegraph.model import Model
from disputegraph.rdf import source_of_bytes
from disputegraph.resources import bundled_dispute
from disputegraph.sparql import named_queries
from disputegraph.store import Rows, Store, open_store
from disputegraph.store.uploading import upload
from tests.conftest import require

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
    from disputegraph.rdf.plain_terms import plain_value

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
    # Nothing in the bundled dispute was coded elsewhere, and nobody changed sides: those two are empty there.
    assert bool(found) is (name not in ("coded-values", "changes"))


@pytest.mark.server
@pytest.mark.xdist_group("servers")
def test_records_and_checks_are_alike(endpoint: Endpoint, embedded: Store) -> None:
    store = open_store([endpoint.query])
    ours, theirs = Model(embedded), Model(store)
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

    require(virtuoso_command(), "virtuoso-t (Debian: virtuoso-opensource-7)")
    with virtuoso(tmp_path, max_rows=100) as endpoint:
        upload(endpoint.into, [source_of_bytes(bundled_dispute().read_bytes(), name="x", base="http://x/")],
               graph=endpoint.graph, user="dba:dba")  # fmt: skip
        with pytest.raises(LimitError, match="cuts its answers at 100 rows"):
            open_store([endpoint.query]).query("SELECT * { ?s ?p ?o }")
        with pytest.raises(UsageError, match="name one with --graph"):
            upload(endpoint.into, [source_of_bytes(b"<a:a> <a:b> 1 .", name="x")], user="dba:dba")
        with pytest.raises(DataError, match="wants to know who asks"):
            upload(endpoint.into, [source_of_bytes(b"<a:a> <a:b> 1 .", name="x")], graph="http://x/")
