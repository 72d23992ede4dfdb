"""Sentences as the rules read them: the words outside quotations, each quotation being one piece."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from disputegraph.drafting.attitude_frames import Frames, frames_of
from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.quotation_marks import Quotation
from disputegraph.drafting.text_sentences import sentence_spans

WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_ASKED = re.compile(r"[?!…][”\"’']{1,3}$")
_LONGEST = 1_000
"""Characters that a sentence has at most; anything longer is read in parts."""
_TABLE = Path(__file__).with_name("rule_words.toml")


@cache
def rule_words(name: str) -> frozenset[str]:
    """Return a list of words of ``rule_words.toml``."""
    return frozenset(tomllib.loads(_TABLE.read_text(encoding="utf-8"))[name].split())


@cache
def prepositions_of(verb: str) -> frozenset[str]:
    """Return the prepositions that bring what a verb says."""
    return frozenset(tomllib.loads(_TABLE.read_text(encoding="utf-8"))["prepositional"].get(verb, "").split())


class Token(NamedTuple):
    """A word: its place, the word, and the word in small letters."""

    start: int
    end: int
    word: str
    lower: str


@dataclass(slots=True)
class Said:
    """What a sentence tells to be said: places in the text; `direct` if it is a quotation with what belongs to it."""

    content: list[DraftSpan]
    source: DraftSpan | None
    cue: DraftSpan | None
    direct: bool = False


@dataclass(slots=True)
class Unit:
    """A sentence.

    Attributes:
        text: the whole text.
        start, end: where the sentence stands in it.
        tokens: its words outside quotations.
        quotes: its quotations.
        used: the numbers of words that are a cue already.
    """

    text: str
    start: int
    end: int
    tokens: list[Token]
    quotes: list[Quotation]
    used: set[int] = field(default_factory=set)

    def gap(self, index: int) -> str:
        """Return what stands between a word and the one before it, quotations included."""
        start = self.tokens[index - 1].end if index else self.start
        return self.text[start : self.tokens[index].start]

    def lower(self, index: int) -> str:
        """Return a word in small letters; an empty text beyond the last."""
        return self.tokens[index].lower if index < len(self.tokens) else ""

    def place(self, index: int) -> DraftSpan:
        """Return where a word stands."""
        return self.tokens[index].start, self.tokens[index].end

    def take(self, index: int) -> DraftSpan:
        """Return where a word stands, which is a cue from now on."""
        self.used.add(index)
        return self.place(index)

    def first_from(self, place: int) -> int:
        """Return the number of the first word at or after a place."""
        return next((i for i, token in enumerate(self.tokens) if token.start >= place), len(self.tokens))

    def ends_before(self, index: int) -> bool:
        """Whether a sentence or half of one ends before a word, which no point of an abbreviation does."""
        gap = self.gap(index)
        if ";" in gap or ":" in gap or "?" in gap:
            return True
        before = self.tokens[index - 1].word if index else ""
        short = (0 < len(before) <= 4 and before[0].isupper()) or ")" in gap  # noqa: PLR2004
        return "." in gap and not short

    def quoting(self, index: int) -> bool:
        """Whether a word may stand with direct speech."""
        lower = self.tokens[index].lower
        found: Frames | None = frames_of("verb", f"{lower}+{self.lower(index + 1)}") or frames_of("verb", lower)
        return found is not None and "quote" in found.frames

    def quote_follows(self, index: int) -> bool:
        """Whether a quotation begins right after a word."""
        end = self.tokens[index].end
        return any(0 <= quote.start - end <= 2 for quote in self.quotes)  # noqa: PLR2004  # a comma and a space


def rule_units(text: str, paragraphs: list[DraftSpan], quotes: list[Quotation]) -> Iterator[Unit]:
    """Yield the sentences of a text.

    Args:
        text: the text.
        paragraphs: its paragraphs.
        quotes: its quotations, in which no sentence ends.
    """
    pieces = [span for quote in quotes for span in quote.spans]
    starts = [start for start, _ in pieces]
    held = [quote.start for quote in quotes]
    for start, end in _bounded(text, _joined(text, sentence_spans(text, paragraphs=paragraphs, whole=quotes)), pieces):
        tokens = []
        at, place = start, max(0, bisect_right(starts, start) - 1)
        while at < end:
            first, last = pieces[place] if place < len(pieces) else (end, end)
            for match in WORD.finditer(text, at, min(first, end)):
                word = match.group()
                tokens.append(Token(match.start(), match.end(), word, word.lower()))
            at, place = max(at, last), place + 1
        within = quotes[bisect_right(held, start - 1) : bisect_right(held, end - 1)]
        yield Unit(text, start, end, tokens, within)


def _joined(text: str, sentences: list[DraftSpan]) -> Iterator[DraftSpan]:
    """Yield the sentences, one that ends in a question or a cry joined with who asks it (``"Why?" she asked.``)."""
    held: DraftSpan | None = None
    for start, end in sentences:
        if held is not None and "\n" not in text[held[1] : start] and _ASKED.search(text, held[0], held[1]):
            words = WORD.findall(text, start, min(end, start + 60))[:5]
            if any((found := frames_of("verb", word.lower())) and "quote" in found.frames for word in words):
                held = held[0], end
                continue
        if held is not None:
            yield held
        held = start, end
    if held is not None:
        yield held


def _bounded(text: str, sentences: Iterator[DraftSpan], pieces: list[DraftSpan]) -> Iterator[DraftSpan]:
    """Yield the sentences, very long ones in parts that end at a space and cut no quotation."""
    starts = [start for start, _ in pieces]
    for start, end in sentences:
        first = start
        while end - first > _LONGEST:
            cut = text.rfind(" ", first + 1, first + _LONGEST)
            cut = cut if cut > first else first + _LONGEST
            place = bisect_right(starts, cut) - 1
            if place >= 0 and cut < pieces[place][1]:
                cut = pieces[place][1]
            if cut >= end:
                break
            yield first, cut
            first = cut
        yield first, end
