"""Quotation marks and a parser's tree united: a quotation is said whole, by whom the words beside it name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disputegraph.drafting.attitude_frames import frames_of
from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.spacy_tree import Attribution, noun_phrase, runs, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Told", "told_in_paragraph"]

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_PRONOUNS = frozenset(("he", "she", "they", "it", "who", "that", "which", "this", "one"))
_SELF = frozenset(("i", "we", "you", "me", "us", "my", "our", "your"))


@dataclass(slots=True)
class Told:
    """What is told to be said: places in the text.

    Attributes:
        content, source, cue: as in `Draft`.
        frame: in which frame of which word it was found, for whoever looks for errors.
        quoted: the numbers of the paragraph's quotations that it holds whole.
        head: the place of the word of saying, or of the quotation.
    """

    content: list[DraftSpan]
    source: list[DraftSpan]
    cue: list[DraftSpan]
    frame: str
    head: int
    quoted: set[int] = field(default_factory=set)
    direct: bool = False


def told_in_paragraph(doc: Doc, offset: int, found: Sequence[Attribution], quotes: Sequence[DraftSpan]) -> list[Told]:
    """Return what a paragraph tells to be said.

    Args:
        doc: the parsed paragraph.
        offset: where it begins in the text.
        found: what the tree tells.
        quotes: the places in the text of the words between quotation marks.
    """
    told = [
        Told(content, _places(doc, offset, a.source), _places(doc, offset, a.cue), f"{a.frame} {doc[a.cue[0]].lower_}",
             offset + doc[a.cue[0]].idx)
        for a in found
        if (content := _places(doc, offset, a.content))
    ]  # fmt: skip
    outside = [t for t in told if not any(s <= t.head < e for s, e in quotes)]
    inside = [t for t in told if any(s <= t.head < e for s, e in quotes)]
    taken: dict[int, Told] = {}
    for number, quote in enumerate(quotes):
        over = [t for t in outside if _overlap(t.content, quote)]
        if over:
            best = max(over, key=lambda t: (_speech(t), -_size(t.content)))
            for t in over:
                _unite(t, quote, quotes, number, t is best)
            taken[number] = best
    for number, quote in enumerate(quotes):
        if number in taken or len(_WORD.findall(doc.text[quote[0] - offset : quote[1] - offset])) < 2:
            continue
        cue = _cue_beside(doc, offset, quotes, number)
        if cue is not None:
            head, subject = cue
            place = offset + head.idx
            same = next((t for t in outside if t.head == place and t.quoted), None)
            if same is not None:
                same.content = _join([*same.content, quote])
                same.quoted.add(number)
                taken[number] = same
                continue
            source = _places(doc, offset, noun_phrase(subject)) if subject is not None else []
            outside = [t for t in outside if t.head != place or t.frame.startswith("them")]
            new = Told([quote], source, [(place, place + len(head))], f"beside {head.lower_}", place, {number}, True)
            outside.append(new)
            taken[number] = new
            continue
        before = taken.get(number - 1)
        if before is not None and _continues(doc, offset, quotes, number, before):
            before.content = _join([*before.content, quote])
            before.quoted.add(number)
            taken[number] = before
    every = [t for t in outside if t.content] + inside
    return [t for t in every if t not in inside and not _within(t, every) or _is_hearsay(doc, offset, t)]


def _within(told: Told, others: Sequence[Told]) -> bool:
    return any(o is not told and any(s <= told.head < e for s, e in o.content) for o in others)


def _is_hearsay(doc: Doc, offset: int, told: Told) -> bool:
    """Whether what stands within a quotation tells what somebody else says, not the speaker who thinks aloud."""
    if not told.source:
        return False
    words = [word for s, e in told.source for word in _WORD.findall(doc.text[s - offset : e - offset])]
    if (
        not words
        or not any(word[:1].isupper() for word in words)
        or (len(words) == 1 and words[0].lower() in _PRONOUNS)
        or {word.lower() for word in words} & _SELF
    ):
        return False
    frame, _, word = told.frame.partition(" ")
    found = frames_of("verb", word)
    return frame == "according" or (
        frame in {"clause", "before"}
        and found is not None
        and "saying" in found.kinds
        and "believing" not in found.kinds
    )


def _speech(told: Told) -> int:
    word = told.frame.rpartition(" ")[2]
    found = frames_of("verb", word)
    return int(found is not None and "quote" in found.frames) + int(told.frame.startswith(("before", "clause")))


def _unite(told: Told, quote: DraftSpan, quotes: Sequence[DraftSpan], number: int, best: bool) -> None:
    """Let content that holds much of a quotation hold all of it, and nothing else if little else stands there."""
    covered = sum(max(0, min(e, quote[1]) - max(s, quote[0])) for s, e in told.content)
    if not best and covered < 0.9 * (quote[1] - quote[0]):
        return
    told.content = _join([*told.content, quote])
    told.content = _without(told.content, told.cue + told.source) or told.content
    told.quoted.add(number)


def _cue_beside(doc: Doc, offset: int, quotes: Sequence[DraftSpan], number: int) -> tuple[Token, Token | None] | None:
    start, end = quotes[number]
    bound = quotes[number + 1][0] if number + 1 < len(quotes) else offset + len(doc.text)
    least = quotes[number - 1][1] if number else offset
    after = [t for t in doc if end <= offset + t.idx < bound]
    before = [t for t in doc if least <= offset + t.idx < start]
    ended = doc.text[end - 1 - offset] in ".!?" and not doc.text[end - offset : end - offset + 2].startswith(",")
    candidates: list[Token] = []
    for token in after[:16]:
        if token.text in {".", "!", "?", ";", ":"} and token.i > after[0].i + 1:
            break
        if token.text[:1].isupper() and ended and token.i > after[0].i and doc.text[end - 1 - offset] == ".":
            break
        if _quoting(token):
            candidates.append(token)
            break
    if not candidates:
        for token in reversed(before[-20:]):
            if token.text in {".", "!", "?"} and token.i < before[-1].i - 1:
                break
            if _quoting(token):
                candidates.append(token)
                break
    for head in candidates:
        return head, subject_of(head)
    if (
        doc.text[end - 1 - offset : end - offset] in {",", "?", "!"}
        or doc.text[end - offset : end - offset + 2].rstrip()[-1:] == ","
    ):
        for token in after[:9]:
            if token.text in {".", "!", ";", ":"}:
                break
            if token.tag_ in {"VBD", "VBZ", "VBP"} and any(
                c.dep_ == "nsubj" and offset + c.idx >= end for c in token.children
            ):
                return token, subject_of(token)
    if before and (
        before[-1].text == ":" or (len(before) > 1 and before[-1].is_punct and before[-2].text in {":", ","})
    ):
        for token in reversed(before[-30:]):
            if token.text in {".", "!", "?"}:
                break
            if (
                token.tag_ in {"VBD", "VBZ", "VBP"}
                and before[-1].text != ","
                and (subject := subject_of(token)) is not None
            ):
                return token, subject
    return None


def _quoting(token: Token) -> bool:
    if not token.tag_.startswith("VB"):
        return False
    found = frames_of("verb", token.lower_)
    return found is not None and "quote" in found.frames


def _continues(doc: Doc, offset: int, quotes: Sequence[DraftSpan], number: int, before: Told) -> bool:
    """Whether a quotation goes on with what the one before it says: ``"…," she said. "…"``."""
    last = quotes[number - 1][1]
    between = doc.text[last - offset : quotes[number][0] - offset]
    words = [m for m in _WORD.finditer(between)]
    named = [s for s in before.cue + before.source if s[0] >= last]
    own = sum(any(s <= last + m.start() < e for s, e in named) for m in words)
    if not named or len(words) - own > 40:
        return False
    return not re.search(r"[.!?]\W+\w", between.lstrip("”\"'’.,!?")) or len(words) - own <= 6


def _places(doc: Doc, offset: int, numbers: set[int] | list[int]) -> list[DraftSpan]:
    found: list[DraftSpan] = []
    for first, last in runs(numbers):
        while first <= last and (doc[first].is_punct or doc[first].is_space):
            first += 1
        while last >= first and (doc[last].is_punct or doc[last].is_space):
            last -= 1
        if first <= last:
            found.append((offset + doc[first].idx, offset + doc[last].idx + len(doc[last])))
    return found


def _join(spans: Sequence[DraftSpan]) -> list[DraftSpan]:
    joined: list[DraftSpan] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(spans: Sequence[DraftSpan], cut: Sequence[DraftSpan]) -> list[DraftSpan]:
    kept = list(spans)
    for start, end in cut:
        kept = [
            piece
            for s, e in kept
            for piece in (((s, min(e, start)), (max(s, end), e)) if s < end and e > start else ((s, e),))
            if piece[0] < piece[1]
        ]
    return kept


def _overlap(spans: Sequence[DraftSpan], other: DraftSpan) -> int:
    return sum(max(0, min(e, other[1]) - max(s, other[0])) for s, e in spans)


def _size(spans: Sequence[DraftSpan]) -> int:
    return sum(e - s for s, e in spans)
