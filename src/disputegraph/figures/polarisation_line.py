"""Polarisation over time, each figure with its interval over documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from disputegraph.analysis import Inference, polarisation
from disputegraph.errors import UsageError
from disputegraph.figures.print_style import INK, LIGHT, canvas, dated_axis
from disputegraph.networks import NetworkOptions, Slice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_polarisation"]

_DRAWS = 200


def draw_polarisation(
    cut: list[Slice], width: str, *, ties: str, time_limit: float, **options: Unpack[NetworkOptions]
) -> tuple[Figure, str]:
    """Draw the index of `polarisation` of each time slice with its 95 % interval by the bootstrap.

    A slice without an interval is drawn hollow; one with too little data has no index, and is left out and counted.

    Raises:
        UsageError: no slice has an index.
    """
    how = Inference(null=0, bootstrap=_DRAWS)
    share = time_limit / len(cut)
    found = [polarisation(each.table, ties=ties, inference=how, time_limit=share, **options) for each in cut]
    if all(one.index is None for one in found):
        raise UsageError(f"no time slice has an index of polarisation: in the first, {found[0].reason}.")
    sheet, axes = canvas(width, 2.2)
    bare_ones = without = 0
    last: tuple[Any, float] | None = None
    for each, one in zip(cut, found, strict=True):
        middle = np.datetime64(each.first) + (np.datetime64(each.last) - np.datetime64(each.first)) // 2
        if (index := one.index) is None:
            without += 1
            last = None
            continue
        if one.interval is None:
            bare_ones += 1
        else:
            axes.vlines([middle], *one.interval, color=INK, linewidth=0.8)
        if last is not None:
            axes.plot([last[0], middle], [last[1], index], color=INK, linewidth=1, zorder=2)
        axes.plot([middle], [index], marker="o", markersize=4, color=INK, zorder=3, clip_on=False,
                  markerfacecolor=INK if one.interval else "white")  # fmt: skip
        last = (middle, index)
    lows = [one.interval[0] if one.interval else one.index for one in found if one.index is not None]
    axes.set_ylim(min(0, *(low for low in lows if low is not None)), 1)
    axes.axhline(0, color=INK, linewidth=0.5)
    axes.set_ylabel("polarisation (0: as chance)")
    axes.grid(axis="y", color=LIGHT, linewidth=0.4)
    days = np.datetime64(cut[0].first), np.datetime64(cut[-1].last)
    dated_axis(axes, *days, most=4 if width == "one" else 8)
    unfinished = sum(not one.complete for one in found)
    told = f"Polarisation in {len(cut)} time slices, {cut[0].first} to {cut[-1].last}; 0 is the mean of chance, 1 two "
    told += f"opposed camps of one size. With 95 % intervals by the bootstrap ({_DRAWS} draws)."
    if bare_ones:
        told += f" {bare_ones} have no interval (hollow)."
    if unfinished:
        told += f" In {unfinished} the time limit ended the draws early."
    if without:
        told += f" {without} with too little data have no index and are left out."
    return sheet, told
