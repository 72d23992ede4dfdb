"""SPARQL 1.1 Protocol over HTTP, modelled on the cases of the W3C's protocol test suite (sections 2.1 and 2.1.4)."""

from __future__ import annotations

import httpx
import pytest

ROWS = {
    "application/sparql-results+json": b'{"head"',
    "application/sparql-results+xml": b"<?xml",
    "text/csv": b"s\r\n",
    "text/tab-separated-values": b"?s\n",
}
GRAPHS = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig",
          "application/n-quads"]  # fmt: skip
HOSPITALS = "SELECT ?s { ?s a dg:Hospital }"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def test_query_get(dataset) -> None:
    answer = dataset.get("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 200
    assert answer.json()["boolean"] is True


def test_query_post_form(dataset) -> None:
    answer = dataset.post(data={"query": "ASK {}"})
    assert answer.status_code == 200
    assert answer.json()["boolean"] is True


def test_query_post_direct(dataset) -> None:
    answer = dataset.post(content="ASK {}", headers={"Content-Type": QUERY})
    assert answer.status_code == 200
    assert answer.json()["boolean"] is True


def test_head_sends_no_body(dataset) -> None:
    answer = dataset.client.head(dataset.address + "/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) > 0
    assert answer.content == b""


@pytest.mark.parametrize("method", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("default", "named", "query", "expected"),
    [
        ((), (), "ASK { <http://example.org/s> ?p ?o }", True),
        (("one",), (), "ASK { <http://example.org/a> a ?x }", True),
        (("one",), (), "ASK { <http://example.org/b> a ?x }", False),
        (("one", "two"), (), "ASK { <http://example.org/a> a ?x . <http://example.org/b> a ?y }", True),
        ((), ("one",), "ASK { GRAPH ?g { <http://example.org/a> a ?x } }", True),
        ((), ("one",), "ASK { GRAPH ?g { <http://example.org/b> a ?x } }", False),
        ((), ("one",), "ASK { <http://example.org/s> ?p ?o }", False),
        (("one",), ("two",), "ASK { <http://example.org/a> a ?x GRAPH ?g { <http://example.org/b> a ?y } }", True),
        # The dataset of the request stands in place of the query's own.
        (("two",), (), "ASK FROM <http://example.org/one> { <http://example.org/a> a ?x }", False),
        (("one",), (), "ASK FROM <http://example.org/two> { <http://example.org/a> a ?x }", True),
    ],
)
def test_dataset_of_the_request(dataset, method: str, default, named, query: str, expected: bool) -> None:
    graphs = [("default-graph-uri", f"http://example.org/{name}") for name in default]
    graphs += [("named-graph-uri", f"http://example.org/{name}") for name in named]
    if method == "get":
        answer = dataset.get("/sparql", params=[("query", query), *graphs])
    elif method == "form":
        body = str(httpx.QueryParams([("query", query), *graphs]))
        answer = dataset.post(content=body, headers={"Content-Type": FORM})
    else:
        answer = dataset.post(params=graphs, content=query, headers={"Content-Type": QUERY})
    assert answer.status_code == 200, answer.text
    assert answer.json()["boolean"] is expected


def test_dataset_clause_in_the_query(dataset) -> None:
    assert dataset.ask("ASK FROM <http://example.org/one> { <http://example.org/a> a ?x }").json()["boolean"] is True


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"params": [("query", "ASK {}"), ("query", "SELECT * {}")]}, 400),  # several queries
        ({"params": {"query": "ASK {"}}, 400),  # no SPARQL
        ({"params": {"query": ""}}, 400),
        ({"params": {"update": "CLEAR ALL"}}, 400),  # an update by GET
    ],
)
def test_bad_get(dataset, options, status: int) -> None:
    answer = dataset.get("/sparql", **options)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("query=ASK%20%7B%7D", None, 415),  # no media type with a form
        ("ASK {}", None, 415),  # no media type with a query
        ("ASK {}", "text/plain", 415),
        ("ASK {}", "application/json", 415),
        ("query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        ("query=ASK%20%7B%7D&update=CLEAR%20ALL", FORM, 400),
        ("query=ASK%20%7B", FORM, 400),
        ("nothing=here", FORM, 400),
        ("", QUERY, 400),
        ("ASK {", QUERY, 400),
        ("CLEAR ALL", QUERY, 400),  # an update as a query
        ("ASK { SERVICE <http://example.org/sparql> { ?s ?p ?o } }", QUERY, 400),
        ("CLEAR ALL", "application/sparql-update", 403),  # read-only
        ("update=CLEAR%20ALL", FORM, 403),
    ],
)
def test_bad_post(dataset, body: str, content_type: str | None, status: int) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = dataset.post(content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]


def test_query_that_is_no_utf8(dataset) -> None:
    assert dataset.get("/sparql?query=ASK%20%7B%7D&x=%FF").status_code == 400
    answer = dataset.post(content="ASK {}".encode("utf-16"), headers={"Content-Type": QUERY + "; charset=UTF-16"})
    assert answer.status_code == 415
    answer = dataset.post(content="ASK {}".encode("utf-16"), headers={"Content-Type": QUERY})
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(dataset, method: str) -> None:
    answer = dataset.client.request(method, dataset.address + "/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


def test_an_error_names_the_line(dataset) -> None:
    problem = dataset.ask("SELECT *\nWHERE { ?s ?p }").json()
    assert problem["line"] == 2
    assert problem["title"] == "The query cannot be understood"


@pytest.mark.parametrize("accept", ROWS)
def test_rows_in_every_format(bundled, accept: str) -> None:
    answer = bundled.ask(HOSPITALS, accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert answer.content.startswith(ROWS[accept])
    assert answer.content.count(b"junior-doctors-2016/") == 5


@pytest.mark.parametrize("accept", ROWS)
def test_truth_in_every_format(bundled, accept: str) -> None:
    answer = bundled.ask("ASK { ?s a dg:Hospital }", accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert b"true" in answer.content


@pytest.mark.parametrize("form", ["CONSTRUCT WHERE { ?s a dg:Hospital }", "DESCRIBE ?s { ?s a dg:Hospital }"])
@pytest.mark.parametrize("accept", GRAPHS)
def test_graphs_in_every_format(bundled, accept: str, form: str) -> None:
    import pyoxigraph

    answer = bundled.ask(form, accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    kind = pyoxigraph.RdfFormat.from_media_type(accept)
    quads = list(pyoxigraph.parse(answer.content, kind))
    hospitals = {quad.subject for quad in quads if quad.object.value.endswith("#Hospital")}
    assert len(hospitals) == 5


@pytest.mark.parametrize(
    ("accept", "query", "given"),
    [
        ("", HOSPITALS, "application/sparql-results+json"),
        ("*/*", HOSPITALS, "application/sparql-results+json"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", HOSPITALS, "application/xml"),
        ("application/json", HOSPITALS, "application/json"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.5", HOSPITALS, "application/sparql-results+xml"),
        ("text/*", HOSPITALS, "text/csv"),
        ("text/turtle, text/csv;q=0.1", HOSPITALS, "text/csv"),
        ("*/*;q=0.1, application/sparql-results+json;q=0", HOSPITALS, "application/sparql-results+xml"),
        ("*/*", "CONSTRUCT WHERE { ?s a dg:Hospital }", "text/turtle"),
        ("application/ld+json, text/turtle;q=0.9", "CONSTRUCT WHERE { ?s a dg:Hospital }", "application/ld+json"),
    ],
)
def test_negotiation(bundled, accept: str, query: str, given: str) -> None:
    answer = bundled.ask(query, accept)
    assert answer.headers["content-type"].partition(";")[0] == given
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("query", [HOSPITALS, "CONSTRUCT WHERE { ?s a dg:Hospital }"])
def test_nothing_acceptable_lists_what_there_is(bundled, query: str) -> None:
    answer = bundled.ask(query, "image/png")
    assert answer.status_code == 406
    assert ("text/csv" if query == HOSPITALS else "text/turtle") in answer.json()["detail"]


def test_format_for_links(bundled) -> None:
    answer = bundled.get("/sparql", params={"query": HOSPITALS, "format": "csv"}, headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert bundled.get("/sparql", params={"query": HOSPITALS, "format": "pdf"}).status_code == 406


def test_parameters_are_bound(bundled) -> None:
    query = "SELECT ?label { ?claim skos:prefLabel ?label }"
    answer = bundled.get("/sparql", params={"query": query, "$claim": "Hunt vetoed compromise", "format": "csv"})
    assert answer.text == "label\r\nHunt vetoed compromise\r\n"
    hostile = bundled.get("/sparql", params={"query": query, "$claim": '"x" } DROP ALL #'})
    assert hostile.status_code == 400


def test_named_queries(bundled) -> None:
    listed = {query["name"]: query for query in bundled.get("/queries").json()}
    assert listed["claim-sources"]["parameters"]["claim"]
    answer = bundled.get("/queries/claim-sources", params={"claim": "Hunt vetoed compromise", "format": "csv"})
    assert len(answer.text.splitlines()) == 3
    assert bundled.get("/queries/nothing-such").status_code == 404


def test_service_description(bundled) -> None:
    import rdflib

    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    answer = bundled.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text)
    service = rdflib.URIRef(bundled.address + "/sparql")
    assert (service, rdflib.RDF.type, sd.Service) in graph
    assert (service, sd.endpoint, service) in graph
    assert set(graph.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query}
    formats = {str(iri).rpartition("/")[2] for iri in graph.objects(service, sd.resultFormat)}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "Turtle", "N-Triples"} <= formats


def test_void(bundled) -> None:
    import rdflib

    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    graph = rdflib.Graph().parse(data=bundled.get("/.well-known/void").text)
    dataset = rdflib.URIRef(bundled.address + "/.well-known/void#dataset")
    told = int(graph.value(dataset, void.triples))
    assert told == int(bundled.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"])
    partitions = {
        str(graph.value(part, void["class"])): int(graph.value(part, void.entities))
        for part in graph.objects(dataset, void.classPartition)
    }
    assert partitions["https://w3id.org/disputegraph/ns#Hospital"] == 5
    for dump in graph.objects(dataset, void.dataDump):
        assert bundled.client.head(str(dump)).status_code == 200


def test_a_browser_at_the_endpoint_comes_to_the_editor(bundled) -> None:
    answer = bundled.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/query"


def test_conditional_requests(bundled) -> None:
    first = bundled.get("/sparql", params={"query": HOSPITALS})
    again = bundled.get("/sparql", params={"query": HOSPITALS}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = bundled.get("/sparql", params={"query": HOSPITALS, "format": "csv"})
    assert other.headers["etag"] != first.headers["etag"]


def test_gzip(bundled) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 500"
    plain = bundled.post(data={"query": query}, headers={"Accept-Encoding": "identity"})
    zipped = bundled.client.post(
        bundled.address + "/sparql", data={"query": query}, headers={"Accept-Encoding": "gzip"}
    )
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert zipped.json() == plain.json()
