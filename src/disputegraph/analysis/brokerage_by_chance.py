"""What brokerage a random graph lets expect: the z-scores of Gould and Fernandez."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total")

Floats = NDArray[np.float64]


def expected_brokerage(
    sizes: Sequence[int], own: int, density: float, *, directed: bool
) -> Mapping[str, tuple[float, float]]:
    """Return expectation and variance of the number of open two-paths through one node, by role.

    Source: Gould & Fernandez (1989), Sociological Methodology 19:89, who hold the sizes of groups and the density of
    the graph, and let every tie be there independently with that probability d, as R's sna does too. An ordered pair
    (a, c) has a path through b with ``p = d² (1 - d)``. Two such pairs depend on each other where they share the tie
    of one node to b, with a covariance of ``d³ (1 - d)³``: the first node or the last one, and in an undirected
    network also the first of one and the last of the other, while (c, a) there is the same path as (a, c). With K
    pairs of a role, of which R have their reverse in the same role, and S pairs of pairs that share a tie::

        expectation = K p
        variance    = K p (1 - p) + S d³ (1 - d)³              directed
        variance    = (K + R) p (1 - p) + S d³ (1 - d)³        undirected

    Args:
        sizes: number of nodes of each group.
        own: the group of the node, as a place in `sizes`.
        density: share of the possible ties that are there, among the nodes of all groups.
        directed: whether ties are directed.
    """
    others = np.array(sizes, dtype=np.float64)
    others[own] -= 1
    mine = np.arange(len(others)) == own
    same = np.eye(len(others), dtype=bool)
    first, last = mine[:, None], mine[None, :]
    pattern = {
        "coordinator": first & last,
        "itinerant": same & ~first,
        "gatekeeper": ~first & last,
        "representative": first & ~last,
        "liaison": ~first & ~last & ~same,
        "total": np.ones_like(same),
    }
    p, shared = density**2 * (1 - density), density**3 * (1 - density) ** 3
    ends: Floats = others[None, :] - same  # nodes of the column's group, for one of the row's
    found = {}
    for role, there in pattern.items():
        after, before = (there * ends).sum(axis=1), (there.T * ends).sum(axis=1)
        number = float(others @ after)
        sharing = float(others @ (after * (after - 1) + before * (before - 1)))
        reversed_ = 0.0
        if not directed:
            reversed_ = float(others @ (there * there.T * ends).sum(axis=1))
            sharing += 2 * (float(others @ (after * before)) - reversed_)
        found[role] = number * p, (number + reversed_) * p * (1 - p) + sharing * shared
    return found
