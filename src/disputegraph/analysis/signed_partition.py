"""Divide a signed network into coalitions: exactly where that can be proven in time, else well and with a bound."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.exact_division import connected, divide, divide_freely
from disputegraph.analysis.local_search import best_by_moves
from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.errors import UsageError

ANY = 0
"""As many coalitions as it takes."""

_STARTS = 20
_MOST_BY_MOVES = 12
_FOR_MOVES = 0.1
_LAST_MOVES = 0.3

Membership = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """A division of a signed network into coalitions.

    Attributes:
        network: the network that was divided.
        membership: coalition of each node, numbered from 0 by size, then by the first node.
        components: the part of the network each node is in. How coalitions of different parts belong together is not
            known from the network.
        index: what does not fit: the weight of positive edges between coalitions and negative edges within them. For
            two coalitions and edges of weight one it is the frustration index, or line index of balance.
        bound: no division costs less.
        misfits: places of the edges that do not fit.
        asked: number of coalitions asked for; 0 for as many as it takes.
        relaxed: whether relaxed balance was asked for.
    """

    network: SignedNetwork
    membership: Membership
    components: Membership
    index: float
    bound: float
    misfits: NDArray[np.int64]
    asked: int
    relaxed: bool

    @property
    def proven(self) -> bool:
        """Whether no better division exists."""
        return self.index <= self.bound + 1e-6

    @property
    def members(self) -> list[list[int]]:
        """The nodes that have ties, as places in the network, by coalition."""
        linked = np.unique(self.network.ends)
        return [linked[self.membership[linked] == one].tolist() for one in np.unique(self.membership[linked]).tolist()]

    @property
    def odd_ties(self) -> list[tuple[int, int, int]]:
        """The ties that do not fit: the two ends as places in the network, and the sign."""
        ends, signs = self.network.ends[self.misfits].tolist(), self.network.signs[self.misfits].tolist()
        return [(a, b, sign) for (a, b), sign in zip(ends, signs, strict=True)]


def partition(
    network: SignedNetwork, *, coalitions: int = 2, relaxed: bool = False, time_limit: float = 60.0
) -> Partition:
    """Return the division of a signed network that the fewest (or lightest) edges contradict.

    Two coalitions: the frustration index (Abelson & Rosenberg 1958; Harary 1959). Any number of coalitions: correlation
    clustering (Bansal, Blum & Chawla 2004). Three or more: balance with at most that many coalitions, relaxed or not.
    All are solved by MaxSAT; where the time does not suffice, local search gives the division.

    Args:
        network: the network.
        coalitions: the largest number of coalitions; 0 (`ANY`) for as many as it takes.
        relaxed: relaxed balance (Doreian & Mrvar 2009): edges between two coalitions may also all be positive, and
            those within one all negative.
        time_limit: seconds after which the best found so far is returned, with a lower bound.

    Raises:
        UsageError: one coalition, a negative number, or relaxed balance without a number of coalitions.
    """
    if coalitions < 0 or coalitions == 1:
        raise UsageError(f"'{coalitions}' is not a number of coalitions; take 2 or more, or 0 for as many as it takes.")
    if relaxed and coalitions == ANY:
        raise UsageError("relaxed balance needs a number of coalitions.")
    if time_limit < 0:
        raise UsageError("a time limit cannot be negative.")
    size, ends, weights = len(network), network.ends, network.weights
    now = time.monotonic()
    deadline, last = now + (1 - _FOR_MOVES) * time_limit, now + time_limit
    best, bound = np.zeros(size, dtype=np.int64), 0.0
    if len(ends):
        if coalitions == ANY or (coalitions >= size and not relaxed):
            found = divide_freely(size, ends, weights, deadline=deadline)
        else:
            found = divide(size, ends, weights, min(coalitions, size), relaxed=relaxed, deadline=deadline)
        best, bound = best if found.membership is None else found.membership, found.bound
        if _cost(network, best, relaxed=relaxed) > bound + 1e-6:
            most = min(size, coalitions or _MOST_BY_MOVES)
            end = max(last, time.monotonic() + _LAST_MOVES)
            moved = best_by_moves(size, ends, weights, most, starts=_STARTS, deadline=end)
            best = min((best, moved), key=lambda some: _cost(network, some, relaxed=relaxed))
    best = _numbered(best)
    misfits = _misfits(network, best, relaxed=relaxed)
    index = float(np.abs(weights[misfits]).sum())
    return Partition(network, best, connected(size, ends), index, min(bound, index), misfits, coalitions, relaxed)


def _cost(network: SignedNetwork, membership: Membership, *, relaxed: bool) -> float:
    return float(np.abs(network.weights[_misfits(network, membership, relaxed=relaxed)]).sum())


def _misfits(network: SignedNetwork, membership: Membership, *, relaxed: bool) -> NDArray[np.int64]:
    one, other = membership[network.ends[:, 0]], membership[network.ends[:, 1]]
    if not relaxed:
        return np.flatnonzero((one == other) == (network.weights < 0))
    number = int(membership.max(initial=0)) + 1
    block = np.minimum(one, other) * number + np.maximum(one, other)
    positive = network.weights > 0
    sums = [np.bincount(block[side], np.abs(network.weights[side]), number * number) for side in (positive, ~positive)]
    # A tie within a coalition counts for agreement, and between coalitions against it.
    within = np.arange(number * number) % number == np.arange(number * number) // number
    agree = np.where(within, sums[0] >= sums[1], sums[0] > sums[1])
    return np.flatnonzero(agree[block] != positive)


def _numbered(membership: Membership) -> Membership:
    """Return the coalitions numbered from 0: the largest first, of equal ones the one with the first node."""
    if not len(membership):
        return membership
    values, first, inverse, counts = np.unique(membership, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = np.arange(len(values))
    return rank[inverse]
