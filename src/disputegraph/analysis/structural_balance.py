"""How balanced a signed network is, by three measures."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.analysis.signed_partition import Partition, partition

MOST_FOR_WALKS = 4000
"""Walk-based balance needs all eigenvalues of a dense matrix; of larger networks it is not computed."""

# Seconds for all eigenvalues of two matrices, a node cubed, on one core with a margin; and a delay that nobody minds.
_WALK_SECONDS, _GRACE = 2e-9, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """The balance of a signed network.

    Attributes:
        nodes: number of nodes.
        positive: number of positive edges.
        negative: number of negative edges.
        undecided: pairs whose signs cancel out; they count nowhere.
        frustration: the division into two coalitions with its index; see `Partition`.
        line_balance: ``1 - 2 L / W`` with L the index and W the weight of all edges: 1 balanced, 0 at worst. None
            without edges. (Aref & Wilson 2018, "normalised frustration index".)
        triangles: number of triangles.
        balanced_triangles: share of triangles with an even number of negative edges; None without triangles.
        walk_balance: ``tr(e^A) / tr(e^|A|)``, between 0 and 1; None for more than `MOST_FOR_WALKS` nodes, or where it
            would not be ready in time.
    """

    nodes: int
    positive: int
    negative: int
    undecided: int
    frustration: Partition
    line_balance: float | None
    triangles: int
    balanced_triangles: float | None
    walk_balance: float | None


def balance(network: SignedNetwork, *, time_limit: float = 60.0) -> Balance:
    """Return the balance of a signed network: frustration index, balanced triangles, walk-based balance.

    Args:
        network: the network.
        time_limit: seconds; beyond them the frustration index is the best found, with a lower bound, and of a large
            network the walk-based balance is not computed.
    """
    deadline = time.monotonic() + time_limit
    found = partition(network, coalitions=2, time_limit=time_limit)
    weight = float(np.abs(network.weights).sum())
    triangles, share = balanced_triangles(network)
    left = max(deadline - time.monotonic(), 0.0)
    return Balance(
        nodes=len(network),
        positive=int((network.weights > 0).sum()),
        negative=int((network.weights < 0).sum()),
        undecided=len(network.undecided),
        frustration=found,
        line_balance=1 - 2 * found.index / weight if weight else None,
        triangles=triangles,
        balanced_triangles=share,
        walk_balance=walk_balance(network) if _WALK_SECONDS * len(network) ** 3 < left + _GRACE else None,
    )


def balanced_triangles(network: SignedNetwork) -> tuple[int, float | None]:
    """Return the number of triangles and the share of them that are balanced; None without a triangle.

    With A the matrix of signs, ``(tr |A|^3 + tr A^3) / (2 tr |A|^3)`` (Cartwright & Harary 1956; Terzi & Winkler 2011).
    """
    signs = _adjacency(network.by_signs())
    closed = float((signs @ signs).multiply(signs).sum())
    size = abs(signs)
    every = float((size @ size).multiply(size).sum())
    return round(every / 6), (every + closed) / (2 * every) if every else None


def walk_balance(network: SignedNetwork) -> float | None:
    """Return ``tr(e^A) / tr(e^|A|)``, A the matrix of signs; None where the network is too large.

    Source: Estrada & Benzi (2014), Walk-based measure of balance in signed networks. All closed walks count, long
    ones less. Of a network without edges it is 1.
    """
    if len(network) > MOST_FOR_WALKS:
        return None
    if not len(network.ends):
        return 1.0
    dense = _adjacency(network.by_signs()).toarray()
    signed, unsigned = np.linalg.eigvalsh(dense), np.linalg.eigvalsh(np.abs(dense))
    top = unsigned[-1]  # taken out of both sums, so that neither overflows
    return float(np.exp(signed - top).sum() / np.exp(unsigned - top).sum())


def _adjacency(network: SignedNetwork) -> sparse.csr_array:
    one, other = network.ends[:, 0], network.ends[:, 1]
    return sparse.csr_array(
        (np.tile(network.weights, 2), (np.concatenate([one, other]), np.concatenate([other, one]))),
        shape=(len(network),) * 2,
    )
