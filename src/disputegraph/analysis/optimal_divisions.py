"""All divisions into two coalitions that are as good as the best, and who is not in one place in all of them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.exact_division import Membership, connected, division_clauses
from disputegraph.analysis.maxsat import MaxSat
from disputegraph.analysis.signed_partition import Partition

MOST_OPTIMA = 1000
"""Divisions are counted up to this number."""

_PAIR = 2
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Optima:
    """The divisions that are as good as the best, and those within one tie of it.

    Attributes:
        count: number of best divisions, at most `MOST_OPTIMA`.
        exact: whether there are no others; False where the cap or the time limit came first.
        near: number of divisions that cost at most one more than the best, these included, at most `MOST_OPTIMA`.
        near_exact: whether there are no others.
        memberships: the best divisions found, sides named so that each is as like the one shown as can be.
        either: places of the nodes that are not in one coalition in all of them.
    """

    count: int
    exact: bool
    near: int
    near_exact: bool
    memberships: tuple[Membership, ...]
    either: frozenset[int]


def count_optima(found: Partition, *, time_limit: float = 10.0) -> Optima | None:
    """Return the divisions that are as good as one that is proven to be the best.

    Best divisions are listed by MaxSAT: each model found is forbidden and the next cheapest asked for. Parts of the
    network that nothing joins are listed apart, and a division of the whole is one of each: the ties do not say
    which coalition of one part belongs to which of another, so that this is not counted.

    Args:
        found: a division.
        time_limit: seconds.

    Returns:
        None where more than two coalitions were asked for, the balance is relaxed, or the division is not proven.
    """
    network = found.network
    if found.asked != _PAIR or found.relaxed or not found.proven or not len(network.ends):
        return None
    deadline = time.monotonic() + time_limit
    parts = connected(len(network), network.ends)
    listed = []
    for part in np.unique(parts[network.ends[:, 0]]).tolist():
        inside = np.flatnonzero(parts == part)
        place = np.full(len(network), -1)
        place[inside] = np.arange(len(inside))
        mine = parts[network.ends[:, 0]] == part
        listed.append(
            (
                inside,
                *_listed(place[network.ends[mine]], network.weights[mine], found.membership[inside], deadline=deadline),
            )
        )
    count = prod(len(best) for _, best, _, _, _ in listed)
    exact = all(complete for _, _, _, complete, _ in listed)
    near = min(count, MOST_OPTIMA) + sum(
        further * prod(len(best) for other, (_, best, *_) in enumerate(listed) if other != number)
        for number, (_, _, further, _, _) in enumerate(listed)
    )
    near_exact = exact and all(complete for *_, complete in listed)
    memberships = []
    for chosen in islice(product(*(best for _, best, *_ in listed)), MOST_OPTIMA):
        whole = found.membership.copy()
        for (inside, *_), membership in zip(listed, chosen, strict=True):
            whole[inside] = membership
        memberships.append(whole)
    either = {
        int(inside[place])
        for inside, best, *_ in listed
        for membership in best
        for place in np.flatnonzero(membership != found.membership[inside]).tolist()
    }
    return Optima(
        min(count, MOST_OPTIMA),
        exact and count <= MOST_OPTIMA,
        min(near, MOST_OPTIMA),
        near_exact and near <= MOST_OPTIMA,
        tuple(memberships),
        frozenset(either),
    )


def _listed(
    ends: Membership, weights: NDArray[np.float64], shown: Membership, *, deadline: float
) -> tuple[list[Membership], int, bool, bool]:
    """Return the best divisions of one part, how many cost one more at most, and whether each of the two is all."""
    clauses, priced = division_clauses(len(shown), ends, weights, _PAIR)
    best = [shown]
    least = _cost(ends, weights, shown)
    further = 0
    with MaxSat(clauses, priced, np.abs(weights), deadline=deadline) as solver:
        solver.add(_forbidden(shown))
        while len(best) + further < MOST_OPTIMA:
            model = solver.solve()
            if model is None:
                # Without time to answer, or without another division: only then does the solver end early.
                over = time.monotonic() < deadline
                return best, further, over or further > 0, over
            true = set(model)
            membership = np.array([0 if node + 1 in true else 1 for node in range(len(shown))], dtype=np.int64)
            cost = _cost(ends, weights, membership)
            if cost > least + 1 + _NOTHING:
                return best, further, True, True
            solver.add(_forbidden(membership))
            if cost > least + _NOTHING:
                further += 1
            else:
                unlike = (membership != shown).sum() * 2 > len(shown)
                best.append(1 - membership if unlike else membership)
    return best, further, further > 0, False


def _forbidden(membership: Membership) -> list[int]:
    """Return the clause that rules a division out; the first node is always on the first side."""
    sides = membership if membership[0] == 0 else 1 - membership
    return [node + 1 if side else -(node + 1) for node, side in enumerate(sides.tolist())]


def _cost(ends: Membership, weights: NDArray[np.float64], membership: Membership) -> float:
    together = membership[ends[:, 0]] == membership[ends[:, 1]]
    return float(np.abs(weights[together == (weights < 0)]).sum())
