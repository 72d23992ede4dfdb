"""Actors and all else that is not said but there: their names, kinds, links and plain facts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from disputegraph.model import KINDS, Model, day_of, local_name
from disputegraph.page.said_records import lean, mentioned
from disputegraph.page.short_names import Ids

Record = dict[str, Any]

_LINKS = ("schema:sameAs", "owl:sameAs", "schema:url", "foaf:homepage", "foaf:page", "rdfs:seeAlso", "dcterms:source")

_TOLD_ELSEWHERE = {
    "rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:definition", "skos:inScheme", "foaf:name",
    "schema:name", "dcterms:title", "dcterms:description", "dg:evidence", "dg:introducedBy", "dg:startedAt",
    "dg:endedAt", "dg:concernsDispute", "dg:hasStatus", *_LINKS,
}  # fmt: skip
_NO_THINGS = {"Claim", "Document", "Coder", "Dispute"}


def thing_nodes(model: Model) -> list[int]:
    """Return every actor, hospital, event, proposal and the like by number, sorted by IRI.

    What claims, utterances and stances point at is among them, so that nothing that is said leads nowhere.
    """
    kinds = [kind.name for kind in KINDS if kind.name not in _NO_THINGS]
    codes = {*model.kinds.members(*kinds).tolist(), *model.kinds.actors, *mentioned(model)} - {-1}
    codes = {code for code in codes if model.kinds.of(code) not in _NO_THINGS or model.kinds.acts(code)}
    return sorted(codes, key=model.facts.terms.text)


def things(model: Model, nodes: list[int], ids: Ids) -> dict[int, Record]:
    """Return the records of things by number."""
    held, facts = _memberships(model, ids) | _statuses(model), _facts(model, nodes, ids)
    return {code: _thing(model, code, held.get(code, []) + facts.get(code, []), ids) for code in nodes}


def links_of(model: Model, code: int) -> list[str]:
    """Return the addresses that tell more of a node; the page makes links only of http(s) and mailto."""
    return model.facts.texts(code, *_LINKS)


def _thing(model: Model, code: int, facts: list[Record], ids: Ids) -> Record:
    record = {"id": ids[code], "kind": model.kinds.of(code), "label": model.labels.of(code)}
    return record | lean(
        actor=model.kinds.acts(code),
        aliases=model.labels.others(code),
        note=model.labels.best(code, "skos:definition", "dcterms:description"),
        introducedBy=[ids[claim] for claim in model.facts.pairs("dg:introducedBy").of(code)],
        links=links_of(model, code),
        facts=facts,
        start=day_of(model.facts.text(code, "dg:startedAt")),
        end=day_of(model.facts.text(code, "dg:endedAt")),
    )


def _facts(model: Model, codes: list[int], ids: Ids) -> dict[int, list[Record]]:
    """Return what the graph says of nodes in its own voice, as relation, text and, for a node, its IRI."""
    facts, nodes = model.facts, np.array(codes, dtype=np.int32)
    found: dict[int, list[Record]] = defaultdict(list)
    for name, iri in sorted((facts.prefixed(iri), iri) for iri in facts.properties()):
        if name in _TOLD_ELSEWHERE:
            continue
        for place, values in facts.pairs(iri).lists(nodes).items():
            found[codes[place]] += [_fact(model, local_name(name), value, ids) for value in values]
    return found


def _fact(model: Model, relation: str, value: int, ids: Ids) -> Record:
    if not model.facts.terms.is_node(value):
        return {"relation": relation, "text": model.facts.terms.text(value)}
    return {"relation": relation, "text": model.labels.of(value), "to": ids[value]}


def _statuses(model: Model) -> dict[int, list[Record]]:
    """Return what arrangements and planned actions were, and when: proposed, agreed, in force, called off."""
    facts = model.facts
    statuses = facts.pairs("dg:hasStatus")
    found: dict[int, list[Record]] = defaultdict(list)
    for code, status in zip(statuses.subjects.tolist(), statuses.values.tolist(), strict=True):
        value = local_name(facts.text(status, "dg:statusValue"))
        start, end = (day_of(facts.text(status, name)) for name in ("schema:startDate", "schema:endDate"))
        fact = {"relation": "hasStatus", "text": "".join(f" {c.lower()}" if c.isupper() else c for c in value)}
        fact |= lean(on=day_of(facts.text(status, "dg:attestedOn")))
        found[code].append(fact | ({"from": start, "until": end} if start or end else {}))
    return found


def _memberships(model: Model, ids: Ids) -> dict[int, list[Record]]:
    """Return posts and roles held, by who holds them: what, in which organisation, known for which days."""
    facts = model.facts
    held: dict[int, list[Record]] = defaultdict(list)
    members = facts.pairs("org:member")
    for code, member in sorted(
        zip(members.subjects.tolist(), members.values.tolist(), strict=True), key=lambda pair: facts.terms.text(pair[0])
    ):
        posts = [*facts.pairs("opengov:post").of(code), *facts.pairs("org:role").of(code)]
        named = ", ".join(map(model.labels.of, posts))
        days = [day for text in facts.texts(code, "dg:attestedOn") if (day := day_of(text))]
        start = day_of(facts.text(code, "dg:startedAt", "schema:startDate"))
        end = day_of(facts.text(code, "dg:endedAt", "schema:endDate"))
        label = model.labels.of(code) if model.labels.is_named(code) else "member"
        fact = {"relation": "holds", "text": named or label}
        at = facts.pairs("org:organization").of(code)
        fact |= lean(to=ids[posts[0]] if posts else "", at=ids[at[0]] if at else "")
        fact |= lean(on=days[0] if days else "")
        if start or end:
            fact |= {"from": start, "until": end}
        held[member].append(fact | {"membership": code})
    return held
