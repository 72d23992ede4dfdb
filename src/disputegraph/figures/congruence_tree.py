"""Dendrogram of congruence: who speaks alike, joined from the most alike to the least."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from disputegraph.errors import UsageError
from disputegraph.figures.print_style import INK, canvas, wrapped
from disputegraph.networks import Weights

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_dendrogram(weights: Weights, width: str, most: int) -> tuple[Figure, str]:
    """Draw average linkage (UPGMA, Sokal & Michener 1958) of the distance 1 - s.

    s is the similarity of two actors, 0 to 1, as the normalised congruence network has it. The caption gives the
    cophenetic correlation (Sokal & Rohlf 1962): how well the tree keeps the distances, 1 at best.

    Raises:
        UsageError: fewer than three actors.
    """
    from scipy.cluster.hierarchy import cophenet, dendrogram, linkage
    from scipy.spatial.distance import squareform

    counts = weights.statements
    order = sorted(range(len(weights.nodes)), key=lambda at: (-counts[weights.nodes[at]], at))
    chosen = sorted(order[:most])
    if len(chosen) < 3:  # noqa: PLR2004  # two can be joined in one way only
        raise UsageError(f"a dendrogram needs three actors that take sides; there are {len(chosen)}.")
    alike = weights.matrix.toarray()[np.ix_(chosen, chosen)]
    distance = np.clip(1 - alike, 0, 1)
    np.fill_diagonal(distance, 0)
    flat = squareform(distance, checks=False)
    tree = linkage(flat, method="average", optimal_ordering=True)
    drawn = dendrogram(tree, no_plot=True)
    sheet, axes = canvas(width, 0.6 + 0.17 * len(chosen))
    for ups, depths in zip(drawn["icoord"], drawn["dcoord"], strict=True):
        axes.plot(depths, ups, color=INK, linewidth=0.8, solid_joinstyle="miter", clip_on=False)
    leaves = [chosen[at] for at in drawn["leaves"] or ()]
    names = [wrapped(weights.labels[weights.nodes[at]], 30 if width == "one" else 60, 1) for at in leaves]
    axes.set_yticks([5 + 10 * place for place in range(len(leaves))], names)
    axes.yaxis.tick_right()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(0, 10 * len(leaves))
    axes.set_xlim(1.0, 0)
    axes.set_xlabel(f"distance (1 − {weights.settings.get('normalise', 'similarity')} similarity)")
    spread = flat.max() - flat.min() > 0
    kept = float(cophenet(tree, flat)[0]) if spread else None
    told = f"Dendrogram of congruence: {len(chosen)} of {len(order)} actors that take sides, average linkage"
    told += f"; cophenetic correlation {kept:.2f}." if kept is not None else "; all are equally far from each other."
    return sheet, told
