"""All triples by subject and value, for a page of each thing: queries for each would cost ten times as much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad

from disputegraph.site.thing_page import ThingTriples
from disputegraph.vocabulary import DCTERMS, DG, FOAF, RDFS, SKOS

_LABELS = (SKOS.prefLabel, RDFS.label, FOAF.name, DCTERMS.title, DG.paraphrase)


class TripleIndex:
    """The triples of a default graph."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._of: dict[Any, list[Quad]] = defaultdict(list)
        self._at: dict[Any, list[Quad]] = defaultdict(list)
        for quad in quads:
            self._of[quad.subject].append(quad)
            if isinstance(quad.object, NamedNode | BlankNode):
                self._at[quad.object].append(quad)

    def triples(self, node: NamedNode) -> ThingTriples:
        """Return the triples in which a thing stands; it is taken for no property."""
        return ThingTriples(
            [(quad.predicate, quad.object) for quad in self._of.get(node, ())],
            [(quad.predicate, quad.subject) for quad in self._at.get(node, ())],
            [],
        )

    def graph(self, node: NamedNode) -> list[Quad]:
        """Return its triples, those of blank nodes among its values, and what the other ends are called."""
        outgoing, incoming = self._of.get(node, []), self._at.get(node, [])
        found = dict.fromkeys([*outgoing, *incoming])
        for other in dict.fromkeys([*(quad.object for quad in outgoing), *(quad.subject for quad in incoming)]):
            about = self._of.get(other, ())
            found |= dict.fromkeys(quad for quad in about if isinstance(other, BlankNode) or quad.predicate in _LABELS)
        return list(found)
