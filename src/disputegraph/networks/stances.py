"""Stances as they were taken: by whom, on what, when, and shown by which utterance."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from disputegraph.networks.columns import read_columns
from disputegraph.store import Store

__all__ = ["StanceTaken", "stances_taken"]


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


def stances_taken(store: Store) -> list[StanceTaken]:
    """Return the stances of a store by holder, thing and date; a stance shown by several utterances comes with each."""
    text = files("disputegraph.networks").joinpath("queries").joinpath("stances.rq").read_text(encoding="utf-8")
    columns = read_columns(store.select(text))
    found: dict[tuple[str, str, str | None], StanceTaken] = {}
    names = ("stance", "holder", "on", "value", "utterance", "said", "issued")
    for stance, holder, on, value, utterance, said, issued in zip(*(columns[n].list() for n in names), strict=True):
        if stance and holder and on and value:
            taken = StanceTaken(holder, on, said or issued or "", value.rpartition("#")[2], utterance, stance)
            key = (stance, on, utterance)
            found[key] = min(found.get(key, taken), taken)
    return sorted(found.values(), key=lambda each: (each.holder, each.on, each.date, each.stance, each.utterance or ""))
