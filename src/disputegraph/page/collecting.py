"""What the page reads from a store: three SELECT queries, asked through the store interface only.

The queries ask for one class at a time and take its properties as they come, so that what a coder adds beyond the
ontology is shown too. User data is loaded without the ontology; no query relies on inference.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode

from disputegraph.store import Store
from disputegraph.vocabulary import PREFIXES

__all__ = ["ACTOR_KINDS", "KINDS", "Anchor", "Node", "Value", "anchors", "iri", "labels", "local_name", "nodes"]

_QUERIES = Path(__file__).with_name("queries")

Value = NamedNode | BlankNode | Literal

ACTOR_KINDS: tuple[str, ...] = (
    "dg:Person",
    "dg:UnnamedSource",
    "dg:NewsOrganization",
    "dg:HospitalTrust",
    "dg:Organization",
    "dg:Collective",
    "dg:Actor",
    "foaf:Person",
    "foaf:Organization",
    "foaf:Group",
    "foaf:Agent",
    "org:FormalOrganization",
    "org:OrganizationalUnit",
    "org:Organization",
)
"""Classes of actors, the more special first: a node's kind is the first that it has."""

KINDS: tuple[str, ...] = (
    *ACTOR_KINDS,
    "dg:Hospital",
    "dg:IndustrialAction",
    "dg:Negotiation",
    "dg:Event",
    "dg:Proposal",
    "dg:Agreement",
    "dg:Provision",
    "dg:Issue",
    "org:Post",
    "org:Role",
)
"""Classes of everything that is drawn or listed, apart from claims and what is said."""


@dataclass(slots=True)
class Node:
    """A node with its properties, by prefixed name where the prefix is a well-known one."""

    id: str
    properties: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))

    def all(self, name: str) -> list[str]:
        """Return the values of a property as text, sorted."""
        values = self.properties.get(name)
        if not values:
            return []
        return [text(values[0])] if len(values) == 1 else sorted({text(value) for value in values})

    def one(self, name: str) -> str:
        """Return the first value of a property as text, or an empty string."""
        found = self.all(name)
        return found[0] if found else ""

    def best(self, name: str) -> str:
        """Return the value of a property in the reader's language: English, then untagged, then any."""
        literals = [value for value in self.properties.get(name, ()) if isinstance(value, Literal)]
        return min(literals, key=_preference).value if literals else ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of a document that attests a node; offsets in Unicode code points, None where they are not given."""

    document: str
    start: int | None
    end: int | None
    digest: str


def nodes(store: Store, kind: str) -> dict[str, Node]:
    """Return the nodes of the class with the prefixed name `kind`, by identifier, sorted."""
    found: dict[str, Node] = {}
    names: dict[str, str] = {}
    for row in store.select(_query("properties"), bindings={"class": NamedNode(iri(kind))}):
        node, prop, value = row[0], row[1].value, row[2]
        known = found.get(key := identifier(node))
        if known is None:
            known = found[key] = Node(key)
        name = names.get(prop)
        if name is None:
            name = names[prop] = prefixed(prop)
        known.properties[name].append(value)
    return dict(sorted(found.items()))


def labels(store: Store) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the label of every named node, and its other names.

    The label is the preferred one before any other property, and in English before no language before any.
    """
    rank = {name: place for place, name in enumerate(("skos:prefLabel", "rdfs:label", "foaf:name", "schema:name"))}
    named: dict[str, list[tuple[int, tuple[int, str, str], str]]] = defaultdict(list)
    for row in store.select(_query("labels")):
        if isinstance(row[2], Literal):
            name = prefixed(row[1].value)
            named[identifier(row[0])].append((rank.get(name, 9), _preference(row[2]), row[2].value))
    best = {key: min(found)[2] for key, found in named.items()}
    others = {
        key: sorted({label for _, _, label in found} - {best[key]}) for key, found in named.items() if len(found) > 1
    }
    return best, {key: found for key, found in others.items() if found}


def anchors(store: Store) -> dict[str, list[Anchor]]:
    """Return the anchors of every attested node, in the order of the text."""
    found: dict[str, list[Anchor]] = defaultdict(list)
    for row in store.select(_query("anchors")):
        anchor = Anchor(identifier(row[1]), _number(row[2]), _number(row[3]), row[4].value if row[4] else "")
        if anchor not in found[key := identifier(row[0])]:
            found[key].append(anchor)
    for spans in found.values():
        spans.sort(key=lambda anchor: (anchor.document, anchor.start or 0, anchor.end or 0, anchor.digest))
    return dict(found)


def iri(name: str) -> str:
    """Return the IRI that a prefixed name of a well-known vocabulary stands for."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def prefixed(address: str) -> str:
    """Return the prefixed name of an IRI, or the IRI itself where its namespace is not a well-known one."""
    for prefix, namespace in PREFIXES.items():
        if address.startswith(namespace):
            return f"{prefix}:{address[len(namespace) :]}"
    return address


def local_name(address: str) -> str:
    """Return what stands behind the last ``#``, ``/`` or ``:`` of an IRI or prefixed name."""
    tail = address.rstrip("/#")
    return max((tail.rpartition(mark)[2] for mark in "#/:"), key=lambda part: -len(part)) or address


def identifier(term: object) -> str:
    """Return the text by which the page knows a node."""
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))


def text(value: Value) -> str:
    """Return the text of a literal, or the identifier of a node."""
    return value.value if isinstance(value, Literal) else identifier(value)


def _query(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _preference(literal: Literal) -> tuple[int, str, str]:
    language = (literal.language or "").lower()
    if language == "en":
        return 0, "", literal.value
    if language.startswith("en-"):
        return 1, language, literal.value
    return (2 if not language else 3), language, literal.value


def _number(value: Value | None) -> int | None:
    try:
        return int(value.value) if isinstance(value, Literal) else None
    except ValueError:
        return None
