"""The pieces of a text that a parser reads one by one: paragraphs, bounded in length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.text_paragraphs import paragraph_spans

# A parser needs memory by the length of what it parses at once.
_LONGEST = 2_000
_FEW_LETTERS = 40
_MANY_CAPITALS = 0.7
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,40}(?:, [A-Z][\w.]+(?: \d{1,2})?){0,2},? ?(?:\([\w ./]+\))? ?(?:--|[-–—―]) "
)


def parser_pieces(text: str) -> list[DraftSpan]:
    """Return the pieces of a text that are parsed by themselves."""
    return [piece for start, end in paragraph_spans(text) for piece in _bounded(text, start, end)]


def as_parsed(piece: str) -> str:
    """Return a piece, in its length, as a parser reads it best: line ends as spaces, all capitals as small."""
    piece = re.sub(r"\s", " ", piece)
    letters = [char for char in piece if char.isalpha()]
    if len(letters) > _FEW_LETTERS and sum(char.isupper() for char in letters) > _MANY_CAPITALS * len(letters):
        piece = "".join(low if len(low := char.lower()) == 1 else char for char in piece)
    return piece


def _bounded(text: str, start: int, end: int) -> Iterator[DraftSpan]:
    """Yield a piece without its dateline, cut after a sentence where it is long."""
    if dateline := _DATELINE.match(text, start, end):
        start = dateline.end()
    while end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max(window.rfind(". "), window.rfind("\n")) + 1
        cut = cut if cut > _LONGEST // 2 else (window.rfind(" ") + 1 or _LONGEST)
        yield start, start + len(window[:cut].rstrip()) if window[:cut].strip() else start + cut
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
