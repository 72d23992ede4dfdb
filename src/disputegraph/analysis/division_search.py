"""Divide many small signed networks at once into two coalitions, well rather than provably: for draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STARTS = 8
_CELLS = 2_000_000  # of the matrices that are held at once
_MOST_FOR_SPECTRAL = 300
_GAIN = 1e-9


def networks_at_once(size: int) -> int:
    """Return how many networks of so many nodes are divided at once, so that memory stays small."""
    return max(1, min(100, _CELLS // max(size * size, 1)))


def divide_all(matrices: Floats, chance: np.random.Generator) -> NDArray[np.int64]:
    """Return a division into two coalitions of each of several signed networks, as 0 and 1.

    From several starts, that node changes sides which gains most, until none gains (Kernighan & Lin 1970 without their
    excursions); the best end counts. One start is the sign of the leading eigenvector (Kunegis et al. 2010), the
    others are random, so that which of several equally good divisions comes out is left to chance.

    Args:
        matrices: weights, positive where two agree; symmetric, the diagonal empty, one network a layer.
        chance: the random numbers.
    """
    many, size = matrices.shape[:2]
    sides = np.where(chance.random((many, _STARTS, size)) < 0.5, -1.0, 1.0)  # noqa: PLR2004
    if size <= _MOST_FOR_SPECTRAL:
        leading = np.linalg.eigh(matrices)[1][:, :, -1]
        sides[:, 0, :] = np.where(leading < 0, -1.0, 1.0)
    pull = np.einsum("dij,dsj->dsi", matrices, sides, optimize=True)
    network, start = np.meshgrid(np.arange(many), np.arange(_STARTS), indexing="ij")
    for _ in range(4 * size):
        gain = -sides * pull
        node = gain.argmax(axis=2)
        moves = gain[network, start, node] > _GAIN
        if not moves.any():
            break
        at = network[moves], start[moves], node[moves]
        sides[at] *= -1
        pull[at[:2]] += 2 * sides[at][:, None] * matrices[at[0], at[2]]
    value = (sides * pull).sum(axis=2)
    best = sides[np.arange(many), value.argmax(axis=1)]
    return np.asarray(best < 0, dtype=np.int64)
