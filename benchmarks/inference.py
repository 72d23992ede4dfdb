"""What inference adds to loading: queries that infer against the same that do not, on synthetic disputes.

python benchmarks/inference.py [CLAIMS]        default 100000
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Ratio, report
from synthetic import write_synthetic

if TYPE_CHECKING:
    from disputegraph.store import Store

RUNS = 3
QUERIES = {
    "actors": "SELECT (COUNT(*) AS ?n) { ?a a dg:Actor }",
    "voices": "SELECT ?v (COUNT(*) AS ?n) { ?u dg:voice ?v } GROUP BY ?v",
    "everything": "ASK { <a:none> ?p ?o }",
}


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def measure(data: Path, name: str, query: str, what: str) -> Ratio:
    """Ask one loaded store both ways, and count its loading for both."""
    from disputegraph.store import open_store

    with_it, without = [], []
    for _ in range(RUNS):
        start = time.process_time()
        store = open_store([data])
        loading = time.process_time() - start

        def ask(infer: bool, store: Store = store) -> object:
            answer = store.query(query, infer=infer)
            return bool(answer) if query.startswith("ASK") else list(answer)  # type: ignore[arg-type]

        without.append(loading + seconds(lambda ask=ask: ask(infer=False)))
        with_it.append(loading + seconds(lambda ask=ask: ask(infer=True)))
    ratios = [one / other for one, other in zip(with_it, without, strict=True)]
    return Ratio(
        f"load {what} and ask for {name} with --infer", "the same without", statistics.median(ratios), min(ratios),
        max(ratios), "<= 1.15", statistics.median(with_it), statistics.median(without),
    )  # fmt: skip


def main() -> None:
    """Print the table."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "synthetic.nt"
        what = f"{claims:,} claims ({write_synthetic(claims, data):,} triples)"
        report("Inference", [measure(data, name, query, what) for name, query in QUERIES.items()])


if __name__ == "__main__":
    main()
