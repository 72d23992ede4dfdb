"""Agreement of coders: where something is said, who says it, what, and how."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from disputegraph.analysis.agreement_measures import Confusion, Measure, Place, confusions, measure_of
from disputegraph.analysis.chance_agreement import percent_agreement
from disputegraph.analysis.document_bootstrap import document_interval
from disputegraph.analysis.unitizing_alpha import alpha_of_sums, merged_units, unit_sums
from disputegraph.analysis.utterance_matching import Matched, match_utterances, spans_in
from disputegraph.errors import UsageError
from disputegraph.model import Ref, Utterance

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_SAID, _NOT_SAID = "utterance", "none"

_POLARITY = ("denies", "neutral", "affirms")
_CERTAINTY = ("possible", "probable", "certain")


def _name(ref: Ref | None) -> str | None:
    return ref.iri if ref is not None else None


_FIELDS: Mapping[str, tuple[Callable[[Utterance], str | None], tuple[str, ...] | None]] = {
    "speaker": (lambda said: _name(said.speaker), None),
    "voice": (lambda said: _name(said.voice), None),
    "claim": (lambda said: _name(said.claim), None),
    "polarity": (lambda said: said.polarity, _POLARITY),
    "certainty": (lambda said: said.certainty, _CERTAINTY),
    "speech_act": (lambda said: said.speech_act, None),
    "hearsay": (lambda said: "hearsay" if said.hearsay else "first hand", None),
}
"""How each thing is read off an utterance, and the order of its values where they have one."""


@dataclass(frozen=True, slots=True)
class ConfusedClaims:
    """Two claims that coders take for each other: candidates for merging, or for a clearer paraphrase.

    Attributes:
        one: the first claim, by label.
        other: the second.
        count: how often one coder coded the one where another coded the other.
        of: number of pairs of codings in which either stands.
        places: where.
    """

    one: Ref
    other: Ref
    count: int
    of: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree.

    Attributes:
        coders: their names, in alphabetical order.
        documents: number of documents that two or more coded.
        coded: number of utterances of each coder there.
        units: number of utterances in all, those counted once that coders have in common.
        matched: number of those that two coders or more have.
        unmatched: of each coder, number of utterances that nobody else has.
        measures: what was measured, by name.
        drift: the claims that are taken for each other, the most frequent first.
        labels: what the values are called, by IRI.
        overlapping: number of utterances that overlap another of the same coder, and were counted as one place for the
            unitizing alpha.
        draws: draws of the bootstrap.
        seed: of its random numbers.
        notes: what could not be measured.
    """

    coders: tuple[str, ...]
    documents: int
    coded: Mapping[str, int]
    units: int
    matched: int
    unmatched: Mapping[str, int]
    measures: Mapping[str, Measure]
    drift: tuple[ConfusedClaims, ...]
    labels: Mapping[str, str]
    overlapping: int
    draws: int
    seed: int
    notes: tuple[str, ...]


def agreement(
    coded: Mapping[str, Mapping[str, Sequence[Utterance]]],
    *,
    texts: Mapping[str, str] | None = None,
    lengths: Mapping[str, int] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Agreement:
    """Return how far coders agree, on each thing that they code.

    ``unit``: whether a word of a text is in an utterance, word by word (a word is letters and digits, and what joins
    them within it). ``spans``: the unitizing alpha of the utterances' places; n and the percentage are of utterances,
    as `match_utterances` pairs them. All else is compared where two coders have the same utterance; what a coder left
    open is a missing value.

    Args:
        coded: the utterances by document and coder; a coder who did not code a document is not there, one who found
            nothing in it has an empty list.
        texts: the texts, for ``unit``, by document.
        lengths: the lengths of the texts in characters, where these are not there.
        draws: draws of the bootstrap over documents; 0 for none.
        seed: of its random numbers.

    Raises:
        UsageError: no document was coded by two coders.
    """
    compared = {document: by for document, by in coded.items() if len(by) > 1}
    if not compared:
        raise UsageError("no document was coded by two coders, so that there is nothing to compare.")
    coders = tuple(sorted({coder for by in compared.values() for coder in by}))
    units = [(document, unit) for document, by in compared.items() for unit in match_utterances(by, document)]
    said = [utterance for by in compared.values() for those in by.values() for utterance in those]
    labels = {
        ref.iri: ref.label for each in said for ref in (each.speaker, each.voice, *each.claims) if ref is not None
    }
    known = {**(lengths or {}), **{document: len(text) for document, text in (texts or {}).items()}}
    how = {"draws": draws, "seed": seed}
    notes = []
    measures: dict[str, Measure] = {}
    if at_hand := {document: (texts or {})[document] for document in compared if document in (texts or {})}:
        measures["unit"] = _words(coders, compared, at_hand, **how)
    if missing := len(compared) - len(at_hand):
        notes.append(f"Words are compared in {len(at_hand)} of {len(compared)} documents; the text of {missing} is not "
                     "at hand.")  # fmt: skip
    measures["spans"], overlapping = _spans(coders, compared, units, known, **how)
    if overlapping:
        many = "1 place overlaps" if overlapping == 1 else f"{overlapping:,} places overlap"
        notes.append(f"{many} another of the same coder; for the unitizing α each such group is one place.")
    for name, (value, order) in _FIELDS.items():
        data = [[value(unit[coder]) if coder in unit else None for _, unit in units] for coder in coders]

        def place(number: int, one: str, other: str) -> Place:
            return _place(*units[number], one, other)

        def absent(number: int, coder: str) -> bool:
            return coder not in units[number][1]

        cells = confusions(coders, data, place, absent=absent)
        documents = [document for document, _ in units]
        measures[name] = measure_of(name, "utterances", data, documents, cells, labels=labels, order=order, **how)
    alone = [next(iter(unit)) for _, unit in units if len(unit) == 1]
    counts = Counter(coder for by in compared.values() for coder, those in by.items() for _ in those)
    return Agreement(
        coders=coders,
        documents=len(compared),
        coded={coder: counts[coder] for coder in coders},
        units=len(units),
        matched=len(units) - len(alone),
        unmatched={coder: alone.count(coder) for coder in coders},
        measures=measures,
        drift=_drift(measures["claim"], labels),
        labels=labels,
        overlapping=overlapping,
        draws=draws,
        seed=seed,
        notes=tuple(notes),
    )


def word_labels(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[bool]]:
    """Return the words of a text by their places, and whether each is touched by a span."""
    words = [match.span() for match in _WORD.finditer(text)]
    inside = [False] * len(words)
    place = 0
    for start, end, _ in merged_units(spans):
        while place < len(words) and words[place][1] <= start:
            place += 1
        for number in range(place, len(words)):
            if words[number][0] >= end:
                break
            inside[number] = True
    return words, inside


def _words(
    coders: Sequence[str],
    compared: Mapping[str, Mapping[str, Sequence[Utterance]]],
    texts: Mapping[str, str],
    *,
    draws: int,
    seed: int,
) -> Measure:
    data: list[list[str | None]] = [[] for _ in coders]
    places: list[tuple[str, int, int]] = []
    for document, text in texts.items():
        found = [(document, *word) for word in word_labels(text, [])[0]]
        places += found
        for row, coder in zip(data, coders, strict=True):
            if coder not in compared[document]:
                row.extend([None] * len(found))
                continue
            spans = [span for utterance in compared[document][coder] for span in spans_in(utterance, document)]
            row.extend(_SAID if inside else _NOT_SAID for inside in word_labels(text, spans)[1])
    table = confusions(coders, data, lambda number, one, other: Place(*places[number], (one, other)))
    cells = tuple(
        Confusion(cell.one, cell.other, cell.count, () if cell.agrees else _runs(cell.places, places)) for cell in table
    )
    return measure_of("unit", "words", data, [place[0] for place in places], cells, draws=draws, seed=seed)


def _runs(found: Sequence[Place], words: Sequence[tuple[str, int, int]]) -> tuple[Place, ...]:
    """Return neighbouring words as one place."""
    number = {word: place for place, word in enumerate(words)}
    runs: list[Place] = []
    before = -2
    for place in found:
        here = number[place.document, place.start or 0, place.end or 0]
        if runs and here == before + 1 and runs[-1].document == place.document and runs[-1].coders == place.coders:
            runs[-1] = Place(place.document, runs[-1].start, place.end, place.coders)
        else:
            runs.append(place)
        before = here
    return tuple(runs)


def _spans(
    coders: Sequence[str],
    compared: Mapping[str, Mapping[str, Sequence[Utterance]]],
    units: Sequence[tuple[str, Matched]],
    lengths: Mapping[str, int],
    *,
    draws: int,
    seed: int,
) -> tuple[Measure, int]:
    """Return the agreement on places, and how many utterances were joined with another of the same coder."""
    sums, joined = [], 0
    for document, by in compared.items():
        spans = {c: [s for said in those for s in spans_in(said, document)] for c, those in by.items()}
        merged = {coder: merged_units(found) for coder, found in spans.items()}
        joined += sum(len(found) for found in spans.values()) - sum(len(found) for found in merged.values())
        last = max((end for found in merged.values() for _, end, _ in found), default=0)
        sums.append(unit_sums(max(lengths.get(document, 0), last), list(merged.values())))
    data = [
        [(_SAID if coder in unit else _NOT_SAID) if coder in compared[document] else None for document, unit in units]
        for coder in coders
    ]

    def place(number: int, one: str, other: str) -> Place | None:
        document, unit = units[number]
        return _place(document, unit, one, other) if one in unit or other in unit else None

    def absent(number: int, coder: str) -> bool:
        return coder not in compared[units[number][0]]

    table = confusions(coders, data, place, absent=absent)
    alpha = alpha_of_sums(sums)
    interval = None
    if draws and alpha is not None:
        interval = document_interval(
            len(sums), lambda row: alpha_of_sums([sums[number] for number in row]), draws=draws, seed=seed
        )
    cells = tuple(cell for cell in table if _SAID in (cell.one, cell.other))
    measure = Measure(
        name="spans",
        of="utterances",
        n=len(units),
        percent=percent_agreement(data) if units else None,
        alpha=alpha,
        alpha_ordinal=None,
        kappa=None,
        ac1=None,
        interval=interval,
        undefined=None if alpha is not None else "no coder has an utterance with words" if not units else
        "the utterances fill the texts, or none of them has words",
        confusions=cells,
    )  # fmt: skip
    return measure, joined


def _place(document: str, unit: Matched, one: str, other: str) -> Place:
    spans = [span for coder in (one, other) if coder in unit for span in spans_in(unit[coder], document)]
    if not spans:
        return Place(document, None, None, (one, other))
    return Place(document, min(start for start, _ in spans), max(end for _, end in spans), (one, other))


def _drift(claims: Measure, labels: Mapping[str, str]) -> tuple[ConfusedClaims, ...]:
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    either: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for cell in claims.confusions:
        if cell.one not in labels or cell.other not in labels:
            continue
        either.update(dict.fromkeys({cell.one, cell.other}, cell.count))
        if not cell.agrees:
            pair = (min(cell.one, cell.other), max(cell.one, cell.other))
            both[pair] += cell.count
            places[pair] += cell.places
    found = []
    for (a, b), count in both.items():
        one, other = sorted((Ref(labels[a], a), Ref(labels[b], b)))
        found.append(ConfusedClaims(one, other, count, either[a] + either[b] - count, tuple(places[a, b])))
    return tuple(sorted(found, key=lambda each: (-each.count, each.of, each.one, each.other)))
