"""The columns of the two sheets: one table from which reading, writing and the manual are made."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from disputegraph.errors import UsageError, nearest
from disputegraph.tables import Problems

CODED = "coded: "
"""What an exported column begins with whose name would else be taken for a field's."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column that the importer understands; `sheet_fields.toml` says what of it is what."""

    name: str
    meaning: str
    example: str = ""
    required: bool = False
    basic: bool = True
    also: tuple[str, ...] = ()


STATEMENT_FIELDS, ACTOR_FIELDS = (
    tuple(Field(**{**told, "also": tuple(told.get("also", ()))}) for told in fields)
    for fields in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).values()
)


def header_key(header: str) -> str:
    """Return what spellings of one column name share: ``On behalf of`` and ``on_behalf_of``."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header.strip())
    return re.sub(r"[\W_]+", "_", spaced.casefold()).strip("_")


def arrange(
    header: Sequence[str],
    fields: Sequence[Field],
    mapping: Mapping[str, str],
    name: str,
    problems: Problems,
    *,
    required: bool = True,
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the place of each field in a sheet, and the place of each column that is not a field.

    Raises:
        UsageError: the mapping names a column or a field that there is not.
    """
    by_key = {header_key(key): field.name for field in fields for key in (*field.also, field.name)}
    wanted = _checked_mapping(mapping, header, fields)
    places: dict[str, int] = {}
    others: dict[str, int] = {}
    exact = {header_key(column) for column in header}
    for place, column in enumerate(header):
        key = header_key(column)
        if place in wanted:
            field = wanted[place]
        elif column.startswith(CODED) or not key:
            field = None
        else:
            field = by_key.get(key)
            # A field's own name beats other headers that are understood for it, such as `source` beside `document`.
            if field is not None and (field in wanted.values() or (field != key and field in exact)):
                field = None
        if field is None:
            if column:
                others[column.removeprefix(CODED)] = place
        elif field in places:
            problems.error(f"is a second column for '{field}', beside '{header[places[field]]}'.", name, 1, column)
        elif field:
            places[field] = place
    for field_ in fields:
        if required and field_.required and field_.name not in places:
            near = nearest(field_.name, list(others))
            problems.error(
                f"there is no column '{field_.name}'.{near} Name one with --map COLUMN={field_.name}.", name, 1
            )
    return places, others


def _checked_mapping(mapping: Mapping[str, str], header: Sequence[str], fields: Sequence[Field]) -> dict[int, str]:
    """Return the field for each mapped column by place; an empty field leaves the column out."""
    names = {field.name for field in fields}
    by_key = {header_key(column): place for place, column in enumerate(header)}
    wanted = {}
    for column, field in mapping.items():
        place = header.index(column) if column in header else by_key.get(header_key(column))
        if place is None:
            raise UsageError(
                f"--map {column}={field}: the sheet has no column '{column}'.{nearest(column, header)} "
                f"It has: {', '.join(header)}."
            )
        if field and header_key(field) not in names:
            raise UsageError(
                f"--map {column}={field}: there is no field '{field}'.{nearest(field, names)} "
                f"Fields: {', '.join(field.name for field in fields)}."
            )
        wanted[place] = header_key(field)
    return wanted
