"""Every IRI of the dispute has a page and a graph; the whole graph can be downloaded."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import time
from html import unescape
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from disputegraph.resources import bundled_dispute

HUNT = "https://w3id.org/disputegraph/data/junior-doctors-2016/hunt"
PATH = "/disputegraph/data/junior-doctors-2016/hunt"
DENIAL = "https://w3id.org/disputegraph/data/junior-doctors-2016/u-koshh-denies-deaths"


@pytest.mark.parametrize("address", [PATH, f"/resource?iri={HUNT}"])
@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("*/*", "text/turtle"),
    ],
)
def test_a_thing(bundled, address: str, accept: str, given: str) -> None:
    answer = bundled.get(address, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == given
    assert "Accept" in answer.headers["vary"]
    if given == "text/html":
        assert "<h1>Jeremy Hunt</h1>" in answer.text
        assert "Hunt vetoed compromise" in answer.text
    else:
        quads = list(pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.from_media_type(given)))
        texts = {quad.object.value for quad in quads}
        assert {"Jeremy Hunt", "Hunt vetoed compromise"} <= texts
        assert any(quad.subject.value == HUNT for quad in quads)


def test_a_page_speaks_in_words(bundled) -> None:
    page = bundled.get(PATH, headers={"Accept": "text/html"}).text
    assert ">claimed agent</a>" in page  # the ontology's label of the property
    assert "Jeremy Hunt affirms: BMA misled junior doctors</a>" in page  # an utterance, by who says what


def test_a_page_about_a_person_is_a_portrait(bundled) -> None:
    """Denials are no sayings; quotation marks are for quotations; the triples stand below."""
    page = bundled.get(PATH, headers={"Accept": "text/html"}).text
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page))).replace(" ,", ",").replace(" :", ":")
    assert "Jeremy Hunt, according to BBC, affirms: BMA alone caused talks to fail" in words
    assert "2016-02-10 (day of the document)" in words
    assert "In Local report on the second strike, characters 1319–1386" in words
    assert "Krishna Sivakumaran affirms: Hunt is the chief obstacle to a deal" in words
    assert "“" not in page.partition("As triples")[2]
    assert words.index("Affirms (3)") < words.index("What others say of it (") < words.index("As triples")
    denial = bundled.get("/resource", params={"iri": DENIAL}, headers={"Accept": "text/html"}).text
    assert " denies: " in denial


def test_every_iri_of_the_dispute_resolves(bundled) -> None:
    rows = bundled.rows("SELECT DISTINCT ?s { ?s ?p ?o FILTER(STRSTARTS(STR(?s), STR(ex:))) }")
    assert len(rows) > 100
    for row in rows:
        path = row["s"].removeprefix("https://w3id.org")
        assert bundled.client.head(bundled.address + path, headers={"Accept": "text/html"}).status_code == 200, path


def test_terms_of_the_ontology_resolve(bundled) -> None:
    term = "https://w3id.org/disputegraph/ns#Claim"
    page = bundled.get("/resource", params={"iri": term}, headers={"Accept": "text/html"}).text
    assert "skos:definition" in page or "rdfs:subClassOf" in page or "Where it is named" in page
    unused = "https://w3id.org/disputegraph/ns#Variable"
    assert bundled.get("/resource", params={"iri": unused}).status_code == 200


def test_foreign_things(bundled) -> None:
    answer = bundled.get("/resource", params={"iri": "https://en.wikipedia.org/wiki/Jeremy_Hunt"})
    assert answer.status_code == 200
    assert "hunt" in answer.text


def test_every_link_of_a_thing_leads_somewhere(bundled) -> None:
    """Also to properties of other vocabularies, of which the data says nothing but uses them."""
    page = bundled.get(PATH, headers={"Accept": "text/html"}).text
    links = set(re.findall(r'href="(/resource[^"]*)"', page))
    assert any("org%23member" in link for link in links)
    for link in links:
        assert bundled.get(unescape(link), headers={"Accept": "text/html"}).status_code == 200, link
    used = bundled.get("/resource?iri=http%3A%2F%2Fwww.w3.org%2Fns%2Forg%23member", headers={"Accept": "text/html"})
    assert "Jeremy Hunt as Health Secretary</a></th><td><a" in used.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/resource", 400),
        ("/resource?iri=", 400),
        ("/resource?iri=no%20iri", 400),
        ("/resource?iri=http%3A%2F%2Fexample.org%2Fnothing", 404),
        (PATH + "-nobody", 404),
        ("/../../etc/passwd", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e%2fapp.py", 404),
        ("/static/codemirror.js%00", 404),
        (f"{PATH}?format=pdf", 406),
    ],
)
def test_things_that_are_not_there(bundled, path: str, status: int) -> None:
    assert bundled.get(path).status_code == status


def test_a_thing_in_no_known_format(bundled) -> None:
    answer = bundled.get(PATH, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]


def test_a_browser_is_told_in_a_page(bundled) -> None:
    answer = bundled.get("/nowhere/<b>", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "/nowhere/&lt;b&gt;" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert bundled.get("/nowhere").headers["content-type"] == "application/problem+json"


@pytest.fixture(scope="module")
def whole() -> Graph:
    return Graph().parse(bundled_dispute())


@pytest.mark.parametrize(
    ("suffix", "kind", "name"),
    [
        ("ttl", "text/turtle", "turtle"),
        ("nt", "application/n-triples", "nt"),
        ("rdf", "application/rdf+xml", "xml"),
        ("jsonld", "application/ld+json", "json-ld"),
        ("trig", "application/trig", "trig"),
        ("nq", "application/n-quads", "nquads"),
    ],
)
def test_downloads(bundled, whole: Graph, suffix: str, kind: str, name: str) -> None:
    answer = bundled.get(f"/data.{suffix}")
    assert answer.headers["content-type"].partition(";")[0] == kind
    quads = pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.from_media_type(kind))
    lines = "".join(f"{quad.triple} .\n" for quad in quads)
    assert isomorphic(Graph().parse(data=lines, format="nt"), whole)


def test_a_download_is_packed_and_remembered(bundled) -> None:
    plain = bundled.get("/data.ttl", headers={"Accept-Encoding": "identity"})
    etag = plain.headers["etag"]
    with bundled.client.stream("GET", bundled.address + "/data.ttl", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["etag"] == etag  # a weak one: the same content, be it packed or not
    assert etag.startswith("W/")
    assert gzip.decompress(packed) == plain.content
    again = bundled.get("/data.ttl", headers={"Accept-Encoding": "identity", "If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/queries", "/completion"])
def test_lists_are_packed_and_remembered(bundled, path: str) -> None:
    answer = bundled.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()
    again = bundled.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    plain = bundled.get(path, headers={"Accept-Encoding": "identity"})
    assert plain.headers["etag"] == answer.headers["etag"]
    assert plain.json() == answer.json()


def test_the_page(bundled) -> None:
    answer = bundled.get("/")
    assert answer.headers["content-type"].startswith("text/html")
    assert "junior doctors" in answer.text
    again = bundled.get("/", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_browser_is_not_left_waiting_for_the_first_drawing(serve) -> None:
    server = serve()
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answers = [server.get("/", headers=browser)]
    while answers[-1].status_code == 202:
        assert "being drawn" in answers[-1].text
        assert answers[-1].headers["cache-control"] == "no-store"
        assert answers[-1].elapsed.total_seconds() < 3
        time.sleep(0.3)
        answers.append(server.get("/", headers=browser))
    assert answers[0].status_code == 202
    assert answers[-1].status_code == 200
    assert "Jeremy Hunt" in answers[-1].text


def test_only_reading(bundled) -> None:
    for path in ("/", "/query", "/data.ttl", PATH, "/status", "/queries"):
        assert bundled.post(path).status_code == 405, path


def test_an_answer_too_large_for_a_message(serve, tmp_path: Path) -> None:
    data = tmp_path / "d.nt"
    data.write_text("".join(f'<urn:s{n}> <urn:p> "{"x" * 500}" .\n' for n in range(5000)))
    server = serve("-d", str(data))
    answer = server.ask("SELECT * { ?s ?p ?o }")
    assert len(answer.content) > 2_500_000
    assert len(answer.json()["results"]["bindings"]) == 5000


def test_help_names_what_is_served() -> None:
    command = [sys.executable, "-m", "disputegraph", "serve", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "/sparql" in done.stdout


def test_a_store_on_disk_is_served(serve, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "disputegraph", "load", str(bundled_dispute()), "--into", str(tmp_path / "store")]
    subprocess.run(command, check=True, capture_output=True)
    server = serve("-d", str(tmp_path / "store"), "--timeout", "2")
    assert len(server.rows("SELECT ?h { ?h a dg:Hospital }")) == 5
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }").status_code == 504
    assert len(server.rows("SELECT ?h { ?h a dg:Hospital } # again")) == 5
    assert server.get(PATH, headers={"Accept": "text/turtle"}).status_code == 200


def test_another_endpoint_is_served(serve, bundled) -> None:
    server = serve("-d", f"{bundled.address}/sparql")
    assert len(server.rows("SELECT ?h { ?h a dg:Hospital }")) == 5


def test_where_an_utterance_stands_is_told_with_and_without_anchors() -> None:
    from disputegraph.server.live import evidence_of
    from disputegraph.store import EmbeddedStore

    store = EmbeddedStore()
    store.engine.load(
        b"""@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix oa: <http://www.w3.org/ns/oa#> .
        @prefix ex: <http://example.org/> .
        ex:u dg:documentedIn ex:report . ex:v dg:documentedIn ex:report ; dg:evidence [ oa:hasSource ex:letter ] .""",
        pyoxigraph.RdfFormat.TURTLE,
    )
    nowhere = {"start": None, "end": None, "sha256": None}
    for name, document in (("u", "report"), ("v", "letter")):
        told = json.loads(evidence_of(store, f"http://example.org/{name}", None))
        assert told == [{"document": f"http://example.org/{document}", **nowhere}]
