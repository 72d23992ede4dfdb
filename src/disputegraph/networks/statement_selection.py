"""Choose statements by date and by the values of their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError, nearest
from disputegraph.model import RELATIONS, StatementTable, local_name, moment_of


def select(
    table: StatementTable,
    *,
    since: str | None = None,
    until: str | None = None,
    include: Mapping[str, Sequence[str]] | None = None,
    exclude: Mapping[str, Sequence[str]] | None = None,
) -> StatementTable:
    """Return the statements that were said in a range of dates and have, or have not, certain values.

    Args:
        table: the statements.
        since: first day or instant, ISO 8601; statements without a date are left out.
        until: last day or instant, both ends counting; a day, a month (``2016-02``) or a year counts to its end.
        include: values by field; a statement stays if, for every field, its value is one of those listed.
        exclude: values by field; a statement goes if, for any field, its value is one of those listed.

    Returns:
        The chosen statements. Values are named by IRI, by label, or by an IRI's local name.

    Raises:
        UsageError: a date is not one, a field does not exist, or no statement has a value that is named.
    """
    keep = np.ones(len(table), dtype=bool)
    if since is not None:
        keep &= table.dates >= instant_of(since, "since")
    if until is not None:
        keep &= table.dates < _end(until)
    for field, values in (include or {}).items():
        keep &= _having(table, field, values)
    for field, values in (exclude or {}).items():
        keep &= ~_having(table, field, values)
    return table if keep.all() else table.take(keep)


def _having(table: StatementTable, field: str, wanted: Sequence[str]) -> NDArray[np.bool_]:
    """Return which statements have one of the wanted values; of a field with several values, any."""
    if field in RELATIONS:
        rows, column = table.related(field)
    else:
        column = table.column(field)
        rows = np.arange(len(table), dtype=np.intp)
    # What a value is called is looked up in the whole table, so that a second filter never fails for what a first took.
    values = (table.whole.related(field)[1] if field in RELATIONS else table.whole_column(field)).values
    labels = table.names(values).labels
    called: dict[str, list[int]] = {}
    for code, value in enumerate(values):
        for name in {value.casefold(), labels[value].casefold(), local_name(value).casefold()}:
            called.setdefault(name, []).append(code)
    chosen = np.zeros(len(values) + 1, dtype=bool)
    for value in wanted:
        codes = called.get(value.casefold())
        if codes is None:
            known = [labels[each] for each in values]
            some = ", ".join(f"'{label}'" for label in sorted(known)[:8]) or "none at all"
            near = nearest(value, known)
            raise UsageError(f"no statement has {field} '{value}'.{near or f' Its values are {some}.'}")
        chosen[codes] = True
    having = np.zeros(len(table), dtype=bool)
    having[rows[chosen[column.codes]]] = True
    return having


def instant_of(text: str, option: str) -> np.datetime64:
    """Return an ISO 8601 date or instant; raises UsageError, naming the option, for anything else."""
    instant = moment_of(text.strip().replace(" ", "T"))
    if np.isnat(instant):
        raise UsageError(f"'{text}' is not a date for {option}; write it as 2016-02-10, 2016-02 or 2016.")
    return instant


def _end(text: str) -> np.datetime64:
    """Return the first second behind a day, month or year; behind an instant, the next second."""
    return np.datetime64(str(instant_of(text, "until") + np.timedelta64(1)), "s")
