"""What one partition of statements adds to a network: sparse products over its column nodes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    import pyarrow as pa

    from disputegraph.networks.formulas import Matrix

__all__ = ["PARTS", "partial_products"]

PARTS = {
    "congruence": ("congruence",),
    "conflict": ("conflict",),
    "subtract": ("congruence", "conflict"),
    "signed": ("congruence", "conflict"),
    "cooccurrence": ("together",),
}
"""What an edge of each kind of network consists of."""

_BLOCK = 2_000_000
"""Pairs of nodes computed at once, at most; a row of the matrix is never cut."""

Factors = list[tuple["Matrix", "Matrix"]]


def partial_products(
    batches: Iterator[pa.RecordBatch], kind: str, *, size: int, jaccard: bool
) -> Iterator[pa.RecordBatch]:
    """Yield what some statements add to each pair of row nodes: x, y (x before y), the parts, count, correction.

    All numbers are sums over column nodes. So the sums over partitions are those of the whole table, as long as no
    column node has statements in two partitions. They are whole numbers, so that the order of adding does not matter.

    Args:
        batches: one row a pair of nodes: x, the number of the row node; col, the column node; a0, a1 and a2, how many
            statements deny, affirm and take no side.
        kind: a key of `PARTS`.
        size: number of row nodes.
        jaccard: whether to compute the correction of Jaccard's divisor, which is 0 otherwise.
    """
    import pyarrow as pa

    found = list(batches)
    if not found:
        return
    table = pa.Table.from_batches(found)
    rows = table.column("x").to_numpy()
    columns = table.column("col").combine_chunks().dictionary_encode().indices.to_numpy()
    shape = (size, int(columns.max(initial=-1)) + 1)
    levels = [
        sparse.csr_array((table.column(name).to_numpy().astype(np.float64), (rows, columns)), shape=shape)
        for name in ("a0", "a1", "a2")
    ]
    stacked = {
        name: tuple(sparse.hstack(side, format="csr") for side in zip(*factors, strict=True))
        for name, factors in _factors(levels, kind, jaccard=jaccard).items()
    }
    for start, end in _blocks(sparse.csr_array(sum(levels[1:], levels[0]))):
        sums = {name: sparse.csr_array(left[start:end] @ right[start:].T) for name, (left, right) in stacked.items()}
        across = sparse.triu(sum(abs(one) for one in sums.values()), k=1, format="coo")
        x, y = across.coords
        if not len(x):
            continue
        numbers = {name: pa.array(np.asarray(one[x, y], dtype=np.float64).ravel()) for name, one in sums.items()}
        ends = {"x": pa.array((x + start).astype(np.int32)), "y": pa.array((y + start).astype(np.int32))}
        yield pa.RecordBatch.from_pydict(ends | numbers)


def _factors(levels: list[Matrix], kind: str, *, jaccard: bool) -> dict[str, Factors]:
    """Return the sums to compute, each as pairs of matrices whose products add up to it.

    The formulas are those of `networks.formulas`. The count is of the statements of x that have a counterpart by y, and
    the other way round.
    """
    denied, affirmed, _ = levels
    total = sparse.csr_array(sum(levels[1:], levels[0]))
    parts: dict[str, Factors] = {
        "congruence": [(denied, denied), (affirmed, affirmed)],
        "conflict": [(denied, affirmed), (affirmed, denied)],
        "together": [(total, total)],
    }
    sided = sparse.csr_array(denied + affirmed)
    counted: Factors = {
        "congruence": parts["congruence"],
        "conflict": parts["conflict"],
        "cooccurrence": parts["together"],
    }.get(kind, [(sided, sided)])
    made = {name: parts[name] for name in PARTS[kind]}
    made["count"] = [pair for one, other in counted for pair in ((one, _there(other)), (_there(one), other))]
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
    cuts = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), total.shape[0]]
    yield from pairwise(cuts)
