"""The dates of edges: when each begins and ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from disputegraph.model import Instants
from disputegraph.networks.network_weights import Weights

_LATE, _EARLY = np.iinfo(np.int64).max, np.iinfo(np.int64).min


def edge_dates(weights: Weights) -> tuple[Instants, Instants]:
    """Return the first and last date of the statements behind each edge, in the order of `weights.pattern`.

    An edge between two actors begins when both have spoken: at the later of their first statements on the first column
    node that they share, or on the first two that contradict. It ends with the last statement that contributes.
    """
    rows, columns = weights.pattern
    if not len(rows):
        return np.zeros(0, dtype="datetime64[s]"), np.zeros(0, dtype="datetime64[s]")
    width = weights.matrix.shape[1]
    keys = rows.astype(np.int64) * width + columns
    order = np.argsort(keys, kind="stable")
    first, last = np.full(len(keys), _LATE), np.full(len(keys), _EARLY)
    for pair, begins, ends in _pieces(weights, width):
        place = np.searchsorted(keys[order], pair)
        known = place < len(keys)
        known[known] = keys[order][place[known]] == pair[known]
        spot = order[place[known]]
        np.minimum.at(first, spot, begins[known])
        np.maximum.at(last, spot, ends[known])
    return _instants(first, _LATE), _instants(last, _EARLY)


def _pieces(weights: Weights, width: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    incidence = weights.incidence
    dates = incidence.table.dates
    dated = ~np.isnat(dates)
    seconds = dates.astype("datetime64[s]").astype(np.int64)
    if weights.directed or weights.bipartite:
        pairs = incidence.rows.astype(np.int64) * width + incidence.columns
        return [(pairs[dated], seconds[dated], seconds[dated])]
    return _meetings(weights, seconds, dated)


def _meetings(
    weights: Weights, seconds: NDArray[np.int64], dated: NDArray[np.bool_]
) -> list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """Return the pairs of row nodes that meet on each column node, or on two that contradict, with the dates of it."""
    incidence = weights.incidence
    meets = np.abs(sum(weights.similarity.values())) > 0
    size, width = len(incidence.values), len(weights.nodes)
    cell = (incidence.columns.astype(np.int64) * size + incidence.levels) * width + incidence.rows
    cells, where = np.unique(cell[dated], return_inverse=True)
    begins, ends = np.full(len(cells), _LATE), np.full(len(cells), _EARLY)
    np.minimum.at(begins, where, seconds[dated])
    np.maximum.at(ends, where, seconds[dated])
    level, node, column = (cells // width) % size, cells % width, cells // width // size
    bounds = np.searchsorted(column, np.arange(incidence.shape[1] + 1))

    def meeting(
        here: slice, there: slice, fits: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        one, other = np.nonzero(fits & (node[here][:, None] != node[there][None, :]))
        one, other = one + here.start, other + there.start
        low, high = np.minimum(node[one], node[other]), np.maximum(node[one], node[other])
        return low * width + high, np.maximum(begins[one], begins[other]), np.maximum(ends[one], ends[other])

    cells_of = [slice(start, stop) for start, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
    pieces = [meeting(here, here, meets[np.ix_(level[here], level[here])]) for here in cells_of]
    if weights.contradicting is not None:
        affirms = level == incidence.affirming
        for one, other in zip(*weights.contradicting.nonzero(), strict=True):
            here, there = cells_of[one], cells_of[other]
            pieces.append(meeting(here, there, affirms[here][:, None] & affirms[there][None, :]))
    return pieces


def _instants(seconds: NDArray[np.int64], unset: int) -> Instants:
    dates = np.where(seconds == unset, np.datetime64("NaT").astype("datetime64[s]"), seconds.astype("datetime64[s]"))
    return dates.astype("datetime64[s]")
