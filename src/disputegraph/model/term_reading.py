"""Numbers of terms as what a record holds: nodes with their labels, words of schemes, texts."""

from __future__ import annotations

from disputegraph.model.facts import Facts
from disputegraph.model.node_labels import NodeLabels, local_name
from disputegraph.model.pairs import Pairs
from disputegraph.model.records import Ref
from disputegraph.model.term_codes import Codes


class TermReading:
    """Reads terms by their numbers.

    Attributes:
        facts: the facts it is read from.
        labels: what nodes are called.
    """

    def __init__(self, facts: Facts, labels: NodeLabels) -> None:
        self.facts, self.labels = facts, labels
        self._refs: dict[int, Ref] = {}

    def ref(self, code: int) -> Ref | None:
        """Return the node of a number with its label, or None for -1."""
        return self._node(code) if code >= 0 else None

    def _node(self, code: int) -> Ref:
        ref = self._refs.get(code)
        if ref is None:
            ref = self._refs[code] = Ref(self.labels.of(code), self.facts.terms.texts[code])
        return ref

    def word(self, code: int) -> str | None:
        """Return a term of a scheme by its local name, such as ``affirms``; None for -1."""
        return local_name(self.facts.terms.text(code)) if code >= 0 else None

    def words(self, name: str, nodes: Codes) -> list[str | None]:
        """Return the first value that each node has of a property, as a word."""
        codes = self.facts.first(name, nodes).tolist()
        known = {code: self.word(code) for code in set(codes)}
        return [known[code] for code in codes]

    def _ref_lists(self, pairs: Pairs, nodes: Codes) -> dict[int, tuple[Ref, ...]]:
        places, values = (part.tolist() for part in pairs.expand(nodes))
        found: dict[int, tuple[Ref, ...]] = {}
        for place, code in zip(places, values, strict=True):
            held, ref = found.get(place), (self._node(code),)
            found[place] = ref if held is None else tuple(sorted(held + ref))
        return found

    def best(self, name: str, nodes: Codes) -> list[str]:
        """Return a text of each node in the reader's language."""
        held, text = self.facts.pairs(name).lists(nodes), self.facts.terms.text
        best = {
            place: text(values[0]) if len(values) == 1 else self.labels.best(int(nodes[place]), name)
            for place, values in held.items()
        }
        return [best.get(place, "") for place in range(len(nodes))]
