"""Local search: move single nodes between coalitions as long as it helps, from several starts."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_GAIN = 1e-9
_SEED = 0

Floats = NDArray[np.float64]
Membership = NDArray[np.int64]


def best_by_moves(
    size: int, ends: Membership, weights: Floats, most: int, *, starts: int, deadline: float
) -> Membership:
    """Return the cheapest of several divisions found by moves: from one coalition for all, then from random ones.

    Args:
        size: number of nodes.
        ends: ends of the edges.
        weights: signed weights.
        most: the largest number of coalitions.
        starts: number of divisions to start from.
        deadline: when to stop, on `time.monotonic`'s clock.
    """
    random = np.random.default_rng(_SEED)
    best = _improved(size, ends, weights, np.zeros(size, dtype=np.int64), most, deadline=deadline)
    cost = _cost(ends, weights, best)
    for _ in range(starts - 1):
        if time.monotonic() >= deadline or cost == 0:
            break
        found = _improved(size, ends, weights, random.integers(0, most, size), most, deadline=deadline)
        if (new := _cost(ends, weights, found)) < cost - _GAIN:
            best, cost = found, new
    return best


def _cost(ends: Membership, weights: Floats, membership: Membership) -> float:
    together = membership[ends[:, 0]] == membership[ends[:, 1]]
    return float(np.abs(weights[together == (weights < 0)]).sum())


def _improved(
    size: int, ends: Membership, weights: Floats, membership: Membership, most: int, *, deadline: float
) -> Membership:
    """Return a division that no move of one node makes cheaper."""
    membership = membership.copy()
    rows, columns = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    both = np.concatenate([weights, weights])
    around = sparse.csr_array((both, (rows, columns)), shape=(size, size))
    # pull[v, c]: how much better off v is in coalition c than in a coalition of strangers.
    pull = np.zeros((size, most))
    np.add.at(pull, (rows, membership[columns]), both)
    everyone = np.arange(size)
    step = 0
    while step % 64 or time.monotonic() < deadline:
        step += 1
        gain = pull.max(axis=1) - pull[everyone, membership]
        node = int(gain.argmax())
        if gain[node] <= _GAIN:
            break
        old, new = membership[node], int(pull[node].argmax())
        span = slice(around.indptr[node], around.indptr[node + 1])
        others, amounts = around.indices[span], around.data[span]
        pull[others, old] -= amounts
        pull[others, new] += amounts
        membership[node] = new
    return membership
