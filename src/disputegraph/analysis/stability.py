"""Stability: who stays in one coalition when single pieces of evidence are left out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.analysis.signed_partition import Partition, partition

__all__ = ["DROPPED", "PairStability", "Stability", "stability_of"]

DROPPED = ("document", "speaker", "claim")
"""What is left out, one at a time, to see whether the coalitions stand without it."""


@dataclass(frozen=True, slots=True)
class PairStability:
    """How a pair of nodes fares when single pieces of evidence are left out.

    Attributes:
        one, other: the two nodes.
        together: whether they share a coalition when nothing is left out.
        shares: for each of `DROPPED`, how often the two are then in one coalition, 0 to 1; None where the two
            are in different parts of the network in every case.
        share: the same over all cases.
        cases: number of cases in which the two are in one part of the network.
    """

    one: str
    other: str
    together: bool
    shares: dict[str, float | None]
    share: float | None
    cases: int


@dataclass(frozen=True, slots=True)
class Stability:
    """Stability of a division.

    Attributes:
        pairs: the pairs of nodes that are in one part of the network.
        tried: number of cases tried, for each of `DROPPED`.
        possible: number of cases there are.
        complete: whether all were tried; False where the time did not suffice.
    """

    pairs: tuple[PairStability, ...]
    tried: dict[str, int]
    possible: dict[str, int]
    complete: bool

    @property
    def stays(self) -> dict[str, float]:
        """For each node, the lowest share of cases in which it stays together with one of its coalition."""
        lowest: dict[str, float] = {}
        for pair in self.pairs:
            if pair.together and pair.share is not None:
                for node in (pair.one, pair.other):
                    lowest[node] = min(lowest.get(node, 1.0), pair.share)
        return lowest


def stability_of(
    whole: Partition,
    cases: Callable[[str], Iterable[SignedNetwork]],
    possible: dict[str, int],
    time_limit: float,
) -> Stability:
    """Return how often each pair of nodes stays together over networks from which something was left out.

    Args:
        whole: the division when nothing is left out.
        cases: gives the networks without each of what is named (one of `DROPPED`); node names as in `whole`.
        possible: number of these networks, for each of `DROPPED`.
        time_limit: seconds for all cases together.
    """
    deadline = time.monotonic() + time_limit
    nodes = whole.network.nodes
    place = {node: number for number, node in enumerate(nodes)}
    together, told = (np.zeros((len(DROPPED), len(nodes), len(nodes)), dtype=np.int32) for _ in range(2))
    tried = dict.fromkeys(DROPPED, 0)
    complete = True
    # Much evidence changes no sign, so many cases are the same network, and often that of the whole.
    divided = {_key(whole.network): whole}
    for number, what in enumerate(DROPPED):
        for network in cases(what):
            left = deadline - time.monotonic()
            if left <= 0:
                complete = False
                break
            if (key := _key(network)) not in divided:
                divided[key] = partition(network, coalitions=whole.asked, relaxed=whole.relaxed, time_limit=left)
            case = divided[key]
            mine = np.ix_(*[[place[node] for node in case.network.nodes]] * 2)
            same_part = case.components[:, None] == case.components[None, :]
            told[number][mine] += same_part
            together[number][mine] += same_part & (case.membership[:, None] == case.membership[None, :])
            tried[what] += 1
    one, other = np.triu_indices(len(nodes), 1)
    told_here = whole.components[one] == whole.components[other]
    one, other = one[told_here], other[told_here]
    kept, counted = (np.stack([*cut, cut.sum(axis=0)]) for cut in (together[:, one, other], told[:, one, other]))
    shares = np.divide(kept, counted, out=np.full(kept.shape, np.nan), where=counted > 0)
    columns = [[None if math.isnan(value) else value for value in row] for row in shares.tolist()]
    pairs = tuple(
        PairStability(nodes[a], nodes[b], same, dict(zip(DROPPED, each, strict=True)), share, count)
        for a, b, same, *each, share, count in zip(
            one.tolist(),
            other.tolist(),
            (whole.membership[one] == whole.membership[other]).tolist(),
            *columns,
            counted[-1].tolist(),
            strict=True,
        )
    )
    return Stability(pairs, tried, possible, complete)


def _key(network: SignedNetwork) -> tuple[tuple[str, ...], bytes, bytes]:
    return network.nodes, network.ends.tobytes(), network.weights.tobytes()
