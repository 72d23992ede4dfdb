"""Actors and all else that is not said but there: their names, kinds, links and plain facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal

from disputegraph.page.collecting import KINDS, Node, Value, identifier, local_name, nodes, prefixed
from disputegraph.store import Store

__all__ = ["day", "facts_of", "links_of", "memberships", "things"]

_LINKS = ("schema:sameAs", "owl:sameAs", "schema:url", "foaf:homepage", "foaf:page", "rdfs:seeAlso", "dcterms:source")

_TOLD_ELSEWHERE = {
    "rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:definition", "skos:inScheme", "foaf:name",
    "schema:name", "dcterms:title", "dcterms:description", "dg:evidence", "dg:introducedBy", "dg:startedAt",
    "dg:endedAt", "dg:concernsDispute", *_LINKS,
}  # fmt: skip


def things(store: Store) -> dict[str, tuple[str, Node]]:
    """Return kind and properties of every actor, hospital, event, proposal and the like, by identifier, sorted."""
    found: dict[str, tuple[str, Node]] = {}
    for kind in KINDS:
        for key, node in nodes(store, kind).items():
            found.setdefault(key, (local_name(kind), node))
    return dict(sorted(found.items()))


def facts_of(node: Node, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what the graph says of a node in its own voice, as relation, text and, for a node, its identifier."""
    found = []
    for name, values in sorted(node.properties.items()):
        if name not in _TOLD_ELSEWHERE:
            found += [_fact(local_name(name), value, labels) for value in sorted(values, key=_spelling)]
    return found


def links_of(node: Node) -> list[str]:
    """Return the addresses that tell more of a node; the page makes links only of http(s) and mailto."""
    return sorted({identifier(value) for name in _LINKS for value in node.properties.get(name, ())})


def memberships(store: Store, labels: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return posts and roles held, by who holds them: what, in which organisation, known for which days."""
    held: dict[str, list[dict[str, Any]]] = {}
    for key, node in nodes(store, "org:Membership").items():
        posts = [*node.all("opengov:post"), *node.all("org:role")]
        organisations = node.all("org:organization")
        fact: dict[str, Any] = {
            "relation": "holds",
            "text": ", ".join(labels.get(post) or local_name(post) for post in posts) or labels.get(key, "member"),
        }
        if posts:
            fact["to"] = posts[0]
        if organisations:
            fact["at"] = organisations[0]
        days = [day(value) for value in node.all("dg:attestedOn")]
        if days:
            fact["on"] = days[0]
        start, end = _first(node, "dg:startedAt", "schema:startDate"), _first(node, "dg:endedAt", "schema:endDate")
        if start or end:
            fact["from"], fact["until"] = day(start), day(end)
        for member in node.all("org:member"):
            held.setdefault(member, []).append(fact | {"membership": key})
    return held


def day(text: str) -> str:
    """Return the calendar day of an ``xsd:date`` or ``xsd:dateTime``, or an empty string for what is neither."""
    head = text[:10]
    parts = head.split("-")
    if len(head) == 10 and [len(part) for part in parts] == [4, 2, 2] and "".join(parts).isdecimal():  # noqa: PLR2004
        return head
    return ""


def _fact(relation: str, value: Value, labels: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(value, Literal):
        return {"relation": relation, "text": value.value}
    key = identifier(value)
    return {"relation": relation, "text": labels.get(key) or local_name(prefixed(key)), "to": key}


def _first(node: Node, *names: str) -> str:
    return next((value for name in names if (value := node.one(name))), "")


def _spelling(value: Value) -> tuple[str, str]:
    return identifier(value), str(getattr(value, "language", "") or "")
