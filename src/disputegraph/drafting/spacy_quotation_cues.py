"""Beside a quotation: the verb that tells that it is said, who speaks, and whether it goes on with the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from disputegraph.drafting.attitude_frames import frames_of
from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.spacy_tree import RELATIVES, subject_of
from disputegraph.drafting.told_words import Told

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_SENTENCE_END = frozenset((".", "!", "?"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP"))
# How many tokens from a quotation its cue may stand, and how many words may part it from one that it goes on with.
_AFTER, _NEXT, _BEFORE, _UNKNOWN_BEFORE, _APART = 16, 9, 20, 30, 45
# The end of a sentence, but for abbreviations, which are short.
_ENDED = re.compile(
    r"(?:[a-z]{5,}|\d|\b(?:on|in|it|day|ago|year|him|her|them|said|show|over))[.!?][”\"'’]*\s+(?=[A-Z])"
)


class QuotationCues:
    """A parsed paragraph with its quotations.

    Attributes:
        doc: the parsed paragraph.
        offset: where it begins in the text.
        quotes: the places in the text of the words between quotation marks.
    """

    def __init__(self, doc: Doc, offset: int, quotes: Sequence[DraftSpan]) -> None:
        self.doc, self.offset, self.quotes = doc, offset, quotes
        self._text = doc.text  # which spaCy puts together anew each time it is asked
        self._token_at = {offset + token.idx: token for token in doc} if quotes else {}

    def text(self, start: int, end: int) -> str:
        """Return words of the paragraph by their places in the text."""
        return self._text[max(0, start - self.offset) : max(0, end - self.offset)]

    def quoted(self, place: int) -> bool:
        """Whether a place is within a quotation."""
        return any(start <= place < end for start, end in self.quotes)

    def beside(self, number: int) -> Token | None:
        """Return the verb that tells that a quotation is said: after it, before it, else a verb not of saying."""
        start, end = self.quotes[number]
        after, before = list(self._following(number)), list(self._preceding(number))
        ended = self.text(end - 1, end) == "."
        for token in after[:_AFTER]:
            if token.text in {".", "!", "?", ";", ":"} and token.i > after[0].i + 1:
                break
            if ended and token.text[:1].isupper() and token.i > after[0].i:
                break
            if _quoting(token):
                return token
        for token in before[:_BEFORE]:
            if token.text in _SENTENCE_END:
                break
            if _quoting(token):
                return token
        return self._unknown_after(end, after) or self._unknown_before(start, before)

    def _unknown_after(self, end: int, after: Sequence[Token]) -> Token | None:
        """Return the verb of ``"…," she riffed``."""
        if self.text(end - 1, end) not in {",", "?", "!"} and self.text(end, end + 2).rstrip()[-1:] != ",":
            return None
        for token in after[:_NEXT]:
            if token.text in {".", "!", ";", ":"}:
                return None
            if token.tag_ in _FINITE and any(
                c.dep_ == "nsubj" and self.offset + c.idx >= end and c.lower_ not in RELATIVES for c in token.children
            ):
                return token
        return None

    def _unknown_before(self, start: int, before: Sequence[Token]) -> Token | None:
        """Return the verb of ``She had a short answer: "…"``."""
        if ":" not in self.text(start - 3, start):
            return None
        for token in before[:_UNKNOWN_BEFORE]:
            if token.text in _SENTENCE_END:
                return None
            if token.tag_ in _FINITE and subject_of(token) is not None:
                return token
        return None

    def _following(self, number: int) -> Iterator[Token]:
        """Yield the tokens after a quotation, up to the next one."""
        end = self.quotes[number][1]
        bound = self.quotes[number + 1][0] if number + 1 < len(self.quotes) else end + len(self._text)
        first = self._first_from(end)
        for token in self.doc[first : first + _AFTER]:
            if self.offset + token.idx >= bound:
                return
            yield token

    def _preceding(self, number: int) -> Iterator[Token]:
        """Yield the tokens before a quotation, the nearest first, back to the one before."""
        least = self.quotes[number - 1][1] if number else self.offset
        first = self._first_from(self.quotes[number][0])
        for token in reversed(self.doc[max(0, first - _UNKNOWN_BEFORE) : first]):
            if self.offset + token.idx < least:
                return
            yield token

    def _first_from(self, place: int) -> int:
        """Return the number of the first token at or after a place."""
        low, high = 0, len(self.doc)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.offset + self.doc[middle].idx < place else (low, middle)
        return low

    def speaker_of(self, head: Token) -> Token | None:
        """Return who speaks, outside quotations: a parser may take a word of the quotation for the subject."""
        subject = subject_of(head)
        return self.speaker_outside(head) if subject is None or self.quoted(self.offset + subject.idx) else subject

    def speaker_outside(self, head: Token) -> Token | None:
        """Return who speaks by the words outside quotations: a verb's subject, else the noun after the verb."""
        for verb in (head, *head.ancestors):
            for child in verb.children:
                named = child.dep_ == "nsubj" or (child.dep_ in {"dobj", "appos"} and child.i == head.i + 1)
                if named and not self.quoted(self.offset + child.idx):
                    return child
        for token in self.doc[head.i + 1 : head.i + 7]:
            if token.is_punct or self.quoted(self.offset + token.idx):
                return None
            if token.tag_ in _NOUNS and token.dep_ != "compound":
                return token
        return None

    def token_at(self, place: int) -> Token:
        """Return the token that begins at a place of the text."""
        return self._token_at[place]

    def is_set_off(self, number: int) -> bool:
        """Whether marks part a quotation from the words before it: it is neither a title nor a word in the sentence."""
        start = self.quotes[number][0]
        before = self.text(start - 6, start).rstrip("“\"'‘` ")
        return before[-1:] in {"", ",", ":", ".", "?", "!", "—", "–", "-", "”"}

    def goes_on(self, earlier: int, number: int, told: Told) -> bool:
        """Whether a quotation goes on with what an earlier one says: ``"…," she said. "…"``."""
        last, start = self.quotes[earlier][1], self.quotes[number][0]
        between = self.text(last, start)
        words = list(_WORD.finditer(between))
        named = [span for span in told.cue + told.source if span[0] >= last]
        own = sum(any(s <= last + word.start() < e for s, e in named) for word in words)
        if not named or len(words) - own > _APART:
            return False
        if own < len(words) and not re.search(r"[.!?,:;…]\W*\Z", between):
            return False
        return _ENDED.search(between.strip(" \n”\"'’“‘.,")) is None


def _quoting(token: Token) -> bool:
    found = frames_of("verb", token.lower_) if token.tag_.startswith("VB") else None
    return found is not None and "quote" in found.frames
