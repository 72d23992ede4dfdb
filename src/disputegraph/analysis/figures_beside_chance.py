"""Balance, brokers and centrality beside what chance gives, with intervals over draws."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.brokerage import brokerage
from disputegraph.analysis.coalition_draws import DrawnDivision, divided_draws
from disputegraph.analysis.exact_division import Membership
from disputegraph.analysis.optimal_divisions import count_optima
from disputegraph.analysis.resampling import (
    Inference,
    Size,
    Tested,
    beside_chance,
    counted,
    drawn_tables,
    of_counted,
    resampled_ties,
    shuffled_tables,
    size_of,
    size_of_pairs,
)
from disputegraph.analysis.signed_partition import Partition
from disputegraph.analysis.structural_balance import Balance, balanced_triangles
from disputegraph.analysis.ties import Ties, find_ties
from disputegraph.model import StatementTable
from disputegraph.networks import NetworkOptions, Weights, weigh

Figures = Mapping[str, float | None]


def balance_figures(
    found: Balance,
    table: StatementTable,
    *,
    ties: str = "statements",
    inference: Inference | None = None,
    time_limit: float = 60.0,
    **options: Unpack[NetworkOptions],
) -> tuple[dict[str, Tested], Size]:
    """Return ``line_balance`` and ``balanced_triangles`` beside chance, and how much data there is.

    The divisions of shuffles and draws are found by local search, which finds the best of small networks nearly always.

    Args:
        found: the balance of the data.
        table: the statements it is of.
        ties: what ties are read from.
        inference: how many shuffles and draws; by default 200 of each.
        time_limit: seconds.
        options: those of the network; see `NetworkOptions`.
    """
    how = inference or Inference()
    tied = find_ties(table, ties, **options)
    size = size_of(tied, table)
    mine = {"line_balance": found.line_balance, "balanced_triangles": found.balanced_triangles}
    if size.too_little:
        return {name: Tested(None) for name in mine}, size
    shuffles, draws = resampled_ties(tied, table, how, options, kind=ties, time_limit=time_limit)
    nulls = [_balance(each) for each in divided_draws(shuffles, how.shuffle(2**31), asked=2, weighted=False)]
    drawn = [_balance(each) for each in divided_draws(draws, how.draw(2**31), asked=2, weighted=False)]
    return {name: _beside(value, name, nulls, drawn, 1.0) for name, value in mine.items()}, size


def _balance(draw: DrawnDivision) -> Figures:
    network = draw.ties.network()
    one, other = draw.membership[network.ends].T
    misfits = int(((one == other) == (network.weights < 0)).sum())
    edges = len(network.ends)
    return {
        "line_balance": 1 - 2 * misfits / edges if edges else None,
        "balanced_triangles": balanced_triangles(network)[1],
    }


def broker_figures(
    table: StatementTable,
    kind: str,
    division: Partition,
    *,
    ties: str = "statements",
    inference: Inference | None = None,
    time_limit: float = 60.0,
    **options: Unpack[NetworkOptions],
) -> tuple[dict[str, Tested], dict[str, tuple[float, float]], Size]:
    """Return ``brokerage`` of each node beside chance, its range over the best divisions, and how much data there is.

    Coalitions are found anew in every shuffle and draw, since chance would be given coalitions that fit it as well.

    Args:
        table: the statements.
        kind: the network whose paths count.
        division: the coalitions of the data.
        ties: what ties of coalitions are read from.
        inference: how many shuffles and draws; by default 200 of each.
        time_limit: seconds.
        options: those of the network; see `NetworkOptions`.
    """
    how = inference or Inference()
    start = time.monotonic()
    tied, weights = find_ties(table, ties, **options), weigh(table, kind, **options)
    size = size_of(tied, table)
    value = _brokerage(weights, tied, division.membership)
    optima = count_optima(division, time_limit=time_limit / 10)
    over = [_brokerage(weights, tied, each) for each in (optima.memberships if optima else ())]
    ranges = {node: (min(one[node] for one in over), max(one[node] for one in over)) for node in value if over}
    if size.too_little:
        return {node: Tested(None) for node in value}, ranges, size
    counting, changed = counted(tied, table), of_counted(options)
    left = time_limit * 0.9

    def figures(tables: Iterable[StatementTable], chance: np.random.Generator) -> list[Figures]:
        kept: list[Weights] = []

        def ties_of() -> Iterable[Ties]:
            for each in tables:
                kept.append(weigh(each, kind, **changed))
                yield find_ties(each, ties, names=tied.names, **changed)

        divided = divided_draws(ties_of(), chance, asked=division.asked, weighted=False)
        return [_brokerage(kept[number], one.ties, one.membership) for number, one in enumerate(divided)]

    nulls = figures(shuffled_tables(counting, how, options, start + left / 2), how.shuffle(2**31))
    drawn = figures(drawn_tables(counting, how, start + left), how.draw(2**31))
    return {node: _beside(number, node, nulls, drawn) for node, number in value.items()}, ranges, size


def _brokerage(weights: Weights, ties: Ties, membership: Membership) -> dict[str, float]:
    network = ties.network()
    coalition = {ties.nodes[place]: int(membership[place]) for place in np.unique(network.ends).tolist()}
    groups = np.array([coalition.get(node, -1) for node in weights.nodes], dtype=np.int64)
    there = np.zeros((len(groups), len(groups)), dtype=bool)
    one, other = weights.pattern
    there[one, other] = True
    if not weights.directed:
        there |= there.T
    return dict(zip(weights.nodes, brokerage(there, groups).tolist(), strict=True))


def centrality_figures(
    table: StatementTable,
    kind: str,
    *,
    inference: Inference | None = None,
    time_limit: float = 60.0,
    **options: Unpack[NetworkOptions],
) -> tuple[dict[str, Tested], Size]:
    """Return the ``strength`` of each node beside chance, and how much data there is.

    Args:
        table: the statements.
        kind: kind of network.
        inference: how many shuffles and draws; by default 200 of each.
        time_limit: seconds.
        options: those of the network; see `NetworkOptions`.
    """
    how = inference or Inference()
    start = time.monotonic()
    weights = weigh(table, kind, **options)
    value = _strength(weights)
    counting = table.take(np.flatnonzero(np.isin(table.rows, weights.incidence.table.rows)))
    size = size_of_pairs(np.stack(weights.pattern, axis=1), counting)
    if size.too_little:
        return {node: Tested(None) for node in value}, size
    changed = of_counted(options)

    def figures(tables: Iterable[StatementTable]) -> list[Figures]:
        return [_strength(weigh(each, kind, **changed)) for each in tables]

    nulls = figures(shuffled_tables(counting, how, options, start + time_limit / 2))
    drawn = figures(drawn_tables(counting, how, start + time_limit))
    return {node: _beside(number, node, nulls, drawn) for node, number in value.items()}, size


def _strength(weights: Weights) -> dict[str, float]:
    sums: NDArray[np.float64] = np.asarray(weights.matrix.sum(axis=1), dtype=np.float64).ravel()
    if weights.directed:
        sums = sums + np.asarray(weights.matrix.sum(axis=0), dtype=np.float64).ravel()
    return dict(zip(weights.nodes, sums.tolist(), strict=True))


def _beside(value: float | None, name: str, nulls: list[Figures], drawn: list[Figures], high: float = np.inf) -> Tested:
    told: Callable[[Figures], float | None] = lambda each: each.get(name)  # noqa: E731
    return beside_chance(value, map(told, nulls), map(told, drawn), centred=True, bounds=(0.0, high))
