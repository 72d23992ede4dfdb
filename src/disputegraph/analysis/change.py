"""Who changed sides: polarity on a claim, stance on an issue, when, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from disputegraph.model import StanceTaken, StatementTable
from disputegraph.networks import node_field

__all__ = ["Change", "changes"]


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
        (actor, claim, date[:10], side, utterance)
        for actor, claim, date, side, utterance in rows
        if actor and claim and date and utterance and side in ("affirms", "denies")
    ]
    taken = [(each.holder, each.on, each.date[:10], each.value, each.utterance or each.stance) for each in stances]
    found = [*_changes(said, "polarity"), *_changes([each for each in taken if each[2]], "stance")]
    return sorted(found, key=lambda each: (each.first_after or "", each.actor, each.about, each.before))


def _changes(rows: list[tuple[str, str, str, str, str]], kind: str) -> list[Change]:
    found = []
    for (actor, about), mine in groupby(sorted(rows), key=lambda row: (row[0], row[1])):
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
