"""What a graph says of each node, as the sheets need it: plain values by property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from disputegraph.importers.triples import term
from disputegraph.sparql import read_query_file
from disputegraph.store import Store

__all__ = ["Facts"]


class Facts:
    """The facts of one graph, from one query.

    Attributes:
        used: the (class, property) pairs that were asked for; what was not is not in the sheets.
    """

    def __init__(self, store: Store) -> None:
        self._nodes: dict[str, dict[str, list[str]]] = {}
        for solution in store.select(_query()):
            node, value = solution["node"], solution["value"]
            held = self._nodes.setdefault(_plain(node), {})
            held.setdefault(solution["property"].value, []).append(_plain(value))

    def of_class(self, *classes: str) -> list[str]:
        """Return the nodes of any of these classes (prefixed names), sorted."""
        wanted = {term(name).value for name in classes}
        rdf_type = term("rdf:type").value
        return sorted(node for node, held in self._nodes.items() if wanted & set(held[rdf_type]))

    def classes(self, node: str) -> set[str]:
        """Return the local names of a node's classes."""
        return {local(value) for value in self.all(node, "rdf:type")}

    def all(self, node: str, property_: str) -> list[str]:
        """Return the values of a property (a prefixed name), sorted; IRIs as they are, literals by their text."""
        return sorted(self._nodes.get(node, {}).get(term(property_).value, ()))

    def one(self, node: str, property_: str) -> str:
        """Return the first value of a property, or an empty text."""
        return min(self._nodes.get(node, {}).get(term(property_).value, ("",)))

    def label(self, node: str) -> str:
        """Return what a node is called: its label, else the end of its IRI."""
        return self.one(node, "skos:prefLabel") or self.one(node, "dcterms:title") or local(node)

    def other_properties(self, nodes: Iterable[str], handled: Iterable[str]) -> Counter[str]:
        """Return how often the nodes have properties beside those handled (prefixed names), by local name."""
        known = {term(name).value for name in handled} | {term("rdf:type").value}
        return Counter(
            local(property_)
            for node in nodes
            for property_, values in self._nodes.get(node, {}).items()
            if property_ not in known
            for _ in values
        )


def local(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rstrip("/#")[max(iri.rstrip("/#").rfind("#"), iri.rstrip("/#").rfind("/")) + 1 :]


def _plain(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


@cache
def _query() -> str:
    return read_query_file(Path(__file__).with_name("facts.rq")).text
