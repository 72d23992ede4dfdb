"""What nodes are called: the one rule for it.

`skos:prefLabel` goes before `rdfs:label`, `foaf:name`, `schema:name`, `dcterms:title` and `skos:altLabel`; within a
property the reader's language before its regional forms, before no language, before any other; of several the first in
code point order. A node without any of these is called by its shortened IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

import numpy as np

from disputegraph.model.facts import Facts
from disputegraph.model.properties import NAMING


def local_name(iri: str) -> str:
    """Return an IRI shortened to what stands behind its last ``#``, ``/`` or ``:``, or itself if nothing does."""
    return re.split(r"[#/:]", iri.rstrip("/#"))[-1] or iri


def language_rank(language: str, reader: str = "en") -> int:
    """Return how near a language is to the reader's: 0 the same, 1 a regional form, 2 none, 3 any other.

    Args:
        language: a language tag, empty for none.
        reader: the reader's language, as a tag in small letters.
    """
    language = language.lower()
    if language == reader:
        return 0
    if language.startswith(reader + "-"):
        return 1
    return 3 if language else 2


class NodeLabels:
    """The labels of the nodes of some facts.

    Args:
        facts: where the names stand.
        language: the reader's language, as a tag such as ``en``.
    """

    def __init__(self, facts: Facts, language: str = "en") -> None:
        self._facts, self.language = facts, language.lower()

    def of(self, code: int) -> str:
        """Return the label of a node by its number."""
        chosen, texts = self._of(code), self._facts.terms.texts
        return texts[chosen] if chosen >= 0 else local_name(texts[code] if code >= 0 else "")

    def __getitem__(self, node: str) -> str:
        self._facts.need(*NAMING)  # first, since a node has no number before it is read
        code = self._facts.code(node)
        return self.of(code) if code >= 0 else local_name(node)

    def named(self, node: str) -> bool:
        """Return whether a node has a name, so that its label is not its shortened IRI."""
        self._facts.need(*NAMING)
        return self.is_named(self._facts.code(node))

    def is_named(self, code: int) -> bool:
        """Return the same by the number of a node."""
        return self._of(code) >= 0

    def _of(self, code: int) -> int:
        return self._chosen[code] if 0 <= code < len(self._chosen) else -1

    def others(self, code: int) -> list[str]:
        """Return all further names of a node, in code point order."""
        return sorted({name for name in self._facts.texts(code, *NAMING) if name.strip()} - {self.of(code)})

    def names(self) -> Iterable[tuple[str, str]]:
        """Yield every (name, node) there is."""
        pairs = self._facts.pairs(*NAMING)
        text, is_node = self._facts.terms.text, self._facts.terms.is_node
        for node, name in zip(pairs.subjects.tolist(), pairs.values.tolist(), strict=True):
            if not is_node(name):
                yield text(name), text(node)

    def best(self, code: int, *properties: str) -> str:
        """Return the text that a node has of the first of these properties it has, in the reader's language."""
        for name in properties:
            values = [value for value in self._facts.pairs(name).of(code) if not self._facts.terms.is_node(value)]
            if values:
                return self._facts.terms.text(min(values, key=self._rank))
        return ""

    @cached_property
    def _chosen(self) -> list[int]:
        """The number of the literal that each node is called by, -1 for none."""
        self._facts.need(*NAMING)
        naming = [self._facts.pairs(name) for name in NAMING]  # read first: reading makes new numbers
        chosen = np.full(len(self._facts.terms.spelt), -1, dtype=np.int32)
        texts, is_node = self._facts.terms.texts, self._facts.terms.is_node
        for pairs in reversed(naming):
            names = pairs.kept(np.array([not is_node(c) and not texts[c].isspace() and texts[c] != ""
                                         for c in pairs.values.tolist()], dtype=bool))  # fmt: skip
            ranks = np.fromiter(map(self._rank, names.values.tolist()), dtype=np.int32, count=len(names))
            # Sorted by code point already; of one rank the first in that order stays the first.
            order = np.lexsort((np.arange(len(ranks)), ranks, names.subjects))[::-1]
            chosen[names.subjects[order]] = names.values[order]  # of repeated nodes the last assignment stays
        return chosen.tolist()

    def _rank(self, literal: int) -> int:
        return language_rank(self._facts.terms.language(literal), self.language)
