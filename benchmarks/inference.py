"""What inference adds to loading: queries that infer against the same that do not, on synthetic disputes.

python benchmarks/inference.py [CLAIMS]        default 100000
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import Ratio, pair_calls, report
from synthetic import write_synthetic

QUERIES = {
    "actors": "SELECT (COUNT(*) AS ?n) { ?a a dg:Actor }",
    "voices": "SELECT ?v (COUNT(*) AS ?n) { ?u dg:voice ?v } GROUP BY ?v",
    "everything": "ASK { <a:none> ?p ?o }",
}


def asking(data: Path, query: str, *, infer: bool) -> Callable[[], object]:
    from disputegraph.store import open_store

    def loaded_and_asked() -> object:
        with open_store([data]) as store:
            answer = store.query(query, infer=infer)
            return bool(answer) if query.startswith("ASK") else list(answer)

    return loaded_and_asked


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made: list[Ratio] = []
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "synthetic.nt"
        triples = write_synthetic(claims, data)
        for name, query in QUERIES.items():
            what = f"load {claims:,} claims ({triples:,} triples) and ask for {name} with --infer"
            ours, theirs = asking(data, query, infer=True), asking(data, query, infer=False)
            made.append(pair_calls(what, ours, "the same without", theirs, goal="<= 1.15", runs=2))
    report("Inference", made)


if __name__ == "__main__":
    main()
