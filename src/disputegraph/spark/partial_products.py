"""What one partition of statements adds to a network: sparse products over its column nodes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    import pyarrow as pa

    from disputegraph.networks import Matrix

PARTS = {
    "congruence": ("congruence",),
    "conflict": ("conflict",),
    "subtract": ("congruence", "conflict"),
    "signed": ("congruence", "conflict"),
    "cooccurrence": ("together",),
}
"""What the weight of an edge consists of, by kind of network."""

_BLOCK = 2_000_000
"""Pairs of nodes computed at once, at most; a row of the matrix is never cut."""

_Factors = list[tuple["Matrix", "Matrix"]]


def sums_of(kind: str, *, jaccard: bool) -> tuple[str, ...]:
    """Return the names of the numbers that are summed for each pair of nodes."""
    return (*PARTS[kind], "count", *(("correction",) if jaccard else ()), "activity", "square")


def partial_products(
    batches: Iterator[pa.RecordBatch], kind: str, *, nodes: pa.Array, jaccard: bool
) -> Iterator[pa.RecordBatch]:
    """Yield what some statements add to each pair of row nodes.

    All numbers are sums over column nodes. So the sums over partitions are those of the whole table, as long as no
    column node has statements in two partitions. They are whole numbers, so that the order of adding does not matter.

    Args:
        batches: one row a pair of nodes: row, col, and a0, a1 and a2, how many statements deny, affirm and take no
            side.
        kind: a key of `PARTS`.
        nodes: all row nodes.
        jaccard: whether to compute the correction of Jaccard's divisor.

    Yields:
        x and y, places of two row nodes in `nodes`, and the numbers named by `sums_of`. Where x < y these are the parts
        of the weight, the statements of both that have a counterpart, and the correction. Where x = y they are the
        node's number of statements and the square of the length of its vector.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    found = list(batches)
    if not found:
        return
    table = pa.Table.from_batches(found)
    rows = pc.index_in(table.column("row"), nodes).to_numpy()
    columns = table.column("col").combine_chunks().dictionary_encode().indices.to_numpy()
    shape = (len(nodes), int(columns.max()) + 1)
    levels = [
        sparse.csr_array((table.column(name).to_numpy().astype(np.float64), (rows, columns)), shape=shape)
        for name in ("a0", "a1", "a2")
    ]
    total = sparse.csr_array(sum(levels[1:], levels[0]))
    names = sums_of(kind, jaccard=jaccard)

    def batch(x: np.ndarray, y: np.ndarray, numbers: dict[str, np.ndarray]) -> pa.RecordBatch:
        ends = {"x": x.astype(np.int32), "y": y.astype(np.int32)}
        return pa.RecordBatch.from_pydict(ends | {name: numbers.get(name, np.zeros(len(x))) for name in names})

    here = np.flatnonzero(np.diff(total.indptr))
    squares = sum((one.multiply(one) for one in ([total] if kind == "cooccurrence" else levels)), total * 0.0)
    yield batch(here, here, {"activity": total.sum(axis=1)[here], "square": squares.sum(axis=1)[here]})

    stacked = {
        name: tuple(sparse.hstack(side, format="csr") for side in zip(*factors, strict=True))
        for name, factors in _factors(levels, total, kind, jaccard=jaccard).items()
    }
    for start, end in _blocks(total):
        sums = {name: sparse.csr_array(left[start:end] @ right[start:].T) for name, (left, right) in stacked.items()}
        there = sparse.csr_array(sum((abs(one) for one in sums.values()), sums["count"] * 0.0))
        x, y = sparse.coo_array(sparse.triu(there, k=1)).coords
        if len(x):
            yield batch(x + start, y + start, {name: np.asarray(one[x, y]).ravel() for name, one in sums.items()})


def _factors(levels: list[Matrix], total: Matrix, kind: str, *, jaccard: bool) -> dict[str, _Factors]:
    """Return the numbers of pairs, each as pairs of matrices whose products add up to it.

    The formulas are those of `networks.formulas`. The count is of the statements of x that have a counterpart by y, and
    the other way round.
    """
    denied, affirmed, _ = levels
    parts: dict[str, _Factors] = {
        "congruence": [(denied, denied), (affirmed, affirmed)],
        "conflict": [(denied, affirmed), (affirmed, denied)],
        "together": [(total, total)],
    }
    made = {name: parts[name] for name in PARTS[kind]}
    # Of two parts, whatever takes a side meets whatever takes one.
    met = [(total, total)] if len(made) > 1 else parts[PARTS[kind][0]]
    made["count"] = [pair for one, other in met for pair in ((one, _there(other)), (_there(one), other))]
    if jaccard:
        made["correction"] = [pair for one in levels for pair in ((one, one), (-one, _there(one)), (-_there(one), one))]
    return made


def _there(matrix: Matrix) -> Matrix:
    return sparse.csr_array((matrix > 0).astype(np.float64))


def _blocks(total: Matrix) -> Iterator[tuple[int, int]]:
    """Yield ranges of rows whose products with all others have no more than `_BLOCK` cells, where rows allow it."""
    there = _there(total)
    reached = np.minimum(there @ there.sum(axis=0), total.shape[0])
    block = np.cumsum(reached) // _BLOCK
    yield from pairwise([0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), total.shape[0]])
