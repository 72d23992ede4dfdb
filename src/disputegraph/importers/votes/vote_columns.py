"""Which column of a table of votes holds what, told by the header and, in a wide table, by the cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from disputegraph.errors import UsageError, nearest
from disputegraph.importers.sheets.sheet_fields import header_key
from disputegraph.importers.votes.vote_words import VoteWords
from disputegraph.tables import Problems, Row, Table

FIELDS: dict[str, tuple[str, ...]] = {
    "voter": ("voter", "name", "voter_name", "member", "legislator", "mp", "mep", "senator", "deputy", "country"),
    "voter_id": ("voter_id", "member_id", "person_id", "legislator_id", "mp_id", "mep_id", "icpsr"),
    "motion": ("motion", "motion_title", "bill", "roll_call", "rollcall", "division", "resolution", "proposal"),
    "motion_id": ("motion_id", "bill_id", "roll_call_id", "rollcall_id", "division_id", "resolution_id", "rcid"),
    "vote": ("vote", "vote_cast", "cast", "voted", "position", "choice"),
    "date": ("date", "day", "vote_date", "date_of_vote"),
    "paraphrase": ("paraphrase", "title", "text", "description"),
}
"""The fields of tables of votes, each with the headers that are read as it, the first that is there."""

_ATTRIBUTE = "attribute"
_ATTRIBUTES = frozenset((
    "party", "group", "faction", "fraction", "caucus", "bloc", "chamber", "country", "state", "region", "district",
    "constituency", "seat", "age", "born", "sex", "gender", "occupation", "committee", "role", "email", "url", "notes",
))  # fmt: skip
"""Headers of wide tables that are never motions or voters, whatever stands below."""
_MOST_CODES = 9


@dataclass(frozen=True, slots=True)
class VoteColumns:
    """The columns of one table, by place.

    Attributes:
        fields: the place of each field that the table has.
        others: further columns by name: what is told of a voter, a motion or a vote.
        crossing: in a wide table, the columns that are motions (or voters), by name; None in a long one.
        rows: what the rows of a wide table are, ``voter`` or ``motion``.
    """

    fields: Mapping[str, int]
    others: Mapping[str, int]
    crossing: Mapping[str, int] | None = None
    rows: str = "voter"


def fields_of(
    table: Table, wanted: Sequence[str], mapping: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, int], set[str]]:
    """Return the places of fields and of all other columns, and the names of those that are mapped to attributes.

    Raises:
        UsageError: the mapping names a column or a field that there is not.
    """
    given = {header_key(column): field for column, field in mapping.items()}
    keys = {header_key(column): place for place, column in enumerate(table.header) if column}
    names = [*wanted, _ATTRIBUTE]
    for column, field in mapping.items():
        if header_key(column) not in keys:
            hint = nearest(column, table.header)
            raise UsageError(f"--map {column}={field}: {table.name} has no column '{column}'.{hint}")
        if field and field not in names:
            raise UsageError(
                f"--map {column}={field}: there is no field '{field}'.{nearest(field, names)} "
                f"Fields: {', '.join(names)}."
            )
    fields = {field: keys[key] for key, field in given.items() if field in wanted}
    for field in wanted:
        for name in FIELDS[field]:
            if field not in fields and name in keys and name not in given and keys[name] not in fields.values():
                fields[field] = keys[name]
    for whole, part in (("voter", "voter_id"), ("motion", "motion_id")):
        if whole not in fields and part in fields:
            fields[whole] = fields.pop(part)
    left_out = {keys[key] for key, field in given.items() if not field}
    others = {
        column: place
        for place, column in enumerate(table.header)
        if column and place not in left_out and place not in fields.values()
    }
    return fields, others, {column for column in others if given.get(header_key(column)) == _ATTRIBUTE}


def vote_columns(
    table: Table, rows: Sequence[Row], words: VoteWords, mapping: Mapping[str, str], problems: Problems
) -> VoteColumns:
    """Return what each column is; what is missing or told of is put into `problems`.

    A table with a column of votes is long: it has a row for each vote. One without is wide: its rows are voters, or,
    where it has a column of motions alone, motions; a column in which at least one word is known as a vote is one
    of votes.
    """
    wanted = ("voter", "voter_id", "motion", "motion_id", "vote", "date", "paraphrase")
    fields, others, attributes = fields_of(table, wanted, mapping)
    if "vote" in fields:
        missing = [field for field in ("voter", "motion") if field not in fields]
    elif "voter" in fields and "motion" in fields:
        missing = ["vote"]
    else:
        missing = [] if "voter" in fields or "motion" in fields else ["voter"]
    for field in missing:
        problems.error(_lacking(field), table.name, 1)
    if missing or "vote" in fields:
        return VoteColumns(fields, others)
    if "voter" in fields:  # of a row that is a voter these say nothing
        others |= {table.header[fields[name]]: fields.pop(name) for name in ("date", "paraphrase") if name in fields}
    crossing, further = _crossing(table, rows, words, others, attributes, problems=problems)
    what = "voter" if "voter" in fields else "motion"
    if told := [column for column in further if crossing and column not in attributes]:
        problems.warn(f"{_listed(told)}: no votes, and kept as attributes of {what}s.", table.name, 1)
    return VoteColumns(fields, further, crossing, what)


def _crossing(
    table: Table,
    rows: Sequence[Row],
    words: VoteWords,
    others: Mapping[str, int],
    attributes: Collection[str],
    *,
    problems: Problems,
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the columns of a wide table that hold votes, and those that hold something else."""
    cells = {column: {row.cells[place] for row in rows} - {""} for column, place in others.items()}
    may = [column for column in others if column not in attributes and header_key(column) not in _ATTRIBUTES]
    empty = [column for column in may if not cells[column]]
    votes = [column for column in may if any(map(words.vote, cells[column]))]
    # Where no word at all is known, those of columns that have few are asked for.
    votes = votes or [column for column in may if 0 < len(cells[column]) <= _MOST_CODES]
    if empty:
        problems.warn(f"{len(empty):,} columns are empty and left out: {_listed(empty)}.", table.name, 1)
    if not votes:
        problems.error("no column holds votes.", table.name, 1)
    further = {column: place for column, place in others.items() if column not in votes and column not in empty}
    return {column: others[column] for column in votes}, further


def _lacking(field: str) -> str:
    return f"no column is one of {field}s ({', '.join(FIELDS[field][:4])} …); say which with --map COLUMN={field}."


def _listed(names: Sequence[str]) -> str:
    quoted = ", ".join(f"'{name}'" for name in names[:6])
    return quoted if len(names) <= 6 else f"{quoted} and {len(names) - 6:,} more"  # noqa: PLR2004
