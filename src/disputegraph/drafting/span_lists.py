"""Lists of spans put in order: joined, cut, and without what does not belong to the words at their ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disputegraph.drafting.draft_records import DraftSpan

_WORD = re.compile(r"\w")


def join_spans(spans: Sequence[DraftSpan], *, apart: int = 1) -> list[DraftSpan]:
    """Return spans in order, those joined between which no more than so many characters stand."""
    joined: list[DraftSpan] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + apart:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def cut_spans(spans: Sequence[DraftSpan], cut: Sequence[DraftSpan]) -> list[DraftSpan]:
    """Return spans without others."""
    kept = list(spans)
    for start, end in cut:
        kept = [
            piece
            for s, e in kept
            for piece in (((s, min(e, start)), (max(s, end), e)) if s < end and e > start else ((s, e),))
            if piece[0] < piece[1]
        ]
    return kept


def tidy_spans(
    text: str, spans: Sequence[DraftSpan], *, edges: str = "", apart: int = 0, words: bool = True
) -> list[DraftSpan]:
    """Return spans in order and joined, without white space at their ends; none is left empty.

    Args:
        text: the text.
        spans: the spans.
        edges: further characters that do not belong to what is said at its ends.
        apart: as for `join_spans`.
        words: leave out spans of marks alone.
    """
    trimmed = []
    for first, last in spans:
        start, end = first, last
        while end > start and (text[end - 1].isspace() or text[end - 1] in edges):
            end -= 1
        while start < end and (text[start].isspace() or text[start] in edges):
            start += 1
        if start < end and (not words or _WORD.search(text, start, end)):
            trimmed.append((start, end))
    return join_spans(trimmed, apart=apart)
