"""Find a quotation in its source text, tolerant of white space, quotation marks, dashes and ligatures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from disputegraph.evidence.search import occurrences
from disputegraph.evidence.text import normalise

__all__ = ["Places", "locate"]

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


@dataclass(frozen=True, slots=True)
class Places:
    """Where a quotation stands.

    Attributes:
        spans: start and end of each place, in code points of the normalised text.
        exact: whether the words stand there as they were given, and not only alike.
    """

    spans: tuple[tuple[int, int], ...]
    exact: bool


def locate(text: str, quote: str) -> Places:
    """Return where `quote` stands in `text`, which must be normalised.

    Words as given win; failing that, runs of white space count as one blank, and quotation marks, apostrophes,
    dashes and dots as their typewriter forms; failing that, quotation marks around the quote are left out.
    """
    words = normalise(quote).strip()
    if not words:
        return Places((), exact=True)
    if spans := tuple((start, start + len(words)) for start in occurrences(text, words)):
        return Places(spans, exact=True)
    folded, places = _folded(text)
    sought, _ = _fold(words)
    for candidate in dict.fromkeys((sought.strip(), sought.strip().strip(_MARKS).strip())):
        if candidate and (
            spans := tuple(
                (places[start], places[start + len(candidate) - 1] + 1) for start in occurrences(folded, candidate)
            )
        ):
            return Places(spans, exact=False)
    return Places((), exact=False)


@lru_cache(maxsize=128)
def _folded(text: str) -> tuple[str, list[int]]:
    return _fold(text)


def _fold(text: str) -> tuple[str, list[int]]:
    """Return `text` with variants made alike, and for each of its characters where it stood."""
    chars: list[str] = []
    places: list[int] = []
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
