"""One long quotation as drafts of its sentences: each makes its own claim, by the same speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from disputegraph.drafting.draft_records import Draft, DraftSpan
from disputegraph.drafting.text_sentences import sentence_spans

_WORD = re.compile(r"\w+")
_SHORT = 3
"""A sentence of fewer words ("No.", "We will.") stays with the one before it."""
_ENDED = re.compile(r"[.!?…][\"”’'»“)\]]*$")
_MARKS = "\"“”„«»‘’'` \t\r\n"


def split_by_sentence(drafts: Sequence[Draft], text: str) -> list[Draft]:
    """Return the drafts of a text, those of several quoted sentences as one draft a sentence.

    Source, cue, kind and speaker are those of the whole. What was told inside a draft is then inside the sentence that
    holds it. Words that nobody quotes stay one draft: there the reporter has summed up.

    Args:
        drafts: the drafts; ``inside`` counts in this list, and in the one that is returned.
        text: their text.
    """
    parts = [list(_parts(text, draft)) for draft in drafts]
    first = [0]
    for one in parts:
        first.append(first[-1] + len(one))
    found: list[Draft] = []
    for draft, contents in zip(drafts, parts, strict=True):
        inside = draft.inside
        if inside is not None:
            place = draft.content[0][0]
            held = (n for n, part in enumerate(parts[inside]) if any(s <= place < e for s, e in part))
            inside = first[inside] + next(held, 0)
        found += [replace(draft, content=content, inside=inside) for content in contents]
    return found


def _parts(text: str, draft: Draft) -> Iterator[tuple[DraftSpan, ...]]:
    if draft.kind != "direct":
        yield draft.content
        return
    held: list[DraftSpan] = []
    for start, end in _sentences(text, draft.content):
        # Between two spans stands a cue, which may break a sentence: "We will," she said, "go on."
        if held and _ENDED.search(text[held[0][0] : held[-1][1]]) and _words(text, [(start, end)]) >= _SHORT:
            yield _bare(text, held, draft)
            held = []
        if held and _ENDED.search(text[held[-1][0] : held[-1][1]]) and not text[held[-1][1] : start].strip():
            held[-1] = held[-1][0], end
        else:
            held.append((start, end))
    if held:
        yield _bare(text, held, draft)


def _sentences(text: str, content: Sequence[DraftSpan]) -> Iterator[DraftSpan]:
    for span in content:
        yield from sentence_spans(text, paragraphs=[span])


def _words(text: str, spans: Iterable[DraftSpan]) -> int:
    return sum(1 for start, end in spans for _ in _WORD.finditer(text, start, end))


def _bare(text: str, spans: Sequence[DraftSpan], draft: Draft) -> tuple[DraftSpan, ...]:
    """Return spans without a quotation mark at their ends that has lost its partner."""
    if list(spans) == list(draft.content):
        return draft.content
    found = []
    for start, end in spans:
        first, last = start, end
        while first < last and text[first] in _MARKS:
            first += 1
        while last > first and text[last - 1] in _MARKS:
            last -= 1
        if first < last:
            found.append((first, last))
    return tuple(found) or tuple(spans)
