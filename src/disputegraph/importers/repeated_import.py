"""What claims and documents lost from one import to the next.

In a sheet of statements one row may happen to hold a claim's paraphrase and roles, or a document's date: whoever takes
that row away empties the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from disputegraph.importers.triples import curie
from disputegraph.vocabulary import DG, RDF, SKOS

_NAMES = {
    "dg:paraphrase": "paraphrase",
    "dg:claimedSubject": "subject",
    "dg:claimedAgent": "agent",
    "dg:claimedAction": "action",
    "dg:claimedTarget": "target",
    "dg:modality": "modality",
    "dg:evaluation": "evaluation",
    "dg:negated": "negation",
    "dg:aboutIssue": "issue",
    "dg:contradicts": "contradicted claims",
    "dcterms:issued": "date",
    "dcterms:title": "title",
    "dg:textDigest": "digest of its text",
}

_Facts = dict[str, dict[str, set[str]]]


def lost_facts(before: Iterable[Quad], after: Iterable[Quad]) -> list[str]:
    """Return a sentence for each claim and document that has fewer kinds of facts than before, sorted.

    Only what a later graph still has can lose something; a paraphrase that only repeats the label is no loss.

    Args:
        before: the graph of the last import.
        after: that of this one.
    """
    (kinds, old), (known, new) = _facts(before), _facts(after)
    found = []
    for node, facts in old.items():
        if node not in known:
            continue
        lost = [name for property_, name in _NAMES.items() if facts.get(property_) and not new[node].get(property_)]
        if lost:
            label = min(new[node].get("skos:prefLabel") or facts.get("skos:prefLabel") or {node})
            found.append(f"the {kinds[node]} '{label}' has lost: {', '.join(lost)}.")
    return sorted(found)


def _facts(quads: Iterable[Quad]) -> tuple[dict[str, str], _Facts]:
    kinds: dict[str, str] = {}
    facts: _Facts = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            if quad.predicate == RDF.type and quad.object in (DG.Claim, DG.Document):
                kinds[quad.subject.value] = "claim" if quad.object == DG.Claim else "document"
            elif isinstance(quad.object, Literal | NamedNode | BlankNode) and (name := _curie(quad.predicate)):
                facts[quad.subject.value][name].add(quad.object.value)
    for said in facts.values():
        said["dg:paraphrase"] -= said["skos:prefLabel"]
    return kinds, defaultdict(lambda: defaultdict(set), {node: facts[node] for node in kinds})


def _curie(property_: NamedNode) -> str | None:
    try:
        name = curie(property_)
    except ValueError:
        return None
    return name if name in _NAMES or property_ == SKOS.prefLabel else None
