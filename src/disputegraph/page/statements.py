"""What is said: utterances, claims and stances as plain records of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disputegraph.page.collecting import Node, local_name, nodes
from disputegraph.page.things import day
from disputegraph.store import Store

__all__ = ["TONES", "claims", "stances", "tone_of", "utterances"]

TONES: Mapping[str, str] = {"accusing": "critical", "crediting": "supportive"}
"""How a speech act speaks of those it is about; every act not named here is neutral."""

_CLAIM_ROLES = {
    "agents": "dg:claimedAgent",
    "targets": "dg:claimedTarget",
    "content": "dg:claimedContent",
    "purposes": "dg:claimedPurpose",
    "issues": "dg:aboutIssue",
    "contradicts": "dg:contradicts",
    "supports": "dg:supportsClaim",
}
_UTTERANCE_ROLES = {
    "to": "dg:addressee",
    "claims": "dg:addressesClaim",
    "reports": "dg:reports",
    "supersedes": "dg:supersedes",
}
_UTTERANCE_CONCEPTS = {
    "polarity": "dg:polarity",
    "certainty": "dg:certainty",
    "act": "dg:speechAct",
    "mode": "dg:quotationMode",
}


def claims(store: Store, labels: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return every claim by identifier: label, paraphrase, roles, issues, and its ties to other claims."""
    return {key: _claim(key, node, labels) for key, node in nodes(store, "dg:Claim").items()}


def utterances(store: Store) -> dict[str, dict[str, Any]]:
    """Return every utterance by identifier: who, for whom, to whom, which claims, how, when, passing on what."""
    found: dict[str, dict[str, Any]] = {}
    # Without inference, a reported utterance may carry the special class alone.
    for kind in ("dg:Utterance", "dg:ReportedUtterance"):
        for key, node in nodes(store, kind).items():
            if key not in found:
                found[key] = _utterance(key, node)
    reported = {inner for utterance in found.values() for inner in utterance.get("reports", ())}
    withdrawn = {old for utterance in found.values() for old in utterance.get("supersedes", ())}
    for key, utterance in found.items():
        if key in reported:
            utterance["hearsay"] = True
        if key in withdrawn:
            utterance["superseded"] = True
    return dict(sorted(found.items()))


def stances(store: Store, labels: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return every stance by identifier: whose, on what, which, and the utterances that show it."""
    found = {}
    for key, node in nodes(store, "dg:Stance").items():
        found[key] = _lean(
            id=key,
            label=labels.get(key, ""),
            holder=node.one("dg:stanceHolder"),
            on=node.one("dg:stanceOn"),
            value=local_name(node.one("dg:stanceValue")) if node.one("dg:stanceValue") else "",
            utterances=node.all("dg:expressedIn"),
        )
    return found


def tone_of(act: str) -> str:
    """Return the tone of a speech act: ``critical``, ``supportive`` or ``neutral``."""
    return TONES.get(act, "neutral")


def _claim(key: str, node: Node, labels: Mapping[str, str]) -> dict[str, Any]:
    actions = node.all("dg:claimedAction")
    paraphrase = node.best("dg:paraphrase")
    return _lean(
        id=key,
        label=labels.get(key) or paraphrase or local_name(key),
        paraphrase=paraphrase,
        actions=[labels.get(action) or local_name(action).replace("-", " ") for action in actions],
        **{role: node.all(name) for role, name in _CLAIM_ROLES.items()},
    )


def _utterance(key: str, node: Node) -> dict[str, Any]:
    speaker = node.one("dg:speaker")
    act = local_name(node.one("dg:speechAct")) if node.one("dg:speechAct") else ""
    concepts = {role: local_name(node.one(name)) for role, name in _UTTERANCE_CONCEPTS.items() if node.one(name)}
    said = next((found for value in node.all("dg:saidOn") if (found := day(value))), "")
    return _lean(
        id=key,
        speaker=speaker,
        # Who stands behind the words: an organisation's spokesman speaks with its voice.
        voice=node.one("dg:onBehalfOf") or speaker,
        tone=tone_of(act),
        cue=node.one("dg:cue"),
        date=said,
        intensity=node.one("dg:intensity"),
        coder=node.one("dg:codedBy"),
        note=node.best("skos:note") or node.best("rdfs:comment"),
        **concepts,
        **{role: node.all(name) for role, name in _UTTERANCE_ROLES.items()},
    )


def _lean(**fields: Any) -> dict[str, Any]:
    """Return the fields that say something; 20,000 utterances should not repeat what they do not have."""
    return {name: value for name, value in fields.items() if value}
