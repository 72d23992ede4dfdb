"""What is said: utterances, claims and stances as plain records of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from disputegraph.model import Claim, Model, Pairs, Stance, Utterance, day_of, local_name

__all__ = ["TONES", "claims", "lean", "stances", "tone_of", "utterances"]

Record = dict[str, Any]

TONES: Mapping[str, str] = {"accusing": "critical", "crediting": "supportive"}
"""How a speech act speaks of those it is about; every act not named here is neutral."""

_CLAIM_ROLES = {
    "subjects": "dg:claimedSubject",
    "agents": "dg:claimedAgent",
    "targets": "dg:claimedTarget",
    "content": "dg:claimedContent",
    "purposes": "dg:claimedPurpose",
    "issues": "dg:aboutIssue",
    "contradicts": "dg:contradicts",
}


def claims(model: Model) -> dict[str, Record]:
    """Return every claim by IRI: label, paraphrase, roles, issues, and its ties to other claims."""
    found = sorted(model.claims, key=lambda claim: claim.iri)
    roles = {role: _values(model, model.facts.pairs(name), found) for role, name in _CLAIM_ROLES.items()}
    roles["supports"] = _values(model, model.supports, found)
    actions = _values(model, model.facts.pairs("dg:claimedAction"), found)
    return {claim.iri: _claim(model, claim, actions, roles) for claim in found}


def utterances(model: Model) -> dict[str, Record]:
    """Return every utterance by IRI: who, for whom, to whom, which claims, how, when, passing on what."""
    found = sorted(model.utterances, key=lambda utterance: utterance.iri)
    names = {"supersedes": "dg:supersedes", "intensity": "dg:intensity", "coder": "dg:codedBy"}
    more = {role: _values(model, model.facts.pairs(name), found) for role, name in names.items()}
    return {utterance.iri: _utterance(model, utterance, more) for utterance in found}


def stances(model: Model) -> dict[str, Record]:
    """Return every stance by IRI: whose, on what, which, and the utterances that show it."""
    return {stance.iri: _stance(model, stance) for stance in sorted(model.stances, key=lambda stance: stance.iri)}


def tone_of(act: str) -> str:
    """Return the tone of a speech act: ``critical``, ``supportive`` or ``neutral``."""
    return TONES.get(act, "neutral")


def lean(**fields: Any) -> Record:
    """Return the fields that say something; 20,000 utterances should not repeat what they do not have."""
    return {name: value for name, value in fields.items() if value}


def _claim(
    model: Model, claim: Claim, actions: Mapping[str, list[str]], roles: Mapping[str, Mapping[str, list[str]]]
) -> Record:
    return lean(
        id=claim.iri,
        label=claim.label if model.labels.named(claim.iri) else claim.paraphrase or claim.label,
        paraphrase=claim.paraphrase,
        modality=claim.modality,
        evaluation=claim.evaluation,
        negated=claim.negated,
        actions=[_action(model, action) for action in actions.get(claim.iri, ())],
        **{role: values.get(claim.iri) for role, values in roles.items()},
    )


def _action(model: Model, action: str) -> str:
    return model.labels[action] if model.labels.named(action) else local_name(action).replace("-", " ")


def _utterance(model: Model, said: Utterance, more: Mapping[str, Mapping[str, list[str]]]) -> Record:
    documents = sorted({anchor.document for anchor in said.anchors if anchor.document})
    day = day_of(said.date or "")
    coders = more["coder"].get(said.iri, ())
    return lean(
        id=said.iri,
        speaker=said.speaker and said.speaker.iri,
        voice=said.voice and said.voice.iri,
        tone=tone_of(said.speech_act or ""),
        cue=said.cue,
        date=day,
        dated=day and {"utterance": "said", "document": "document"}[said.dated_by or "document"],
        intensity=next(iter(more["intensity"].get(said.iri, ())), ""),
        coder=model.labels[coders[0]] if coders else "",
        note=model.labels.best(model.facts.code(said.iri), "skos:note", "rdfs:comment"),
        polarity=said.polarity,
        certainty=said.certainty,
        act=said.speech_act,
        mode=said.quotation_mode,
        to=sorted(ref.iri for ref in said.addressees),
        claims=sorted(ref.iri for ref in said.claims),
        reports=list(said.reports),
        supersedes=more["supersedes"].get(said.iri),
        hearsay=said.hearsay,
        superseded=not said.standing,
        uncounted=said.standing and not said.counted,
        neutral=said.neutral_kind,
        documents=documents,
    )


def _stance(model: Model, stance: Stance) -> Record:
    return lean(
        id=stance.iri,
        label=model.labels[stance.iri] if model.labels.named(stance.iri) else "",
        holder=stance.holder and stance.holder.iri,
        on=min((ref.iri for ref in stance.on), default=""),
        value=stance.value,
        utterances=list(stance.shown_in),
    )


def _values(model: Model, pairs: Pairs, records: list[Any]) -> dict[str, list[str]]:
    """Return the values that the nodes of records have in pairs, by IRI of the node."""
    nodes = model.facts.codes([record.iri for record in records])
    text = model.facts.terms.text
    found = pairs.lists(np.asarray(nodes, dtype=np.int32))
    return {records[place].iri: [text(value) for value in values] for place, values in found.items()}
