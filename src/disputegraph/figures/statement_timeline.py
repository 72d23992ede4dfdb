"""Who said what kind of thing when: one row a voice, one mark a day and side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from disputegraph.errors import UsageError
from disputegraph.figures.print_style import DARK, INK, LIGHT, MIDDLE, canvas, dated_axis, legend_below, wrapped
from disputegraph.networks import Weights

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MARKS = {"affirms": ("o", DARK, -0.24), "denies": ("v", MIDDLE, 0.24), "neutral": ("s", LIGHT, 0.0)}
_AREA, _LARGEST = 10.0, 60.0


def draw_timeline(weights: Weights, width: str, most: int) -> tuple[Figure, str]:
    """Draw the dated statements of an affiliation; a mark's area grows with how many it stands for.

    Raises:
        UsageError: no statement has a date.
    """
    from matplotlib.lines import Line2D

    cells = weights.incidence
    days = cells.table.dates.astype("datetime64[D]")
    sides = cells.table.column("polarity").list()
    dated = [at for at in np.flatnonzero(~np.isnat(days)).tolist() if sides[at] in _MARKS]
    if not dated:
        raise UsageError("no statement has a date, so there is no timeline.")
    by_voice = Counter(int(cells.rows[at]) for at in dated)
    order = sorted(by_voice, key=lambda row: (-by_voice[row], weights.labels[weights.nodes[row]], row))
    chosen = {row: place for place, row in enumerate(order[:most])}
    marks = Counter((int(cells.rows[at]), days[at], sides[at]) for at in dated if int(cells.rows[at]) in chosen)
    heard = cells.table.hearsay
    first_hand = {(int(cells.rows[at]), days[at], sides[at]) for at in dated if not heard[at]}
    one = width == "one"
    sheet, axes = canvas(width, 0.9 + 0.28 * len(chosen))
    for (row, day, side), number in sorted(marks.items(), key=str):
        sign, colour, offset = _MARKS[side or ""]
        face = colour if (row, day, side) in first_hand else "white"
        axes.scatter(
            [day], [chosen[row] + offset], marker=sign, facecolors=face, edgecolors=INK, linewidths=0.4,
            s=min(_AREA * number, _LARGEST), zorder=3, clip_on=False,
        )  # fmt: skip
    for place in range(len(chosen)):
        axes.axhline(place, color=LIGHT, linewidth=0.4, zorder=0)
    first, last = min(day for _, day, _ in marks), max(day for _, day, _ in marks)
    air = max(int((last - first).astype(int)) // 40, 1)
    axes.set_ylim(len(chosen) - 0.4, -0.6)
    names = [wrapped(weights.labels[weights.nodes[row]], 27 if one else 40, 1) for row in chosen]
    axes.set_yticks(range(len(chosen)), names)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    around = np.timedelta64(air, "D")
    dated_axis(axes, first - around, last + around, most=4 if one else 8)
    handles = [
        Line2D([], [], linestyle="", marker=sign, markerfacecolor=colour, markeredgecolor=INK, markeredgewidth=0.4,
               markersize=4, label=side)
        for side, (sign, colour, _) in _MARKS.items()
    ]  # fmt: skip
    legend_below(sheet, handles, columns=3)
    told = (
        f"Statements by day: {len(chosen)} of {len(order)} voices, {sum(marks.values())} of {len(sides)} statements, "
    )
    told += f"{first} to {last}; the larger a mark, the more statements."
    by_ear = sum(mark not in first_hand for mark in marks)
    told += f" {by_ear} marks are hearsay alone (hollow)." if by_ear else ""
    undated = len(sides) - len(dated)
    return sheet, told + (f" {undated} without a date or a polarity are not drawn." if undated else "")
