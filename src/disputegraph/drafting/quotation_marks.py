"""Quotations in a text, by their marks alone: pairs of all sorts, over paragraphs that re-open, and unbalanced ones.

A paragraph bounds what a mark can open, but for a quotation that goes on: by the printers' rule its paragraph is not
closed, and the next one opens again. So a mark that nobody closed spoils one paragraph and never the pages after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disputegraph.drafting.draft_records import DraftSpan

__all__ = ["Quotation", "paragraph_spans", "quotations"]

_MARK = re.compile(r"[“”\"«»„‟]|''|``|[‘’‚'´`]")
_PARAGRAPH = re.compile(r"\S(?:[^\n]*[^\s])?(?:[ \t\r]*\n[ \t\r]*\S(?:[^\n]*[^\s])?)*")
_LINE = re.compile(r"\S(?:[^\n]*[^\s])?")
_ENDS = ".!?…:”\"'’)»"
_CLOSERS = {"“": "”“\"", "„": "“”", "«": "»", "»": "«", '"': '"', "''": ("''",), "``": ("''", '"'), "‘": "’", "‚": "‘’", "'": "'"}
_OPENERS = frozenset("“„«‘‚") | {"``"}
_SINGLE = frozenset("‘’‚'´`")


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


def paragraph_spans(text: str) -> list[DraftSpan]:
    """Return the paragraphs of a text: what empty lines part, and, unless its lines are wrapped, each line.

    Lines are wrapped if most of them end within a sentence.
    """
    lines = [match.span() for match in _LINE.finditer(text)]
    ended = sum(text[end - 1] in _ENDS for _, end in lines)
    return lines if 2 * ended >= len(lines) else [match.span() for match in _PARAGRAPH.finditer(text)]


def quotations(text: str, paragraphs: list[DraftSpan] | None = None) -> list[Quotation]:
    """Return the outermost quotations of a text, in order of their places.

    A single mark counts where it cannot be an apostrophe, and only in a paragraph that has no double ones: there it is
    a quotation in a quotation, which is part of the outer one.
    """
    found: list[Quotation] = []
    goes_on: tuple[str, list[DraftSpan], list[DraftSpan]] | None = None
    for start, end in paragraph_spans(text) if paragraphs is None else paragraphs:
        held = list(_in_paragraph(text, start, end))
        if goes_on is not None:
            mark, spans, inner = goes_on
            goes_on = None
            if held and held[0][0] == start and held[0][4] == mark:
                first, last, a, b, _, closed = held.pop(0)
                spans, inner = [*spans, (first, last)], [*inner, (a, b)]
                if not closed and last == end:
                    goes_on = mark, spans, inner
                    continue
                found.append(Quotation(tuple(spans), tuple(inner), closed))
            else:
                found.append(Quotation(tuple(spans), tuple(inner), False))
        for number, (first, last, a, b, mark, closed) in enumerate(held):
            if not closed and number == len(held) - 1:
                goes_on = mark, [(first, last)], [(a, b)]
            else:
                found.append(Quotation(((first, last),), ((a, b),), closed))
    if goes_on is not None:
        found.append(Quotation(tuple(goes_on[1]), tuple(goes_on[2]), False))
    return found


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int, str, bool]]:
    """Yield start and end with marks, start and end without, the mark that opens, and whether it is closed."""
    marks = [(m.start(), m.end(), m.group()) for m in _MARK.finditer(text, start, end)]
    double = [mark for mark in marks if mark[2] not in _SINGLE]
    yield from _pairs(text, start, end, double or marks)


def _pairs(
    text: str, start: int, end: int, marks: list[tuple[int, int, str]]
) -> Iterator[tuple[int, int, int, int, str, bool]]:
    opened: tuple[int, int, str] | None = None
    for first, last, mark in marks:
        if opened is None:
            if _may_open(text, start, end, first, last, mark):
                opened = first, last, mark
        elif mark in _CLOSERS[opened[2]] and _may_close(text, start, end, first, last, mark, opened[2]):
            if text[opened[1] : first].strip():
                yield opened[0], last, *_trimmed(text, opened[1], first), opened[2], True
            opened = None
        elif mark == opened[2] and mark not in _SINGLE and first > opened[0] and text[first - 1] in " \n([—–-":
            opened = first, last, mark  # opened twice: the first was a slip
    if opened is not None and opened[2] not in _SINGLE and text[opened[1] : end].strip():
        yield opened[0], end, *_trimmed(text, opened[1], end), opened[2], False


def _trimmed(text: str, start: int, end: int) -> DraftSpan:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _may_open(text: str, start: int, end: int, first: int, last: int, mark: str) -> bool:
    after = text[last : last + 1] if last < end else ""
    before = text[first - 1] if first > start else ""
    if mark in {"’", "´", "`", "”", "‟"}:
        return False
    if mark in _OPENERS and mark not in _SINGLE:
        return bool(after)
    if not after or after.isspace():
        return False
    if mark in _SINGLE:
        return not before.isalnum() and (after.isalpha() or after in "[…$£€") and not _elided(text, last)
    return not before.isalnum() or mark == "«"


def _may_close(text: str, start: int, end: int, first: int, last: int, mark: str, opener: str) -> bool:
    before = text[first - 1] if first > start else ""
    after = text[last : last + 1] if last < end else ""
    if mark in _SINGLE:
        # An apostrophe stands between letters, or ends a plural's possessive.
        return not after.isalnum() and (before in ",.!?…)]%" or before.isalnum())
    if mark == "“" and opener == "“":
        return not after.isalnum()  # typed so by mistake
    if mark in {'"', "''"}:
        return not after.isalnum() or not before.isspace()
    return True


def _elided(text: str, last: int) -> bool:
    """Whether a mark stands for letters that are left out: 'em, 'tis, 'n', '90s."""
    return re.match(r"(?:em|til|tis|twas|cause|round|n)\b|\d", text[last : last + 6], re.I) is not None
