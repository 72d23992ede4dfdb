"""Voices and claims as a matrix: who affirms, denies, or does both, voices in the order of their coalitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from disputegraph.figures.print_style import DARK, INK, LIGHT, MIDDLE, WIDTHS, canvas, legend_below, wrapped
from disputegraph.networks import Weights

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

Cells = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_CELLS = {"affirms": (DARK, None, "+"), "denies": (MIDDLE, None, "−"), "both": ("white", "xxxx", "±"),
          "neutral": (LIGHT, None, "·")}  # fmt: skip


def draw_matrix(weights: Weights, coalition: Mapping[str, int], width: str, most: int) -> tuple[Figure, str]:
    """Draw an affiliation as a matrix, voices grouped by coalition and claims by where they are affirmed."""
    yes, no, open_ = _sides(weights)
    shape = yes.shape
    total = yes + no + open_
    # Claims to which most voices speak tell most; voices that speak to none of them have no row.
    heard = (total > 0).sum(axis=0) + total.sum(axis=0) / (1 + total.sum())
    columns = _busiest(heard, [weights.labels[node] for node in weights.others], most)
    rows = _busiest(total[:, columns].sum(axis=1), [weights.labels[node] for node in weights.nodes], most)
    last = 1 + max(coalition.values(), default=0)
    group = [coalition.get(weights.nodes[at], last) for at in rows]
    rows = [at for _, at in sorted(zip(group, rows, strict=True), key=lambda pair: pair[0])]
    group.sort()
    places = np.arange(1, len(rows) + 1)

    def mean_place(column: int) -> tuple[float, int]:
        cells = (yes - no)[rows, column]
        return (float((places * cells).sum() / max(np.abs(cells).sum(), 1)), columns.index(column))

    columns = sorted(columns, key=mean_place)
    one = width == "one"
    room = max(1, min(3, int(WIDTHS[width] * 0.65 / max(len(columns), 1) / 0.11)))  # lines beside each other in a cell
    names = [wrapped(weights.labels[weights.others[at]], 40 if room == 1 else 26, room) for at in columns]
    longest = max((len(line) for name in names for line in name.split("\n")), default=0)
    sheet, axes = canvas(width, 0.6 + 0.2 * len(rows) + 0.05 * longest)
    cells = weights.incidence
    first_hand = np.zeros(shape)
    np.add.at(first_hand, (cells.rows, cells.columns), ~cells.table.hearsay)
    seen = by_ear = 0
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            if not total[row, column]:
                continue
            seen += 1
            affirmed, denied = yes[row, column] > 0, no[row, column] > 0
            kind = "both" if affirmed and denied else "affirms" if affirmed else "denies" if denied else "neutral"
            only_heard = not first_hand[row, column]
            by_ear += only_heard
            _draw_cell(axes, x, y, kind, only_heard=only_heard)
    for y in range(1, len(rows)):
        if group[y] != group[y - 1]:
            axes.axhline(y - 0.5, color=INK, linewidth=0.8)
    axes.set_xlim(-0.5, max(len(columns), 1) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [wrapped(weights.labels[weights.nodes[at]], 27 if one else 36, 1) for at in rows])
    axes.set_xticks(range(len(columns)), names, rotation=90, fontsize=5.5 if one else 6.5)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    axes.grid(color=LIGHT, linewidth=0.3)
    legend_below(sheet, _legend(), columns=3 if one else 5)
    told = f"Voices and claims: {len(rows)} of {_used(total, 1)} voices and {len(columns)} of {_used(total, 0)} claims "
    told += f"(those to which most voices speak), {seen} cells from {int(total[np.ix_(rows, columns)].sum())} of "
    told += f"{int(total.sum())} statements, {by_ear} by hearsay alone (hatched). "
    told += "Lines divide coalitions; voices in no coalition stand last."
    return sheet, told


def _draw_cell(axes: Axes, x: int, y: int, kind: str, *, only_heard: bool) -> None:
    from matplotlib.patches import Rectangle

    colour, hatch, sign = _CELLS[kind]
    face, edge = (colour, INK) if not only_heard else ("white", MIDDLE if kind == "neutral" else colour)
    if only_heard and kind != "both":
        hatch = "//////"
    size: dict[str, Any] = {"facecolor": face, "hatch": hatch, "edgecolor": edge, "linewidth": 0.4}
    axes.add_patch(Rectangle((x - 0.45, y - 0.45), 0.9, 0.9, **size))
    if kind != "both":
        ink = "white" if kind == "affirms" and not only_heard else INK
        behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.3} if only_heard else None
        axes.text(x, y, sign, ha="center", va="center", color=ink, fontsize=6, bbox=behind)


def _legend() -> list[Patch]:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.4, label=kind)
        for kind, (colour, hatch, _) in _CELLS.items()
    ]
    return [*handles, Patch(facecolor="white", edgecolor=INK, linewidth=0.4, hatch="//////", label="hatched: hearsay")]


def _sides(weights: Weights) -> tuple[Cells, Cells, Cells]:
    """Return how many statements of each voice affirm, deny and leave open each claim."""
    empty: Cells = np.zeros(weights.matrix.shape)
    yes, no, open_ = (
        empty + weights.parts[side].toarray() if side in weights.parts else empty
        for side in ("affirms", "denies", "neutral")
    )
    return yes, no, open_


def _busiest(counts: np.ndarray[tuple[int], np.dtype[np.float64]], labels: list[str], most: int) -> list[int]:
    used = [at for at in range(len(labels)) if counts[at]]
    return sorted(used, key=lambda at: (-counts[at], labels[at], at))[:most]


def _used(total: np.ndarray[tuple[int, int], np.dtype[np.float64]], axis: int) -> int:
    return int((total.sum(axis=axis) > 0).sum())
