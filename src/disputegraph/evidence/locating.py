"""Find a quotation in its source text, tolerant of white space, quotation marks, dashes and ligatures."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from disputegraph.evidence.search import occurrences
from disputegraph.evidence.text import normalise

__all__ = ["Locator", "Places"]

_FOLD = {
    **dict.fromkeys("‘’‚‛′´`‹›ʼ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff", ""),  # soft hyphen, zero-width characters
    "…": "...",
    "ﬁ": "fi",
    "ﬂ": "fl",
}
_MARKS = "'\""
MOST_KEPT = 30_000_000
"""Code points of folded texts that are kept; with their places, some 300 MiB."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a quotation stands.

    Attributes:
        spans: start and end of each place, in code points of the normalised text.
        exact: whether the words stand there as they were given, and not only alike.
    """

    spans: tuple[tuple[int, int], ...]
    exact: bool


class Locator:
    """Finds quotations, and keeps what it made of each text, since the rows of a sheet jump between documents."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, array[int]]] = {}
        self._size = 0

    def locate(self, text: str, quote: str) -> Places:
        """Return where `quote` stands in `text`, which must be normalised.

        Words as given win; failing that, runs of white space count as one blank, and quotation marks, apostrophes,
        dashes and dots as their typewriter forms; failing that, quotation marks around the quote are left out.
        """
        words = normalise(quote).strip()
        if not words:
            return Places((), exact=True)
        if spans := tuple((start, start + len(words)) for start in occurrences(text, words)):
            return Places(spans, exact=True)
        folded, places = self._folded(text)
        sought = _fold(words)[0].strip()
        for candidate in dict.fromkeys((sought, sought.strip(_MARKS).strip())):
            if candidate and (starts := list(occurrences(folded, candidate))):
                last = len(candidate) - 1
                return Places(tuple((places[start], places[start + last] + 1) for start in starts), exact=False)
        return Places((), exact=False)

    def _folded(self, text: str) -> tuple[str, array[int]]:
        if text not in self._kept:
            if self._size + len(text) > MOST_KEPT:
                self._kept.clear()
                self._size = 0
            self._kept[text] = _fold(text)
            self._size += len(text)
        return self._kept[text]


def _fold(text: str) -> tuple[str, array[int]]:
    """Return `text` with variants made alike, and for each of its characters where it stood."""
    chars: list[str] = []
    places = array("L")
    blank = False
    for place, char in enumerate(text):
        if char.isspace():
            if not blank:
                chars.append(" ")
                places.append(place)
            blank = True
            continue
        form = _FOLD.get(char, char)
        if form:
            blank = False
            chars.extend(form)
            places.extend([place] * len(form))
    return "".join(chars), places
