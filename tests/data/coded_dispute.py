"""How the tests read the coded dispute, in rdflib's terms alone."""

from __future__ import annotations

from pathlib import Path

import rdflib
from rdflib import RDF, SKOS, Literal, URIRef

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "data" / "junior-doctors-2016"
DG = rdflib.Namespace("https://w3id.org/disputegraph/ns#")
ACT = rdflib.Namespace("https://w3id.org/disputegraph/action/")
EX = rdflib.Namespace("https://w3id.org/disputegraph/data/junior-doctors-2016/")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
ORG = rdflib.Namespace("http://www.w3.org/ns/org#")
SCHEMA = rdflib.Namespace("https://schema.org/")

ACTOR_KINDS = (
    DG.Person,
    DG.Organization,
    DG.HospitalTrust,
    DG.NewsOrganization,
    DG.Collective,
    DG.UnnamedSource,
)
STATEMENTS = (DG.Utterance, DG.ReportedUtterance)
TOLD = {  # what is said of hearsay, by what is said of an utterance
    DG.speaker: DG.reportedSpeaker,
    DG.onBehalfOf: DG.reportedOnBehalfOf,
    DG.addressesClaim: DG.reportedClaim,
    DG.polarity: DG.reportedPolarity,
    DG.certainty: DG.reportedCertainty,
    DG.speechAct: DG.reportedSpeechAct,
}


def of_kind(graph: rdflib.Graph, *kinds: URIRef) -> set[URIRef]:
    return {node for kind in kinds for node in graph.subjects(RDF.type, kind)}


def label(graph: rdflib.Graph, node: URIRef) -> str:
    return str(graph.value(node, SKOS.prefLabel))


def claim_named(graph: rdflib.Graph, name: str) -> URIRef:
    (claim,) = graph.subjects(SKOS.prefLabel, Literal(name, lang="en"))
    assert (claim, RDF.type, DG.Claim) in graph
    return claim


def either(graph: rdflib.Graph, statement: URIRef, role: URIRef) -> set[URIRef]:
    """What stands in a role of a statement, be it at hand or passed on."""
    return {*graph.objects(statement, role), *graph.objects(statement, TOLD[role])}


def statements(graph: rdflib.Graph, role: URIRef, node: URIRef) -> set[URIRef]:
    """The statements, at hand or passed on, in which a node has the role."""
    return {*graph.subjects(role, node), *graph.subjects(TOLD[role], node)}


def voices(graph: rdflib.Graph, utterance: URIRef) -> set[URIRef]:
    """Whoever is spoken for, else the speaker."""
    return either(graph, utterance, DG.onBehalfOf) or either(graph, utterance, DG.speaker)


def affirming(graph: rdflib.Graph, claim: URIRef) -> list[URIRef]:
    affirmed = statements(graph, DG.polarity, DG.affirms)
    return sorted(statements(graph, DG.addressesClaim, claim) & affirmed)


def span(graph: rdflib.Graph, anchor: URIRef) -> tuple[int, int]:
    selector = graph.value(anchor, OA.hasSelector)
    return int(graph.value(selector, OA.start)), int(graph.value(selector, OA.end))
