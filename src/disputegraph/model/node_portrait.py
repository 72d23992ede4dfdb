"""Everything that a dispute knows of one actor, claim, utterance or other node, as plain JSON."""

from __future__ import annotations

from typing import Any

from disputegraph.errors import UsageError
from disputegraph.model.dispute_model import Model
from disputegraph.model.node_labels import local_name
from disputegraph.model.quotation import SourceTexts
from disputegraph.model.records import Claim, Utterance
from disputegraph.store import Store

__all__ = ["portrait"]


def portrait(iri: str, store: Store, *, sources: SourceTexts | None = None) -> dict[str, Any]:
    """Return what is known of an actor, a claim, an utterance, or another node, as plain JSON.

    Only what hangs together with the node is read. Of an actor, ``says`` is all in its voice or from its mouth,
    hearsay and withdrawn words included (``counted`` is false then), and ``is_said_of_it`` what others say.

    Args:
        iri: the node.
        store: the dispute.
        sources: source texts; with them every utterance carries its quotes, each with the status of its anchor
            (verified, re-found, ambiguous, lost).

    Raises:
        UsageError: the dispute says nothing of that node.
    """
    model = Model.around(store, iri)
    iri = model.facts.terms.text(model.facts.code(iri)) or iri  # of a blank node its stable name

    def told(utterance: Utterance) -> dict[str, Any]:
        found = utterance.to_dict()
        found["superseded_by_label"] = [_sentence(model, iri) for iri in utterance.superseded_by]
        for anchor in found["anchors"]:
            anchor["document_label"] = model.labels[anchor["document"]] if anchor["document"] else None
        return found | ({"quotes": _quotes(model, utterance, sources)} if sources else {})

    for claim in model.claims:
        if claim.iri == iri:
            return {"type": "Claim"} | claim.to_dict() | {"utterances": [told(said) for said in claim.utterances]}
    for actor in model.actors:
        if actor.iri == iri:
            return {
                "type": "Actor",
                **actor.to_dict(),
                "is_document": any(kind.name == "Document" for kind in model.kinds.all_of(model.facts.code(iri))),
                "stances": [
                    {"on": [ref.label for ref in stance.on], "value": stance.value, "shown_in": list(stance.shown_in)}
                    for stance in model.stances
                    if stance.holder and stance.holder.iri == iri
                ],
                "says": [told(said) for said in model.utterances if iri in _speakers(said)],
                "is_said_of_it": [
                    _said_of(claim, others, told)
                    for claim in model.claims
                    if iri in _roles(claim)
                    and (others := [said for said in claim.utterances if iri not in _speakers(said)])
                ],
                "passes_on": [told(said) for said in model.utterances if iri in {ref.iri for ref in said.via}],
            }
    for utterance in model.utterances:
        if utterance.iri == iri:
            return {"type": "Utterance"} | told(utterance)
    facts = _facts(model, iri)
    if not facts:
        raise UsageError(f"the data says nothing of <{iri}>.")
    return {"type": "Thing", "iri": iri, "label": model.labels[iri], "facts": facts}


def _sentence(model: Model, iri: str) -> str:
    """Return who takes which side on what in an utterance, and when."""
    text = model.called(iri) or model.labels[iri]
    date = next((said.date for said in model.utterances if said.iri == iri), None)
    return f"{text} ({date})" if date else text


def _said_of(claim: Claim, others: list[Utterance], told: Any) -> dict[str, Any]:
    return {"claim": claim.label, "claim_iri": claim.iri, "utterances": [told(said) for said in others]}


def _roles(claim: Claim) -> set[str]:
    return {ref.iri for ref in (*claim.subjects, *claim.targets)}


def _speakers(utterance: Utterance) -> set[str]:
    return {ref.iri for ref in (utterance.speaker, utterance.voice) if ref}


def _facts(model: Model, iri: str) -> list[dict[str, str]]:
    """Return what is said of a node, as property and value in words."""
    code, facts = model.facts.code(iri), model.facts
    found = []
    for property_ in facts.properties() if code >= 0 else ():
        for value in facts.pairs(property_).of(code):
            text = model.labels.of(value) if facts.terms.is_node(value) else facts.terms.text(value)
            found.append({"property": local_name(property_), "value": text})
    return sorted(found, key=lambda fact: (fact["property"], fact["value"]))


def _quotes(model: Model, utterance: Utterance, sources: SourceTexts) -> list[dict[str, Any]]:
    """Return one entry for each anchor of an utterance; of one that names no place in the text, an empty one."""
    found = []
    for anchor in utterance.anchors:
        if anchor.document is None or anchor.start is None or anchor.end is None or anchor.sha256 is None:
            found.append({"status": "", "text": ""})
            continue
        digest = model.facts.text(model.facts.code(anchor.document), "dg:textDigest") or None
        quote = sources.quote(digest, anchor.start, anchor.end, anchor.sha256)
        found.append({"status": quote.status, "text": quote.text} if quote else {"status": "lost", "text": ""})
    return found
