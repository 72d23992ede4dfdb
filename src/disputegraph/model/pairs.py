"""A property as pairs of numbers: which subjects have which values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from disputegraph.model.term_codes import Codes, TermCodes

Places = NDArray[np.intp]

_NONE: list[int] = []


@dataclass(frozen=True, eq=False)
class Pairs:
    """The distinct (subject, value) pairs of a property.

    Attributes:
        subjects: the subjects, ascending.
        values: their values; those of one subject in code point order of their texts.
    """

    subjects: Codes
    values: Codes

    def __len__(self) -> int:
        return len(self.subjects)

    def first(self, nodes: Codes) -> Codes:
        """Return for each node its first value, -1 for a node without one (or for -1)."""
        place = np.searchsorted(self.subjects, nodes)
        found = np.full(len(nodes), -1, dtype=np.int32)
        inside = place < len(self.subjects)
        inside[inside] = self.subjects[place[inside]] == nodes[inside]
        found[inside] = self.values[place[inside]]
        return found

    def of(self, node: int) -> list[int]:
        """Return all values of one node, which are not to be changed."""
        return self._by_subject.get(node, _NONE)

    @cached_property
    def _by_subject(self) -> dict[int, list[int]]:
        # Made when a node is first asked for: a look-up in it costs a tenth of a search in the columns.
        found: dict[int, list[int]] = {}
        for subject, value in zip(self.subjects.tolist(), self.values.tolist(), strict=True):
            found.setdefault(subject, []).append(value)
        return found

    def expand(self, nodes: Codes) -> tuple[Places, Codes]:
        """Return every value of every node, as places in `nodes` and values, in the order of the nodes."""
        starts, ends = (np.searchsorted(self.subjects, nodes + shift) for shift in (0, 1))
        counts = ends - starts
        places = np.repeat(np.arange(len(nodes), dtype=np.intp), counts)
        within = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
        return places, self.values[np.repeat(starts, counts) + within]

    def lists(self, nodes: Codes) -> dict[int, list[int]]:
        """Return the values of those places in `nodes` whose node has some."""
        found: dict[int, list[int]] = {}
        for place, value in zip(*(part.tolist() for part in self.expand(nodes)), strict=True):
            found.setdefault(place, []).append(value)
        return found

    def swapped(self, terms: TermCodes) -> Pairs:
        """Return the pairs of the inverse property."""
        return pairs_of(self.values, self.subjects, terms)

    def kept(self, chosen: NDArray[np.bool_]) -> Pairs:
        """Return the chosen pairs only."""
        return Pairs(self.subjects[chosen], self.values[chosen])


def pairs_of(subjects: Codes, values: Codes, terms: TermCodes) -> Pairs:
    """Return pairs in order, each once."""
    order = np.lexsort((values, subjects))
    subjects, values = subjects[order], values[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (subjects[1:] != subjects[:-1]) | (values[1:] != values[:-1])
    subjects, values = subjects[fresh], values[fresh]
    same = np.zeros(len(subjects), dtype=bool)
    same[1:] = subjects[1:] == subjects[:-1]
    several = same.copy()
    several[:-1] |= same[1:]
    places = np.flatnonzero(several)
    if len(places):
        texts, spelt = terms.texts, terms.spelt
        # Literals that differ in language alone stand in the order of their languages.
        sought = sorted(
            zip(subjects[places].tolist(), values[places].tolist(), strict=True),
            key=lambda pair: (pair[0], texts[pair[1]], spelt[pair[1]]),
        )
        values[places] = [value for _, value in sought]
    return Pairs(subjects, values)


def joined(parts: Iterable[Pairs], terms: TermCodes) -> Pairs:
    """Return the pairs of several properties as those of one."""
    held: Sequence[Pairs] = [part for part in parts if len(part)]
    if len(held) == 1:
        return held[0]
    none = np.empty(0, dtype=np.int32)
    return pairs_of(
        np.concatenate([none, *(part.subjects for part in held)]),
        np.concatenate([none, *(part.values for part in held)]),
        terms,
    )
