"""Which drafts stand inside others (hearsay), and whether words are quoted, reported or both."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind

_WORD = re.compile(r"\w+")
_LOOKED_AT = 64
"""So many contents that begin before a draft are looked at for one that holds it: none is nested deeper."""


def quotation_kind(text: str, content: Sequence[DraftSpan], quoted: Sequence[DraftSpan]) -> Kind:
    """Return whether words are quoted, in the reporter's own words, or both.

    Args:
        text: the text.
        content: the words.
        quoted: what stands between quotation marks in the text, in order, none overlapping.
    """
    inside = outside = 0
    for start, end in content:
        number = max(0, bisect_right(quoted, (start, start)) - 1)
        at = start
        while at < end:
            while number < len(quoted) and quoted[number][1] <= at:
                number += 1
            first, last = quoted[number] if number < len(quoted) else (end, end)
            outside += _words(text, at, min(first, end))
            inside += _words(text, max(first, at), min(last, end))
            at = max(at, min(last, end)) if last > at else end
    return "indirect" if not inside else "mixed" if outside else "direct"


def nested(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, in order of their places, each with the number of the one in whose content it is told.

    Told inside another is what stands there whole, with its cue: "He said *she had told him that it was so*." Where
    several hold it, it is inside the smallest.
    """
    ordered = sorted(drafts, key=lambda draft: (draft.content[0][0], -draft.content[-1][1]))
    spans = sorted((start, end, number) for number, draft in enumerate(ordered) for start, end in draft.content)
    found = []
    for number, draft in enumerate(ordered):
        own = [*draft.content, *draft.cue, *draft.source]
        first, last = min(start for start, _ in own), max(end for _, end in own)
        reach = bisect_left(spans, (first + 1,))
        held = [
            (end - start, other)
            for start, end, other in spans[max(0, reach - _LOOKED_AT) : reach]
            if other != number and end >= last and (draft.cue or draft.source)
        ]
        found.append(replace(draft, inside=min(held)[1] if held else None))
    return found


def _words(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _WORD.finditer(text, start, end)) if end > start else 0
