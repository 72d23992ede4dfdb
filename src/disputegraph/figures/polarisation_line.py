"""Polarisation over time, each figure with its interval over documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis import Interval, document_interval, polarisation
from disputegraph.errors import UsageError
from disputegraph.figures.print_style import INK, LIGHT, canvas, dated_axis
from disputegraph.model import StatementTable
from disputegraph.networks import NetworkOptions, Slice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_polarisation"]

_DRAWS = 200


def draw_polarisation(
    cut: list[Slice], width: str, *, ties: str, time_limit: float, **options: Unpack[NetworkOptions]
) -> tuple[Figure, str]:
    """Draw the index of `polarisation` of each time slice with its 95 % interval by the bootstrap over documents.

    A slice of a single document has no interval, and is drawn hollow; one in which nobody agrees or disagrees with
    anybody has no index.

    Raises:
        UsageError: no slice has an index.
    """
    share = time_limit / (len(cut) * (_DRAWS + 1))
    indices = [polarisation(each.table, ties=ties, time_limit=share, **options).index for each in cut]
    if all(index is None for index in indices):
        raise UsageError("in no time slice does anybody agree or disagree with anybody, so there is no polarisation.")
    sheet, axes = canvas(width, 2.2)
    bare_ones = without = 0
    last: tuple[Any, float] | None = None
    for each, index in zip(cut, indices, strict=True):
        middle = np.datetime64(each.first) + (np.datetime64(each.last) - np.datetime64(each.first)) // 2
        if index is None:
            without += 1
            last = None
            continue
        interval = _interval(each.table, ties=ties, time_limit=share, **options)
        if interval is None:
            bare_ones += 1
        else:
            axes.vlines([middle], interval.low, interval.high, color=INK, linewidth=0.8)
        if last is not None:
            axes.plot([last[0], middle], [last[1], index], color=INK, linewidth=1, zorder=2)
        axes.plot([middle], [index], marker="o", markersize=4, color=INK, zorder=3, clip_on=False,
                  markerfacecolor=INK if interval else "white")  # fmt: skip
        last = (middle, index)
    axes.set_ylim(0, 1)
    axes.set_ylabel("polarisation (0 to 1)")
    axes.grid(axis="y", color=LIGHT, linewidth=0.4)
    days = np.datetime64(cut[0].first), np.datetime64(cut[-1].last)
    dated_axis(axes, *days, most=4 if width == "one" else 8)
    told = f"Polarisation in {len(cut)} time slices, {cut[0].first} to {cut[-1].last}, with 95 % intervals by the "
    told += f"bootstrap over documents ({_DRAWS} draws)."
    if bare_ones:
        told += f" {bare_ones} with a single document have no interval (hollow)."
    return sheet, told + (f" {without} in which nobody agrees or disagrees are left out." if without else "")


def _interval(
    table: StatementTable, *, ties: str, time_limit: float, **options: Unpack[NetworkOptions]
) -> Interval | None:
    codes = table.column("document").codes
    rows = [np.flatnonzero(codes == code) for code in np.unique(codes[codes >= 0])]

    def index(drawn: NDArray[np.intp]) -> float | None:
        chosen = table.take(np.concatenate([rows[at] for at in drawn]))
        return polarisation(chosen, ties=ties, time_limit=time_limit, **options).index

    return document_interval(len(rows), index, draws=_DRAWS)
