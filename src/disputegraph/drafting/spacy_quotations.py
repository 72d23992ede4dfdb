"""Quotation marks and a parser's tree united: a quotation is said whole, by whom the words beside it name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputegraph.drafting.attitude_frames import frames_of
from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.spacy_quotation_cues import QuotationCues
from disputegraph.drafting.spacy_tree import Attribution, noun_phrase
from disputegraph.drafting.span_lists import cut_spans, join_spans
from disputegraph.drafting.told_words import Told, places_of, told_by

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 2
_SHORT = 12
_TITLE = 5
_MUCH = 0.9
_BETWEEN = 15
_MARK = re.compile(r"[,.;:!?]")
_SELF = frozenset(("i", "we", "you", "me", "us", "my", "our", "your"))
_PRONOUNS = frozenset(("he", "she", "they", "it", "who", "that", "which", "this", "one"))
_QUOTING = re.compile(r"\b(?:said|says|added|wrote|told \w+|replied|asked|declared),? ?[“\"']*\Z")
_CLAUSE_GOES_ON = re.compile(r"[”\"'’]*\s*(?:and|or|but|nor|who|which|that|where|when|[“\"‘—–-]|'')")
_DASH = re.compile(r"\s(?:-|--|—|–|―)\s|—|―")


def told_in_paragraph(doc: Doc, offset: int, found: Sequence[Attribution], quotes: Sequence[DraftSpan]) -> list[Told]:
    """Return what a paragraph tells to be said.

    Args:
        doc: the parsed paragraph.
        offset: where it begins in the text.
        found: what the tree tells.
        quotes: the places in the text of the words between quotation marks.
    """
    paragraph = _Paragraph(QuotationCues(doc, offset, quotes))
    return paragraph.told([told for one in found if (told := told_by(doc, offset, one)).content])


class _Paragraph:
    """A paragraph while its quotations find those who say them."""

    def __init__(self, cues: QuotationCues) -> None:
        self.cues, self.quotes = cues, cues.quotes
        self.taken: dict[int, Told] = {}
        self.outside: list[Told] = []

    def told(self, found: Sequence[Told]) -> list[Told]:
        inside = [one for one in found if self.cues.quoted(one.head)]
        self.outside = [one for one in found if not self.cues.quoted(one.head)]
        for one in self.outside:
            self._mend_source(one)
        for number in range(len(self.quotes)):
            self._hold(number)
        for number in range(len(self.quotes)):
            if number not in self.taken and len(_WORD.findall(self.cues.text(*self.quotes[number]))) >= _FEWEST_WORDS:
                self._seek(number)
        for one in self.outside:
            one.content = self._without_dash(one.content)
            one.content = self._up_to_quotation(one.content)
        every = [one for one in self.outside if one.content] + inside
        return [
            one for one in every if self._is_hearsay(one) or not (self.cues.quoted(one.head) or _within(one, every))
        ]

    def _mend_source(self, one: Told) -> None:
        """Name who speaks outside quotations where the parser takes a word of a quotation for the subject."""
        if one.source and any(s <= one.source[0][0] < e for s, e in self.quotes if e - s > _SHORT):
            self._name(one, self.cues.speaker_outside(self.cues.token_at(one.head)))

    def _name(self, one: Told, named: Token | None) -> None:
        one.source = [] if named is None else places_of(self.cues.doc, self.cues.offset, noun_phrase(named))

    def _hold(self, number: int) -> None:
        """Let content that reaches into a quotation hold all of it."""
        quote = self.quotes[number]
        over = [one for one in self.outside if _overlap(one.content, quote)]
        best = max(over, key=lambda one: (_says(one), -sum(e - s for s, e in one.content)), default=None)
        for one in over:
            tells = best is not None and any(start <= best.head < end for start, end in one.content)
            if not (one is best or tells) and _overlap(one.content, quote) < _MUCH * (quote[1] - quote[0]):
                continue
            whole = join_spans([*one.content, quote])
            one.content = cut_spans(whole, one.cue + one.source) or whole
            one.quoted.add(number)
        if best is not None:
            self.taken[number] = best
            if best.frame in {"before", "parataxis"} and quote[1] <= best.head:
                best.content = self._without_reporter(best, quote)

    def _without_reporter(self, one: Told, quote: DraftSpan) -> list[DraftSpan]:
        """Return content without the reporter's words before a quotation, and without what follows "..., she said"."""
        start, end = quote
        ended = self.cues.text(end - 1, end) in {",", "?", "!"} or self.cues.text(end, end + 2).strip(
            "”\"'’ "
        ).startswith(",")
        between = self.cues.text(end, one.head)
        alone = ended and len(_WORD.findall(between)) <= _BETWEEN and not re.search(r"[.!?]\s", between)
        told_before = ":" in self.cues.text(start - 3, start) or _QUOTING.search(self.cues.text(start - 40, start))
        first = start if told_before or (alone and self.cues.text(start, start + 1).isupper()) else 0
        if not alone:
            return [(max(s, first), e) for s, e in one.content if e > first]
        allowed = [(first, end), *(other for other in self.quotes if other[0] > one.head)]
        return [(low, high) for s, e in one.content for a, b in allowed if (low := max(s, a)) < (high := min(e, b))]

    def _seek(self, number: int) -> None:
        """Find who says a quotation that no content reaches: by a verb beside it, else by the quotation before."""
        head = self.cues.beside(number)
        if head is None:
            # what is set off goes on, not a word or two that were quoted in between
            before = [n for n in (number - 1, number - 2) if n in self.taken]
            earlier = next((n for n in before if self.cues.is_set_off(n)), before[0] if before else None)
            if earlier is not None and self.cues.goes_on(earlier, number, self.taken[earlier]):
                self._join(self.taken[earlier], number)
            return
        place = self.cues.offset + head.idx
        same = next((one for one in self.outside if one.head == place), None)
        if same is not None and not self.cues.is_set_off(number) and self._is_outside(same, number):
            return  # a title in what is said, or in how it was said
        if same is not None and same.quoted:
            self._join(same, number)
            return
        self.outside = [one for one in self.outside if one.head != place or one.frame == "them-to"]
        new = Told(
            [self._with_lead(number, head)], [], [(place, place + len(head))], "beside", head.lower_, place, {number}
        )
        self._name(new, self.cues.speaker_of(head))
        self.outside.append(new)
        self.taken[number] = new

    def _with_lead(self, number: int, head: Token) -> DraftSpan:
        """Return a quotation with the words that lead to it from its verb: "reported there were “two” wrecks"."""
        start, end = self.quotes[number]
        after = self.cues.offset + head.idx + len(head)
        lead = self.cues.text(after, start)
        if self.cues.is_set_off(number) or after > start or _MARK.search(lead):
            return start, end
        return after + 1, end

    def _is_outside(self, one: Told, number: int) -> bool:
        """Whether a word of saying has content of its own, and a quotation is only a title or a word beside it."""
        words = _WORD.findall(self.cues.text(*self.quotes[number]))
        return bool(one.quoted) or (one.frame in {"before", "clause"} and len(words) <= _TITLE)

    def _join(self, one: Told, number: int) -> None:
        one.content = join_spans([*one.content, self.quotes[number]])
        one.quoted.add(number)
        self.taken[number] = one

    def _up_to_quotation(self, content: list[DraftSpan]) -> list[DraftSpan]:
        """Return content up to a quotation that ends with a comma: what follows is the reporter's again."""
        if not content:
            return []
        first, end = content[0][0], content[-1][1]
        for start, stop in self.quotes:
            inside = first <= start and stop < end and self.cues.text(stop - 1, stop) == ","
            last = inside and not any(stop < s < end for s, _ in self.quotes)
            if last and not _CLAUSE_GOES_ON.match(self.cues.text(stop, end)):
                return [(s, min(e, stop)) for s, e in content if s < stop]
        return content

    def _without_dash(self, content: list[DraftSpan]) -> list[DraftSpan]:
        """Return content up to a dash outside quotations that no second one closes: an afterthought of the reporter."""
        if not content:
            return []
        start, end = content[-1]
        dashes = [start + match.start() for match in _DASH.finditer(self.cues.text(start, end))]
        dashes = [place for place in dashes if not self.cues.quoted(place)]
        if len(dashes) != 1 or dashes[0] - start < _SHORT or any(dashes[0] < s < end for s, _ in self.quotes):
            return content
        return [*content[:-1], (start, dashes[0])]

    def _is_hearsay(self, one: Told) -> bool:
        """Whether what stands within other words tells what somebody else says, not the speaker who thinks aloud."""
        words = [word for start, end in one.source for word in _WORD.findall(self.cues.text(start, end))]
        small = {word.lower() for word in words}
        named = any(word[:1].isupper() for word in words) and not small & _SELF and not small <= _PRONOUNS
        if not named or one.frame not in {"clause", "before", "according"}:
            return False
        found = frames_of("verb", one.word)
        speech = found is not None and "saying" in found.kinds and "believing" not in found.kinds
        return speech or one.frame == "according"


def _says(one: Told) -> int:
    """Return how well a word tells of speech."""
    found = frames_of("verb", one.word)
    return int(found is not None and "quote" in found.frames) + int(one.frame in {"before", "clause"})


def _within(one: Told, others: Sequence[Told]) -> bool:
    return any(other is not one and any(s <= one.head < e for s, e in other.content) for other in others)


def _overlap(spans: Sequence[DraftSpan], other: DraftSpan) -> int:
    return sum(max(0, min(e, other[1]) - max(s, other[0])) for s, e in spans)
