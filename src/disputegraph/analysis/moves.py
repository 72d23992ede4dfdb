"""A heuristic: move single nodes between camps as long as it helps, from several starts."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = ["best_by_moves", "cost_of", "improved"]

_GAIN = 1e-9

Floats = NDArray[np.float64]
Camps = NDArray[np.int64]


def cost_of(ends: NDArray[np.int64], weights: Floats, camps: Camps) -> float:
    """Return what a division costs: the weight of positive edges between camps and of negative edges within."""
    together = camps[ends[:, 0]] == camps[ends[:, 1]]
    return float(np.abs(weights[together == (weights < 0)]).sum())


def improved(size: int, ends: NDArray[np.int64], weights: Floats, camps: Camps, most: int, *, deadline: float) -> Camps:
    """Return a division that no move of one node makes cheaper; `most` is the number of camps allowed."""
    camps = camps.copy()
    rows, columns = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    around = sparse.csr_array((np.concatenate([weights, weights]), (rows, columns)), shape=(size, size))
    # pull[v, c]: how much better off v is in camp c than in a camp of strangers.
    pull = np.zeros((size, most))
    np.add.at(pull, (rows, camps[columns]), np.concatenate([weights, weights]))
    everyone = np.arange(size)
    step = 0
    while step % 64 or time.monotonic() < deadline:
        step += 1
        best = pull.max(axis=1)
        gain = best - pull[everyone, camps]
        node = int(gain.argmax())
        if gain[node] <= _GAIN:
            break
        old, new = camps[node], int(pull[node].argmax())
        span = slice(around.indptr[node], around.indptr[node + 1])
        others, amounts = around.indices[span], around.data[span]
        pull[others, old] -= amounts
        pull[others, new] += amounts
        camps[node] = new
    return camps


def best_by_moves(
    size: int, ends: NDArray[np.int64], weights: Floats, most: int, *, starts: int, seed: int, deadline: float
) -> Camps:
    """Return the cheapest of several divisions found by moves: from one camp for all, then from random ones."""
    random = np.random.default_rng(seed)
    best: Camps = np.zeros(size, dtype=np.int64)
    best = improved(size, ends, weights, best, most, deadline=deadline)
    cost = cost_of(ends, weights, best)
    for _ in range(starts - 1):
        if time.monotonic() >= deadline or cost == 0:
            break
        start = random.integers(0, most, size)
        found = improved(size, ends, weights, start, most, deadline=deadline)
        if (new := cost_of(ends, weights, found)) < cost - 1e-9:
            best, cost = found, new
    return best
