"""Support and opposition per claim: DNA's bar plot, with neutral statements and hearsay told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis import Support
from disputegraph.figures.print_style import DARK, INK, LIGHT, MIDDLE, canvas, legend_below, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.ticker import Locator

_SIDES = (("affirms", DARK, "//////"), ("denies", MIDDLE, "//////"), ("neutral", LIGHT, "......"))


def draw_claims(found: list[Support], width: str, most: int) -> tuple[Figure, str]:
    """Draw affirming statements to the right of zero, denying to the left, neutral ones apart.

    Statements that the documents have only through somebody else are hatched.
    """
    from matplotlib.patches import Patch

    drawn = [each for each in found if each.statements > each.unsided]
    chosen = drawn[:most]
    counts: dict[tuple[str, bool], NDArray[np.int64]] = {}
    for side, *_ in _SIDES:
        heard = np.array([getattr(each, f"{side}_hearsay") for each in chosen], dtype=np.int64)
        counts[side, True] = heard
        counts[side, False] = np.array([getattr(each, side) for each in chosen], dtype=np.int64) - heard
    one = width == "one"
    labels = [wrapped(each.label, 26 if one else 44, 3) for each in chosen]
    rows = np.arange(len(chosen))
    tall = max((label.count("\n") + 1 for label in labels), default=1)
    sheet, axes = canvas(width, 0.9 + len(chosen) * max(0.2, 0.12 * tall + 0.08))
    for side, colour, hatch in _SIDES:
        for via in (False, True):
            values = counts[side, via]
            before = counts[side, False] if via else np.zeros(len(chosen), dtype=np.int64)
            if side == "neutral":
                before = before + counts["affirms", False] + counts["affirms", True]
            sign = -1 if side == "denies" else 1
            # A hatch on a dark bar is lost in print: hearsay is white, hatched in the grey of its side.
            faint = MIDDLE if side == "neutral" else colour
            there = values > 0
            axes.barh(
                rows[there], sign * values[there], left=sign * before[there], height=0.7, linewidth=0.5,
                color="white" if via else colour, edgecolor=faint if via else INK, hatch=hatch if via else None,
            )  # fmt: skip
    axes.use_sticky_edges = False  # else the longest bar touches the frame
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(rows, labels)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(chosen) - 0.4, -0.6)
    low, high = axes.get_xlim()
    ticks = _whole_numbers(max(-low, high)).tick_values(low, high)
    axes.set_xticks([tick for tick in ticks if low <= tick <= high])
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axes.set_xlabel("statements (denying to the left of zero)")
    handles = [Patch(facecolor=colour, edgecolor=INK, linewidth=0.4, label=side) for side, colour, _ in _SIDES]
    handles.append(Patch(facecolor="white", edgecolor=INK, linewidth=0.4, hatch="//////", label="hatched: hearsay"))
    legend_below(sheet, handles, columns=4)
    shown, unsided = sum(int(each.sum()) for each in counts.values()), sum(each.unsided for each in found)
    told = f"Support and opposition by claim: {len(chosen)} of {len(drawn)} claims, {shown} of "
    told += f"{sum(each.statements for each in found)} statements."
    by_ear = sum(int(counts[side, True].sum()) for side, *_ in _SIDES)
    told += f" {by_ear} of them are hearsay (hatched)." if by_ear else " None of them is hearsay."
    return sheet, told + (f" {unsided} without a polarity are not drawn." if unsided else "")


def _whole_numbers(reach: float) -> Locator:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=min(8, max(2, int(reach) * 2)), integer=True)
