"""The W3C's test suite for the SPARQL 1.1 Protocol, and its tests of service descriptions, against a running server."""

from __future__ import annotations

import http.client
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

CASES = tomllib.loads((Path(__file__).parent / "protocol_cases.toml").read_text(encoding="utf-8"))["case"]
TOKEN = "open sesame"
DATA = "".join(
    f"GRAPH <http://example.org/{graph}> {{ <http://example.org/{thing}> a <http://example.org/Thing> }}\n"
    for graph, thing in (("one", "a"), ("two", "b"), ("three", "c"))
)
TYPES = {"form": "application/x-www-form-urlencoded", "query": "application/sparql-query",
         "update": "application/sparql-update"}  # fmt: skip
ROWS = {"application/sparql-results+json", "application/sparql-results+xml"}
FORMATS = {"truth": ROWS, "rows": ROWS | {"text/csv", "text/tab-separated-values"},
           "graph": {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}}  # fmt: skip
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory):
    from tests.server.conftest import start

    folder = tmp_path_factory.mktemp("suite")
    (folder / "reading.trig").write_text(DATA)
    (folder / "writing.trig").write_text(DATA)
    servers = (
        start("-d", str(folder / "reading.trig")),
        start("-d", str(folder / "writing.trig"), "--writable", env={"DISPUTEGRAPH_TOKEN": TOKEN}),
    )
    yield servers
    for server in servers:
        server.stop()


def send(port: int, request: dict[str, Any], address: str) -> tuple[int, str, bytes]:
    """Send a request with just the headers the case names; return status, media type and body of the answer."""
    kind, body = request.get("type"), request.get("body", "").encode(request.get("encoding", "utf-8"))
    method = request.get("method", "POST" if kind else "GET")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, address + request.get("path", "").replace("{d}", "http%3A%2F%2Fexample.org%2F"))
    if kind:
        connection.putheader("Content-Type", TYPES.get(kind, kind))
    if method != "GET":
        connection.putheader("Content-Length", str(len(body)))
    connection.putheader("Authorization", f"Bearer {TOKEN}")
    connection.endheaders(body or None)
    answer = connection.getresponse()
    found = answer.status, (answer.getheader("content-type") or "").partition(";")[0], answer.read()
    connection.close()
    return found


def test_the_suite_is_here_as_a_whole() -> None:
    names = {case["name"].split(":")[0].split(" ")[0] for case in CASES}
    assert len([name for name in names if name.startswith(("query_", "bad_query_", "bad_multiple_queries"))]) == 20
    assert len([name for name in names if "update" in name]) == 14


@pytest.mark.parametrize("address", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_protocol(suite, case: dict[str, Any], address: str) -> None:
    server = suite["update" in case["name"]]
    for request in case["request"]:
        status, media_type, body = send(server.port, request, address)
        assert status // 100 == request.get("status", 2), body
        if "boolean" in request:
            assert media_type in ROWS
            assert json.loads(body)["boolean"] is request["boolean"]
        if "format" in request:
            assert media_type in FORMATS[request["format"]]


def test_service_description_returns_rdf_with_the_endpoint(suite) -> None:
    status, media_type, body = send(suite[0].port, {}, "/sparql")
    assert status == 200
    graph = Graph().parse(data=body, format=media_type)
    service = URIRef(f"http://127.0.0.1:{suite[0].port}/sparql")
    assert set(graph.subjects(RDF.type, SD.Service)) == {service}
    assert set(graph.objects(service, SD.endpoint)) == {service}


def test_service_description_conforms_to_the_schema(suite) -> None:
    """What the vocabulary says of domains and ranges, where the range is a class of its own."""
    graph = Graph().parse(data=send(suite[1].port, {}, "/sparql")[2])
    (service,) = graph.subjects(RDF.type, SD.Service)
    (dataset,) = graph.objects(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in graph
    (default,) = graph.objects(dataset, SD.defaultGraph)
    assert (default, RDF.type, SD.Graph) in graph
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query, SD.SPARQL11Update}
    known = set(graph.subjects(RDF.type, SD.Graph))
    for named in graph.objects(dataset, SD.namedGraph):
        assert (named, RDF.type, SD.NamedGraph) in graph
        assert graph.value(named, SD.name) is not None
        assert graph.value(named, SD.graph) in known


def test_service_description_lists_the_named_graphs(suite) -> None:
    graph = Graph().parse(data=send(suite[0].port, {}, "/sparql")[2])
    names = {str(name).rpartition("/")[2] for name in graph.objects(None, SD.name)}
    assert names == {"one", "two", "three"}
