"""Suggestions while coding: who probably says a span of a text, and which claim it probably makes.

A score is a sum of a few named evidences, and the largest of them is the reason that is shown. Nothing is trained:
names are looked up, words are compared, and what was coded before counts. The weights are round numbers set by hand.

**Speakers.** Whoever is named counts by place (`_Place.nearness`), and whoever speaks for one who is named, half. To
it are added: the last speaker's quotation goes on; the speaker was coded here before, or elsewhere with the same words,
or often. Where the sentence names somebody itself, or the quotation goes on, names elsewhere count less.

**Claims.** The words of the span are compared (`_Vectors`) with the claim's label, taken twice, and its other texts, and
with the likest words that were coded as the claim before. The latter, the speaker's habits and recency count r times,
where r is the share of codings so far whose claim was not new: while nearly every claim is new, that one was coded says
little for it. The same words elsewhere say much for a claim; that they are coded so already here, by the same speaker,
speaks against it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

__all__ = ["Coded", "Known", "Suggester", "Suggestion"]

_Floats = NDArray[np.floating]
_Ints = NDArray[np.integer]
_Mention = tuple[int, int, float, int]  # the words from and to which a name stands, its weight, whose it is

_UNNAMED = "UnnamedSource"
_BEFORE, _BEHIND, _LONGEST = 4000, 600, 4000  # code points read: before a span, behind it, and of it
_LESS = 0.4  # what is left for others where it is settled who speaks
_BITS = 20
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
class Suggestion:
    """A likely answer.

    Attributes:
        iri: the actor or claim.
        label: its name.
        score: how likely it is; comparable within one answer only.
        reason: what speaks most for it, in a few words.
    """

    iri: str
    label: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """An actor or a claim of the codebook.

    Attributes:
        iri: the node.
        label: its name.
        aliases: its other names.
        texts: what else tells of it: a claim's paraphrase, the posts of an actor, how a source is described.
        kind: its kind by the table of kinds.
    """

    iri: str
    label: str
    aliases: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """A statement that was coded, at hand or passed on: where it stands, its words, and what was coded."""

    document: str
    start: int
    end: int
    words: str
    speaker: str
    on_behalf_of: str | None = None
    claim: str | None = None
    polarity: str | None = None


class Suggester:
    """What suggests: made from plain data, the codebook and the codings, so that it knows nothing of stores."""

    def __init__(self, actors: Iterable[Known], claims: Iterable[Known], codings: Iterable[Coded]) -> None:
        self._actors = list({known.iri: known for known in actors}.values())
        self._claims = list({known.iri: known for known in claims}.values())
        self._actor_rows = {known.iri: row for row, known in enumerate(self._actors)}
        self._claim_rows = {known.iri: row for row, known in enumerate(self._claims)}
        self._names = _Names(self._actors)
        self._voices: dict[int, set[int]] = defaultdict(set)  # who speaks for an actor
        for row, known in enumerate(self._actors):
            if known.kind == _UNNAMED:
                for named in self._names.inside(known.label):
                    self._voices[named].add(row)
        self._codings: list[Coded] = []
        self._spoken: Counter[str] = Counter()
        self._claimed: dict[str, Counter[int]] = defaultdict(Counter)  # how often a speaker makes a claim
        self._worded: list[tuple[Coded, int]] = []  # codings with a known claim, in the order of their vectors
        self._not_new = 0
        for coded in codings:
            self._count(coded)
        profiles = [" ".join((k.label, k.label, *k.aliases, *k.texts)) for k in self._claims]
        self._wordings = _Vectors([*profiles, *(coded.words[:_LONGEST] for coded, _ in self._worded)])

    def learn(self, coded: Coded) -> None:
        """Take in that one more statement was coded."""
        if self._count(coded):
            self._wordings.add(coded.words[:_LONGEST])

    def _count(self, coded: Coded) -> bool:
        """Count a coding, and return whether its claim is known."""
        self._codings.append(coded)
        self._spoken[coded.speaker] += 1
        speaker, voice = self._actor_rows.get(coded.speaker), self._actor_rows.get(coded.on_behalf_of or "")
        if speaker is not None and voice is not None and voice != speaker:
            self._voices[voice].add(speaker)
        claim = self._claim_rows.get(coded.claim or "")
        if claim is None:
            return False
        self._not_new += any(claim in claims for claims in self._claimed.values())
        self._claimed[coded.speaker][claim] += 1
        self._worded.append((coded, claim))
        return True

    def speakers(self, text: str, start: int, end: int, *, most: int = 9) -> list[Suggestion]:
        """Return the likeliest speakers of a span of a text, in code points, the likeliest first."""
        start, end = _within(text, start, end)
        place, evidence, rows = _Place(text, start, end), _Evidence(self._actors), self._actor_rows
        coded = self._coded_in(text)
        before = [c for c in coded if c.start <= start and c.speaker in rows]
        goes_on = bool(before) and place.in_quotation_of(before[0].start)
        for where, row, value in place.nearness(self._names.mentions(place.words)):
            evidence[where][row] = max(evidence[where][row], value)
        left = 1 - (1 - _LESS) * float(evidence["named here"].max(initial=0))
        evidence["named here"] *= _LESS if goes_on else 1
        evidence["named before"] *= left * (_LESS if goes_on else 1)
        named = np.array(list(evidence.values()))
        nearest = named.max(axis=0)
        for values, most_telling in zip(
            evidence.values(), named.argmax(axis=0) == np.arange(len(named))[:, None], strict=True
        ):
            values *= most_telling  # who is named twice is not the likelier for it
        for actor, voices in self._voices.items():
            for voice in voices:
                evidence["speaks for one named"][voice] += 0.5 * nearest[actor]
        if goes_on:
            evidence["goes on"][rows[before[0].speaker]] += 0.9
        for order, speaker in enumerate(dict.fromkeys(c.speaker for c in before)):
            evidence["said before here"][rows[speaker]] += 0.3 * left * 0.7**order
        for speaker in {c.speaker for c in self._same_elsewhere(text, start, end)} & rows.keys():
            evidence["same words"][rows[speaker]] += 0.8
        often = np.log1p([self._spoken[known.iri] for known in self._actors])
        evidence["often speaks"] += 0.1 * often / max(often.max(initial=0), 1e-9)
        return evidence.best(most)

    def claims(self, text: str, start: int, end: int, *, speaker: str | None = None, most: int = 9) -> list[Suggestion]:
        """Return the likeliest claims of a span of a text, the likeliest first; better with its speaker's IRI."""
        start, end = _within(text, start, end)
        evidence, rows = _Evidence(self._claims), self._claim_rows
        coded = self._coded_in(text)
        overlapping = {c for c in coded if c.start < end and c.end > start}
        alike = self._wordings.alike(text[start:end][:_LONGEST])
        evidence["label"] += alike[: len(rows)]
        r = (self._not_new + 1) / (len(self._worded) + 3)
        elsewhere = np.array([c not in overlapping for c, _ in self._worded], bool)
        likest = 0.5 * r * alike[len(rows) :] * elsewhere
        np.maximum.at(evidence["words like earlier ones"], [claim for _, claim in self._worded], likest)
        for claim in {c.claim or "" for c in self._same_elsewhere(text, start, end)} & rows.keys():
            evidence["same words"][rows[claim]] += 1.0
        for row, count in self._claimed.get(speaker or "", Counter()).items():
            evidence["said by this speaker"][row] += 0.05 * r * float(np.log1p(count))
        recent = dict.fromkeys(c.claim or "" for c in coded if c.start <= start)
        for order, claim in enumerate(claim for claim in recent if claim in rows):
            evidence["recent"][rows[claim]] += 0.05 * r * 0.8**order
        for claim in {c.claim or "" for c in overlapping if speaker in {None, c.speaker}} & rows.keys():
            evidence[""][rows[claim]] += -0.1 if speaker is None else -0.2
        return evidence.best(most)

    def _coded_in(self, text: str) -> list[Coded]:
        """Return the codings of a text, the last in it first. That their words stand there tells that they are."""
        found = [c for c in self._codings if c.words and text.startswith(c.words, c.start) and not c.words.isspace()]
        return sorted(found, key=lambda coded: (coded.start, coded.end), reverse=True)

    def _same_elsewhere(self, text: str, start: int, end: int) -> list[Coded]:
        """Return the codings whose words are those of a span, and which do not overlap it."""
        words = text[start:end]
        same = [c for c in self._codings if c.words == words and words.strip()]
        return [c for c in same if not text.startswith(words, c.start) or c.end <= start or c.start >= end]


class _Evidence(defaultdict[str, _Floats]):
    """Evidences by reason, each for all the known: what is not there yet is nought."""

    def __init__(self, known: Sequence[Known]) -> None:
        super().__init__(lambda: np.zeros(len(known)))
        self._known = known

    def best(self, most: int) -> list[Suggestion]:
        """Return the likeliest, by sum, label and IRI; where nothing speaks for one, it is just known."""
        known, reasons = self._known, ["known", *self]
        parts = np.array([self[reason] for reason in reasons])
        scores, largest = parts.sum(axis=0).round(9), parts.argmax(axis=0)
        order = sorted(range(len(known)), key=lambda row: (-scores[row], known[row].label, known[row].iri))
        return [
            Suggestion(known[row].iri, known[row].label, float(scores[row]), reasons[largest[row]])
            for row in order[: max(most, 0)]
        ]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: where it stands, the quotation it stands in (0: none), and the number of its sentence."""

    start: int
    end: int
    text: str
    folded: str
    quotation: int
    sentence: int


class _Place:
    """The surroundings of a span.

    Distance is counted in words and sentences outside quotations: the end of a quotation of five paragraphs is as near
    to its speaker as its beginning, and whoever is named inside it is not its speaker.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        left = max(0, start - _BEFORE)
        left = max(left, text.find("\n", left, start)) if left else 0
        self.words = words = list(_read(text[left : min(end, start + _LONGEST) + _BEHIND], left))
        self._ends = [word.end for word in words]
        self._first = bisect_right(self._ends, start)  # the first word of the span
        self._last = max(bisect_left([word.start for word in words], end), self._first)  # the first one behind it
        span = words[self._first : max(self._last, self._first + 1)]
        self._quotation = span[0].quotation if span else 0
        self._sentences = {word.sentence for word in span}
        outside = [0 if word.quotation else word.sentence + 1 for word in words]
        self._words_until = [0, *accumulate(int(sentence > 0) for sentence in outside)]
        newest = [*accumulate(outside, max, initial=0)]
        self._sentences_until = [0, *accumulate(int(new > old) for old, new in zip(newest, newest[1:], strict=False))]

    def nearness(self, mentions: Iterable[_Mention]) -> Iterator[tuple[str, int, float]]:
        """Yield where somebody is named, the actor, and how much that says for the actor as the speaker, up to 1.

        A name before the span counts 0.6 times for each sentence between; one behind it, in the same sentence only;
        either, half for each 60 words between. It counts in full next to a verb of saying or to the span, and at the
        beginning of a sentence (the subjects, to which pronouns fall back), else 0.6 times.
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
            beside = words[behind : behind + 3] + (words[max(at - 3, 0) : at] if after else [])
            full = (
                any(_SAYING.match(w.folded) and bool(w.quotation) == bool(word.quotation) for w in beside)
                or (here and not word.quotation and (before or after) and distance <= 3)
                or at == 0
                or words[at - 1].sentence != word.sentence
            )
            yield where, row, weight * near * (1.0 if full else 0.6)

    def in_quotation_of(self, start: int) -> bool:
        """Return whether a place before the span and the span are in one quotation, through all its paragraphs."""
        word = bisect_right(self._ends, start)
        if not self._quotation or word > self._first or start < self.words[0].start or not self.words[word].quotation:
            return False
        return self._words_until[word] == self._words_until[self._first]


def _read(text: str, offset: int = 0) -> Iterator[_Word]:
    """Yield the words of a text; a possessive ending is no part of them."""
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
        yield _Word(offset + match.start(), offset + match.end(), word, word.casefold(), quotation, sentence)
        before, quoted = match, quotation


def _ends_sentence(word: str, gap: str, following: str, *, quoted: bool) -> bool:
    """Return whether a sentence ends between two words; behind a quotation it goes on after “…,” “…?” and “…!”."""
    if re.search(r"\n\s*\n", gap):
        return True
    if following[0].islower():
        return False
    if "\n" in gap and gap.split("\n")[0].strip():
        return True
    if quoted:
        return bool(re.search("[.…]", gap)) and not re.search("[-–—―]", gap)
    abbreviated = gap.startswith(".") and len(word) <= 3 and word[0].isupper()
    return bool(re.search("[.!?…]", gap)) and not abbreviated


class _Names:
    """The names that actors go by: full ones, their last words and initials, posts, and words that describe."""

    def __init__(self, actors: Sequence[Known]) -> None:
        self._unnamed = {row for row, known in enumerate(actors) if known.kind == _UNNAMED}
        self._names: dict[str, dict[tuple[str, ...], dict[int, float]]] = defaultdict(dict)  # by first word
        self._capital: set[tuple[str, ...]] = set()  # written with a capital, so that "may" does not name Mrs May
        for row, known in enumerate(actors):
            for name in (known.label, *known.aliases):
                words = [word.text for word in _read(name)]
                self._put(words, row, 1.0)
                if len(words) > 1 and words[0].casefold() == "the":
                    self._put(words[1:], row, 1.0)
                if len(words) > 1 and known.kind != _UNNAMED:
                    self._put(words[-1:], row, 0.8 if words[-1][0].isupper() else 0.4)
                    initials = "".join(word[0] for word in words if word[0].isupper())
                    self._put([initials] if len(initials) > 1 else [], row, 0.9)
            for text in known.texts:
                self._put([word.text for word in _read(text[:80])], row, 0.7)
            for text in (known.label, *known.texts) if known.kind == _UNNAMED else ():
                for word in _read(text):
                    self._put([word.text] if len(word.text) > 5 else [], row, 0.5)

    def _put(self, words: Sequence[str], row: int, weight: float) -> None:
        if words:
            key = tuple(word.casefold() for word in words)
            rows = self._names[key[0]].setdefault(key, {})
            rows[row] = max(weight, rows.get(row, 0))
            if any(word[0].isupper() for word in words):
                self._capital.add(key)

    def mentions(self, words: Sequence[_Word]) -> Iterator[_Mention]:
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
        words = list(_read(label))
        found = (m for n in range(len(words)) for m in self.mentions(words[n:]) if m[1] - m[0] < len(words))
        return {row for _, _, weight, row in found if weight > 0.6} - self._unnamed


class _Vectors:
    """Texts as tf-idf vectors of character n-grams, n = 3, 4, 5, within words, with the spaces at their ends.

    w(g, d) = tf(g, d) · ln((N + 1) / (df(g) + ½)), compared by cosine: "tfc" of Salton & Buckley 1988 (Term-weighting
    approaches in automatic text retrieval), with a smoothed idf. N-grams are hashed to 20 bits, so that the texts are
    three columns of numbers. The lengths of the vectors follow the idf with each text that comes while there are few.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._rows, self._grams, self._counts = _ngrams(texts)
        self._size = len(texts)
        self._frequency = np.bincount(self._grams, minlength=1 << _BITS)
        self._measure()

    def add(self, text: str) -> None:
        """Take in one more text."""
        _, grams, counts = _ngrams([text])
        self._rows = np.append(self._rows, np.full(len(grams), self._size, self._rows.dtype))
        self._grams = np.append(self._grams, grams)
        self._counts = np.append(self._counts, counts)
        self._frequency[grams] += 1
        self._size += 1
        if self._size < 500:
            self._measure()
        else:  # one text changes little
            self._lengths = np.append(self._lengths, np.sqrt((counts**2 * self._idf(grams) ** 2).sum()))

    def _measure(self) -> None:
        squares = (self._counts * self._idf(self._grams)) ** 2
        self._lengths = np.sqrt(np.bincount(self._rows, squares, minlength=self._size))

    def _idf(self, grams: _Ints) -> _Floats:
        return np.asarray(np.log((self._size + 1) / (self._frequency[grams] + 0.5)))

    def alike(self, text: str) -> _Floats:
        """Return the cosine of a text with each text."""
        _, grams, counts = _ngrams([text])
        idf = self._idf(grams)
        asked = np.zeros(1 << _BITS, np.float32)
        asked[grams] = counts * idf**2
        products = np.bincount(self._rows, self._counts * asked[self._grams], minlength=self._size)
        return np.asarray(products / np.maximum(self._lengths * np.sqrt(((counts * idf) ** 2).sum()), 1e-9))


def _ngrams(texts: Sequence[str]) -> tuple[_Ints, _Ints, _Floats]:
    """Return which text has which n-gram how often: three columns."""
    plain = ["  " + " ".join(re.findall(r"[^\W_]+", text.casefold())) + " " for text in texts]
    codes = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    rows = np.repeat(np.arange(len(plain), dtype=np.uint64), [len(text) for text in plain])
    hashed, broken = codes, np.zeros(len(codes), bool)  # broken: by a space inside
    keys = [np.zeros(0, np.uint64)]
    for n in range(2, 6):
        size = max(len(codes) - n + 1, 0)
        hashed = hashed[:size] * np.uint64(0x100000001B3) + codes[n - 1 :]
        if n > 2:
            broken = broken[:size] | (codes[n - 2 : n - 2 + size] == ord(" "))
            buckets = hashed * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - _BITS)
            keys.append((rows[:size] << np.uint64(_BITS) | buckets)[~broken])
    key, counts = np.unique(np.concatenate(keys), return_counts=True)
    grams = key & np.uint64((1 << _BITS) - 1)
    return (key >> np.uint64(_BITS)).astype(np.int32), grams.astype(np.int32), counts.astype(np.float32)


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the nearest span that the text has."""
    start, end = sorted(min(max(place, 0), len(text)) for place in (start, end))
    return start, end
