"""Coalitions: which of them the statements show, what does not fit, how sure each member is, and what hangs on what."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np

from disputegraph.analysis.coalition_draws import agreement_modularity, antagonism, divided_draws, member_shares
from disputegraph.analysis.optimal_divisions import Optima, count_optima
from disputegraph.analysis.resampling import Inference, Size, Tested, beside_chance, resampled_ties, size_of
from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.analysis.signed_partition import Partition, partition
from disputegraph.analysis.stability import DROPPED, Stability, stability_of
from disputegraph.analysis.ties import Ties, find_ties
from disputegraph.model import StatementTable
from disputegraph.networks import NetworkOptions

_FOR_DIVISION, _FOR_OPTIMA = 0.5, 0.1
_FIGURES = {"modularity": agreement_modularity, "antagonism": antagonism}


@dataclass(frozen=True, slots=True, eq=False)
class Coalitions:
    """Coalitions with their evidence.

    Attributes:
        partition: the division of the signed network; see `Partition`.
        ties: the ties it divides.
        n: how much data there is.
        alone: nodes that agree or disagree with nobody, and so are in no coalition.
        single: nodes of a coalition that are in it by a single statement.
        shares: how sure the coalition of each node is; see `member_shares`. Empty without draws.
        optima: the other divisions that are as good, or None where they are not counted; see `count_optima`.
        figures: ``modularity`` and ``antagonism`` of the division, beside those that chance gives; without values where
            there is too little data (`Size.too_little`) or the balance is relaxed.
        ranges: the least and the greatest of these over the best divisions, where these were counted.
        inference: the shuffles and draws that were asked for.
        drawn: number of draws made.
        stability: what leaving out evidence does, or None where it was not asked for.
    """

    partition: Partition
    ties: Ties
    n: Size
    alone: tuple[str, ...]
    single: tuple[str, ...]
    shares: dict[str, float]
    optima: Optima | None
    figures: dict[str, Tested]
    ranges: dict[str, tuple[float, float]]
    inference: Inference
    drawn: int
    stability: Stability | None

    @property
    def numbers(self) -> dict[str, int]:
        """The coalition of every node that is in one, from 1 by size; parts that nothing joins have their own."""
        part = self.partition
        groups: dict[tuple[int, int], list[str]] = defaultdict(list)
        places = zip(part.network.nodes, part.components.tolist(), part.membership.tolist(), strict=True)
        for node, component, coalition in places:
            if node not in self.alone:
                groups[component, coalition].append(node)
        ordered = sorted(groups.values(), key=lambda nodes: (-len(nodes), nodes[0]))
        return {node: number for number, nodes in enumerate(ordered, start=1) for node in nodes}

    @property
    def either(self) -> frozenset[str]:
        """The nodes that are not in one place in all of the best divisions."""
        nodes = self.partition.network.nodes
        return frozenset(nodes[place] for place in self.optima.either) if self.optima else frozenset()


def coalitions(
    table: StatementTable,
    *,
    coalitions: int = 2,
    relaxed: bool = False,
    weighted: bool = False,
    ties: str = "statements",
    inference: Inference | None = None,
    hangs_on: bool = True,
    time_limit: float = 60.0,
    **options: Unpack[NetworkOptions],
) -> Coalitions:
    """Return the coalitions that a table of statements shows.

    Two nodes agree where their agreement is larger than their opposition, and disagree where it is smaller; see
    `find_ties` for the two and `partition` for the division.

    Args:
        table: the statements.
        coalitions: the largest number of coalitions; 0 for as many as it takes.
        relaxed: relaxed balance; of it there are no draws, and other best divisions are not counted.
        weighted: let a tie count by agreement minus opposition; by default each counts one.
        ties: what ties are read from: ``statements``, ``portrayal`` or ``both``.
        inference: how many shuffles and draws; by default 200 of each.
        hangs_on: leave out every document, speaker and claim in turn, and see on which of them memberships hang.
        time_limit: seconds. The division takes half of them at most, and what is left is shared by the other steps.
        options: those of the network; see `NetworkOptions`.

    Raises:
        UsageError: options that do not fit.
    """
    how = inference or Inference()
    found = find_ties(table, ties, **options)
    network = found.network(weighted=weighted)
    start = time.monotonic()
    later = hangs_on or how.null > 0 or how.bootstrap > 0
    share = time_limit * _FOR_DIVISION if later else time_limit
    whole = partition(network, coalitions=coalitions, relaxed=relaxed, time_limit=share)
    optima = count_optima(whole, time_limit=time_limit * _FOR_OPTIMA)
    linked = set(network.ends.ravel().tolist())
    alone = tuple(node for place, node in enumerate(network.nodes) if place not in linked)
    said: Counter[str] = Counter()
    for weights in found.networks:
        said.update(weights.statements)
    single = tuple(node for place, node in enumerate(network.nodes) if place in linked and said[node] == 1)
    size = size_of(found, table)
    enough = size.too_little is None and not relaxed
    left = max(start + time_limit - time.monotonic(), 0.0)
    share = left * (0.5 if hangs_on else 0.9)
    shuffles, resampled = resampled_ties(found, table, how, options, kind=ties, time_limit=share)
    told: dict[str, Any] = {"asked": coalitions, "weighted": weighted}
    nulls = list(divided_draws(shuffles, how.shuffle(2**31), **told)) if enough else []
    draws = [] if relaxed else list(divided_draws(resampled, how.draw(2**31), **told))
    figures = {
        name: beside_chance(
            figure(found, whole.membership) if enough else None,
            (figure(each.ties, each.membership) for each in nulls),
            (figure(each.ties, each.membership) for each in draws) if enough else (),
            centred=True,
            bounds=(-1.0, 1.0),
        )
        for name, figure in _FIGURES.items()
    }
    ranges: dict[str, tuple[float, float]] = {}
    for name, figure in _FIGURES.items() if enough else ():
        over = [value for each in (optima.memberships if optima else ()) if (value := figure(found, each)) is not None]
        if over:
            ranges[name] = min(over), max(over)
    shares = member_shares(whole, draws)
    stability = None
    if hangs_on:

        def case(what: str, code: int) -> tuple[str, SignedNetwork]:
            """Return the network without a document, speaker or claim."""
            column = table.column(what)
            rest = table.take(column.codes != code)
            return column.values[code], find_ties(rest, ties, names=found.names, **options).network(weighted=weighted)

        # Without the only document there is nothing.
        used = {what: codes if len(codes := _used(found, what)) > 1 else [] for what in DROPPED}
        left = max(start + time_limit - time.monotonic(), 0.0)
        stability = stability_of(whole, case, used, left)
    return Coalitions(whole, found, size, alone, single, shares, optima, figures, ranges, how, len(draws), stability)


def _used(ties: Ties, what: str) -> list[int]:
    """Return the codes of the documents, speakers or claims of the statements that count."""
    codes = np.concatenate([weights.incidence.table.column(what).codes for weights in ties.networks])
    return [int(code) for code in np.unique(codes[codes >= 0])]
