"""Inference: what is added, that a reasoner adds the same, and that nothing but an inferring query sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS

import disputegraph
from disputegraph.errors import UsageError
from disputegraph.rdf import source_of_path
from disputegraph.resources import axiom_files, bundled_dispute
from disputegraph.sparql import named_queries
from disputegraph.store import Store, load_into, open_store
from disputegraph.store.inference import INFERRED

OWN = """
@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix ex: <http://example.org/i/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Union rdfs:subClassOf dg:Organization . ex:Branch rdfs:subClassOf ex:Union . ex:Guild owl:equivalentClass ex:Union .
ex:tweetedBy rdfs:subPropertyOf dg:speaker . ex:tweeted owl:inverseOf ex:tweetedBy .
ex:near a owl:SymmetricProperty . ex:loop1 rdfs:subClassOf ex:loop2 . ex:loop2 rdfs:subClassOf ex:loop1 .
ex:b a ex:Branch . ex:u a ex:Union, dg:Actor . ex:g a ex:Guild . ex:l a ex:loop1 .
ex:u1 ex:tweetedBy ex:b . ex:u ex:tweeted ex:u2 . ex:u3 dg:speaker ex:b ; dg:onBehalfOf ex:u . ex:u1 dg:reports ex:u2 .
ex:b ex:near ex:u . ex:u ex:near "text" .
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.ttl"
    path.write_text(OWN, encoding="utf-8")
    return path


def rows(store: Store, query: str, *, infer: bool) -> list[str]:
    return sorted(" ".join(str(term) for term in row) for row in store.query(query, infer=infer))  # type: ignore[union-attr]


def closure(path: Path) -> set[tuple[str, str, str]]:
    """What the same rules find in rdflib, one step after another until there are no more."""
    axioms = Graph()
    for file in [*axiom_files(), path]:
        axioms.parse(file)
    graph = Graph().parse(path)
    for one, prop, other in list(axioms):
        if prop in (OWL.equivalentClass, OWL.equivalentProperty):
            sub = RDFS.subClassOf if prop == OWL.equivalentClass else RDFS.subPropertyOf
            axioms.add((one, sub, other))
            axioms.add((other, sub, one))
    for prop in axioms.subjects(RDF.type, OWL.SymmetricProperty):
        axioms.add((prop, OWL.inverseOf, prop))
    size = -1
    while size != len(graph):
        size = len(graph)
        for s, p, o in list(graph):
            new = [(s, q, o) for q in axioms.objects(p, RDFS.subPropertyOf)]
            inverses = {*axioms.objects(p, OWL.inverseOf), *axioms.subjects(OWL.inverseOf, p)}
            new += [(o, q, s) for q in inverses if not hasattr(o, "datatype")]
            if p == RDF.type:
                new += [(s, p, q) for q in axioms.objects(o, RDFS.subClassOf)]
            for triple in new:
                graph.add(triple)
    dg = "https://w3id.org/disputegraph/ns#"
    found = {(str(s), str(p), str(o).replace("+00:00", "Z")) for s, p, o in graph}
    for speaker, behalf, voice in (
        ("speaker", "onBehalfOf", "voice"),
        ("reportedSpeaker", "reportedOnBehalfOf", "reportedVoice"),
    ):
        holders = {s: o for s, p, o in found if p == dg + behalf}
        found |= {(s, dg + voice, holders.get(s, o)) for s, p, o in found if p == dg + speaker}
    return found


@pytest.mark.parametrize("which", ["own", "bundled"])
def test_everything_that_follows_and_no_more(which: str, own: Path) -> None:
    path = own if which == "own" else bundled_dispute()
    with open_store([path]) as store:
        found = [tuple(term.value for term in row) for row in store.query("SELECT ?s ?p ?o { ?s ?p ?o }", infer=True)]  # type: ignore[union-attr]
    wanted = closure(path)
    assert set(found) == wanted
    assert len(found) == len(wanted), "and nothing twice"
    assert len(wanted) > len(Graph().parse(path)) + 10


def test_a_query_that_names_little_sees_the_same(own: Path) -> None:
    queries = [
        "SELECT ?s { ?s a dg:Actor }", "SELECT ?s { ?s rdf:type dg:Organization }", "SELECT ?s ?o { ?s dg:voice ?o }",
        "SELECT ?s ?o { ?s dg:reportedBy ?o }", "SELECT ?s ?o { ?s dg:speaker ?o }", "SELECT ?s ?t { ?s a ?t }",
        "SELECT ?s { FILTER(true) ?s ex:near/a dg:Organization }", "SELECT ?o { ex:b !dg:cue ?o }", "DESCRIBE ex:b",
    ]  # fmt: skip
    with open_store([own]) as all_at_once:
        rows(all_at_once, "SELECT * { ?s ?p ?o }", infer=True)
        for query in queries:
            with open_store([own]) as store:
                found = rows(store, query, infer=True)
                assert found == rows(all_at_once, query, infer=True), query
                assert len(found) > len(rows(store, query, infer=False)), query


def test_nothing_else_sees_it(own: Path, tmp_path: Path) -> None:
    with disputegraph.open_data(own) as dispute, disputegraph.open_data(own) as untouched:
        everything = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        assert len(dispute.select(everything, infer=True)) > len(dispute.select(everything))
        assert dispute.select(everything) == untouched.select(everything)
        assert len(dispute) == len(untouched)
        assert set(dispute.quads()) == set(untouched.quads())
        dispute.write(tmp_path / "one.nq")
        untouched.write(tmp_path / "two.nq")
        assert (tmp_path / "one.nq").read_bytes() == (tmp_path / "two.nq").read_bytes()
        assert dispute.check() == untouched.check()
        assert [actor.label for actor in dispute.actors()] == [actor.label for actor in untouched.actors()]
        assert dispute.network("affiliation").edges == untouched.network("affiliation").edges
        assert dispute.ask("ASK { GRAPH ?g { ?s ?p ?o } }", infer=True) is False, "it is no named graph either"


def test_what_is_loaded_later_counts_too(own: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(OWN.partition("ex:Union")[0] + "ex:new a dg:Hospital, dg:Person .", encoding="utf-8")
    with open_store([own]) as store:
        before = rows(store, "SELECT ?s { ?s a dg:Actor }", infer=True)
        store.load(more)
        assert len(rows(store, "SELECT ?s { ?s a dg:Actor }", infer=True)) == len(before) + 1


def test_from_names_its_own_graphs(tmp_path: Path) -> None:
    path = tmp_path / "d.trig"
    path.write_text("@prefix dg: <https://w3id.org/disputegraph/ns#> . <a:g> { <a:a> a dg:Person } <a:b> a dg:Person .")
    with open_store([path]) as store:
        assert len(rows(store, "SELECT ?s { ?s a dg:Actor }", infer=True)) == 1
        assert rows(store, "SELECT ?s FROM <a:g> { ?s a dg:Actor }", infer=True) == []
        assert len(rows(store, "SELECT ?s FROM <a:g> { ?s a dg:Person }", infer=True)) == 1
        assert len(rows(store, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }", infer=True)) == 1
        for infer in (True, False):
            named = "PREFIX a: <a:> SELECT ?g FROM NAMED a:none { GRAPH ?g { ?s a ?class } }"
            assert rows(store, named, infer=infer) == []
            assert len(rows(store, named.replace("none", "g"), infer=infer)) == 1
            assert rows(store, "PREFIX a: <a:> SELECT ?s FROM a:g { ?s a dg:Actor }", infer=infer) == []


@pytest.mark.parametrize("name", named_queries())
def test_named_queries_say_the_same(name: str) -> None:
    text = named_queries()[name].text
    with open_store([bundled_dispute()]) as store:
        assert rows(store, text, infer=True) == rows(store, text, infer=False)


def test_a_store_on_disk_is_inferred_of_in_a_copy(own: Path, tmp_path: Path) -> None:
    load_into(tmp_path / "store", [source_of_path(own)])
    with open_store([tmp_path / "store"]) as store, open_store([own]) as memory:
        for infer in (True, False):
            query = "SELECT ?s { ?s a dg:Actor }"
            assert rows(store, query, infer=infer) == rows(memory, query, infer=infer)
        assert store.infers_cheaply
        assert not rows(store, f"SELECT * {{ GRAPH {INFERRED} {{ ?s ?p ?o }} }}", infer=False)


def test_a_server_is_not_asked_to_infer() -> None:
    from disputegraph.store.remote_store import RemoteStore

    with RemoteStore("http://127.0.0.1:9/sparql") as store, pytest.raises(UsageError, match="needs the data in memory"):
        store.query("ASK {}", infer=True)


def test_data_that_turn_voice_and_speaker_in_a_circle(tmp_path: Path) -> None:
    path = tmp_path / "d.ttl"
    path.write_text(
        OWN.partition("ex:Union")[0]
        + "dg:voice rdfs:subPropertyOf dg:speaker, dg:onBehalfOf . dg:speaker rdfs:subPropertyOf dg:voice ."
        "ex:u dg:speaker ex:a .",
        encoding="utf-8",
    )
    with open_store([path]) as store:
        assert len(rows(store, "SELECT ?o { ex:u dg:voice ?o }", infer=True)) == 1
        assert len(rows(store, "SELECT ?o { ex:u dg:onBehalfOf ?o }", infer=True)) == 1
