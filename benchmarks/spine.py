"""The spine's speed: loading, starting, answering on the bundled dispute.

python benchmarks/spine.py [CLAIMS]        default 100000
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import pair, report
from synthetic import write_synthetic

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?claim a <https://w3id.org/disputegraph/ns#Claim> }"
BARE = """
import sys, pyoxigraph
store = pyoxigraph.Store()
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
print(list(store.query(sys.argv[2])))
"""
RDFLIB = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="nt")
print(list(graph.query(sys.argv[2])))
"""


def main(claims: int) -> None:
    python, ours = sys.executable, str(Path(sys.executable).with_name("disputegraph"))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "synthetic.nt"
        triples = write_synthetic(claims, data)
        query = [ours, "query", COUNT, "-d", str(data), "-f", "csv"]
        ratios = [
            pair(
                f"load and count {claims:,} claims ({triples:,} triples)", query,
                "bare pyoxigraph bulk_load script, by the clock", [python, "-c", BARE, str(data), COUNT],
                goal="<= 1.3", runs=3, wall=True,
            ),
            pair(
                "the same by rdflib", [python, "-c", RDFLIB, str(data), COUNT],
                "disputegraph query, by the clock", query, goal=">= 12", runs=1, wall=True,
            ),
            pair(
                "disputegraph --help", [ours, "--help"],
                "import click", [python, "-c", "import click"], goal="<= 2.5", runs=11,
            ),
            pair(
                "query on the bundled dispute", [ours, "query", COUNT],
                "import pyoxigraph, click", [python, "-c", "import pyoxigraph, click"], goal="<= 4", runs=11,
            ),
        ]  # fmt: skip
        report("Spine", ratios)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
