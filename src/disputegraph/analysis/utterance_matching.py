"""Which utterances of several coders are the same: by their words and their speaker, not by what was coded of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from disputegraph.model import Utterance

Matched = dict[str, Utterance]
"""What is one utterance, as each coder who has it coded it; by coder."""

_Places: TypeAlias = Mapping[str, list[tuple[int, int]]]

_SHARED = 0.5
_SPEAKER, _CLAIM, _POLARITY = 1.0, 0.01, 0.001


def match_utterances(coded: Mapping[str, Sequence[Utterance]], document: str) -> list[Matched]:
    """Return the utterances of a document as units, each with what every coder who has it made of it.

    Two utterances can be the same where at least half of the words of the shorter are words of the other too, counted
    in characters; without words, where the speaker is the same. Of two coders' utterances those are paired, each with
    one at most, that together give the largest sum of

    - the share of common words (Dice: twice the common length over both lengths), and
    - 1 where the speaker is the same, so that two speakers in one sentence are kept apart.

    Where these leave it open, as with several utterances in the same words of the same speaker, the same claim and then
    the same polarity decide; they weigh too little to decide anything else, so that pairing does not presuppose the
    agreement that it is to measure. The assignment is optimal (Jonker & Volgenant's algorithm, in scipy). A third
    coder's utterances are assigned to the units of the first two, by the mean over the utterances there, and so on;
    coders come in alphabetical order.

    Args:
        coded: the utterances by coder.
        document: IRI of the document.

    Returns:
        The units in order of their places. One that a single coder has is a unit too.
    """
    from scipy.optimize import linear_sum_assignment

    units: list[Matched] = []
    places = {said.iri: spans_in(said, document) for those in coded.values() for said in those}
    for coder in sorted(coded):
        theirs = list(coded[coder])
        scores = np.array([[_score(unit, utterance, places) for utterance in theirs] for unit in units])
        taken: set[int] = set()
        if scores.size:
            for row, column in zip(*linear_sum_assignment(scores, maximize=True), strict=True):
                if scores[row, column] > 0:
                    units[row][coder] = theirs[column]
                    taken.add(int(column))
        units += [{coder: utterance} for place, utterance in enumerate(theirs) if place not in taken]
    return sorted(units, key=lambda unit: min((places[u.iri], u.iri) for u in unit.values()))


def spans_in(utterance: Utterance, document: str) -> list[tuple[int, int]]:
    """Return where an utterance stands in a document, in order, overlapping places joined."""
    spans: list[tuple[int, int]] = []
    found = ((a.start, a.end) for a in utterance.anchors if a.document == document)
    for start, end in sorted((s, e) for s, e in found if s is not None and e is not None and s < e):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _score(unit: Matched, utterance: Utterance, places: _Places) -> float:
    return sum(_pair_score(other, utterance, places) for other in unit.values()) / len(unit)


def _pair_score(one: Utterance, other: Utterance, places: _Places) -> float:
    mine, theirs = places[one.iri], places[other.iri]
    same_speaker = one.speaker is not None and one.speaker == other.speaker
    if not mine or not theirs:
        return float(same_speaker and not mine and not theirs)
    lengths = [sum(end - start for start, end in spans) for spans in (mine, theirs)]
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in theirs)
    if common < _SHARED * min(lengths):
        return 0.0
    return (
        2 * common / sum(lengths)
        + _SPEAKER * same_speaker
        + _CLAIM * (one.claim is not None and one.claim == other.claim)
        + _POLARITY * (one.polarity == other.polarity)
    )
