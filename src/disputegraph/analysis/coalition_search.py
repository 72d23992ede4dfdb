"""Coalitions: which of them the statements show, what does not fit, and how much hangs on any one piece of evidence."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Unpack

import numpy as np

from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.analysis.signed_partition import Partition, partition
from disputegraph.analysis.stability import DROPPED, Stability, stability_of
from disputegraph.analysis.ties import Ties, find_ties
from disputegraph.model import StatementTable
from disputegraph.networks import NetworkOptions

__all__ = ["Coalitions", "coalitions"]

_FOR_DIVISION = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Coalitions:
    """Coalitions with their evidence.

    Attributes:
        partition: the division of the signed network; see `Partition`.
        ties: the ties it divides.
        alone: nodes that agree or disagree with nobody, and so are in no coalition.
        single: nodes of a coalition that are in it by a single statement.
        stability: what leaving out evidence does, or None where it was not asked for.
    """

    partition: Partition
    ties: Ties
    alone: tuple[str, ...]
    single: tuple[str, ...]
    stability: Stability | None


def coalitions(
    table: StatementTable,
    *,
    coalitions: int = 2,
    relaxed: bool = False,
    weighted: bool = False,
    ties: str = "statements",
    stability: bool = True,
    time_limit: float = 60.0,
    **options: Unpack[NetworkOptions],
) -> Coalitions:
    """Return the coalitions that a table of statements shows.

    Two nodes agree where their agreement is larger than their opposition, and disagree where it is smaller; see
    `find_ties` for the two and `partition` for the division.

    Args:
        table: the statements.
        coalitions: the largest number of coalitions; 0 for as many as it takes.
        relaxed: relaxed balance.
        weighted: let a tie count by agreement minus opposition; by default each counts one.
        ties: what ties are read from: ``statements``, ``portrayal`` or ``both``.
        stability: leave out every document, every speaker and every claim in turn, and see who stays together.
        time_limit: seconds, of which the division takes three quarters at most if stability is asked for.
        options: those of the network; see `NetworkOptions`.

    Raises:
        UsageError: options that do not fit.
    """
    found = find_ties(table, ties, **options)
    network = found.network(weighted=weighted)
    start = time.monotonic()
    share = time_limit * _FOR_DIVISION if stability else time_limit
    whole = partition(network, coalitions=coalitions, relaxed=relaxed, time_limit=share)
    left = max(start + time_limit - time.monotonic(), 0.0)
    linked = set(network.ends.ravel().tolist())
    alone = tuple(node for place, node in enumerate(network.nodes) if place not in linked)
    said: Counter[str] = Counter()
    for weights in found.networks:
        said.update(weights.statements)
    single = tuple(node for place, node in enumerate(network.nodes) if place in linked and said[node] == 1)
    if not stability:
        return Coalitions(whole, found, alone, single, None)

    def cases(what: str) -> Iterator[tuple[str, SignedNetwork]]:
        """Yield the network without each document, speaker or claim in turn."""
        column = table.column(what)
        for code in _used(found, what):
            rest = table.take(column.codes != code)
            yield column.values[code], find_ties(rest, ties, names=found.names, **options).network(weighted=weighted)

    possible = {what: len(_used(found, what)) for what in DROPPED}
    return Coalitions(whole, found, alone, single, stability_of(whole, cases, possible, left))


def _used(ties: Ties, what: str) -> list[int]:
    """Return the codes of the documents, speakers or claims of the statements that count."""
    codes = np.concatenate([weights.incidence.table.column(what).codes for weights in ties.networks])
    return [int(code) for code in np.unique(codes[codes >= 0])]
