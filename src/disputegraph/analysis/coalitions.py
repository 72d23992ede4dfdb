"""Coalitions: which coalitions the statements show, what does not fit, and how much hangs on any one piece of evidence."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Unpack

import numpy as np

from disputegraph.analysis.partition import Partition, partition
from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.networks import NetworkOptions, StatementTable, Weights, weigh

__all__ = ["DROPPED", "Coalitions", "PairStability", "Stability", "coalitions", "signed_of", "stability_of"]

DROPPED = ("document", "speaker", "claim")
"""What is left out, one at a time, to see whether the coalitions stand without it."""


_NOTHING = 1e-12
_FOR_DIVISION = 0.75


@dataclass(frozen=True, slots=True)
class PairStability:
    """How a pair of nodes fares when single pieces of evidence are left out.

    Attributes:
        one, other: the two nodes.
        together: whether they share a coalition when nothing is left out.
        shares: for each of `DROPPED`, how often the two are then in one coalition, 0 to 1; None where no case tells, because
            the two are then in different parts of the network.
        share: the same over all cases.
        cases: number of cases in which it can be told.
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
        pairs: the pairs whose relation the network tells.
        tried: number of cases tried, for each of `DROPPED`.
        possible: number of cases there are.
        complete: whether all were tried; False where the time did not suffice.
    """

    pairs: tuple[PairStability, ...]
    tried: dict[str, int]
    possible: dict[str, int]
    complete: bool


@dataclass(frozen=True, slots=True, eq=False)
class Coalitions:
    """Coalitions with their evidence.

    Attributes:
        partition: the division of the signed network; see `Partition`.
        weights: the network it divides.
        alone: nodes that agree or disagree with nobody, and so are in no coalition.
        stability: what leaving out evidence does, or None where it was not asked for.
    """

    partition: Partition
    weights: Weights
    alone: tuple[str, ...]
    stability: Stability | None


def coalitions(
    table: StatementTable,
    *,
    coalitions: int = 2,
    relaxed: bool = False,
    weighted: bool = False,
    stability: bool = True,
    time_limit: float = 60.0,
    **options: Unpack[NetworkOptions],
) -> Coalitions:
    """Return the coalitions that a table of statements shows.

    The network is ``signed``: two nodes agree where their congruence is larger than their conflict, and disagree where
    it is smaller. See `partition` for the division.

    Args:
        table: the statements.
        coalitions: the largest number of coalitions; 0 for as many as it takes.
        relaxed: relaxed balance.
        weighted: let an edge count by the difference of congruence and conflict; by default each counts one.
        stability: leave out every document, every speaker and every claim in turn, and see who stays together.
        time_limit: seconds, of which the division takes three quarters at most if stability is asked for.
        options: those of the network; see `NetworkOptions`.

    Raises:
        UsageError: options that do not fit.
    """
    weights = weigh(table, "signed", **options)
    network = signed_of(weights, weighted=weighted)
    start = time.monotonic()
    share = time_limit * _FOR_DIVISION if stability else time_limit
    found = partition(network, coalitions=coalitions, relaxed=relaxed, time_limit=share)
    left = max(start + time_limit - time.monotonic(), 0.0)
    linked = set(network.ends.ravel().tolist())
    alone = tuple(node for place, node in enumerate(network.nodes) if place not in linked)
    report = None
    if stability:
        cases = _cases(table, weights, weighted=weighted, options=options)
        report = stability_of(found, cases, _possible(weights), coalitions=coalitions, relaxed=relaxed, time_limit=left)
    return Coalitions(found, weights, alone, report)


def signed_of(weights: Weights, *, weighted: bool = False) -> SignedNetwork:
    """Return finished ``signed`` (or ``subtract``) weights as a signed network.

    Args:
        weights: the weights.
        weighted: keep the difference of congruence and conflict as an edge's weight; by default only its sign.
    """
    rows, columns = weights.pattern
    values = weights.values(weights.matrix)
    decided = np.abs(values) > _NOTHING
    made = SignedNetwork(
        weights.nodes,
        tuple(weights.labels[node] for node in weights.nodes),
        np.stack([rows, columns], axis=1)[decided].astype(np.int64).reshape(-1, 2),
        values[decided],
        tuple(zip(rows[~decided].tolist(), columns[~decided].tolist(), strict=True)),
    )
    return made if weighted else made.by_signs()


def stability_of(
    whole: Partition,
    cases: Iterator[tuple[str, SignedNetwork]],
    possible: dict[str, int],
    *,
    coalitions: int,
    relaxed: bool,
    time_limit: float,
) -> Stability:
    """Return how often each pair of nodes stays together over networks from which something was left out.

    Args:
        whole: the division when nothing is left out.
        cases: what was left out (one of `DROPPED`) and the network without it; node names as in `whole`.
        possible: number of cases of each sort.
        coalitions: as for `partition`.
        relaxed: as for `partition`.
        time_limit: seconds for all cases together.
    """
    deadline = time.monotonic() + time_limit
    size = len(whole.network)
    place = {node: number for number, node in enumerate(whole.network.nodes)}
    together = {what: np.zeros((size, size), dtype=np.int64) for what in DROPPED}
    told = {what: np.zeros((size, size), dtype=np.int64) for what in DROPPED}
    tried = dict.fromkeys(DROPPED, 0)
    complete = True
    for what, network in cases:
        left = deadline - time.monotonic()
        if left <= 0:
            complete = False
            break
        case = partition(network, coalitions=coalitions, relaxed=relaxed, time_limit=left)
        mine = np.array([place[node] for node in network.nodes], dtype=np.int64)
        same_part = case.components[:, None] == case.components[None, :]
        same_coalition = case.membership[:, None] == case.membership[None, :]
        told[what][np.ix_(mine, mine)] += same_part
        together[what][np.ix_(mine, mine)] += same_part & same_coalition
        tried[what] += 1
    pairs = []
    nodes = whole.network.nodes
    for one, other in zip(*np.triu_indices(size, 1), strict=True):
        a, b = int(one), int(other)
        if whole.components[a] == whole.components[b]:
            cases_told = {what: int(told[what][a, b]) for what in DROPPED}
            cases_together = {what: int(together[what][a, b]) for what in DROPPED}
            shares = {what: _share(cases_together[what], cases_told[what]) for what in DROPPED}
            number = sum(cases_told.values())
            pairs.append(
                PairStability(
                    nodes[a],
                    nodes[b],
                    bool(whole.membership[a] == whole.membership[b]),
                    shares,
                    _share(sum(cases_together.values()), number),
                    number,
                )
            )
    return Stability(tuple(pairs), tried, possible, complete)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _possible(weights: Weights) -> dict[str, int]:
    table = weights.incidence.table
    return {what: len(np.unique(codes[codes >= 0])) for what in DROPPED for codes in [table.column(what).codes]}


def _cases(
    table: StatementTable, weights: Weights, *, weighted: bool, options: NetworkOptions
) -> Iterator[tuple[str, SignedNetwork]]:
    """Yield the network without each document, speaker and claim in turn."""
    used = weights.incidence.table
    for what in DROPPED:
        column = table.column(what)
        codes = used.column(what).codes
        for code in np.unique(codes[codes >= 0]).tolist():
            left = table.take(column.codes != code)
            yield what, signed_of(weigh(left, "signed", **options), weighted=weighted)
