"""A reasoner finds no inconsistency, and infers nothing that asserts what is only claimed."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDFS

pytestmark = pytest.mark.xdist_group("reasoning")  # one process makes the closures

DG = Namespace("https://w3id.org/disputegraph/ns#")
EX = Namespace("https://example.org/library/")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
CORE = ("disputegraph.ttl", "actions.ttl")
SETTINGS = {"core": CORE, "aligned": (*CORE, "alignment.ttl")}


def expand(graph: Graph) -> Graph:
    """Return the OWL 2 RL closure (OWL 2 Profiles, section 4.3) of a graph, which is left alone."""
    import owlrl

    closure = Graph()
    closure += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, datatype_axioms=False).expand(closure)
    return closure


def errors(closure: Graph) -> list[str]:
    return [str(o) for s in closure.subjects(RDF.type, ERROR) for o in closure.objects(s)]


def given(ontology: Path, good: Path, setting: str) -> Graph:
    graph = Graph()
    for name in SETTINGS[setting]:
        graph.parse(ontology / name)
    if setting == "aligned":
        graph.parse(good.parent / "foreign.ttl")
    return graph.parse(good)


@pytest.fixture(scope="module", params=SETTINGS)
def closed(request: pytest.FixtureRequest, ontology: Path, good: Path) -> Graph:
    return expand(given(ontology, good, request.param))


def test_no_inconsistency(closed: Graph) -> None:
    assert errors(closed) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "ex:ana a dg:Organization .",
        "ex:clinic a dg:Actor .",
        "ex:c-deal a dg:Event .",
        "ex:u-2 dg:reports ex:u-2 .",
        "ex:u-7 dg:supersedes ex:u-8 .",
        "ex:u-1 dg:speaker ex:coder .",
    ],
)
def test_an_inconsistency_would_be_found(ontology: Path, good: Path, wrong: str) -> None:
    # Only the nodes concerned: the closure of the whole is slow, and the point is the axiom.
    graph = Graph().parse(ontology / CORE[0])
    graph.parse(data=f"@prefix ex: <{EX}> . @prefix dg: <{DG}> . {wrong}")
    small = Graph().parse(good)
    for node in (EX.ana, EX.clinic, EX["c-deal"], EX["u-2"], EX["u-8"], EX.coder):
        graph += small.triples((node, RDF.type, None))
    graph += small.triples((None, DG.supersedes, None))
    assert errors(expand(graph))


def test_reasonable_agrees_that_all_is_well(ontology: Path, good: Path, tmp_path: Path) -> None:
    import reasonable

    reasoner = reasonable.PyReasoner()
    for name in SETTINGS["aligned"]:
        reasoner.load_file(str(ontology / name))
    reasoner.load_file(str(good))
    types = {(str(s), str(o)) for s, p, o in reasoner.reason() if p == RDF.type}
    assert (str(EX.ana), "http://xmlns.com/foaf/0.1/Person") in types
    core = Graph().parse(ontology / "disputegraph.ttl")
    lists = [[str(kind) for kind in Collection(core, members)] for members in core.objects(None, OWL.members)]
    kinds = set(max(lists, key=len))
    found: dict[str, set[str]] = {}
    for node, kind in types:
        if kind in kinds:
            found.setdefault(node, set()).add(kind)
    assert not {node: k for node, k in found.items() if len(k) > 1}


def test_no_claim_leaks(closed: Graph, good: Path) -> None:
    """What joins a claim's agent and target after inference was joined before, by the same asserted triple."""
    before = Graph().parse(good)
    pairs = {
        (a, t)
        for c in before.subjects(RDF.type, DG.Claim)
        for a in before.objects(c, DG.claimedAgent)
        for t in before.objects(c, DG.claimedTarget)
    }
    assert pairs
    for agent, target in pairs:
        for one, other in ((agent, target), (target, agent)):
            inferred = set(closed.predicates(one, other)) - set(before.predicates(one, other))
            for predicate in inferred:
                asserted = set(before.predicates(one, other))
                supers = {s for p in asserted for s in closed.objects(p, RDFS.subPropertyOf)}
                assert predicate in supers, f"{one} {predicate} {other}"
    for action in before.objects(None, DG.claimedAction):
        assert not list(closed.subject_objects(action))
        assert not list(closed.subjects(RDF.type, action))
    for claim in before.subjects(RDF.type, DG.Claim):
        assert (claim, RDF.type, DG.Event) not in closed
        assert not list(closed.objects(claim, DG.evidence))


def test_the_leak_rules_hold_after_inference(closed: Graph, ontology: Path, good: Path) -> None:
    # OWL 2 RL is defined on generalised triples, and a store takes plain ones.
    plain = Graph()
    for s, p, o in closed:
        if not isinstance(s, Literal) and isinstance(p, URIRef):
            plain.add((s, p, o))
    store = pyoxigraph.Store()
    store.load(plain.serialize(format="nt", encoding="utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    nodes = {str(s) for s in Graph().parse(good).subjects() if isinstance(s, URIRef)}
    rules = sorted((ontology / "checks").glob("leak-*.rq"))
    assert rules
    for path in rules:
        answer = store.query(path.read_text(encoding="utf-8"))
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        assert not {solution["node"].value for solution in answer} & nodes, path.stem


def test_no_speaker_is_tied_to_a_claim(closed: Graph) -> None:
    claims = set(closed.subjects(RDF.type, DG.Claim))
    actors = set(closed.subjects(RDF.type, DG.Actor))
    assert claims
    assert actors
    structural = {OWL.differentFrom}
    for actor in actors:
        for predicate, node in closed.predicate_objects(actor):
            assert node not in claims or predicate in structural, f"{actor} {predicate} {node}"
