"""Suggestions while coding: who probably says a span of a text, and which claim it probably makes.

A score is a sum of a few named evidences, and the largest of them is the reason that is shown. Nothing is trained:
names are looked up, words are compared, and what was coded before counts. The weights are round numbers set by hand.

**Speakers.** Whoever is named counts by place (`Place.nearness`), and whoever speaks for one who is named, half. To
it are added: the last speaker's quotation goes on; the speaker was coded here before, or elsewhere with the same words,
or often. Where the sentence names somebody itself, or the quotation goes on, names elsewhere count less.

**Claims.** The words of the span are compared (`NgramVectors`) with the claim's label, taken twice, and its other
texts, and with the likest words that were coded as the claim before. The latter, the speaker's habits and recency count
r times, where r is the share of codings so far whose claim was not new: while nearly every claim is new, that one was
coded says little for it. The same words elsewhere say much for a claim; that the same speaker's words here are coded so
already speaks against it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from disputegraph.coding.named_places import LONGEST, UNNAMED, Names, Place
from disputegraph.coding.ngram_vectors import NgramVectors
from disputegraph.coding.suggestion_records import Coded, Known, Suggestion

_Floats: TypeAlias = NDArray[np.floating]

_NAMED = ("named here", "named before", "named in quotation")
_LESS = 0.4  # what is left for others where it is settled who speaks


class Suggester:
    """What suggests: made from plain data, the codebook and the codings, so that it knows nothing of stores."""

    def __init__(self, actors: Iterable[Known], claims: Iterable[Known], codings: Iterable[Coded]) -> None:
        self._actors = list({known.iri: known for known in actors}.values())
        self._claims = list({known.iri: known for known in claims}.values())
        self._actor_rows = {known.iri: row for row, known in enumerate(self._actors)}
        self._claim_rows = {known.iri: row for row, known in enumerate(self._claims)}
        self._names = Names(self._actors)
        self._voices: dict[int, set[int]] = defaultdict(set)  # who speaks for an actor
        for row, known in enumerate(self._actors):
            if known.kind == UNNAMED:
                for named in self._names.inside(known.label):
                    self._voices[named].add(row)
        self._codings: list[Coded] = []
        self._spoken: Counter[str] = Counter()
        self._claimed: dict[str, Counter[int]] = defaultdict(Counter)  # how often a speaker makes a claim
        self._worded: list[tuple[Coded, int]] = []  # codings with a known claim, in the order of their vectors
        self._said: set[int] = set()
        self._not_new = 0
        for coded in codings:
            self._count(coded)
        profiles = [" ".join((k.label, k.label, *k.aliases, *k.texts)) for k in self._claims]
        self._wordings = NgramVectors([*profiles, *(coded.words[:LONGEST] for coded, _ in self._worded)])

    def _count(self, coded: Coded) -> None:
        self._codings.append(coded)
        self._spoken[coded.speaker] += 1
        speaker, voice = self._actor_rows.get(coded.speaker), self._actor_rows.get(coded.on_behalf_of or "")
        if speaker is not None and voice is not None and voice != speaker:
            self._voices[voice].add(speaker)
        claim = self._claim_rows.get(coded.claim or "")
        if claim is None:
            return
        self._not_new += claim in self._said
        self._said.add(claim)
        self._claimed[coded.speaker][claim] += 1
        self._worded.append((coded, claim))

    def speakers(self, text: str, start: int, end: int, *, most: int = 9) -> list[Suggestion]:
        """Return the likeliest speakers of a span of a text, in code points, the likeliest first."""
        start, end = _within(text, start, end)
        place, evidence, rows = Place(text, start, end), _Evidence(self._actors), self._actor_rows
        coded = self._coded_in(text)
        before = [c for c in coded if c.start <= start and c.speaker in rows]
        goes_on = bool(before) and place.in_quotation_of(before[0].start)
        for where, row, value in place.nearness(self._names.mentions(place.words)):
            evidence[where][row] = max(evidence[where][row], value)
        left = 1 - (1 - _LESS) * float(evidence["named here"].max(initial=0))
        evidence["named here"] *= _LESS if goes_on else 1
        evidence["named before"] *= left * (_LESS if goes_on else 1)
        named = np.array([evidence[where] for where in _NAMED])
        nearest, most_telling = named.max(axis=0), named.argmax(axis=0)
        for order, where in enumerate(_NAMED):  # who is named twice is not the likelier for it
            evidence[where] = np.where(most_telling == order, nearest, 0)
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
        alike = self._wordings.alike(text[start:end][:LONGEST])
        evidence["label"] += alike[: len(rows)]
        r = (self._not_new + 1) / (len(self._worded) + 3)
        elsewhere = np.array([not _overlaps(c, text, start, end) for c, _ in self._worded], bool)
        likest = 0.5 * r * alike[len(rows) :] * elsewhere
        np.maximum.at(evidence["words like earlier ones"], [claim for _, claim in self._worded], likest)
        for claim in {c.claim or "" for c in self._same_elsewhere(text, start, end)} & rows.keys():
            evidence["same words"][rows[claim]] += 1.0
        for row, count in self._claimed.get(speaker or "", Counter()).items():
            evidence["said by this speaker"][row] += 0.05 * r * float(np.log1p(count))
        recent = dict.fromkeys(c.claim or "" for c in coded if c.start <= start)
        for order, claim in enumerate(claim for claim in recent if claim in rows):
            evidence["recent"][rows[claim]] += 0.05 * r * 0.8**order
        here = [c for c in coded if _overlaps(c, text, start, end) and speaker in {None, c.speaker}]
        for claim in {c.claim or "" for c in here} & rows.keys():
            evidence[""][rows[claim]] += -0.1 if speaker is None else -0.2
        return evidence.best(most)

    def _coded_in(self, text: str) -> list[Coded]:
        """Return the codings of a text, the last in it first. That their words stand there tells that they are."""
        found = [c for c in self._codings if c.words and text.startswith(c.words, c.start) and not c.words.isspace()]
        return sorted(found, key=lambda coded: (coded.start, coded.end), reverse=True)

    def _same_elsewhere(self, text: str, start: int, end: int) -> list[Coded]:
        """Return the codings whose words are those of a span, and which do not overlap it."""
        words = text[start:end] if text[start:end].strip() else None
        return [c for c in self._codings if c.words == words and not _overlaps(c, text, start, end)]


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


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the nearest span that the text has."""
    start, end = sorted(min(max(place, 0), len(text)) for place in (start, end))
    return start, end


def _overlaps(coded: Coded, text: str, start: int, end: int) -> bool:
    """Return whether a coding is of this text and overlaps a span of it."""
    return coded.start < end and coded.end > start and text.startswith(coded.words, coded.start)
