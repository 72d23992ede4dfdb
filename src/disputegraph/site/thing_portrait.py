"""A thing in plain words: what a reader wants to know of a person, a claim or a document before the triples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from disputegraph.errors import UsageError
from disputegraph.model import Model, Portraits, Ref, local_name, side_in_words

_SIDES = {"affirms": "Affirms", "denies": "Denies", "neutral": "Takes no side on"}
_SIDES_OF_CLAIM = {"affirms": "Affirmed by", "denies": "Denied by", "neutral": "Left open by"}
_UNCOUNTED = "Only as others tell it, or withdrawn: not counted"
_OF_CLAIM = {"action": "what is done", "modality": "modality", "evaluation": "judged as"}
_NO_FACTS = {
    *("type", "prefLabel", "label", "title", "name", "evidence", "concernsDispute"),
    *("textDigest", "textLength", "textNormalization"),  # for programs, which read the triples
}

_ADDRESSES = {"url", "source", "sameAs", "seeAlso", "license"}
"""Facts whose values are pages elsewhere."""


@dataclass(frozen=True, slots=True)
class Group:
    """Utterances under a title.

    Attributes:
        title: what they have in common.
        said: the utterances as `disputegraph.model.Portraits` gives them, each with its ``verb``.
    """

    title: str
    said: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ThingPortrait:
    """What a page tells of a thing in words.

    Attributes:
        type: Actor, Claim, Document, Utterance or Thing.
        found: the portrait as plain JSON; see `disputegraph.model.Portraits`.
        lead: what it is, in the words of the coder; empty where they left none.
        summary: one sentence with its figures, for those who only see a card.
        facts: name and values; a value with an IRI can be a link.
        groups: what is said by it, of it or in it.
    """

    type: str
    found: dict[str, Any]
    lead: str
    summary: str
    facts: list[tuple[str, list[Ref]]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def thing_portrait(iri: str, portraits: Portraits) -> ThingPortrait | None:
    """Return what is to be told of a node; None for what is only named, and for terms of a vocabulary."""
    try:
        found = portraits.of(iri)
    except UsageError:
        return None
    return _MADE[found["type"]](found, portraits.model)


def _of_utterance(found: dict[str, Any], _: Model) -> ThingPortrait:
    said = _group("In words", [found])
    what = f": {found['claim']}" if found["claim"] else ""
    return ThingPortrait(
        "Utterance", found, "", f"{found['voice'] or 'Somebody'} {said.said[0]['verb']}{what}.", [], [said]
    )


def _of_claim(found: dict[str, Any], model: Model) -> ThingPortrait:
    roles = {"subject": "about", "target": "aimed at"}
    facts = [(name, [_named(model, iri) for iri in found[f"{key}_iri"]]) for key, name in roles.items()]
    facts += [(name, [Ref(in_words(found[key]), "")] if found[key] else []) for key, name in _OF_CLAIM.items()]
    facts += [("negated", [Ref("it says that something is not so", "")] if found["negated"] else [])]
    facts += [_links(found, "issues"), _links(found, "contradicts")]
    counts = ", ".join(
        f"{found[side]} {one if found[side] == 1 else many}"
        for side, one, many in (
            ("affirms", "affirms it", "affirm it"),
            ("denies", "denies it", "deny it"),
            ("neutral", "takes no side", "take no side"),
        )
    )
    uncounted = found["hearsay"] + found["withdrawn"]
    facts.append(("statements", [Ref(counts + (f"; {uncounted} more are not counted" if uncounted else ""), "")]))
    lead = found["paraphrase"] or ""
    summary = f"A claim, not a fact: {lead or found['label']}".rstrip(".") + f". Of the statements counted, {counts}."
    groups = _by_side(found["utterances"], _SIDES_OF_CLAIM)
    return ThingPortrait("Claim", found, lead, summary, _filled(facts), groups)


def _of_actor(found: dict[str, Any], model: Model) -> ThingPortrait:
    held = model.facts.texts(model.facts.code(found["iri"]), "skos:definition", "dcterms:description")
    facts = [
        ("kind", [Ref(in_words(found["kind"]), "")]),
        ("also called", [Ref(text, "") for text in found["aliases"]]),
        ("posts", [Ref(text, "") for text in found["posts"]]),
        ("belongs to", _links(found, "organisations")[1]),
        ("works at", _links(found, "workplaces")[1]),
        *((in_words(stance["value"]), _links(stance, "on")[1]) for stance in found["stances"]),
        ("the same elsewhere", [Ref(address, address) for address in found["identities"]]),
    ]
    lead = found["description"] or (held[0] if held else "")
    claims = found["claims_about"]
    summary = (
        f"{found['label']}: {found['utterances']} statements counted in this voice, {claims} "
        f"{'claims are' if claims != 1 else 'claim is'} about it."
    )
    groups = [
        *_by_side(found["says"], _SIDES),
        _group("What others say of it", _all_said(found)),
        _group("Passes on what others say", found["passes_on"]),
    ]
    return ThingPortrait("Actor", found, lead, summary, _filled(facts), [group for group in groups if group.said])


def _of_document(found: dict[str, Any], model: Model) -> ThingPortrait:
    said = _group("What is said in it, in the order of the text", found["utterances"])
    number, date = len(said.said), found["date"]
    publisher = model.facts.pairs("dcterms:publisher").of(model.facts.code(found["iri"]))
    source = ", ".join(filter(None, [model.labels.of(publisher[0]) if publisher else "", date]))
    summary = f"A document{f' ({source})' if source else ''} in which {number} statements were coded."
    facts = [("publisher", [_ref(model, publisher[0])])] if publisher else []
    facts += [(name, values) for name, values in _plain(found, model) if name != "publisher"]
    return ThingPortrait("Document", found, "", summary, facts, [said] if said.said else [])


def _of_thing(found: dict[str, Any], model: Model) -> ThingPortrait:
    kind = in_words(model.kind(found["iri"]))
    held = [(f"{in_words(one['value'])} it", [Ref(one["holder"], one["holder_iri"])]) for one in found["stances"]]
    facts = [("kind", [Ref(kind, "")]), *_plain(found, model), *held]
    said = _group("What is said of it, and by whom", _all_said(found))
    definition = model.labels.best(model.facts.code(found["iri"]), "skos:definition", "dcterms:description")
    facts = [fact for fact in facts if fact[0] not in ("definition", "description")]
    return ThingPortrait(
        "Thing",
        found,
        definition,
        f"{found['label']} ({kind}): {len(said.said)} statements are about it.",
        facts,
        [said] if said.said else [],
    )


_MADE = {
    "Utterance": _of_utterance,
    "Claim": _of_claim,
    "Actor": _of_actor,
    "Document": _of_document,
    "Thing": _of_thing,
}


def _plain(found: dict[str, Any], model: Model) -> list[tuple[str, list[Ref]]]:
    """Return what the graph itself says of a node, property by property."""
    facts, code = model.facts, model.facts.code(found["iri"])
    told: dict[str, list[Ref]] = {}
    for property_ in facts.properties():
        name = local_name(property_)
        if name in _NO_FACTS:
            continue
        for value in facts.pairs(property_).of(code):
            ref = _ref(model, value)
            text = model.facts.terms.text(value)
            if name in _ADDRESSES and web_address(text) and not model.labels.is_named(value):
                ref = Ref(text, text)  # a link to it, and not its last word
            told.setdefault(in_words(name), []).append(ref)
    return sorted(told.items())


def _ref(model: Model, value: int) -> Ref:
    text = model.facts.terms.text(value)
    if not model.facts.terms.is_node(value):
        return Ref(text, "")
    return Ref(model.labels.of(value), text if ":" in text and not text.startswith("_:") else "")


def _named(model: Model, iri: str) -> Ref:
    return Ref(model.labels[iri], iri)


def _links(found: dict[str, Any], name: str) -> tuple[str, list[Ref]]:
    return name, [Ref(label, iri) for label, iri in zip(found[name], found[f"{name}_iri"], strict=True)]


def _filled(facts: list[tuple[str, list[Ref]]]) -> list[tuple[str, list[Ref]]]:
    return [(name, values) for name, values in facts if values]


def _all_said(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is said of a node, each utterance once: a claim may name it in two roles."""
    return list({said["iri"]: said for item in found["is_said_of_it"] for said in item["utterances"]}.values())


def _by_side(utterances: list[dict[str, Any]], titles: dict[str, str]) -> list[Group]:
    counted = [utterance for utterance in utterances if utterance["counted"]]
    groups = [
        _group(title, [said for said in counted if said["claim"] and (said["polarity"] or "neutral") == side])
        for side, title in titles.items()
    ]
    groups.append(_group("Shows a stance, on no claim", [said for said in counted if not said["claim"]]))
    groups.append(_group(_UNCOUNTED, [said for said in utterances if not said["counted"]]))
    return [group for group in groups if group.said]


def _group(title: str, utterances: Iterable[dict[str, Any]]) -> Group:
    return Group(title, [{**said, "verb": _verb(said)} for said in utterances])


def _verb(said: dict[str, Any]) -> str:
    return side_in_words(said["neutral_kind"] or said["polarity"]) if said["claim"] else "shows a stance"


def web_address(text: str) -> bool:
    """Tell whether a text is an address that a page may link to."""
    return text.lower().startswith(("http://", "https://"))


def in_words(name: str | None) -> str:
    """Return the local name of a term as words; a text of several words as it is."""
    if not name or " " in name:
        return name or ""
    return "".join(f" {letter.lower()}" if letter.isupper() and place else letter for place, letter in enumerate(name))
