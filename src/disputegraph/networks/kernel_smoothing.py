"""Kernel windows: networks in which a statement counts the more, the nearer it is to a moment that moves on.

Source: Discourse Network Analyzer 3.1.2, kernel-smoothed time slices; docs/networks.md writes the formulas out and
lists where the default differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias, Unpack

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError, nearest
from disputegraph.model import Instants, StatementTable, day_text
from disputegraph.networks.coded_twice import coded_once
from disputegraph.networks.formulas import Floats
from disputegraph.networks.incidence import incidence_of
from disputegraph.networks.levels import levels_of
from disputegraph.networks.network_options import NetworkOptions, Options
from disputegraph.networks.network_weights import Weights
from disputegraph.networks.time_slices import UNITS, Slice, checked_number, later
from disputegraph.networks.weighing import Smoothing, finished_weights

KERNELS: dict[str, Callable[[Floats], Floats]] = {
    "uniform": lambda x: np.where(np.abs(x) <= 1, 0.5, 0.0),
    "triangular": lambda x: (1 - np.abs(x)).clip(0),
    "epanechnikov": lambda x: (0.75 * (1 - x**2)).clip(0),
    "gaussian": lambda x: np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi),
}
"""The weight of a statement by its distance from the middle, in half widths of the window."""


def kernel_windows(
    table: StatementTable,
    kind: str,
    kernel: str,
    unit: str,
    width: int,
    *,
    step: int = 1,
    indent: bool = True,
    **options: Unpack[NetworkOptions],
) -> list[tuple[Slice, Weights]]:
    """Return a network for each window of a kernel, oldest first.

    The middle of the window moves from half a width behind the first statement to half a width before the last, by
    `step` units. A statement counts with its kernel weight z; a pair of statements with ``sqrt(z1 z2)``. All windows
    have the same nodes, those with statements at any time, and repeated statements are dropped once for all windows.

    Args:
        table: the statements; those without a date do not count.
        kind: any kind of network but ``portrayal`` and ``hearsay``.
        kernel: ``uniform``, ``triangular``, ``epanechnikov`` or ``gaussian``, which reaches over all statements.
        unit: ``days``, ``weeks``, ``months`` or ``years``.
        width: units in a window; an odd number is made even by one more.
        step: units from one window to the next.
        indent: False moves the middle from the first to the last statement, as DNA does for phase transitions.
        options: see `NetworkOptions`; with `dna_compat` all faults of DNA are kept.

    Raises:
        UsageError: an unknown option, one that has no meaning with kernels, or a window wider than the statements last.
        LimitError: there would be too many windows.
    """
    _check(kernel, unit, width, step)
    if options.get("dna_compat"):
        options = _as_dna(kind, options)
    chosen = Options(kind=kind, **options)
    chosen.check_smoothing()
    if not chosen.dna_compat:
        table = table.take(coded_once(table))
    table = table.take(np.flatnonzero(~np.isnat(table.dates)))
    if not len(table):
        raise UsageError("no statement has a date, so there are no time slices.")
    levels = levels_of(table, chosen.qualifier, among=chosen.universe if chosen.dna_compat else None)
    incidence, nodes, others = incidence_of(table, chosen, levels)
    dates = incidence.table.dates
    made = []
    cut = _windows(dates, kernel, unit, width, step, indent=indent, dna_compat=chosen.dna_compat)
    for first, last, middle, there, z in cut:
        here = replace(
            incidence,
            table=incidence.table.take(there),
            rows=incidence.rows[there],
            columns=incidence.columns[there],
            levels=incidence.levels[there],
        )
        weights = finished_weights(here, nodes, others, chosen, levels, smoothing=Smoothing(z, incidence))
        window = f"{2 * ((width + 1) // 2)} {unit}"
        weights = replace(weights, settings={**weights.settings, "kernel": kernel, "window": window})
        made.append((Slice(day_text(first), day_text(last), here.table, day_text(middle)), weights))
    return made


def kernel_slices(
    table: StatementTable, kernel: str, unit: str, width: int, *, step: int = 1, indent: bool = True
) -> list[tuple[Slice, Floats]]:
    """Return the statements of each window of a kernel, oldest first, and what they count for, for analyses.

    The windows are those of `kernel_windows`. The amounts are one for each row of the whole table, the option `amounts`
    of an analysis of the window.

    Args:
        table: the statements; those without a date are in no window.
        kernel: see `KERNELS`.
        unit: ``days``, ``weeks``, ``months`` or ``years``.
        width: units in a window.
        step: units from one window to the next.
        indent: False moves the middle from the first to the last statement.

    Raises:
        UsageError, LimitError: as `kernel_windows`.
    """
    _check(kernel, unit, width, step)
    table = table.take(np.flatnonzero(~np.isnat(table.dates)))
    if not len(table):
        raise UsageError("no statement has a date, so there are no time slices.")
    made = []
    for first, last, middle, there, z in _windows(table.dates, kernel, unit, width, step, indent=indent):
        amounts = np.zeros(len(table.whole))
        amounts[table.rows[there]] = z
        made.append((Slice(day_text(first), day_text(last), table.take(there), day_text(middle)), amounts))
    return made


_Window: TypeAlias = tuple[np.datetime64, np.datetime64, np.datetime64, NDArray[np.intp], Floats]


def _windows(
    dates: Instants, kernel: str, unit: str, width: int, step: int, *, indent: bool, dna_compat: bool = False
) -> Iterator[_Window]:
    """Yield first, last and middle day of each window, the places of the statements that count in it, and how much."""
    half = (width + 1) // 2
    middles = _middles(dates, unit, half if indent else 0, step, clip_again=dna_compat)
    if not middles:
        raise UsageError(
            f"a window of {2 * half} {unit} is wider than the statements last: they are from {day_text(dates.min())} "
            f"to {day_text(dates.max())}."
        )
    for middle in middles:
        begin, end = later(middle, -half, unit), later(middle, half, unit)
        if kernel == "gaussian":
            inside = np.ones(len(dates), dtype=bool)
            first, last = dates.min(), dates.max()
        else:
            inside = (dates >= begin) & (dates <= end)
            first, last = max(begin, dates.min()), min(end, dates.max())
        if dna_compat:
            z = _weights_of_dna(kernel, _whole_units(dates, middle, unit) / half)
        else:
            after = dates >= middle
            reach = np.where(after, end - middle, middle - begin).astype(np.float64)
            z = KERNELS[kernel](np.abs((dates - middle).astype(np.float64)) / reach)
        there = np.flatnonzero(inside & (z > 0))
        yield first, last, middle, there, z[there]


def _check(kernel: str, unit: str, width: int, step: int) -> None:
    for word, known, what in ((kernel, KERNELS, "kernel"), (unit, UNITS, "unit of time")):
        if word not in known:
            raise UsageError(f"unknown {what} '{word}'.{nearest(word, known)} There are {', '.join(known)}.")
    if min(width, step) < 1:
        raise UsageError(f"a window and its step are at least 1 of its units; {min(width, step)} is not.")


def _as_dna(kind: str, options: NetworkOptions) -> NetworkOptions:
    """Return the options that DNA puts in place of those that it has not written for kernels."""
    options = options.copy()
    if options.get("value") == "combine":
        options["value"] = "subtract"
    if options.get("normalise", "none") != "none":
        options["normalise"] = "none" if kind == "affiliation" else "average"
    return options


def _middles(dates: Instants, unit: str, indent: int, step: int, *, clip_again: bool) -> list[np.datetime64]:
    first, last = later(dates.min(), indent, unit), later(dates.max(), -indent, unit)
    made = []
    middle, place = first, 0
    while middle <= last:
        made.append(middle)
        checked_number(len(made))
        place += step
        # DNA steps on from the middle before, so that a month that is too short moves all middles behind it.
        middle = later(middle, step, unit) if clip_again else later(first, place, unit)
    return made


def _weights_of_dna(kernel: str, x: Floats) -> Floats:
    """Return DNA's weights; its triangular kernel is ``|1 - x|`` where ``|x| <= 1``."""
    if kernel == "triangular":
        return np.where(np.abs(x) <= 1, np.abs(1 - x), 0.0)
    return KERNELS[kernel](x)


def _whole_units(dates: Instants, middle: np.datetime64, unit: str) -> Floats:
    """Return how many whole units each date lies before the middle, cut off towards zero as Java does."""
    if unit in ("days", "weeks"):
        days: Floats = np.trunc((middle - dates).astype("timedelta64[s]").astype(np.float64) / 86_400)
        weeks: Floats = np.trunc(days / 7)
        return weeks if unit == "weeks" else days
    day, centre = dates.astype("datetime64[D]"), middle.astype("datetime64[D]")
    months = (centre.astype("datetime64[M]") - day.astype("datetime64[M]")).astype(np.int64)
    days_on = _day_of_month(centre) - _day_of_month(day)
    months = months - ((months > 0) & (days_on < 0)) + ((months < 0) & (days_on > 0))
    years: Floats = np.trunc(months / 12)
    return years if unit == "years" else months.astype(np.float64)


def _day_of_month(days: Instants | np.datetime64) -> NDArray[np.int64]:
    return np.asarray(days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
