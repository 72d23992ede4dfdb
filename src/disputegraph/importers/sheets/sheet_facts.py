"""What a dispute says of each node, as the sheets need it: plain values by property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from disputegraph.model import Model, local_name

__all__ = ["SheetFacts"]


class SheetFacts:
    """The facts of a dispute by IRI and prefixed name."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._facts, self._text = model.facts, model.facts.terms.text

    def of_class(self, *classes: str) -> list[str]:
        """Return the nodes of any of these classes (prefixed names), sorted."""
        return sorted(map(self._text, self._facts.members(*classes).tolist()))

    def of_kind(self, *kinds: str) -> list[str]:
        """Return the nodes with a class that means one of these kinds, sorted."""
        return sorted(map(self._text, self.model.kinds.members(*kinds).tolist()))

    def all(self, node: str, name: str) -> list[str]:
        """Return the values of a property, sorted; IRIs as they are, literals by their text."""
        return self._facts.texts(self._facts.code(node), name)

    def one(self, node: str, name: str) -> str:
        """Return the first value of a property, or an empty text."""
        return self._facts.text(self._facts.code(node), name)

    def best(self, node: str, name: str) -> str:
        """Return the text of a property in the reader's language, or an empty text."""
        return self.model.labels.best(self._facts.code(node), name)

    def label(self, node: str) -> str:
        """Return what a node is called."""
        return self.model.labels[node]

    def aliases(self, node: str) -> list[str]:
        """Return all further names of a node."""
        return self.model.labels.others(self._facts.code(node))

    def other_properties(self, nodes: Iterable[str], handled: Iterable[str]) -> Counter[str]:
        """Return how often the nodes have properties beside those handled (prefixed names), by local name."""
        codes = self._facts.codes([*nodes])
        known = set(handled) | {"rdf:type"}
        found: Counter[str] = Counter()
        for iri in self._facts.properties():
            count = sum(map(len, self._facts.pairs(iri).lists(codes).values()))
            if count and self._facts.prefixed(iri) not in known:
                found[local_name(iri)] += count
        return found
