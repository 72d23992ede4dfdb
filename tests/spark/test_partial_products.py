"""Partial products, added up over partitions and blocks, against loops over every pair."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pyarrow as pa
import pytest

from disputegraph.spark.partial_products import PARTS, partial_products, sums_of

NODES = [f"a{n}" for n in range(7)]
MEETS = {
    "congruence": [(0, 0), (1, 1)],
    "conflict": [(0, 1), (1, 0)],
    "signed": list(itertools.product((0, 1), repeat=2)),
    "cooccurrence": list(itertools.product((0, 1, 2), repeat=2)),
}


def brute_force(said: dict[tuple[str, str], list[int]], kind: str) -> dict[tuple[int, int], dict[str, float]]:
    """Return what `partial_products` should add up to, pair by pair, without the zeros."""
    found: dict[tuple[int, int], Counter[str]] = {}
    columns = {col for _, col in said}
    for (x, one), (y, other) in itertools.product(enumerate(NODES), repeat=2):
        if x > y:
            continue
        sums = found.setdefault((x, y), Counter())
        for col in columns:
            a, b = said.get((one, col), [0, 0, 0]), said.get((other, col), [0, 0, 0])
            if x == y:
                sums["activity"] += sum(a)
                sums["square"] += sum(a) ** 2 if kind == "cooccurrence" else sum(n * n for n in a)
                continue
            for part in PARTS[kind]:
                pairs = MEETS["cooccurrence" if part == "together" else part]
                sums[part] += sum(a[k] * b[m] for k, m in pairs)
            for k in range(3):
                sums["count"] += a[k] * any(b[m] for p, m in MEETS[kind] if p == k)
                sums["count"] += b[k] * any(a[m] for p, m in MEETS[kind] if p == k)
                sums["correction"] += a[k] * b[k] - a[k] * (b[k] > 0) - b[k] * (a[k] > 0)
    return {ends: {name: n for name, n in sums.items() if n} for ends, sums in found.items() if any(sums.values())}


@pytest.mark.parametrize("kind", MEETS)
@pytest.mark.parametrize("block", [1, 20, 2_000_000])
def test_partitions_and_blocks_add_up(monkeypatch: pytest.MonkeyPatch, kind: str, block: int) -> None:
    monkeypatch.setattr("disputegraph.spark.partial_products._BLOCK", block)
    rng = random.Random(block)
    sided = kind != "cooccurrence"
    said = {
        (node, f"c{n}"): [rng.randrange(3), rng.randrange(3), 0 if sided else rng.randrange(3)]
        for node in NODES[:-1]  # the last node says nothing
        for n in range(9)
        if rng.random() < 0.4
    }
    said = {cell: counts for cell, counts in said.items() if any(counts)}
    found: dict[tuple[int, int], Counter[str]] = {}
    for partition in range(3):
        rows = [(row, col, *counts) for (row, col), counts in said.items() if int(col[1]) % 3 == partition]
        names = ("row", "col", "a0", "a1", "a2")
        batches = [
            pa.RecordBatch.from_pydict(
                {name: list(values) for name, values in zip(names, zip(*some, strict=True), strict=True)}
            )
            for some in (rows[:4], rows[4:])
            if some
        ]
        for batch in partial_products(iter(batches), kind, nodes=pa.array(NODES), jaccard=True):
            assert batch.schema.names == ["x", "y", *sums_of(kind, jaccard=True)]
            for row in batch.to_pylist():
                ends = (row.pop("x"), row.pop("y"))
                found.setdefault(ends, Counter()).update(row)
    told = {ends: {name: n for name, n in sums.items() if n} for ends, sums in found.items() if any(sums.values())}
    assert told == brute_force(said, kind)
