"""The network of agreement and opposition, coalitions apart, no label upon another."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from disputegraph.analysis import Coalitions, read_shares
from disputegraph.errors import UsageError
from disputegraph.figures.print_style import DARK, INK, MIDDLE, WIDTHS, bare, canvas, legend_below
from disputegraph.page import Box, place_boxes, wrap

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MARKS = (("o", DARK), ("s", "white"), ("^", MIDDLE), ("D", INK), ("v", "white"), ("P", MIDDLE))
_LETTER, _LINE, _MARK = 6.6, 14, 18  # pixels of the stage


def _flattened(places: dict[str, tuple[int, int]], boxes: dict[str, Box]) -> dict[str, tuple[float, float]]:
    """Return places moved together from above and below as far as no box covers another: paper is dear."""
    for part in np.linspace(0.5, 1, 11).tolist():
        moved = {node: (float(x), y * part) for node, (x, y) in places.items()}
        if not any(
            abs(moved[a][0] - moved[b][0]) < (boxes[a].width + boxes[b].width) / 2
            and abs(moved[a][1] - moved[b][1]) < (boxes[a].height + boxes[b].height) / 2 + 4
            for a, b in combinations(moved, 2)
        ):
            return moved
    return {node: (float(x), float(y)) for node, (x, y) in places.items()}


def draw_network(found: Coalitions, width: str, most: int) -> tuple[Figure, str]:
    """Draw ties between actors, full where they agree and dashed where they are opposed, coalitions by mark.

    Raises:
        UsageError: there are no ties.
    """
    from matplotlib.lines import Line2D

    network, numbers = found.partition.network, found.numbers
    if not len(network.ends):
        raise UsageError("nobody agrees or disagrees with anybody, so there is no network to draw.")
    label = dict(zip(network.nodes, network.labels, strict=True))
    degree = dict(zip(network.nodes, np.bincount(network.ends.ravel(), minlength=len(network)).tolist(), strict=True))
    chosen = set(sorted(numbers, key=lambda node: (-degree[node], label[node], node))[:most])
    ties = [
        (network.nodes[a], network.nodes[b], weight)
        for (a, b), weight in zip(network.ends.tolist(), network.weights.tolist(), strict=True)
        if network.nodes[a] in chosen and network.nodes[b] in chosen
    ]
    lines = {node: wrap(label[node] + ("*" if node in found.single else ""), 18, 2) for node in chosen}
    boxes = {
        node: Box(max(map(len, text)) * _LETTER + 8, len(text) * _LINE + _MARK + 6) for node, text in lines.items()
    }
    wide, tall = place_boxes(boxes, ((a, b) for a, b, _ in ties), groups=numbers)
    places = _flattened(tall if width == "one" else wide, boxes)
    edges = [
        (x + sign * boxes[node].width / 2, y + sign * boxes[node].height / 2)
        for node, (x, y) in places.items()
        for sign in (-1, 1)
    ]
    left, top = (min(each) for each in zip(*edges, strict=True))
    right, bottom = (max(each) for each in zip(*edges, strict=True))
    # The smallest canvas whose width is the column's: nothing is cut, and there is no empty margin.
    scale = WIDTHS[width] * 72 / (right - left + 8)  # points a pixel
    sheet, axes = canvas(width, (bottom - top + 8) * scale / 72 + 0.45)
    size = min(7.0, 10.5 * scale)
    lean: defaultdict[str, float] = defaultdict(float)
    for a, b, _ in ties:
        lean[a] += places[b][1] - places[a][1]
        lean[b] += places[a][1] - places[b][1]
    # The label stands on the side of its mark to which fewer lines lead.
    side = {node: -1 if lean[node] > 0 else 1 for node in places}
    at = {node: (x, y - side[node] * (boxes[node].height - _MARK) / 2) for node, (x, y) in places.items()}
    amounts = {abs(weight) for *_, weight in ties}
    heaviest, thickest = max(amounts), 2.0 if len(amounts) > 1 else 0.8  # where all are alike, width says nothing
    for a, b, weight in sorted(ties):
        axes.plot(
            *zip(at[a], at[b], strict=True), color=INK, zorder=1,
            linewidth=0.5 + (thickest - 0.5) * abs(weight) / heaviest,
            linestyle="-" if weight > 0 else (0, (3, 2)),
        )  # fmt: skip
    for node in sorted(chosen):
        sign, colour = _MARKS[(numbers[node] - 1) % len(_MARKS)]
        axes.plot(*at[node], marker=sign, markersize=6, markerfacecolor=colour, markeredgecolor=INK, zorder=3,
                  markeredgewidth=0.8)  # fmt: skip
        axes.text(
            at[node][0], at[node][1] + side[node] * (_MARK / 2 + 1), "\n".join(lines[node]), ha="center",
            va="top" if side[node] > 0 else "bottom", fontsize=size,
            zorder=2, linespacing=1.05, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip
    axes.set_xlim(left - 4, right + 4)
    axes.set_ylim(bottom + 4, top - 4)
    axes.set_aspect("equal")
    bare(axes)
    shown = sorted({numbers[node] for node in chosen})[: len(_MARKS)]
    handles = [
        Line2D([], [], linestyle="", marker=sign, markerfacecolor=colour, markeredgecolor=INK, markersize=5,
               label=f"coalition {number}")
        for number in shown for sign, colour in [_MARKS[number - 1]]
    ]  # fmt: skip
    handles += [Line2D([], [], color=INK, linewidth=1, label="agree"),
                Line2D([], [], color=INK, linewidth=1, linestyle=(0, (3, 2)), label="opposed")]  # fmt: skip
    legend_below(sheet, handles, columns=2 if width == "one" else 6)
    return sheet, _told(found, chosen, len(ties))


def _told(found: Coalitions, chosen: set[str], ties: int) -> str:
    """Return the caption: what is shown, of how much, and how sure it is."""
    part, network = found.partition, found.partition.network
    told = f"Agreement and opposition: {len(chosen)} of {len(network)} actors and {ties} of {len(network.ends)} ties"
    odd, alone = len(part.misfits), len(found.alone)
    told += f" ({alone} {'actor has' if alone == 1 else 'actors have'} none)."
    if (network.weights > 0).all():
        told += " No pair is opposed more than it agrees: these are no sides, but who shares a claim with whom."
    else:
        told += f" {odd} ties do not fit the coalitions; no division of these ties "
        told += "does better." if part.proven else f"leaves fewer than {part.bound:g}, and a better one may exist."
    told += read_shares(found)
    heard = sum(int(weights.incidence.table.hearsay.sum()) for weights in found.ties.networks)
    told += f" {heard} of the statements behind them are hearsay." if heard else ""
    told += " Parts of the network that no tie joins are coalitions of their own."
    if chosen & set(found.single):
        told += " * by a single statement."
    if len({found.numbers[node] for node in chosen}) > len(_MARKS):
        told += f" Marks repeat after {len(_MARKS)} coalitions."
    return told
