"""Stability: who stays in one coalition when single pieces of evidence are left out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.analysis.signed_partition import Partition, partition

__all__ = ["DROPPED", "HangsOn", "PairStability", "Stability", "stability_of"]

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
        parted: number of cases in which they are not: a tie on which they hung is left out. To leave out a speaker does
            not part that speaker from others.
    """

    one: str
    other: str
    together: bool
    shares: dict[str, float | None]
    share: float | None
    cases: int
    parted: int

    @property
    def holds(self) -> float | None:
        """The share of all cases in which the two stand to each other as in the whole; None without any case."""
        tried = self.cases + self.parted
        same = (self.share or 0.0) * self.cases
        return (same if self.together else self.cases - same) / tried if tried else None


@dataclass(frozen=True, slots=True)
class HangsOn:
    """A piece of evidence on which pairs hang.

    Attributes:
        what: one of `DROPPED`.
        name: the IRI of the document, speaker or claim.
        pairs: how many pairs stand otherwise without it, or come apart.
    """

    what: str
    name: str
    pairs: int


@dataclass(frozen=True, slots=True)
class Stability:
    """Stability of a division.

    Attributes:
        pairs: the pairs of nodes that are in one part of the network.
        tried: number of cases tried, for each of `DROPPED`.
        possible: number of cases there are.
        complete: whether all were tried; False where the time did not suffice.
        hangs_on: the pieces of evidence without which pairs stand otherwise, the weightiest first.
    """

    pairs: tuple[PairStability, ...]
    tried: dict[str, int]
    possible: dict[str, int]
    complete: bool
    hangs_on: tuple[HangsOn, ...] = ()

    @property
    def firm(self) -> bool:
        """Whether all cases were tried, and in each of them every pair stands as in the whole."""
        return self.complete and not self.hangs_on

    @property
    def stays(self) -> dict[str, float]:
        """For each node, the lowest share of cases in which it stays together with one of its coalition.

        A node that drops out, since all its ties are left out, does not stay.
        """
        lowest: dict[str, float] = {}
        for pair in self.pairs:
            if pair.together and pair.holds is not None:
                for node in (pair.one, pair.other):
                    lowest[node] = min(lowest.get(node, 1.0), pair.holds)
        return lowest


def stability_of(
    whole: Partition,
    cases: Callable[[str], Iterable[tuple[str, SignedNetwork]]],
    possible: dict[str, int],
    time_limit: float,
) -> Stability:
    """Return how often each pair of nodes stays together over networks from which something was left out.

    Args:
        whole: the division when nothing is left out.
        cases: gives the networks without each of what is named (one of `DROPPED`), each with the IRI of what is left
            out; node names as in `whole`.
        possible: number of these networks, for each of `DROPPED`.
        time_limit: seconds for all cases together.
    """
    deadline = time.monotonic() + time_limit
    nodes = whole.network.nodes
    place = {node: number for number, node in enumerate(nodes)}
    together, told = (np.zeros((len(DROPPED), len(nodes), len(nodes)), dtype=np.int32) for _ in range(2))
    parted = np.zeros((len(nodes), len(nodes)), dtype=np.int32)
    one_part = np.triu(whole.components[:, None] == whole.components[None, :], 1)
    mates = whole.membership[:, None] == whole.membership[None, :]
    hangs_on: list[HangsOn] = []
    tried = dict.fromkeys(DROPPED, 0)
    complete = True
    # Much evidence changes no sign, so many cases are the same network, and often that of the whole.
    divided = {_key(whole.network): whole}
    for number, what in enumerate(DROPPED):
        for name, network in cases(what):
            left = deadline - time.monotonic()
            if left <= 0:
                complete = False
                break
            if (key := _key(network)) not in divided:
                divided[key] = partition(network, coalitions=whole.asked, relaxed=whole.relaxed, time_limit=left)
            case = divided[key]
            mine = np.ix_(*[[place[node] for node in case.network.nodes]] * 2)
            same_part = case.components[:, None] == case.components[None, :]
            both = same_part & (case.membership[:, None] == case.membership[None, :])
            told[number][mine] += same_part
            together[number][mine] += both
            now = np.zeros((2, len(nodes), len(nodes)), dtype=bool)
            now[0][mine], now[1][mine] = same_part, both
            lost = one_part & ~now[0]
            if name in place:
                lost[place[name], :] = lost[:, place[name]] = False
            parted += lost
            if count := int((lost | (one_part & now[0] & (now[1] != mates))).sum()):
                hangs_on.append(HangsOn(what, name, count))
            tried[what] += 1
    one, other = np.triu_indices(len(nodes), 1)
    told_here = whole.components[one] == whole.components[other]
    one, other = one[told_here], other[told_here]
    kept, counted = (np.stack([*cut, cut.sum(axis=0)]) for cut in (together[:, one, other], told[:, one, other]))
    shares = np.divide(kept, counted, out=np.full(kept.shape, np.nan), where=counted > 0)
    columns = [[None if math.isnan(value) else value for value in row] for row in shares.tolist()]
    pairs = tuple(
        PairStability(nodes[a], nodes[b], same, dict(zip(DROPPED, each, strict=True)), share, count, apart)
        for a, b, same, *each, share, count, apart in zip(
            one.tolist(),
            other.tolist(),
            (whole.membership[one] == whole.membership[other]).tolist(),
            *columns,
            counted[-1].tolist(),
            parted[one, other].tolist(),
            strict=True,
        )
    )
    hangs_on.sort(key=lambda each: (-each.pairs, DROPPED.index(each.what), each.name))
    return Stability(pairs, tried, possible, complete, tuple(hangs_on))


def _key(network: SignedNetwork) -> tuple[tuple[str, ...], bytes, bytes]:
    return network.nodes, network.ends.tobytes(), network.weights.tobytes()
