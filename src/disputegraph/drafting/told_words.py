"""What a parsed paragraph tells to be said, as places in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.spacy_tree import Attribution, runs

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Told:
    """What is told to be said.

    Attributes:
        content: as in `Draft`.
        source: as in `Draft`.
        cue: as in `Draft`.
        frame: in which frame it was found.
        word: the word of saying, in small letters.
        head: the place of that word.
        quoted: the numbers of the paragraph's quotations that it holds.
    """

    content: list[DraftSpan]
    source: list[DraftSpan]
    cue: list[DraftSpan]
    frame: str
    word: str
    head: int
    quoted: set[int] = field(default_factory=set)


def told_by(doc: Doc, offset: int, found: Attribution) -> Told:
    """Return an attribution with places in the text instead of numbers of tokens."""
    word = doc[found.cue[0]]
    return Told(
        places_of(doc, offset, found.content),
        places_of(doc, offset, found.source),
        places_of(doc, offset, found.cue),
        found.frame,
        word.lower_,
        offset + word.idx,
    )


def places_of(doc: Doc, offset: int, numbers: Iterable[int]) -> list[DraftSpan]:
    """Return the places of tokens in the text, in runs without punctuation at their ends."""
    found: list[DraftSpan] = []
    for first, last in runs(numbers):
        words = [number for number in range(first, last + 1) if not (doc[number].is_punct or doc[number].is_space)]
        if words:
            found.append((offset + doc[words[0]].idx, offset + doc[words[-1]].idx + len(doc[words[-1]])))
    return found
