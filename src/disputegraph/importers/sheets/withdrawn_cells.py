"""The column `withdrawn`: when, why and by which statement one no longer stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from disputegraph.importers.triples import Triples, literal
from disputegraph.importers.written_dates import iso_date, iso_guess
from disputegraph.tables import join_list, split_list

_BY = re.compile(r"by\s+(\S+)", re.IGNORECASE)
_LIKE_A_DATE = re.compile(r"\d+[./-]\d+[./-]\d+")
_YES = ("yes", "withdrawn", "true", "1")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That a statement no longer stands.

    Attributes:
        day: from when on, ISO 8601; empty if nobody says.
        reason: why; empty if nobody says.
        by: the ids of the statements that take it back.
    """

    day: str = ""
    reason: str = ""
    by: tuple[str, ...] = ()


def read_withdrawn(cell: str) -> Withdrawn | None:
    """Return what a cell says: parts separated by semicolons, a date, ``by ID``, and the reason; None if it is empty.

    Of several dates the first is the day; whatever else stands there is the reason.

    Raises:
        ValueError: what looks like a date cannot be taken for one day.
    """
    day, by, reason = "", [], []
    for part in split_list(cell):
        if match := _BY.fullmatch(part):
            by.append(match[1])
        elif not day and (found := iso_date(part)):
            day = found
        elif _LIKE_A_DATE.fullmatch(part):
            raise ValueError(f"'{part}' cannot be taken as a date. {iso_guess(part)}")
        elif part.casefold() not in _YES:
            reason.append(part)
    return Withdrawn(day, "; ".join(reason), tuple(by)) if cell else None


def withdrawn_cell(told: Withdrawn) -> str:
    """Return the cell that `read_withdrawn` reads as that."""
    reason = [told.reason] if told.reason else []
    parts = [part for part in (told.day, *reason, *(f"by {one}" for one in told.by)) if part]
    return join_list(parts) or "yes"


def add_withdrawal(triples: Triples, iri: str, told: Withdrawn, by: Iterable[str], language: str) -> None:
    """Add the withdrawal of an utterance: by the statements with these IRIs, and with a node for day and reason."""
    for later in by:
        triples.add_iri(later, "dg:supersedes", iri)
    if told.day or told.reason or not told.by:
        triples.typed(f"{iri}-withdrawal", "dg:Withdrawal")
        triples.add_iri(f"{iri}-withdrawal", "dg:supersedes", iri)
        if told.day:
            triples.add(f"{iri}-withdrawal", "dg:withdrawnOn", literal(told.day, "date"))
        if told.reason:
            triples.add(f"{iri}-withdrawal", "skos:note", literal(told.reason, language=language))
