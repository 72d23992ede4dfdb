"""How much of a source goes along with a quotation: nothing, its sentence, or its paragraph, within a bound."""

from __future__ import annotations

import re
from typing import Literal

ContextShown = Literal["none", "sentence", "paragraph"]
"""What of a source is shown around a quotation."""

CONTEXTS: tuple[ContextShown, ...] = ("none", "sentence", "paragraph")

_MOST = {"none": 0, "sentence": 240, "paragraph": 800}
"""Code points on each side of the quotation; what is longer is cut at a word, with an ellipsis."""

# A full stop after a title or a single letter ends no sentence.
_END = re.compile(
    r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bNo\.)(?<!\b[A-Z]\.)(?<=[.!?…])[\"'”’»)\]]*\s+|\n+"
)


def context_around(paragraph: str, start: int, end: int, shown: ContextShown = "sentence") -> tuple[str, str]:
    """Return the words before and after a quotation that go along with it.

    Args:
        paragraph: the paragraph it stands in.
        start: first code point of the quotation, counted in the paragraph.
        end: the code point after it.
        shown: how much is wanted.
    """
    if shown == "none":
        return "", ""
    left, right = 0, len(paragraph)
    if shown == "sentence":
        ends = [match.end() for match in _END.finditer(paragraph)]
        left = max((place for place in ends if place <= start), default=0)
        right = min((place for place in ends if place >= end), default=len(paragraph))
    most = _MOST[shown]
    return _last(paragraph[left:start].lstrip(), most), _first(paragraph[end:right].rstrip(), most)


def _first(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[:most]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut} …"


def _last(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[len(text) - most :]
    return f"… {cut[cut.find(' ') + 1 :]}"
