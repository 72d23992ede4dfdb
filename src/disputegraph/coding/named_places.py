"""Who is named around a place in a text, and how much that says for them as its speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

from disputegraph.coding.suggestion_records import Known

_Mention: TypeAlias = tuple[int, int, float, int]  # the words from and to which a name stands, its weight, whose it is

LONGEST = 4000
"""Code points of a span, and of the words of a coding, that are read."""

UNNAMED = "UnnamedSource"
"""The kind of whom nobody names."""

_WHOLE = 0.8  # weight of a name that tells who is meant
_BEFORE, _BEHIND = 4000, 600  # code points read before a span, and behind it
_BESIDE = 3  # words between a name and the span, or a verb of saying
_TITLE = 3  # letters at most of Mr, Sen, St, whose stop ends no sentence
_TELLING = 6  # letters at least of a word that tells of an unnamed source: spokeswoman, engineer
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:[’'.-][^\W_]+)*")  # an ideograph is a word
_SAYING = re.compile(  # in English; in other languages place alone decides
    "sa(y|id)|t(ell|old)|ask|add|argu|accus|admit|agree|announc|believ|claim|den(y|ied)|explain|insist|read|repl(y|ied)|"
    "report|respond|stat(e|ing)|suggest|urg|warn|wr[io]te|th(ank|ink|ought)|according"
)
_CLOSING = {"“": '”"', "„": '“”"', '"': '"”', "«": "»", "»": "«", "”": "”"}
_QUOTED = re.compile(  # to its end or its paragraph's: a quotation that goes on is opened again in each paragraph
    "|".join(
        rf"{opening}(?:[^{closing}\n]|\n(?!\s*[\n{''.join(_CLOSING)}]))*[{closing}]?"
        for opening, closing in _CLOSING.items()
    )
    + r"|(?<!\w)[‘'](?=\w)[^\n]{1,600}?[’'](?!\w)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, the quotation it stands in (0: none), and the number of its sentence."""

    start: int
    end: int
    text: str
    folded: str
    quotation: int
    sentence: int


class Place:
    """The surroundings of a span.

    Distance is counted in words and sentences outside quotations: the end of a quotation of five paragraphs is as near
    to its speaker as its beginning, and whoever is named inside it is not its speaker.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        left = max(0, start - _BEFORE)
        left = max(left, text.find("\n", left, start)) if left else 0
        self.words = words = list(words_of(text[left : min(end, start + LONGEST) + _BEHIND], left))
        self._ends = [word.end for word in words]
        self._first = bisect_right(self._ends, start)  # the first word of the span
        self._last = max(bisect_left([word.start for word in words], end), self._first)  # the first one behind it
        span = words[self._first : max(self._last, self._first + 1)]
        self._quotation = span[0].quotation if span else 0
        self._sentences = {word.sentence for word in span}
        outside = [0 if word.quotation else word.sentence + 1 for word in words]
        self._words_until = [0, *accumulate(int(sentence > 0) for sentence in outside)]
        newest = [*accumulate(outside, max, initial=0)]
        self._sentences_until = [0, *accumulate(int(new > old) for old, new in pairwise(newest))]

    def nearness(self, mentions: Iterable[_Mention]) -> Iterator[tuple[str, int, float]]:
        """Yield where somebody is named, the actor, and how much that says for the actor as the speaker, up to 1.

        A name before the span counts 0.6 times for each sentence between; one behind it, in the same sentence only;
        either, half for each 60 words between. It counts in full next to a verb of saying or to the span, and at the
        beginning of a sentence, an article aside (the subjects, to which pronouns fall back), else 0.6 times.
        """
        words, first, last = self.words, self._first, self._last
        for at, behind, weight, row in mentions:
            word, before, after = words[at], behind <= first, at >= last
            here = word.sentence in self._sentences
            where, distance = "named here" if here else "named before", 0
            if before:
                distance = self._words_until[first] - self._words_until[behind]
                sentences = self._sentences_until[min(first + 1, len(words))] - self._sentences_until[at + 1]
                near = 0.6**sentences
            elif after:
                distance = self._words_until[at] - self._words_until[last]
                near = 0.95 if here else 0.1
            else:  # in the span: it tells itself who speaks, or is a quotation that is interrupted to tell
                distance = 0 if self._quotation else 3 * (at - first)
                near = 1.0
            near *= 2 ** (-distance / 60)
            if before and word.quotation and word.quotation == self._quotation:
                where, near = "named in quotation", 0.8  # whose words are passed on in it
            elif word.quotation:
                near *= 0.1
            # Behind a quotation stands who said it, be that in the span too or not: “…,” said Ada Osei.
            told_behind = after or (not before and bool(self._quotation) and not word.quotation)
            beside = words[behind : behind + _BESIDE] + (words[max(at - _BESIDE, 0) : at] if told_behind else [])
            full = (
                any(
                    w.sentence == word.sentence
                    and bool(w.quotation) == bool(word.quotation)
                    and _SAYING.match(w.folded)
                    for w in beside
                )
                or (here and not word.quotation and (before or after) and distance <= _BESIDE)
                or at <= 1  # an article before it is no matter
                or words[at - 2].sentence != word.sentence
            )
            yield where, row, weight * near * (1.0 if full else 0.6)

    def in_quotation_of(self, start: int) -> bool:
        """Return whether a place before the span and the span are in one quotation, through all its paragraphs."""
        word = bisect_right(self._ends, start)
        if not self._quotation or word > self._first or start < self.words[0].start or not self.words[word].quotation:
            return False
        return self._words_until[word] == self._words_until[self._first]


def words_of(text: str, offset: int = 0) -> Iterator[Word]:
    """Yield the words of a text, each without a possessive ending."""
    quotations = [match.span() for match in _QUOTED.finditer(text)]
    starts = [start for start, _ in quotations]
    sentence, before, quoted = 0, None, 0
    for match in _WORD.finditer(text):
        number = bisect_right(starts, match.start())
        quotation = number if number and match.start() < quotations[number - 1][1] else 0
        if before is not None and not (quotation and quotation == quoted):
            gap = text[before.end() : match.start()]
            sentence += _ends_sentence(before.group(), gap, match.group(), quoted=bool(quoted))
        word = re.sub("[’'][sS]$", "", match.group())
        yield Word(offset + match.start(), offset + match.end(), word, word.casefold(), quotation, sentence)
        before, quoted = match, quotation


def _ends_sentence(word: str, gap: str, following: str, *, quoted: bool) -> bool:
    """Return whether a sentence ends between two words; behind a quotation it goes on after “…,” “…?” and “…!”."""
    if re.search(r"\n\s*\n", gap):
        return True
    if following[0].islower():
        return False
    if "\n" in gap and gap[: gap.index("\n")].strip():
        return True
    if quoted:
        return bool(re.search("[.…]", gap)) and not re.search("[-–—―]", gap)
    abbreviated = gap.startswith(".") and len(word) <= _TITLE and word[0].isupper()
    return bool(re.search("[.!?…]", gap)) and not abbreviated


class Names:
    """The names that actors go by: full ones, their last words and initials, posts, and words that describe."""

    def __init__(self, actors: Sequence[Known]) -> None:
        self._unnamed = {row for row, known in enumerate(actors) if known.kind == UNNAMED}
        self._names: dict[str, dict[tuple[str, ...], dict[int, float]]] = defaultdict(dict)  # by first word
        self._capital: set[tuple[str, ...]] = set()  # written with a capital, so that "may" does not name Mrs May
        for row, known in enumerate(actors):
            for name in (known.label, *known.aliases):
                words = [word.text for word in words_of(name)]
                self._put(words, row, 1.0)
                if len(words) > 1 and words[0].casefold() == "the":
                    self._put(words[1:], row, 1.0)
                if len(words) > 1 and known.kind != UNNAMED:
                    self._put(words[-1:], row, 0.8 if words[-1][0].isupper() else 0.4)
                    initials = "".join(word[0] for word in words if word[0].isupper())
                    self._put([initials] if len(initials) > 1 else [], row, 0.9)
            for text in known.texts:
                self._put([word.text for word in words_of(text[:80])], row, 0.7)
            for text in (known.label, *known.texts) if known.kind == UNNAMED else ():
                for word in words_of(text):
                    self._put([word.text] if len(word.text) >= _TELLING else [], row, 0.5)

    def _put(self, words: Sequence[str], row: int, weight: float) -> None:
        if words:
            key = tuple(word.casefold() for word in words)
            rows = self._names[key[0]].setdefault(key, {})
            rows[row] = max(weight, rows.get(row, 0))
            if len(words) == 1 and words[0][0].isupper():
                self._capital.add(key)

    def mentions(self, words: Sequence[Word]) -> Iterator[_Mention]:
        """Yield where actors are named; of the names inside a longer one, those that begin with it."""
        at = 0
        while at < len(words):
            longest = 1
            for name, rows in self._names.get(words[at].folded, {}).items():
                part = words[at : at + len(name)]
                capital = name not in self._capital or any(not word.text[0].islower() for word in part)
                if capital and tuple(word.folded for word in part) == name:
                    yield from ((at, at + len(name), weight, row) for row, weight in rows.items())
                    longest = max(longest, len(name))
            at += longest

    def inside(self, label: str) -> set[int]:
        """Return the named actors one of whose names is a part of a label."""
        words = list(words_of(label))
        found = (m for n in range(len(words)) for m in self.mentions(words[n:]) if m[1] - m[0] < len(words))
        return {row for _, _, weight, row in found if weight >= _WHOLE} - self._unnamed
