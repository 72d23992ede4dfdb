"""What can be said of each kind of thing, as one table: for forms, for Python, and for sheets."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from disputegraph.model.kinds import iri_of
from disputegraph.resources import ontology_file
from disputegraph.vocabulary import DG, PREFIXES, RDFS, SKOS

_ACTIONS = "https://w3id.org/disputegraph/action"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLAIMED_KINDS = ("Arrangement", "Provision", "PlannedAction", "Event", "IndustrialAction", "Negotiation", "Ballot")


@dataclass(frozen=True, slots=True)
class EntryField:
    """One thing that can be said.

    Attributes:
        name: its word in forms, Python and sheets.
        predicate: the property, as a prefixed name.
        value: what its values are; see `forms.toml`.
        many: whether there may be several.
    """

    name: str
    predicate: str
    value: str
    many: bool

    @property
    def iri(self) -> str:
        """The property's IRI."""
        return iri_of(self.predicate)

    @property
    def scheme(self) -> str | None:
        """The scheme of its concepts, such as ``polarity``; None where values are no concepts."""
        return self.value.partition(":")[2] if self.value.startswith("concept:") else None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of which its nodes are; empty where any will do, and where values are no nodes."""
        if not self.value.startswith("node:"):
            return ()
        groups = _table()["groups"]
        return tuple(kind for name in self.value[5:].split("|") for kind in groups.get(name, [name]))

    @property
    def is_node(self) -> bool:
        """Whether its values are nodes of the dispute."""
        return self.value == "node" or self.value.startswith("node:")


@dataclass(frozen=True, slots=True)
class EntryForm:
    """A kind of thing, and what can be said of one.

    Attributes:
        kind: the local name of its class.
        classes: the classes of a new node, as prefixed names, the telling one first.
        fields: in the order of a form.
    """

    kind: str
    classes: tuple[str, ...]
    fields: Mapping[str, EntryField]


@cache
def entry_fields() -> Mapping[str, EntryField]:
    """Return all fields by name."""
    return MappingProxyType(
        {name: EntryField(name, row[0], row[1], row[2:] == ["many"]) for name, row in _table()["fields"].items()}
    )


@cache
def entry_forms() -> Mapping[str, EntryForm]:
    """Return the forms by kind."""
    fields = entry_fields()
    return MappingProxyType(
        {
            kind: EntryForm(kind, tuple(classes), MappingProxyType({name: fields[name] for name in names.split()}))
            for kind, (classes, names) in _table()["kinds"].items()
        }
    )


def concepts_of(value: str) -> tuple[str, ...]:
    """Return the IRIs among which a field chooses, in the ontology's order; none where it does not choose.

    Args:
        value: an `EntryField.value`: ``concept:SCHEME``, ``weekday`` or ``class``.
    """
    if value == "weekday":
        return tuple(PREFIXES["schema"] + day for day in _WEEKDAYS)
    if value == "class":
        return tuple(PREFIXES["dg"] + kind for kind in _CLAIMED_KINDS)
    if value == "concept:action":
        return ontology_words().schemes.get(_ACTIONS, ())
    if value.startswith("concept:"):
        return ontology_words().schemes.get(DG.term(f"{value[8:]}-scheme").value, ())
    return ()


@dataclass(frozen=True, slots=True)
class OntologyWords:
    """What the ontology calls its terms.

    Attributes:
        labels: by IRI and language.
        definitions: by IRI and language.
        schemes: the concepts of each scheme, in the order of the file.
    """

    labels: Mapping[tuple[str, str], str]
    definitions: Mapping[tuple[str, str], str]
    schemes: Mapping[str, tuple[str, ...]]


@cache
def ontology_words() -> OntologyWords:
    """Return the labels, definitions and schemes of the ontology's files, English and German."""
    labels: dict[tuple[str, str], str] = {}
    definitions: dict[tuple[str, str], str] = {}
    schemes: dict[str, list[str]] = {}
    for part in ("core", "health", "actions", "german"):
        for quad in pyoxigraph.parse(path=ontology_file(part), format=RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode):
                continue
            if quad.predicate == SKOS.inScheme and isinstance(value, NamedNode):
                schemes.setdefault(value.value, []).append(subject.value)
            elif isinstance(value, Literal) and quad.predicate in (SKOS.prefLabel, RDFS.label):
                labels.setdefault((subject.value, value.language or ""), value.value)
            elif isinstance(value, Literal) and quad.predicate == SKOS.definition:
                definitions.setdefault((subject.value, value.language or ""), value.value)
    return OntologyWords(labels, definitions, {scheme: tuple(found) for scheme, found in schemes.items()})


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("forms.toml").read_text(encoding="utf-8"))
