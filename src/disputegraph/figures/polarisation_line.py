"""Polarisation over time, each figure with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from disputegraph.analysis import Inference, VersionRows, polarisation, polarisation_figures, spreads
from disputegraph.errors import UsageError
from disputegraph.figures.print_style import INK, LIGHT, canvas, dated_axis
from disputegraph.model import StatementTable
from disputegraph.networks import Slice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DRAWS = 200


@dataclass(frozen=True, slots=True)
class Indexed:
    """A time slice with its index of polarisation.

    Attributes:
        cut: the slice.
        index: None where `reason` says why.
        interval: of 95 %, or None.
        reason: why there is no index.
        complete: whether all draws were made.
    """

    cut: Slice
    index: float | None
    interval: tuple[float, float] | None
    reason: str | None
    complete: bool = True


def indexed(cut: Slice, *, time_limit: float, **options: Any) -> Indexed:
    """Return a time slice with its index and the interval by the bootstrap; see `polarisation`."""
    found = polarisation(cut.table, inference=Inference(null=0, bootstrap=_DRAWS), time_limit=time_limit, **options)
    return Indexed(cut, found.index, found.interval, found.reason, found.complete)


def indexed_over_coders(cut: Slice, table: StatementTable, coders: VersionRows, **options: Any) -> Indexed:
    """Return a time slice with its index and the interval over versions of coders and utterances of these."""
    rows = coders.within(table, cut.table)
    base = cut.table.take(rows.base)
    reason = polarisation(base, inference=Inference(0, 0), **options).reason
    if reason is not None:
        return Indexed(cut, None, None, reason)
    found = spreads(cut.table, rows, polarisation_figures(**options), draws=_DRAWS)["index"]
    return Indexed(cut, found.value, (found.both.low, found.both.high) if found.both else None, None)


def draw_polarisation(slices: list[Indexed], width: str, drawn: str) -> tuple[Figure, str]:
    """Draw the index of polarisation of each time slice with its 95 % interval.

    A slice without an interval is drawn hollow; one with too little data has no index, and is left out and counted.

    Raises:
        UsageError: no slice has an index.
    """
    there = [one for one in slices if one.index is not None]
    if not there:
        raise UsageError(f"no time slice has an index of polarisation: in the first, {slices[0].reason}.")
    sheet, axes = canvas(width, 2.2)
    last: tuple[Any, float] | None = None
    for one in slices:
        first, end = np.datetime64(one.cut.first), np.datetime64(one.cut.last)
        middle = np.datetime64(one.cut.middle) if one.cut.middle else first + (end - first) // 2
        if one.index is None:
            last = None
            continue
        if one.interval is not None:
            axes.vlines([middle], *one.interval, color=INK, linewidth=0.8)
        if last is not None:
            axes.plot([last[0], middle], [last[1], one.index], color=INK, linewidth=1, zorder=2)
        axes.plot([middle], [one.index], marker="o", markersize=4, color=INK, zorder=3, clip_on=False,
                  markerfacecolor=INK if one.interval else "white")  # fmt: skip
        last = (middle, one.index)
    lows = [min(one.index or 0.0, *(one.interval or (0.0,))) for one in there]
    axes.set_ylim(min(0.0, *lows, 0.0), 1)
    axes.axhline(0, color=INK, linewidth=0.5)
    axes.set_ylabel("polarisation")
    axes.grid(axis="y", color=LIGHT, linewidth=0.4)
    days = np.datetime64(slices[0].cut.first), np.datetime64(slices[-1].cut.last)
    dated_axis(axes, *days, most=4 if width == "one" else 8)
    many = "time slice" if len(slices) == 1 else "time slices"
    told = f"Polarisation in {len(slices)} {many}, {slices[0].cut.first} to {slices[-1].cut.last}; 0 is the mean of "
    told += f"chance, 1 two opposed coalitions of one size. With 95 % intervals {drawn} ({_DRAWS} draws)."
    if bare := sum(one.interval is None for one in there):
        told += f" {bare} without an interval {'is' if bare == 1 else 'are'} hollow."
    if early := sum(not one.complete for one in slices):
        told += f" In {early} the time limit ended the draws early."
    if without := len(slices) - len(there):
        told += f" {without} with too little data {'has' if without == 1 else 'have'} no index and are left out."
    return sheet, told
