"""The sheets of a workbook: which kinds of things each holds, and which columns it can have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from disputegraph.importers.sheets.sheet_fields import ACTOR_FIELDS, STATEMENT_FIELDS, Field, header_key
from disputegraph.importers.sheets.sheet_words import meaning
from disputegraph.model import entry_fields, entry_forms

SHEETS = {
    "statements": ("Utterance", "ReportedUtterance"),
    "actors": (
        "Person", "Organization", "HospitalTrust", "NewsOrganization", "Collective", "UnnamedSource", "Actor",
        "Hospital", "Issue",
    ),
    "claims": ("Claim",),
    "arguments": ("Argument", "ClaimRelation"),
    "documents": ("Document",),
    "stances": ("Stance",),
    "posts": ("Post", "Role", "Membership", "Affiliation"),
    "events": (
        "Event", "IndustrialAction", "Negotiation", "Ballot", "BallotResult", "PlannedAction", "Demand", "Offer",
    ),
    "arrangements": ("Arrangement", "Provision", "Status", "ClaimedThing"),
    "codebook": ("Dispute", "Coder", "Variable", "CodedValue", "Quantity", "Withdrawal"),
}  # fmt: skip
"""The kinds of each sheet. In the sheet of one kind the column `kind` may be left out. A kind of the table of forms
that is not named here stands in the codebook."""

TEXTS = ("label", "plain", "edtf")
"""What values a cell may hold that are texts; where there can be but one, a semicolon in it separates nothing."""

LISTED = "_list"
"""How a column ends that holds several values, separated by semicolons, of a field that should have one."""

_MACHINERY = ("kind", "id", "classes", "evidence", "evidence_sha256", "evidence_id")
_STATEMENT = {"coder": "coded_by"}
_ACTOR = {"name": "label"}


def sheet_of(kind: str) -> str:
    """Return the sheet in which things of a kind are written."""
    return next((sheet for sheet, kinds in SHEETS.items() if kind in kinds), "codebook")


def kind_word(kind: str) -> str:
    """Return the word for a kind: ``industrial action``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()


def kind_meant(word: str) -> str | None:
    """Return the kind of the table of forms that a word means, or None."""
    return _kinds().get(header_key(word)) or (
        ((kind := meaning("kind", word)) and kind in entry_forms() and kind) or None
    )


def field_in(sheet: str, kind: str, column: str) -> str:
    """Return the field that a column of a sheet stands for, given the kind of the thing in the row."""
    if sheet == "actors":
        if column == "description":
            return "source_description" if kind == "UnnamedSource" else "note"
        return _ACTOR.get(column, column)
    if sheet == "statements":
        column = _STATEMENT.get(column, column)
        return (
            f"reported_{column}" if kind == "ReportedUtterance" and f"reported_{column}" in entry_fields() else column
        )
    return "label" if column == "name" else column


@cache
def column_of(sheet: str, kind: str, name: str) -> str | None:
    """Return the column of a sheet in which a field is written, the inverse of `field_in`; None where there is none."""
    column = _column(sheet, kind, name)
    there = any(column == known.name for known in columns_of(sheet)) and field_in(sheet, kind, column) == name
    return column if there and (sheet != "statements" or name in entry_forms()[kind].fields) else None


def _column(sheet: str, kind: str, name: str) -> str:
    if sheet == "actors":
        return next((column for column, other in _ACTOR.items() if other == name), name)
    if sheet == "statements":
        if kind == "ReportedUtterance":
            name = name.removeprefix("reported_")
        return next((column for column, other in _STATEMENT.items() if other == name), name)
    return name


@cache
def columns_of(sheet: str) -> Sequence[Field]:
    """Return the columns that a sheet of a workbook can have.

    That of statements has the fields of its own kinds only, so that few columns of a coder's own are taken for one.
    """
    basic = {"statements": STATEMENT_FIELDS, "actors": ACTOR_FIELDS}.get(sheet, ())
    taken = {header_key(name) for field in basic for name in (field.name, *field.also)}
    names = (
        dict.fromkeys(_column(sheet, kind, name) for kind in SHEETS[sheet] for name in entry_forms()[kind].fields)
        if sheet == "statements"
        else entry_fields()
    )
    single = [name + LISTED for name in names if not name.endswith(LISTED)]
    further = [name for name in (*_MACHINERY, *names, *single) if name not in taken]
    return *basic, *(Field(name, "", also=("name",) if name == "label" else ()) for name in dict.fromkeys(further))


@cache
def _kinds() -> dict[str, str]:
    return {header_key(form): kind for kind in entry_forms() for form in (kind, kind_word(kind))}
