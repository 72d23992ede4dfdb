"""Time slices: the statements of one week, month or year after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from disputegraph.errors import LimitError, UsageError, nearest
from disputegraph.model import StatementTable, day_text
from disputegraph.networks.statement_selection import instant_of

UNITS = {"days": "D", "weeks": "W", "months": "M", "years": "Y"}
MOST_SLICES = 10_000
"""More slices than this are refused: a year in a coding that is off by a thousand makes them."""


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """The statements of one time slice.

    Attributes:
        first: its first day, ISO 8601.
        last: its last day.
        table: its statements; it may hold none.
        middle: the day in its middle, for the windows of a kernel.
    """

    first: str
    last: str
    table: StatementTable
    middle: str | None = None

    @property
    def name(self) -> str:
        """The day by which the slice is told from others: the first, or the middle of a kernel's window."""
        return self.middle or self.first


def slices(
    table: StatementTable,
    unit: str,
    width: int = 1,
    *,
    step: int | None = None,
    since: str | None = None,
    until: str | None = None,
    dna_compat: bool = False,
) -> list[Slice]:
    """Return a table cut into time slices, oldest first, without those before the first and behind the last statement.

    By default slices follow each other without overlap and keep to the calendar: weeks begin on Monday (ISO 8601),
    months on their first day, and slices of several units are counted from the one that holds the first statement.
    With `dna_compat` they are Discourse Network Analyzer's moving windows: the centre goes from the first to the last
    date in steps of one unit, a window reaches ``round((width - 1) / 2)`` units to either side with both ends
    included, and only windows entirely within the first and the last date are given.

    Args:
        table: the statements; those without a date are in no slice.
        unit: ``days``, ``weeks``, ``months`` or ``years``.
        width: units in a slice, at least 1.
        step: units from the beginning of one slice to that of the next, at most the width, so that no statement is
            left out; below the width slices overlap. By default the width; with `dna_compat` 1.
        since: first date in place of that of the first statement; slices without statements may then come first.
        until: last date in place of that of the last statement.
        dna_compat: cut as DNA does.

    Raises:
        UsageError: no such unit, a width below 1, a step below 1 or above the width, no dated statement, or a slice
            longer than the statements last.
        LimitError: there would be more than `MOST_SLICES`.
    """
    if unit not in UNITS:
        raise UsageError(f"unknown unit of time '{unit}'.{nearest(unit, UNITS)} There are {', '.join(UNITS)}.")
    if width < 1:
        raise UsageError(f"a time slice is at least 1 of its units wide; {width} is not.")
    if step is not None and not 1 <= step <= width:
        raise UsageError(f"a step is 1 to {width}, the width of a slice, so that no statement is left out, not {step}.")
    dates = table.dates
    known = dates[~np.isnat(dates)]
    if not len(known):
        raise UsageError("no statement has a date, so there are no time slices.")
    first = known.min() if since is None else instant_of(since, "since").astype("datetime64[s]")
    last = known.max() if until is None else instant_of(until, "until").astype("datetime64[s]")
    if dna_compat:
        made = _moving(first, last, unit, width)[:: step or 1]
    else:
        made = _following(first, last, unit, width, step or width)
    if not made or (not dna_compat and width > 1 and len(made) == 1 and _units(first, last, unit) < width):
        raise UsageError(
            f"a slice of {width} {unit} is longer than the statements last: they are from "
            f"{day_text(first)} to {day_text(last)}."
        )
    cut = []
    for begin, end in made:
        inside = np.flatnonzero((dates >= begin) & (dates <= end))
        cut.append(Slice(day_text(begin), day_text(end), table.take(inside)))
    return cut


def checked_number(number: int) -> int:
    """Return the number of slices; raises LimitError where it is above `MOST_SLICES`."""
    if number > MOST_SLICES:
        raise LimitError(f"{number:,} time slices are more than {MOST_SLICES:,}; take a larger unit or width.")
    return number


def _units(first: np.datetime64, last: np.datetime64, unit: str) -> int:
    if unit == "weeks":
        return int((_monday(last) - _monday(first)).astype(int)) // 7 + 1
    code = UNITS[unit]
    return int((last.astype(f"datetime64[{code}]") - first.astype(f"datetime64[{code}]")).astype(int)) + 1


def _monday(instant: np.datetime64) -> np.datetime64:
    day = instant.astype("datetime64[D]")
    return np.datetime64(day - (day.astype(int) + 3) % 7, "D")


def _following(
    first: np.datetime64, last: np.datetime64, unit: str, width: int, step: int
) -> list[tuple[np.datetime64, np.datetime64]]:
    number = checked_number(1 + max(0, -(-(_units(first, last, unit) - width) // step)))
    days = 7 if unit == "weeks" else 1
    origin = _monday(first) if unit == "weeks" else first.astype(f"datetime64[{UNITS[unit]}]")
    starts = [origin + days * step * place for place in range(number)]
    second = np.timedelta64(1, "s")
    return [
        (begin.astype("datetime64[s]"), (begin + days * width).astype("datetime64[s]") - second) for begin in starts
    ]


def _moving(
    first: np.datetime64, last: np.datetime64, unit: str, width: int
) -> list[tuple[np.datetime64, np.datetime64]]:
    reach = int(np.floor((width - 1) / 2 + 0.5))
    number = checked_number(_units(first, last, unit) + 1)
    made = []
    for step in range(number + 1):
        centre = later(first, step, unit)
        begin, end = later(centre, -reach, unit), later(centre, reach, unit)
        if centre <= last and begin >= first and end <= last:
            made.append((begin, end))
    return made


def later(instant: np.datetime64, units: int, unit: str) -> np.datetime64:
    """Return an instant moved by whole units; a day that its month does not have becomes the month's last."""
    if unit in ("days", "weeks"):
        return instant + np.timedelta64(units * (7 if unit == "weeks" else 1), "D")
    month = instant.astype("datetime64[M]")
    moved = month + units * (12 if unit == "years" else 1)
    into = min(
        int((instant.astype("datetime64[D]") - month.astype("datetime64[D]")).astype(int)),
        int(((moved + 1).astype("datetime64[D]") - moved.astype("datetime64[D]")).astype(int)) - 1,
    )
    clock = instant - instant.astype("datetime64[D]")
    return np.datetime64((moved.astype("datetime64[D]") + into).astype("datetime64[s]") + clock, "s")
