"""Stances as they were taken: by whom, on what, when, and shown by which utterance."""

from __future__ import annotations

from dataclasses import dataclass

from disputegraph.model.day import sooner
from disputegraph.model.dispute_model import Model
from disputegraph.store import Store


@dataclass(frozen=True, slots=True, order=True)
class StanceTaken:
    """A stance as one utterance shows it.

    Attributes:
        holder: IRI of the actor.
        on: IRI of what it is about.
        date: ISO date, or an empty text where none is known.
        value: ``favours``, ``opposes`` or ``mixedStance``.
        utterance: IRI of the utterance, or None where the coding names none.
        stance: IRI of the stance.
    """

    holder: str
    on: str
    date: str
    value: str
    utterance: str | None
    stance: str


def stances_taken(dispute: Store | Model) -> list[StanceTaken]:
    """Return the stances of a dispute by holder, thing and date; a stance shown by several utterances comes with each.

    A stance is dated as the utterance that shows it.
    """
    model = dispute if isinstance(dispute, Model) else Model(dispute)
    shown_somewhere = any(stance.shown_in for stance in model.stances)  # else utterances need not be read for it
    dates = {utterance.iri: utterance.date or "" for utterance in model.utterances} if shown_somewhere else {}
    found = [
        StanceTaken(stance.holder.iri, on.iri, dates.get(shown or "", ""), stance.value, shown, stance.iri)
        for stance in model.stances
        if stance.holder and stance.value
        for on in stance.on
        for shown in stance.shown_in or (None,)
    ]
    return sorted(
        found, key=lambda each: (each.holder, each.on, sooner(each.date or None), each.stance, each.utterance or "")
    )
