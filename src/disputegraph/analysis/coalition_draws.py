"""Divisions of networks drawn anew: who stays with whom, and how united and opposed coalitions are by chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy import sparse

from disputegraph.analysis.division_search import divide_all, networks_at_once
from disputegraph.analysis.exact_division import Membership
from disputegraph.analysis.local_search import best_by_moves
from disputegraph.analysis.newman_modularity import modularity
from disputegraph.analysis.signed_partition import Partition
from disputegraph.analysis.ties import Ties

_PAIR = 2
_MOST_BY_MOVES = 12
_STARTS = 5


@dataclass(frozen=True, slots=True, eq=False)
class DrawnDivision:
    """A division of one drawn network.

    Attributes:
        ties: the ties of the draw.
        membership: coalition of each node of the draw.
    """

    ties: Ties
    membership: Membership


def divided_draws(
    draws: Iterable[Ties], chance: np.random.Generator, *, asked: int, weighted: bool
) -> Iterator[DrawnDivision]:
    """Yield a good division of each drawn network, by local search; see `divide_all` and `best_by_moves`."""
    stream = iter(draws)
    while batch := list(islice(stream, 100)):
        if asked == _PAIR:
            yield from _in_two(batch, chance, weighted=weighted)
            continue
        for ties in batch:
            network = ties.network(weighted=weighted)
            most = min(len(network), asked or _MOST_BY_MOVES)
            moved = best_by_moves(
                len(network), network.ends, network.weights, most, starts=_STARTS, deadline=float("inf")
            )
            yield DrawnDivision(ties, moved)


def _in_two(batch: list[Ties], chance: np.random.Generator, *, weighted: bool) -> Iterator[DrawnDivision]:
    size = max((len(ties.nodes) for ties in batch), default=0)
    for start in range(0, len(batch), networks_at_once(size)):
        some = batch[start : start + networks_at_once(size)]
        matrices = np.zeros((len(some), size, size))
        for number, ties in enumerate(some):
            network = ties.network(weighted=weighted)
            one, other = network.ends.T
            matrices[number, one, other] = matrices[number, other, one] = network.weights
        for ties, membership in zip(some, divide_all(matrices, chance), strict=True):
            yield DrawnDivision(ties, membership[: len(ties.nodes)])


def member_shares(whole: Partition, draws: Iterable[DrawnDivision]) -> dict[str, float]:
    """Return how sure the coalition of each node is, 0 to 1.

    For each two nodes in one part of the network, the share of draws in which they stand to each other (in one
    coalition or not) as they do in the whole; in a draw that leaves one of them without ties they do not. For a node it
    is the median of that over all others: half of them stand to it as in the whole at least so often. Where positions
    are tossed it is a little more than one half.
    """
    place = {node: number for number, node in enumerate(whole.network.nodes)}
    size = len(place)
    same, number_of_draws = np.zeros((size, size)), 0
    mates = whole.membership[:, None] == whole.membership[None, :]
    for draw in draws:
        linked = np.unique(draw.ties.network().ends)
        mine = np.array([place[draw.ties.nodes[node]] for node in linked.tolist()], dtype=np.int64)
        sides = draw.membership[linked]
        cells = np.ix_(mine, mine)
        number_of_draws += 1
        same[cells] += (sides[:, None] == sides[None, :]) == mates[cells]
    if not number_of_draws:
        return {}
    pairs = whole.components[:, None] == whole.components[None, :]
    np.fill_diagonal(pairs, val=False)
    return {
        node: float(np.median(same[number][pairs[number]])) / number_of_draws
        for node, number in place.items()
        if pairs[number].any()
    }


def antagonism(ties: Ties, membership: Membership) -> float | None:
    """Return Youden's J (1950) of being in one coalition as a sign of agreement, -1 to 1.

    It is the share of agreement in all agreement and opposition within coalitions, plus the share of opposition in all
    between them, minus 1; None where there are no ties within, or none between. It is maximised by the choice of
    coalitions, so that it means something beside its null only.
    """
    one, other = ties.pairs.T
    within = membership[one] == membership[other]
    shares = []
    for here, part, rest in ((within, ties.agreement, ties.opposition), (~within, ties.opposition, ties.agreement)):
        total = float(part[here].sum() + rest[here].sum())
        if total <= 0:
            return None
        shares.append(float(part[here].sum()) / total)
    return sum(shares) - 1


def agreement_modularity(ties: Ties, membership: Membership) -> float | None:
    """Return the modularity of a division in the network of agreement, by weight; None without agreement."""
    one, other = ties.pairs.T
    size = len(membership)
    half = sparse.csr_array((ties.agreement, (one, other)), shape=(size, size))
    return modularity(half + half.T, membership)
