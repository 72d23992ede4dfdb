"""Paragraphs of a text, whatever its lines are: one each, wrapped at a width, or parted by empty ones."""

from __future__ import annotations

import re
from itertools import pairwise

from disputegraph.drafting.draft_records import DraftSpan

_LINE = re.compile(r"[^\s][^\n]*")
_ENDED = re.compile(r"[.!?:…][\"”’'»)\]]{0,3}$")
_FEW = 2
_WIDTH = 100
"""Lines of a text that is wrapped are no longer."""
_WRAPPED = 0.5
"""At least this part of the lines of a text that is wrapped ends within a sentence."""
_SHORT = 0.75
"""A line that ends a paragraph is shorter than this part of the width, if no empty line tells it."""


def paragraph_spans(text: str) -> list[DraftSpan]:
    """Return the spans of the paragraphs of a text, in order, without white space at their ends.

    Each line is one, unless it breaks off in a sentence that the next one goes on with in small letters. But if the
    lines of a text are wrapped, empty lines part its paragraphs, or where it has none, lines that end early with a
    sentence.
    """
    lines = [_trimmed(text, *match.span()) for match in _LINE.finditer(text)]
    ended = [_ENDED.search(text, max(start, end - 4), end) is not None for start, end in lines]
    longest = max((end - start for start, end in lines), default=0)
    wrapped = longest <= _WIDTH and len(lines) > _FEW and sum(ended) <= (1 - _WRAPPED) * len(lines)
    empty = [text.count("\n", one[1], other[0]) > 1 for one, other in pairwise(lines)]
    parts = any(empty)
    found = lines[:1]
    for number, (start, end) in enumerate(lines[1:]):
        if not wrapped:
            goes_on = not empty[number] and not ended[number] and text[start].islower()
        elif parts:
            goes_on = not empty[number]
        else:
            goes_on = not ended[number] or lines[number][1] - lines[number][0] >= _SHORT * longest
        if goes_on:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _trimmed(text: str, start: int, end: int) -> DraftSpan:
    while text[end - 1].isspace():
        end -= 1
    return start, end
