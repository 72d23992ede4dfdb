"""What coalitions hang on: who stands otherwise when single pieces of evidence are left out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.analysis.signed_partition import Partition, partition

DROPPED = ("document", "speaker", "claim")
"""What is left out, one at a time, to see what the coalitions hang on."""


@dataclass(frozen=True, slots=True)
class HangsOn:
    """A piece of evidence on which pairs hang.

    Attributes:
        what: one of `DROPPED`.
        name: the IRI of the document, speaker or claim.
        pairs: how many pairs stand otherwise without it: in one coalition and not in two, or the other way round.
        parted: how many others come apart, since the ties that join them are gone. To leave out a speaker does not part
            that speaker from others.
        members: those nodes that change sides, as against most of the others.
    """

    what: str
    name: str
    pairs: int
    parted: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """What a division hangs on: a diagnostic of deletion, and no measure of how sure it is.

    To leave out one of N pieces of evidence changes little when N is large, whatever the truth; how sure a membership
    is say the draws of `member_shares`.

    Attributes:
        pairs: number of pairs of nodes that are in one part of the network.
        tried: number of cases tried, for each of `DROPPED`.
        possible: number of cases there are.
        hangs_on: the pieces of evidence without which pairs stand otherwise, the weightiest first.
    """

    pairs: int
    tried: dict[str, int]
    possible: dict[str, int]
    hangs_on: tuple[HangsOn, ...]

    @property
    def complete(self) -> bool:
        """Whether all cases were tried; False where the time did not suffice."""
        return self.tried == self.possible

    @property
    def firm(self) -> bool:
        """Whether all cases were tried, and in each of them every pair stands as in the whole."""
        return self.complete and not self.hangs_on


def stability_of(
    whole: Partition,
    case: Callable[[str, int], tuple[str, SignedNetwork]],
    used: Mapping[str, Sequence[int]],
    time_limit: float,
) -> Stability:
    """Return what the division of a network hangs on.

    Documents, speakers and claims are left out in turn, one of each, so that all kinds are tried when time runs out.

    Args:
        whole: the division when nothing is left out.
        case: gives the network without something: what it is (one of `DROPPED`) and its code; with its IRI.
        used: the codes of what can be left out, for each of `DROPPED`.
        time_limit: seconds for all cases together.
    """
    deadline = time.monotonic() + time_limit
    nodes = whole.network.nodes
    place = {node: number for number, node in enumerate(nodes)}
    one_part = whole.components[:, None] == whole.components[None, :]
    np.fill_diagonal(one_part, val=False)
    mates = whole.membership[:, None] == whole.membership[None, :]
    hangs_on: list[HangsOn] = []
    tried = dict.fromkeys(DROPPED, 0)
    # Much evidence changes no sign, so many cases are the same network, and often that of the whole.
    divided = {_key(whole.network): whole}
    for what, code in _in_turn(used):
        if (left := deadline - time.monotonic()) <= 0:
            break
        name, network = case(what, code)
        if (key := _key(network)) not in divided:
            divided[key] = partition(network, coalitions=whole.asked, relaxed=whole.relaxed, time_limit=left)
        found = divided[key]
        mine = np.ix_(*[[place[node] for node in found.network.nodes]] * 2)
        joined, together = np.zeros((2, len(nodes), len(nodes)), dtype=bool)
        joined[mine] = found.components[:, None] == found.components[None, :]
        together[mine] = found.membership[:, None] == found.membership[None, :]
        lost = one_part & ~joined
        if name in place:
            lost[place[name], :] = lost[:, place[name]] = False
        changed = one_part & joined & (together != mates)
        if changed.any() or lost.any():
            compared = (one_part & joined).sum(axis=1)
            turned = np.flatnonzero(changed.sum(axis=1) * 2 > compared)
            members = tuple(nodes[node] for node in turned.tolist())
            hangs_on.append(HangsOn(what, name, int(changed.sum()) // 2, int(lost.sum()) // 2, members))
        tried[what] += 1
    hangs_on.sort(key=lambda each: (-each.pairs, -each.parted, DROPPED.index(each.what), each.name))
    possible = {what: len(used[what]) for what in DROPPED}
    return Stability(int(one_part.sum()) // 2, tried, possible, tuple(hangs_on))


def _in_turn(used: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, int]]:
    for row in zip_longest(*(used[what] for what in DROPPED)):
        yield from ((what, code) for what, code in zip(DROPPED, row, strict=True) if code is not None)


def _key(network: SignedNetwork) -> tuple[tuple[str, ...], bytes, bytes]:
    return network.nodes, network.ends.tobytes(), network.weights.tobytes()
