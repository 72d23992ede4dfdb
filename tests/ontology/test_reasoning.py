"""Reasoners find no inconsistency, and infer nothing that asserts what is only claimed or only reported.

Four of them, over the good dispute and the bundled one, with the ontology alone, with its alignment, and with the
vocabularies that it is aligned to.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Protocol

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import FOAF, ORG, PROV, RDFS

from disputegraph.resources import bundled_dispute
from tests.ontology.java_reasoners import REASONERS, OwlApi, Reasoner, owl_api
from tests.ontology.vocabularies import foreign_axioms

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("reasoning")]  # one process makes the closures

DG = Namespace("https://w3id.org/disputegraph/ns#")
EX = Namespace("https://example.org/library/")
SCHEMA = Namespace("https://schema.org/")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
CORE = ("disputegraph.ttl", "health.ttl", "actions.ttl")
SETTINGS = ("core", "aligned", "foreign")
CASES = [
    *(("owlrl", setting) for setting in ("core", "aligned")),
    *((name, setting) for name in ("reasonable", *REASONERS) for setting in SETTINGS),
]


class Inferred(Protocol):
    """What a reasoner says."""

    def instances(self, kind: URIRef) -> set[URIRef]: ...
    def values(self, node: URIRef, predicate: URIRef) -> set[URIRef]: ...


class Closure:
    """An OWL 2 RL closure (OWL 2 Profiles, section 4.3), asked as a DL reasoner is."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def instances(self, kind: URIRef) -> set[URIRef]:
        return {node for node in self.graph.subjects(RDF.type, kind) if isinstance(node, URIRef)}

    def values(self, node: URIRef, predicate: URIRef) -> set[URIRef]:
        return {value for value in self.graph.objects(node, predicate) if isinstance(value, URIRef)}


def owlrl_closure(graph: Graph) -> Graph:
    import owlrl

    closure = Graph()
    closure += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, datatype_axioms=False).expand(closure)
    return closure


def reasonable_closure(graph: Graph) -> Graph:
    import reasonable

    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    closure = Graph()
    for s, p, o in reasoner.reason():
        # OWL 2 RL is defined on generalised triples.
        if not isinstance(s, Literal) and isinstance(p, URIRef):
            closure.add((s, p, o))
    return closure


def errors(closure: Graph) -> list[str]:
    """Return what owlrl says is wrong; `reasonable` says nothing, so its closures are looked over for what excludes."""
    found = [str(o) for s in closure.subjects(RDF.type, ERROR) for o in closure.objects(s)]
    all_disjoint = closure.subjects(RDF.type, OWL.AllDisjointClasses)
    lists = [members for axiom in all_disjoint for members in closure.objects(axiom, OWL.members)]
    pairs = {pair for members in lists for pair in combinations(Collection(closure, members), 2)}
    for one, other in pairs | set(closure.subject_objects(OWL.disjointWith)):
        both = set(closure.subjects(RDF.type, one)) & set(closure.subjects(RDF.type, other))
        found += [f"{node} is {one} and {other}" for node in both]
    return found


@pytest.fixture(scope="module")
def java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwlApi]:
    with owl_api(tmp_path_factory.mktemp("owl")) as api:
        yield api


@cache
def axioms(path: Path) -> Graph:
    """Return a file of the ontology without its texts, which are most of it and slow every reasoner down."""
    graph = Graph()
    for s, p, o in Graph().parse(path):
        if not isinstance(o, Literal):
            graph.add((s, p, o))
    return graph


def given(ontology: Path, data: Graph, setting: str) -> Graph:
    graph = Graph()
    for name in CORE if setting == "core" else (*CORE, "alignment.ttl"):
        graph += axioms(ontology / name)
    if setting == "foreign":
        graph += foreign_axioms()
    return graph + data


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def case(request: pytest.FixtureRequest, ontology: Path, good: Path) -> tuple[Graph, Inferred, str]:
    """Return the data as they are, what one reasoner infers from them, and whether with the alignment."""
    reasoner, setting = request.param
    data = Graph().parse(good)
    # owlrl, written in Python, and HermiT beside thousands of foreign axioms take minutes over more.
    if reasoner != "owlrl" and (reasoner, setting) != ("hermit", "foreign"):
        data.parse(bundled_dispute())
    graph = given(ontology, data, setting)
    inferred: Inferred
    if reasoner in REASONERS:
        api = request.getfixturevalue("java")
        inferred = api.reasoner(reasoner, api.ontology(graph))
    else:
        inferred = Closure(owlrl_closure(graph) if reasoner == "owlrl" else reasonable_closure(graph))
    return data, inferred, setting


def of_kind(graph: Graph, kind: URIRef) -> set[URIRef]:
    found = {node for node in graph.subjects(RDF.type, kind) if isinstance(node, URIRef)}
    assert found, kind
    return found


def kinds_that_exclude_each_other(ontology: Path) -> set[URIRef]:
    core = Graph().parse(ontology / "disputegraph.ttl")
    lists = [set(Collection(core, members)) for members in core.objects(None, OWL.members)]
    return {kind for members in lists for kind in members if isinstance(kind, URIRef)} | {DG.Utterance}


def test_no_inconsistency(case: tuple[Graph, Inferred, str]) -> None:
    _, inferred, _ = case
    if isinstance(inferred, Reasoner):
        assert inferred.consistent()
    else:
        assert isinstance(inferred, Closure)
        assert errors(inferred.graph) == []


def test_claimed_things_get_no_asserted_kind_and_no_asserted_relation(
    case: tuple[Graph, Inferred, str], ontology: Path
) -> None:
    data, inferred, _ = case
    things = of_kind(data, DG.ClaimedThing)
    for kind in kinds_that_exclude_each_other(ontology) - {DG.ClaimedThing}:
        assert not inferred.instances(kind) & things, kind
    asserted = (
        DG.party, DG.proposedBy, DG.participant, DG.hasProvision, DG.hasMember, DG.evidence, PROV.wasAttributedTo,
        PROV.wasDerivedFrom, FOAF.member,
    )  # fmt: skip
    for thing in things:
        for predicate in asserted:
            assert not inferred.values(thing, predicate), f"{thing} {predicate}"


def test_hearsay_is_no_utterance_and_has_no_speaker(case: tuple[Graph, Inferred, str]) -> None:
    data, inferred, _ = case
    hearsay = of_kind(data, DG.ReportedUtterance)
    assert hearsay <= inferred.instances(DG.Statement)
    assert not inferred.instances(DG.Utterance) & hearsay
    for statement in hearsay:
        for predicate in (DG.speaker, DG.onBehalfOf, DG.voice, DG.addressesClaim, DG.polarity, PROV.wasAttributedTo):
            assert not inferred.values(statement, predicate), f"{statement} {predicate}"


def test_claims_get_no_other_kind_and_no_evidence(case: tuple[Graph, Inferred, str], ontology: Path) -> None:
    data, inferred, _ = case
    claims = of_kind(data, DG.Claim)
    for kind in kinds_that_exclude_each_other(ontology) - {DG.Claim}:
        assert not inferred.instances(kind) & claims, kind
    for claim in claims:
        for predicate in (DG.evidence, DG.documentedIn, PROV.wasAttributedTo, PROV.wasDerivedFrom):
            assert not inferred.values(claim, predicate), f"{claim} {predicate}"
    for action in {action for action in data.objects(None, DG.claimedAction) if isinstance(action, URIRef)}:
        assert not inferred.instances(action)


def test_the_alignment_says_what_is_so_and_no_more(case: tuple[Graph, Inferred, str]) -> None:
    data, inferred, setting = case
    persons, groups, documents = (of_kind(data, kind) for kind in (DG.Person, DG.Collective, DG.Document))
    if setting == "core":
        assert not inferred.instances(FOAF.Person)
        return
    assert persons <= inferred.instances(FOAF.Person)
    assert documents <= inferred.instances(FOAF.Document)
    assert of_kind(data, DG.Utterance) <= inferred.instances(PROV.Entity)
    # Junior doctors are no organisation, not every document is an article, and nobody is derived from a text.
    assert not inferred.instances(ORG.Organization) & groups
    assert not inferred.instances(SCHEMA.Article) & documents
    for person in persons:
        for predicate in (PROV.hadPrimarySource, PROV.wasDerivedFrom, PROV.wasInfluencedBy):
            assert not inferred.values(person, predicate), f"{person} {predicate}"
    if isinstance(inferred, Closure):
        for event in of_kind(data, DG.Event):
            assert not list(inferred.graph.objects(event, SEM.hasBeginTimeStamp)), f"{event} would be open-ended"
            assert set(data.objects(event, DG.startedAt)) <= set(inferred.graph.objects(event, SEM.hasTimeStamp))


def test_no_claim_leaks(case: tuple[Graph, Inferred, str]) -> None:
    """What joins two things of a claim after inference was joined before, by the same asserted triple."""
    before, inferred, _ = case
    if not isinstance(inferred, Closure):
        pytest.skip("a DL reasoner cannot be asked for all properties of a pair")
    closed = inferred.graph
    roles = (DG.claimedSubject, DG.claimedAgent, DG.claimedTarget, DG.claimedPurpose)
    pairs = {
        (one, other)
        for claim in before.subjects(RDF.type, DG.Claim)
        for one in (node for role in roles for node in before.objects(claim, role))
        for other in (node for role in roles for node in before.objects(claim, role))
        if one != other
    }
    assert pairs
    for one, other in pairs:
        asserted = set(before.predicates(one, other))
        supers = {s for p in asserted for s in closed.transitive_objects(p, RDFS.subPropertyOf)}
        inverses = {
            s
            for p in before.predicates(other, one)
            for q in closed.transitive_objects(p, RDFS.subPropertyOf)
            for r in (*closed.objects(q, OWL.inverseOf), *closed.subjects(OWL.inverseOf, q))
            for s in closed.transitive_objects(r, RDFS.subPropertyOf)
        }
        for predicate in set(closed.predicates(one, other)) - asserted - {OWL.differentFrom}:
            assert predicate in supers | inverses, f"{one} {predicate} {other}"


def test_no_speaker_is_tied_to_a_claim(case: tuple[Graph, Inferred, str]) -> None:
    data, inferred, _ = case
    if not isinstance(inferred, Closure):
        pytest.skip("a DL reasoner cannot be asked for all properties of a pair")
    claims = of_kind(data, DG.Claim)
    actors = inferred.instances(DG.Actor)
    assert actors
    for actor in actors:
        for predicate, node in inferred.graph.predicate_objects(actor):
            assert node not in claims or predicate == OWL.differentFrom, f"{actor} {predicate} {node}"


def test_the_leak_rules_hold_after_inference(case: tuple[Graph, Inferred, str], ontology: Path) -> None:
    data, inferred, setting = case
    if not isinstance(inferred, Closure) or setting == "foreign":
        pytest.skip("on closures of what is ours")
    plain = Graph()
    for s, p, o in inferred.graph:
        if not isinstance(s, Literal) and isinstance(p, URIRef):
            plain.add((s, p, o))
    store = pyoxigraph.Store()
    store.load(plain.serialize(format="nt", encoding="utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    nodes = {str(s) for s in data.subjects() if isinstance(s, URIRef)}
    rules = sorted((ontology / "checks").glob("leak-*.rq"))
    assert rules
    for path in rules:
        answer = store.query(path.read_text(encoding="utf-8"))
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        assert not {solution["node"].value for solution in answer} & nodes, path.stem


WRONG = {
    "a person that is an organisation": "ex:ana a dg:Organization .",
    "a place that is an actor": "ex:clinic a dg:Actor .",
    "a claim that is an event": "ex:c a dg:Claim, dg:Event .",
    "a claimed thing that is an arrangement": "ex:t a dg:ClaimedThing ; dg:party ex:ana .",
    "hearsay with a speaker": "ex:h a dg:ReportedUtterance ; dg:speaker ex:ana .",
    "an utterance that is reported": "ex:o a dg:Utterance ; dg:reports ex:u . ex:u a dg:Utterance .",
    "a statement that reports itself": "ex:h dg:reports ex:h .",
    "statements that supersede each other": "ex:u dg:supersedes ex:w . ex:w dg:supersedes ex:u .",
    "a coder that speaks": "ex:u dg:speaker ex:coder . ex:coder a dg:Coder .",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("reasoner", ["owlrl", *REASONERS])
def test_an_inconsistency_is_found(request: pytest.FixtureRequest, ontology: Path, reasoner: str, wrong: str) -> None:
    graph = axioms(ontology / "disputegraph.ttl") + axioms(ontology / "health.ttl")
    known = "ex:ana a dg:Person . ex:clinic a dg:Hospital ."
    graph.parse(data=f"@prefix ex: <{EX}> . @prefix dg: <{DG}> . {known} {wrong}")
    if reasoner == "owlrl":
        assert errors(owlrl_closure(graph))
    else:
        api = request.getfixturevalue("java")
        assert not api.reasoner(reasoner, api.ontology(graph)).consistent()


LEAKS = {
    "a relation that is claimed": "dg:claimedParty rdfs:subPropertyOf dg:party .",
    "a speaker for hearsay": "dg:reportedSpeaker rdfs:subPropertyOf dg:speaker .",
    "a collective that ORG knows": "dg:hasMember rdfs:subPropertyOf foaf:member .",
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_would_be_found(java: OwlApi, ontology: Path, good: Path, name: str) -> None:
    """The axioms that the model avoids do what it avoids them for."""
    graph = given(ontology, Graph().parse(good), "foreign")
    graph.parse(data=f"@prefix dg: <{DG}> . @prefix foaf: <{FOAF}> . @prefix rdfs: <{RDFS}> . {LEAKS[name]}")
    reasoner = java.reasoner("pellet", java.ontology(graph))
    if "ORG" in name:
        assert reasoner.consistent()
        assert reasoner.instances(ORG.Organization) & of_kind(Graph().parse(good), DG.Collective)
    else:
        assert not reasoner.consistent()
