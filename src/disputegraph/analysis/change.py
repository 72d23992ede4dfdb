"""Who changed sides: polarity on a claim, stance on an issue, when, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from disputegraph.model import StanceTaken, StatementTable, day_of, moment_of, sooner
from disputegraph.networks import node_field


@dataclass(frozen=True, slots=True)
class Change:
    """A change of side, or two sides taken at once.

    Attributes:
        actor: who changed.
        about: the claim, or what the stance is about.
        kind: ``polarity`` or ``stance``.
        before: the earlier side.
        after: the later side.
        last_before: the last date on which the earlier side is known.
        first_after: the first date on which the later side is known. The change lies between the two.
        evidence_before: the utterances behind the earlier side, on that last date.
        evidence_after: those behind the later side, on that first date.
        at_once: whether both sides were taken on one day, so that it is a contradiction rather than a change.
    """

    actor: str
    about: str
    kind: str
    before: str
    after: str
    last_before: str | None
    first_after: str | None
    evidence_before: tuple[str, ...]
    evidence_after: tuple[str, ...]
    at_once: bool


def changes(table: StatementTable, *, stances: Iterable[StanceTaken] = (), between: str = "voices") -> list[Change]:
    """Return the changes of side by date.

    A change is two consecutive dates with different sides; statements without a date, and neutral ones, tell nothing.
    Several sides on one day are one entry with `at_once`, and the next day is compared with all of them.

    Args:
        table: the statements; include superseded ones (``statements(store, superseded=True)``), since what was
            withdrawn is what changed.
        stances: stances as they were taken; see `stances_taken`.
        between: whose changes: ``voices``, ``speakers``, ``organisations``.
    """
    rows = zip(
        table.column(node_field(between)).list(),
        table.column("claim").list(),
        table.column("date").list(),
        table.column("polarity").list(),
        table.column("utterance").list(),
        strict=True,
    )
    said = [
        (actor, claim, day, side, utterance)
        for actor, claim, date, side, utterance in rows
        if actor and claim and (day := _day(date or "")) and utterance and side in ("affirms", "denies")
    ]
    taken = [(each.holder, each.on, _day(each.date), each.value, each.utterance or each.stance) for each in stances]
    found = [*_changes(said, "polarity"), *_changes([each for each in taken if each[2]], "stance")]
    return sorted(found, key=lambda each: (sooner(each.first_after), each.actor, each.about, each.before))


def _day(text: str) -> str:
    """Return the day of a date, a month or year as it stands, or an empty text for what cannot be read."""
    return day_of(text) or ("" if np.isnat(moment_of(text)) else text)


def _changes(rows: list[tuple[str, str, str, str, str]], kind: str) -> list[Change]:
    found = []
    ordered = sorted(rows, key=lambda row: (row[:2], sooner(row[2]), row[3:]))
    for (actor, about), mine in groupby(ordered, key=lambda row: (row[0], row[1])):
        days: list[tuple[str, dict[str, list[str]]]] = []
        for date, on_day in groupby(mine, key=lambda row: row[2]):
            sides: dict[str, list[str]] = {}
            for row in on_day:
                sides.setdefault(row[3], []).append(row[4])
            days.append((date, sides))
        for date, sides in days:
            for one, other in pairwise(sorted(sides)):
                evidence = tuple(sides[one]), tuple(sides[other])
                found.append(Change(actor, about, kind, one, other, date, date, *evidence, at_once=True))
        for (before, old), (after, new) in pairwise(days):
            if len(old) == len(new) == 1 and set(old) != set(new):
                (one, one_evidence), (other, other_evidence) = *old.items(), *new.items()
                found.append(
                    Change(
                        actor,
                        about,
                        kind,
                        one,
                        other,
                        before,
                        after,
                        tuple(one_evidence),
                        tuple(other_evidence),
                        at_once=False,
                    )
                )
    return found
