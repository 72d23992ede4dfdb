"""Modularity of clusters and of phases beside what chance gives, with intervals over draws."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from disputegraph.analysis.actor_clustering import Clusters, actor_clusters
from disputegraph.analysis.phase_states import Phases, phase_transitions
from disputegraph.analysis.resampling import (
    Inference,
    Size,
    Tested,
    beside_chance,
    drawn_tables,
    of_counted,
    ranked,
    shuffled_tables,
    size_of_pairs,
)
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import NetworkOptions, Weights, weigh

_LOW, _HIGH = -0.5, 1.0
_DATES = 2**20  # a stream of random numbers of its own


def cluster_figures(
    found: Clusters,
    table: StatementTable,
    *,
    inference: Inference | None = None,
    time_limit: float = 60.0,
    **asked: Any,
) -> tuple[dict[str, Tested], Size]:
    """Return the modularity of the best division (``best``) and of that of each method, beside chance, and `n`.

    Every shuffle and draw is divided anew by the same methods, since the largest modularity is positive by chance too.
    With `dna_compat` it is the unweighted one, by which the best is chosen then.

    Args:
        found: the clusters of the data.
        table: the statements they are of.
        inference: how many shuffles and draws; by default 200 of each.
        time_limit: seconds.
        asked: what `actor_clusters` was asked for, options of the network included.
    """
    how, start = inference or Inference(), time.monotonic()
    by_dna = bool(asked.get("dna_compat"))
    mine = _modularities(found, by_dna=by_dna)
    weights = weigh(table, "subtract", **{**_of_network(asked), "normalise": "average"})
    counting = _counting(weights, table)
    size = size_of_pairs(np.stack(weights.pattern, axis=1), counting)
    if size.too_little:
        return {name: Tested(None) for name in mine}, size
    changed = of_counted(asked)

    def figures(tables: Iterable[StatementTable]) -> list[Mapping[str, float | None]]:
        return [_modularities(actor_clusters(each, **changed), by_dna=by_dna) for each in tables]

    nulls = figures(shuffled_tables(counting, how, asked, start + time_limit / 2))
    drawn = figures(drawn_tables(counting, how, start + time_limit))
    return {
        name: _beside(value, (each.get(name) for each in nulls), (each.get(name) for each in drawn))
        for name, value in mine.items()
    }, size


def _modularities(found: Clusters, *, by_dna: bool) -> dict[str, float | None]:
    told = {each.method: each.unweighted if by_dna else each.modularity for each in found.found}
    return {"best": told[found.best.method] if found.best else None, **told}


def phase_figures(
    found: Phases,
    table: StatementTable,
    unit: str,
    width: int,
    *,
    inference: Inference | None = None,
    time_limit: float = 60.0,
    **asked: Any,
) -> tuple[Tested, Size]:
    """Return the modularity of the states of a debate beside that of steady debates, and how much data there is.

    In a shuffle documents exchange their days (utterances, where there is one document): the same is said as often, on
    the same days, but when has nothing to do with what. States are found anew in each.

    Args:
        found: the states of the data.
        table: the statements.
        unit: of the windows.
        width: units in a window.
        inference: how many shuffles and draws; by default 200 of each.
        time_limit: seconds.
        asked: what `phase_transitions` was asked for, options of the network included.
    """
    how, start = inference or Inference(), time.monotonic()
    kind = asked.get("kind", "affiliation")
    weights = weigh(table, kind, **_of_network(asked))
    counting = _counting(weights, table)
    counting = counting.take(np.flatnonzero(~np.isnat(counting.dates)))
    row, column = weights.pattern
    size = size_of_pairs(np.stack([row, row if weights.bipartite else column], axis=1), counting)
    if size.too_little:
        return Tested(None), size
    changed = of_counted(asked)

    def figures(tables: Iterable[StatementTable]) -> Iterator[float | None]:
        for each in tables:
            try:
                yield phase_transitions(each, unit, width, **changed).best.modularity
            except UsageError:  # a draw without the first or last days may have too few moments
                yield None

    nulls = list(figures(_dated_anew(counting, how, start + time_limit / 2)))
    drawn = list(figures(drawn_tables(counting, how, start + time_limit)))
    return _beside(found.best.modularity, nulls, drawn), size


def _dated_anew(table: StatementTable, how: Inference, deadline: float) -> Iterator[StatementTable]:
    """Yield the statements with the days of their documents exchanged."""
    documents, days = (ranked(table.column(name)).astype(np.int64) for name in ("document", "date"))
    if len(np.unique(documents)) < 2:  # noqa: PLR2004
        documents = ranked(table.column("utterance")).astype(np.int64)
    units, unit = np.unique(np.stack([documents, days], axis=1), axis=0, return_inverse=True)
    codes = table.column("date").codes
    code_of_unit = np.zeros(len(units), dtype=np.int32)
    code_of_unit[unit.ravel()] = codes
    if len(np.unique(code_of_unit)) < 2:  # noqa: PLR2004
        return
    for number in range(how.null):
        if time.monotonic() > deadline:
            return
        yield table.replaced("date", how.shuffle(_DATES + number).permutation(code_of_unit)[unit.ravel()])


def _of_network(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of the network among all that was asked for."""
    return {name: value for name, value in asked.items() if name in NetworkOptions.__annotations__}


def _counting(weights: Weights, table: StatementTable) -> StatementTable:
    return table.take(np.flatnonzero(np.isin(table.rows, weights.incidence.table.rows)))


def _beside(value: float | None, nulls: Iterable[float | None], drawn: Iterable[float | None]) -> Tested:
    return beside_chance(value, nulls, drawn, centred=True, bounds=(_LOW, _HIGH))
