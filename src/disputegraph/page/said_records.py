"""What is said: utterances, claims and stances as plain records of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from disputegraph.model import Codes, HearsayRule, Model, Pairs, Ref, Stance, day_of, first_day, side_taken
from disputegraph.page.short_names import Ids

Record = dict[str, Any]

_CLAIM_ROLES = {
    "subjects": "dg:claimedSubject",
    "agents": "dg:claimedAgent",
    "targets": "dg:claimedTarget",
    "content": "dg:claimedContent",
    "purposes": "dg:claimedPurpose",
    "issues": "dg:aboutIssue",
    "contradicts": "dg:contradicts",
}
_OF_CLAIMS = ("dg:claimedSubject", "dg:claimedAgent", "dg:claimedTarget", "dg:claimedPurpose", "dg:aboutIssue")
_OF_UTTERANCES = ("dg:speaker", "dg:onBehalfOf", "dg:addressee")
_NOTES = ("skos:note", "rdfs:comment")
_NOTHING: list[str] = []


def mentioned(model: Model) -> set[int]:
    """Return what claims, utterances and stances point at, claims left out, by number."""
    facts = model.facts
    asked = ((_OF_CLAIMS, model.claim_nodes), (_OF_UTTERANCES, model.said.nodes))
    held = [facts.pairs(name).expand(nodes)[1] for names, nodes in asked for name in names]
    refs = [ref for stance in model.stances for ref in (stance.holder, _on(stance)) if ref]
    found = {*np.concatenate(held).tolist(), *(facts.code(ref.iri) for ref in refs)}
    return found.difference(model.claim_nodes.tolist())


def claims(model: Model, ids: Ids) -> dict[int, Record]:
    """Return every claim by number, sorted by IRI: label, paraphrase, roles, issues, and its ties to other claims."""
    facts, labels, nodes, text = model.facts, model.labels, _sorted(model, model.claim_nodes), model.facts.terms.text
    actions = facts.pairs("dg:claimedAction").lists(nodes).items()
    return _records(
        nodes,
        id=ids.each(nodes),
        label=[labels.of(code) for code in nodes.tolist()],
        paraphrase=model.best("dg:paraphrase", nodes),
        actions=_filled(nodes, {place: [_action(model, code) for code in found] for place, found in actions}),
        modality=model.words("dg:modality", nodes),
        evaluation=model.words("dg:evaluation", nodes),
        negated=[code >= 0 and text(code) in ("true", "1") for code in facts.first("dg:negated", nodes).tolist()],
        **{role: _lists(facts.pairs(name), nodes, ids) for role, name in _CLAIM_ROLES.items()},
        supports=_lists(model.supports, nodes, ids),
    )


def utterances(model: Model, ids: Ids, hearsay: HearsayRule = "news") -> dict[int, Record]:
    """Return every utterance by number, sorted by IRI: who, for whom, to whom, which claims, how, when."""
    facts, said, text, nodes = model.facts, model.said, model.facts.terms.text, _sorted(model, model.said.nodes)
    standing = said.standing(nodes)
    dates, said_on = said.dates(nodes).tolist(), said.said_on(nodes).tolist()
    rough = said.said_roughly(nodes).tolist()
    known = {code: (first_day if code in set(rough) else day_of)(text(code)) for code in set(dates)}
    days = [known[code] for code in dates]
    polarity, certainty, act, mode = (
        model.words(name, nodes) for name in ("dg:polarity", "dg:certainty", "dg:speechAct", "dg:quotationMode")
    )
    noted = np.isin(nodes, np.concatenate([facts.pairs(name).subjects for name in _NOTES])).tolist()
    rows, documents = said.anchors.rows, said.anchors.lists[0]
    stands = [sorted({documents[row] for row in rows.get(code, ())} - {-1}, key=text) for code in nodes.tolist()]
    return _records(
        nodes,
        id=ids.each(nodes),
        speaker=ids.each(facts.first("dg:speaker", nodes)),
        voice=ids.each(said.voices(nodes)),
        tone=model.tones(nodes),
        cue=map(text, facts.first("dg:cue", nodes).tolist()),
        date=days,
        dated=[
            day and ("said" if code >= 0 else "roughly" if about >= 0 else "document")
            for day, code, about in zip(days, said_on, rough, strict=True)
        ],
        roughly=[about >= 0 > code and text(about) for code, about in zip(said_on, rough, strict=True)],
        kept=[code >= 0 and text(code) for code in facts.first("schema:text", nodes).tolist()],
        intensity=map(text, facts.first("dg:intensity", nodes).tolist()),
        coder=[code >= 0 and model.labels.of(code) for code in facts.first("dg:codedBy", nodes).tolist()],
        note=[has and model.labels.best(code, *_NOTES) for code, has in zip(nodes.tolist(), noted, strict=True)],
        polarity=[side_taken(word) for word in polarity],
        neutral=[word if word != side_taken(word) else None for word in polarity],
        certainty=certainty,
        act=act,
        mode=mode,
        to=_lists(facts.pairs("dg:addressee"), nodes, ids),
        claims=_lists(facts.pairs("dg:addressesClaim"), nodes, ids),
        reports=_lists(facts.pairs("dg:reports"), nodes, ids),
        supersedes=_lists(facts.pairs("dg:supersedes"), nodes, ids),
        hearsay=said.hearsay(nodes).tolist(),
        superseded=(~standing).tolist(),
        withdrawn=_withdrawals(model, nodes),
        relay=np.isin(nodes, said.relays).tolist(),
        uncounted=(standing & ~said.counted(nodes, hearsay)).tolist(),
        documents=[[ids[code] for code in found] for found in stands],
    )


def stances(model: Model, ids: Ids) -> dict[int, Record]:
    """Return every stance by number, sorted by IRI: whose, on what, which, and the utterances that show it.

    An utterance that the dispute does not have, since it was removed or has another name now, is ``missing``.
    """
    code, labels, said = model.facts.code, model.labels, set(model.said.nodes.tolist())
    found = {code(stance.iri): stance for stance in sorted(model.stances, key=lambda stance: stance.iri)}
    return {
        number: lean(
            id=ids[number],
            label=labels.of(number) if labels.is_named(number) else "",
            holder=stance.holder and ids[code(stance.holder.iri)],
            on=(on := _on(stance)) and ids[code(on.iri)],
            value=stance.value,
            utterances=[ids[code(iri)] for iri in stance.shown_in if code(iri) in said],
            missing=[ids[code(iri)] for iri in stance.shown_in if code(iri) not in said],
        )
        for number, stance in found.items()
    }


def lean(**fields: Any) -> Record:
    """Return the fields that say something; 20,000 utterances should not repeat what they do not have."""
    return {name: value for name, value in fields.items() if value}


def _withdrawals(model: Model, nodes: Codes) -> list[str]:
    """Return when and why each utterance was withdrawn, as far as a withdrawal says so."""
    pairs, text = model.said.withdrawn, model.facts.terms.text
    acts = pairs.kept(np.isin(pairs.values, model.said.withdrawals)).first(nodes)
    days = model.facts.first("dg:withdrawnOn", acts).tolist()
    reasons = [act >= 0 and model.labels.best(act, "skos:note") for act in acts.tolist()]
    return [", ".join(filter(None, (text(day), why or ""))) for day, why in zip(days, reasons, strict=True)]


def _on(stance: Stance) -> Ref | None:
    return min(stance.on, key=lambda ref: ref.iri, default=None)


def _action(model: Model, action: int) -> str:
    label = model.labels.of(action)
    return label if model.labels.is_named(action) else label.replace("-", " ")


def _sorted(model: Model, nodes: Codes) -> Codes:
    return np.array(sorted(nodes.tolist(), key=model.facts.terms.texts.__getitem__), dtype=np.int32)


def _records(nodes: Codes, **columns: Iterable[Any]) -> dict[int, Record]:
    """Return the rows of a table as records that hold only what says something, by the number of their node."""
    names = tuple(columns)
    rows = zip(*columns.values(), strict=True)
    return {
        node: {name: value for name, value in zip(names, row, strict=True) if value}
        for node, row in zip(nodes.tolist(), rows, strict=True)
    }


def _lists(pairs: Pairs, nodes: Codes, ids: Ids) -> list[list[str]]:
    """Return the identifiers of the values that each node has in pairs, in code point order of their IRIs."""
    found = pairs.lists(nodes)
    return _filled(nodes, {place: [ids[code] for code in values] for place, values in found.items()})


def _filled(nodes: Codes, found: Mapping[int, list[str]]) -> list[list[str]]:
    return [found.get(place, _NOTHING) for place in range(len(nodes))]
