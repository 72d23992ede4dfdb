"""What follows from the data by the ontology: super-classes, super-properties, inverses, and the voice of an utterance.

Of RDFS and OWL 2 RL these are the rules cax-sco, scm-sco, prp-spo1, scm-spo, prp-inv1, prp-inv2 and prp-symp, with
equivalent classes and properties as sub-classes and sub-properties of each other. Domains, ranges and chains say
nothing here. The axioms are those of the ontology's parts, but for the alignment, and those in the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from disputegraph.resources import axiom_files
from disputegraph.sparql import QueryTerms
from disputegraph.vocabulary import DG, OWL, RDF, RDFS

INFERRED = NamedNode("urn:x-disputegraph:inferred")
"""The graph that holds what was inferred, beside the data; a query that does not infer never sees it."""

_VOICES = {
    DG.voice.value: (DG.speaker.value, DG.onBehalfOf.value),
    DG.reportedVoice.value: (DG.reportedSpeaker.value, DG.reportedOnBehalfOf.value),
}
"""The property of who spoke, and of for whom, by the property of whose voice it is."""

_NO_IRI = re.compile(r"""[<>"{}|^`\\\x00-\x20]""")
_AXIOMS = (
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf,
)  # fmt: skip


class Source(NamedTuple):
    """A property of which another follows; `inverse` when it does so the other way round."""

    property: str
    inverse: bool


@dataclass(frozen=True, slots=True)
class Axioms:
    """What follows from what.

    Attributes:
        sub_classes: of a class, the classes whose nodes are its nodes too.
        sources: of a property, the properties of which it follows; of `dg:voice` those that are no matter of a rule.
    """

    sub_classes: Mapping[str, frozenset[str]]
    sources: Mapping[str, frozenset[Source]]


@cache
def _ontology() -> tuple[Quad, ...]:
    return tuple(quad for path in axiom_files() for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE))


@cache
def ontology_terms() -> frozenset[str]:
    """Return the IRIs of all that the ontology says something of."""
    return frozenset(quad.subject.value for quad in _ontology() if isinstance(quad.subject, NamedNode))


def axioms_of(engine: pyoxigraph.Store | None) -> Axioms:
    """Return the axioms of the ontology, and of the data where there are any, together."""
    default = DefaultGraph()
    symmetric = OWL.SymmetricProperty
    quads = [quad for quad in _ontology() if quad.predicate in _AXIOMS or quad.object == symmetric]
    if engine is not None:
        for predicate in _AXIOMS:
            quads += engine.quads_for_pattern(None, predicate, None, default)
        quads += engine.quads_for_pattern(None, RDF.type, symmetric, default)
    classes: dict[Source, set[Source]] = {}
    properties: dict[Source, set[Source]] = {_straight(voice): set() for voice in _VOICES}
    for quad in quads:
        sub, over = quad.subject, quad.object
        if not isinstance(sub, NamedNode) or not isinstance(over, NamedNode):
            continue  # class expressions are not followed
        if _NO_IRI.search(sub.value) or _NO_IRI.search(over.value):
            continue  # what would be more than an IRI in an update; strict parsers let none through
        one, other = _straight(sub.value), _straight(over.value)
        if quad.predicate in (RDFS.subClassOf, OWL.equivalentClass):
            classes.setdefault(other, set()).add(one)
            if quad.predicate == OWL.equivalentClass:
                classes.setdefault(one, set()).add(other)
        elif quad.predicate in (RDFS.subPropertyOf, OWL.equivalentProperty):
            properties.setdefault(other, set()).add(one)
            if quad.predicate == OWL.equivalentProperty:
                properties.setdefault(one, set()).add(other)
        else:
            other = one if quad.predicate == RDF.type else other
            properties.setdefault(one, set()).add(Source(other.property, inverse=True))
            properties.setdefault(other, set()).add(Source(one.property, inverse=True))
    return Axioms(
        {iri.property: frozenset(sub.property for sub in _closed(classes, iri)) for iri in classes},
        {iri.property: _closed(properties, iri) for iri in properties},
    )


def _straight(iri: str) -> Source:
    return Source(iri, inverse=False)


def _closed(below: Mapping[Source, Iterable[Source]], top: Source) -> frozenset[Source]:
    """Return all that leads to `top`, in however many steps."""
    found: set[Source] = set()
    ahead = [top]
    while ahead:
        here = ahead.pop()
        for name, inverse in below.get(_straight(here.property), ()):
            step = Source(name, inverse != here.inverse)
            if step not in found and step != top:
                found.add(step)
                ahead.append(step)
    return frozenset(found)


def infer_for(engine: pyoxigraph.Store, terms: QueryTerms, done: set[str]) -> None:
    """Add to the graph `INFERRED` whatever a query with these terms may match.

    Args:
        engine: a store that is written to, and whose default graph holds the data.
        terms: what the query names.
        done: the classes and properties that were inferred before; those that are now are added.
    """
    rules = _Rules(engine, axioms_of(engine))
    for name in rules.axioms.sub_classes:
        if (name in terms.classes or terms.any_class or terms.any_property) and name not in done:
            done.add(name)
            rules.insert_class(name)
    for name in rules.axioms.sources:
        if (name in terms.named or terms.any_property) and name not in done:
            done.add(name)
            rules.insert_property(name)


class _Rules:
    """The axioms as SPARQL updates, which leave out what the data do not have: that is most of their time."""

    def __init__(self, engine: pyoxigraph.Store, axioms: Axioms) -> None:
        self._engine, self.axioms = engine, axioms

    def insert_class(self, name: str) -> None:
        """Give a class to the nodes of its sub-classes."""
        ways = [f"{{ ?s a <{sub}> }}" for sub in sorted(self.axioms.sub_classes[name]) if self._has(RDF.type, sub)]
        self._insert(f"?s a <{name}>", " UNION ".join(ways), said=self._has(RDF.type, name))

    def insert_property(self, name: str) -> None:
        """Give a property to the pairs of those that it follows from."""
        self._insert(f"?s <{name}> ?o", self._pattern(name, own=False), said=self._has(NamedNode(name)))

    def _has(self, predicate: NamedNode, value: str | None = None) -> bool:
        term = None if value is None else NamedNode(value)
        return next(self._engine.quads_for_pattern(None, predicate, term, DefaultGraph()), None) is not None

    def _insert(self, triple: str, pattern: str, *, said: bool) -> None:
        if pattern:
            # What is said stands in one graph only, for the engine would find it twice in two.
            but = f"MINUS {{ {triple} }}" if said else ""
            self._engine.update(f"INSERT {{ GRAPH {INFERRED} {{ {triple} }} }} WHERE {{ {{ {pattern} }} {but} }}")

    def _pattern(
        self, name: str, subject: str = "?s", value: str = "?o", *, own: bool = True, voices: bool = True
    ) -> str:
        """Return a pattern for what follows for a property.

        With `own` also for what is said with it; without `voices` but for what follows from whose voice it is.
        """
        ways = []
        for source in sorted({*self.axioms.sources.get(name, ()), _straight(name)}):
            one, other = (value, subject) if source.inverse else (subject, value)
            if (own or source != _straight(name)) and self._has(NamedNode(source.property)):
                ways.append(f"{{ {one} <{source.property}> {other} }}")
            if source.property in _VOICES and voices:
                ways.append(self._voice_pattern(source.property, one, other))
        return " UNION ".join(filter(None, ways))

    def _voice_pattern(self, name: str, utterance: str, voice: str) -> str:
        """Return a pattern for voices: on whose behalf it was said, else the speaker."""
        # Data that make dg:voice a sub-property of one of the two would lead back here.
        speaker, holder = _VOICES[name]
        speakers, holders = (self._pattern(said, utterance, voice, voices=False) for said in (speaker, holder))
        if not speakers or not holders:
            return speakers or holders
        others = self._pattern(holder, utterance, "?holder", voices=False)
        return f"{{ {holders} }} UNION {{ {{ {speakers} }} MINUS {{ {others} }} }}"
