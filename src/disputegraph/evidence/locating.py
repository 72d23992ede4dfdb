"""Find a quotation in its source text, tolerant of white space, quotation marks, dashes, ligatures and hyphenation."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from disputegraph.evidence.search import occurrences
from disputegraph.evidence.text import normalise


class _Forms(dict[str, str]):
    """What each character counts as; those not listed are looked up in Unicode once."""

    def __missing__(self, char: str) -> str:
        form = char
        if unicodedata.category(char) == "Cf" and not "\u0600" <= char <= "\u08e2":  # but signs of Arabic and Syriac
            form = ""
        elif unicodedata.decomposition(char).startswith(
            ("<compat>", "<wide>", "<narrow>", "<font>", "<square>", *_ARABIC)
        ):
            form = "".join(self[part] for part in unicodedata.normalize("NFKC", char) if not part.isspace())
        self[char] = form
        return form


_ARABIC = ("<initial>", "<medial>", "<final>", "<isolated>")
# Superscripts, subscripts and fractions stay what they are: 10² is not 102.
_FOLD = _Forms(
    {
        **dict.fromkeys("‘’‚‛′´`‹›ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u061c\ufe00\ufe0e\ufe0f", ""),  # a mark of direction, choices of glyphs
        "…": "...",
    }
)
_LINE_END = re.compile(r"(?<=\w)[\u00ad‐‑-][^\S\n]*\n\s*(?=\w)")
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
        self._kept: dict[tuple[str, str | None], tuple[str, array[int]]] = {}
        self._size = 0

    def locate(self, text: str, quote: str) -> Places:
        """Return where `quote` stands in `text`, which must be normalised.

        Words as given win; failing that, runs of white space count as one blank, and quotation marks, apostrophes,
        dashes, dots and ligatures as their typewriter forms, and characters that are not seen do not count; failing
        that, quotation marks around the quote are left out; failing that, a hyphen at the end of a line and the line
        end do not count, and failing that, such a line end.
        """
        words = normalise(quote).strip()
        if not words:
            return Places((), exact=True)
        if spans := tuple((start, start + len(words)) for start in occurrences(text, words)):
            return Places(spans, exact=True)
        sought = _fold(words)[0].strip()
        candidates = [each for each in dict.fromkeys((sought, sought.strip(_MARKS).strip())) if each]
        for hyphen in (None, "", "-") if _LINE_END.search(text) else (None,):
            folded, places = self._folded(text, hyphen)
            for candidate in candidates:
                if starts := list(occurrences(folded, candidate)):
                    last = len(candidate) - 1
                    return Places(tuple((places[start], places[start + last] + 1) for start in starts), exact=False)
        return Places((), exact=False)

    def _folded(self, text: str, hyphen: str | None) -> tuple[str, array[int]]:
        if (text, hyphen) not in self._kept:
            if self._size + len(text) > MOST_KEPT:
                self._kept.clear()
                self._size = 0
            self._kept[text, hyphen] = _fold(text, hyphen)
            self._size += len(text)
        return self._kept[text, hyphen]


def _fold(text: str, hyphen: str | None = None) -> tuple[str, array[int]]:
    """Return `text` with variants made alike, and for each of its characters where it stood."""
    chars: list[str] = []
    places = array("L")
    blank = False
    ends = {} if hyphen is None else {found.start(): found.end() for found in _LINE_END.finditer(text)}
    skipped = 0
    for place, char in enumerate(text):
        if place in ends:
            skipped = ends[place]
            chars.extend(hyphen or "")
            places.extend([place] * len(hyphen or ""))
        if place < skipped:
            continue
        if char.isspace():
            if not blank:
                chars.append(" ")
                places.append(place)
            blank = True
            continue
        form = _FOLD[char]
        if form:
            blank = False
            chars.extend(form)
            places.extend([place] * len(form))
    return "".join(chars), places
