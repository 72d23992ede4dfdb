"""Quotations in a text, by their marks alone: pairs of all sorts, over paragraphs that re-open, and unbalanced ones.

A paragraph bounds what a mark can open, but for a quotation that goes on: by the printers' rule its paragraph is not
closed, and the next one opens again. So a mark that nobody closed spoils one paragraph and never the pages after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.text_paragraphs import paragraph_spans

_MARK = re.compile(r"[“”\"«»„‟]|''|``|[‘’‚'´`]")
_CLOSERS = {
    "“": "”“",
    "”": "”",  # these open only by mistake
    "‟": "”",
    "’": "",
    "´": "",
    "„": "“”",
    "«": "»",
    "»": "«",
    '"': '"',
    "''": ("''",),
    "``": ("''", '"'),
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
    "`": "'’´",
}
_SINGLE = frozenset("‘’‚'´`")
_ELIDED = re.compile(r"(?:em|til|tis|twas|cause|round|bout|n|ere|nuff)\b|\d", re.IGNORECASE)
"""What follows a mark that stands for letters that are left out: 'em, 'tis, 'n', '90s."""
_PLURAL = re.compile(r"[sSxXzZ]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    Attributes:
        spans: the words with their marks, one span a paragraph.
        inner: the words without them.
        closed: whether the mark that closes it is there.
    """

    spans: tuple[DraftSpan, ...]
    inner: tuple[DraftSpan, ...]
    closed: bool

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.spans[-1][1]


@dataclass(slots=True)
class _Piece:
    """What a quotation has in one paragraph."""

    span: DraftSpan
    inner: DraftSpan
    mark: str
    closed: bool


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    mark: str
    opens: bool
    closes: bool
    surely: bool
    """If it closes: whether it can only do that, and is not the apostrophe of a plural."""


def quotations(text: str, paragraphs: list[DraftSpan] | None = None) -> list[Quotation]:
    """Return the outermost quotations of a text, in order of their places; those in a quotation are part of it."""
    found: list[Quotation] = []
    held: list[_Piece] = []  # of a quotation that its last paragraph has not closed
    for start, end in paragraph_spans(text) if paragraphs is None else paragraphs:
        for number, piece in enumerate(_in_paragraph(text, start, end)):
            if held and (number or (piece.span[0], piece.mark) != (start, held[-1].mark)):
                found.extend(_ended(held))
                held = []
            held.append(piece)
            if piece.closed:
                found.extend(_ended(held))
                held = []
        if held and held[-1].span[1] != end:
            found.extend(_ended(held))
            held = []
    found.extend(_ended(held))
    return found


def _ended(pieces: list[_Piece]) -> Iterator[Quotation]:
    if pieces and not pieces[-1].closed and pieces[-1].mark in _SINGLE:
        pieces = pieces[:-1]  # an apostrophe, as it seems
    if pieces:
        yield Quotation(tuple(p.span for p in pieces), tuple(p.inner for p in pieces), pieces[-1].closed)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[_Piece]:
    """Yield the outermost quotations of a paragraph; the last may be open."""
    marks = [_read(text, start, end, match) for match in _MARK.finditer(text, start, end)]
    partners = _partners_of_single(marks)
    balanced = {mark for mark in {one.mark for one in marks} if _is_balanced(marks, mark)}
    only_single = all(one.mark in _SINGLE for one in marks)
    at = 0
    while at < len(marks):
        one = marks[at]
        if not one.opens:
            at += 1
            continue
        if one.mark in _SINGLE:
            partner = partners[at]
            if partner is None and not (one.start == start and only_single):
                at += 1
                continue
            first, last = one, partner
        else:
            first, last = _partner_of_double(marks, at, nests=one.mark in balanced)
        close = None if last is None else marks[last]
        inner = _trimmed(text, first.end, end if close is None else close.start)
        if inner[0] < inner[1]:
            yield _Piece((first.start, end if close is None else close.end), inner, first.mark, close is not None)
        at = len(marks) if last is None else last + 1


def _partners_of_single(marks: list[_Mark]) -> list[int | None]:
    """Return for each single mark that opens which one closes it: never over half of a pair of double ones.

    What may be the apostrophe of a plural closes only if nothing else does: "the workers' pay is low,' she said".
    """
    found: list[int | None] = [None] * len(marks)
    doubles = [0]
    for one in marks:
        doubles.append(doubles[-1] + (one.mark not in _SINGLE))
    closer: int | None = None
    for number in range(len(marks) - 1, -1, -1):
        one = marks[number]
        if one.mark not in _SINGLE:
            continue
        if one.closes and (one.surely or closer is None):
            closer = number
        elif one.opens:
            if closer is not None and (doubles[closer] - doubles[number]) % 2 == 0:
                found[number] = closer
            closer = None
    return found


def _is_balanced(marks: list[_Mark], mark: str) -> bool:
    """Return whether as many open with a mark as close what it opens, so that one within another is no slip."""
    opening = sum(one.opens and not one.closes for one in marks if one.mark == mark)
    return opening == sum(one.closes for one in marks if one.mark in _CLOSERS[mark])


def _partner_of_double(marks: list[_Mark], at: int, *, nests: bool) -> tuple[_Mark, int | None]:
    """Return the mark that opens, and the number of the one that closes it."""
    opened, depth = marks[at], 0
    for number in range(at + 1, len(marks)):
        one = marks[number]
        if one.mark in _CLOSERS[opened.mark] and one.closes:
            if not depth:
                return opened, number
            depth -= 1
        elif one.mark == opened.mark and one.opens:
            if nests:
                depth += 1  # a quotation in the quotation, with the same marks
            else:
                opened = one  # nobody closed the one before
    # “They knew," she said: a straight mark closes what a curly one has opened, where no curly one does
    straight = opened.mark == "“" and not any(one.mark == "”" for one in marks[at + 1 :])
    ends = (n for n in range(at + 1, len(marks)) if marks[n].mark == '"' and marks[n].closes and not marks[n].opens)
    return opened, next(ends, None) if straight else None


def _read(text: str, start: int, end: int, match: re.Match[str]) -> _Mark:
    first, last, mark = match.start(), match.end(), match.group()
    before = text[first - 1] if first > start else " "
    after = text[last] if last < end else " "
    word_after, parted = after.isalnum(), before.isspace()
    if mark in _SINGLE:
        opens = not before.isalnum() and mark not in "’´" and (after.isalpha() or after in '[…$£€“"')
        closes = not word_after and mark not in "‚`" and (before.isalnum() or before in ',.!?…)]%”"—-')
        surely = after != " " or not _PLURAL.match(before)
        return _Mark(first, last, mark, opens and not _ELIDED.match(text, last), closes, surely)
    if mark in {'"', "''"}:
        opens = not after.isspace() and not before.isalnum()
        return _Mark(first, last, mark, opens, not word_after or not parted, True)
    if mark in "”‟":
        return _Mark(first, last, mark, parted and word_after, True, True)
    if mark in "«»":
        return _Mark(first, last, mark, not after.isspace() or mark == "«", True, True)
    closes = mark == "“" and not parted and not word_after  # typed so by mistake, or in German
    return _Mark(first, last, mark, last < end, closes, True)


def _trimmed(text: str, start: int, end: int) -> DraftSpan:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
