"""Ideal points of actors, each with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from disputegraph.analysis import FEW_ANSWERS, IdealPoints
from disputegraph.figures.print_style import INK, LIGHT, canvas, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_positions(found: IdealPoints, width: str, most: int) -> tuple[Figure, str]:
    """Draw a row an actor, the greatest position on top; actors with few answers are hollow."""
    often = sorted(found.actors, key=lambda each: (-each.answers, each.label, each.actor))[:most]
    chosen = [each for each in reversed(found.actors) if each in often]
    one = width == "one"
    labels = [wrapped(each.label, 26 if one else 44, 2) for each in chosen]
    tall = max(label.count("\n") + 1 for label in labels)
    sheet, axes = canvas(width, 0.5 + len(chosen) * (0.16 if tall == 1 else 0.26))
    rows = np.arange(len(chosen))
    axes.axvline(0, color=LIGHT, linewidth=0.8, zorder=0)
    axes.hlines(rows, *zip(*(each.interval for each in chosen), strict=True), color=INK, linewidth=0.8)
    axes.scatter(
        [each.position for each in chosen], rows, s=14, zorder=3, edgecolors=INK, linewidths=0.8,
        c=["white" if each.few else INK for each in chosen],
    )  # fmt: skip
    axes.set_yticks(rows, labels)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(chosen) - 0.4, -0.6)
    low, high = axes.get_xlim()
    axes.set_xticks(np.arange(np.ceil(low), np.floor(high) + 1))
    axes.set_xlabel("position")
    named = next(each.label for each in found.actors if each.actor == found.positive)
    told = f"Ideal points of {len(chosen)} of {len(found.actors)} actors by {found.answers} answers to "
    told += f"{len(found.claims)} contested claims, with 95 % credible intervals (two-parameter item-response model, "
    told += f"{found.draws} draws). {named} is on the positive side{'' if found.named else ' by choice'}; 0 is the "
    told += "middle of all actors, 1 their standard deviation."
    if few := sum(each.few for each in chosen):
        told += f" {few} hollow {'one has' if few == 1 else 'ones have'} fewer than {FEW_ANSWERS} answers."
    if found.first_axis.p is not None:
        told += f" One dimension beside chance: p = {found.first_axis.p:.3f}."
    return sheet, told
