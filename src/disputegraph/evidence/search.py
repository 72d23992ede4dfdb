"""Search a text for a span of which only the length and the SHA-256 are known.

Each window of that length is hashed, the nearest to where the span used to stand first. One hit tells the words, and
from then on plain text search tells how often they occur, so that a span is never called re-found when it is ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from disputegraph.errors import LimitError
from disputegraph.evidence.text import digest

Status = Literal["verified", "re-found", "ambiguous", "lost"]
"""verified: the span has its digest; re-found: once, elsewhere; ambiguous: several times elsewhere; lost: nowhere."""


@dataclass(slots=True)
class Budget:
    """How many code points may still be hashed; the default is about a minute of work."""

    left: int = 20_000_000_000
    per_window: int = 400  # what hashing one window costs beside its length, in code points

    def spend(self, windows: int, length: int) -> None:
        """Take the cost of hashing that many windows; raises LimitError when nothing is left."""
        self.left -= windows * (length + self.per_window)
        if self.left < 0:
            raise LimitError(
                "too many anchors were to be searched in texts that differ from those they were made from. "
                "Name the folder with the right texts, or check fewer documents at a time."
            )


@dataclass(frozen=True, slots=True)
class Found:
    """Where a span was found.

    Attributes:
        start: its first code point, of several the nearest to where it was expected.
        times: how often the same words stand in the text.
    """

    start: int
    times: int

    def status(self, recorded: int) -> Status:
        """Return what this says of a span that was recorded to start at a place."""
        return "verified" if self.start == recorded else "re-found" if self.times == 1 else "ambiguous"


def find_span(text: str, start: int, end: int, sha256: str, budget: Budget) -> Found | None:
    """Return where the span of length ``end - start`` with that digest stands nearest to `start`, or None."""
    length = end - start
    if length <= 0 or start < 0 or length > len(text):
        return None
    target = sha256.lower()
    if end <= len(text) and digest(text[start:end]) == target:
        return Found(start, 1)
    hashed = 0
    hit = None
    for place in _outwards(min(start, len(text) - length), len(text) - length):
        hashed += 1
        if digest(text[place : place + length]) == target:
            hit = place
            break
        if hashed % 4096 == 0:
            budget.spend(4096, length)
    budget.spend(hashed % 4096, length)
    if hit is None:
        return None
    places = list(occurrences(text, text[hit : hit + length]))
    return Found(min(places, key=lambda place: (abs(place - start), place)), len(places))


def occurrences(text: str, words: str) -> Iterator[int]:
    """Yield every place where `words` stand in `text`, overlapping ones too."""
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _outwards(middle: int, last: int) -> Iterator[int]:
    """Yield 0 … `last`, the nearest to `middle` first."""
    yield middle
    for step in range(1, last + 1):
        if middle - step >= 0:
            yield middle - step
        if middle + step <= last:
            yield middle + step
