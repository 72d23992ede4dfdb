"""Stores and engines: load, query, check, network and export, against what a user would pick instead.

python benchmarks/engines.py [CLAIMS...]        default 10000 100000; 1000000 takes an hour

All ratios are of CPU seconds, measured in turn. Engines that are not installed are left out.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
from measure import Ratio, pair, pair_calls, report
from synthetic import write_copies, write_synthetic

DG = "PREFIX dg: <https://w3id.org/disputegraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
QUERIES = {
    "one node": "SELECT ?p ?o { <https://example.org/synthetic/claim/17> ?p ?o }",
    "all claims": "SELECT ?c ?l { ?c a dg:Claim ; skos:prefLabel ?l }",
    "count by polarity": "SELECT ?p (COUNT(*) AS ?n) { ?u dg:polarity ?p } GROUP BY ?p",
    "claims by agent": "SELECT ?a (COUNT(?c) AS ?n) { ?c dg:claimedAgent ?a } GROUP BY ?a ORDER BY DESC(?n) LIMIT 20",
    "dates and OPTIONAL": "SELECT ?u ?d { ?u a dg:Utterance OPTIONAL { ?u dg:saidOn ?d } FILTER(?d >= '2019-06-01'^^"
    "<http://www.w3.org/2001/XMLSchema#date>) }",
    "both sides": "SELECT DISTINCT ?c { ?a dg:addressesClaim ?c ; dg:polarity dg:affirms . "
    "?b dg:addressesClaim ?c ; dg:polarity dg:denies }",
    "names of speakers": "SELECT ?n ?t { ?u dg:speaker ?s ; dg:addressesClaim ?c . ?s skos:prefLabel ?n . "
    "?c dg:paraphrase ?t } LIMIT 5000",
    "search a text": "SELECT ?c { ?c dg:paraphrase ?t FILTER(CONTAINS(?t, '77')) }",
}
BARE_LOAD = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
store.flush()
"""
BARE_COUNT = """
import sys, pyoxigraph
store = pyoxigraph.Store()
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
print(list(store.query("SELECT (COUNT(*) AS ?n) { ?s a ?o }")))
"""
BARE_OPEN = """
import sys, pyoxigraph
print(list(pyoxigraph.Store.read_only(sys.argv[1]).query(sys.argv[2])))
"""
BARE_SORTED = """
import sys, pyoxigraph
quads = sorted(pyoxigraph.parse(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES), key=str)
prefixes = {"dg": "https://w3id.org/disputegraph/ns#", "skos": "http://www.w3.org/2004/02/skos/core#"}
triples = (quad.triple for quad in quads)
pyoxigraph.serialize(triples, sys.argv[2], pyoxigraph.RdfFormat.TURTLE, prefixes=prefixes)
"""
RDFLIB = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="nt")
for query in sys.argv[2:]:
    list(graph.query(query))
"""
NETWORKX = """
import sys, networkx as nx, pyoxigraph
store = pyoxigraph.Store()
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
graph = nx.Graph()
for row in store.query("SELECT ?s ?c { ?u <https://w3id.org/disputegraph/ns#speaker> ?s ; "
                       "<https://w3id.org/disputegraph/ns#addressesClaim> ?c }"):
    graph.add_edge(row["s"].value, row["c"].value)
actors = {row["s"].value for row in store.query("SELECT ?s { ?u <https://w3id.org/disputegraph/ns#speaker> ?s }")}
print(nx.bipartite.weighted_projected_graph(graph, actors))
"""


def peak_memory(command: list[str]) -> int:
    """Return the most memory, in kilobytes, that a command had in use."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    told = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return int(told.stdout)


def memory(what: str, ours: list[str], baseline: str, theirs: list[str], goal: str) -> Ratio:
    a, b = peak_memory(ours), peak_memory(theirs)
    return Ratio(f"{what} (peak memory, MB for s)", baseline, a / b, a / b, a / b, goal, a / 1024, b / 1024)


def rows(engine: Callable[[str], object], query: str, times: int) -> Callable[[], object]:
    return lambda: [tuple(row) for _ in range(times) for row in engine(DG + query)]  # type: ignore[attr-defined]


def check(ours: str, what: str, store: str, load: list[str], runs: int) -> list[Ratio]:
    """Compare checking a store, in which all rules hold, with loading it: by the clock, and by all cores' work."""
    command = [ours, "check", "-d", store]
    subprocess.run(load, check=True, stdout=subprocess.DEVNULL)
    return [
        pair(f"check {what}, by the clock", command, "loading them", load, goal="<= 0.5", runs=runs, wall=True),
        pair(f"check {what}", command, "loading them", load, runs=runs),
    ]


def measure(claims: int, folder: Path) -> list[Ratio]:
    from disputegraph.store import open_store

    python, ours = sys.executable, str(Path(sys.executable).with_name("disputegraph"))
    data, n = folder / "synthetic.nt", f"{claims:,} claims"
    triples = write_synthetic(claims, data)
    runs = 3 if claims <= 100_000 else 1
    store, bare = str(folder / "ours"), str(folder / "bare")

    def fresh(command: list[str], place: str) -> list[str]:
        # Each run makes its store anew, and both pay for the shell that clears the place.
        return ["sh", "-c", 'rm -rf "$0"; exec "$@"', place, *command]

    load = fresh([ours, "load", str(data), "--into", store], store)
    made = [
        pair(
            f"load {n} ({triples:,} triples) on disk", load, "bare bulk_load and flush",
            fresh([python, "-c", BARE_LOAD, str(data), bare], bare), goal="<= 1.2", runs=runs,
        )
    ]  # fmt: skip
    oxigraph = Path(sys.executable).with_name("oxigraph")
    if oxigraph.exists():
        place = str(folder / "ox")
        command = [str(oxigraph), "load", "--location", place, "--file", str(data)]
        made.append(pair(f"load {n} on disk", load, "oxigraph load", fresh(command, place), runs=runs))
    made += check(ours, n, store, load, runs)
    if claims == 100_000:
        copies, place = folder / "copies.nt", str(folder / "copies")
        write_copies(2700, copies)
        load_copies = fresh([ours, "load", str(copies), "--into", place], place)
        made += check(ours, "2,700 copies of the bundled dispute", place, load_copies, 1)
        copies.unlink()
        shutil.rmtree(place)
    mine, theirs = open_store([store]), pyoxigraph.Store.read_only(bare)
    for name, query in QUERIES.items():
        times = 300 if name == "one node" else 1  # one takes less than a tenth of a millisecond
        turns = runs if runs == 1 else 15 if times > 1 else 5
        made.append(
            pair_calls(
                f"{name}, {n} on disk", rows(mine.query, query, times), "bare pyoxigraph, rows in Python",
                rows(theirs.query, query, times), goal="<= 1.15", runs=turns,
            )
        )  # fmt: skip
    answer = QUERIES["one node"]
    made += [
        pair(
            f"first answer from {n} on disk", [ours, "query", answer, "-d", store],
            "a script that does it", [python, "-c", BARE_OPEN, store, answer], runs=5,
        ),
        pair(
            f"Turtle export of {n}, sorted", [ours, "convert", str(data), "--stable", "--to", "ttl", "-o", f"{data}.a"],
            "pyoxigraph, sorted by str", [python, "-c", BARE_SORTED, str(data), f"{data}.b"], goal="<= 1.5", runs=runs,
        ),
        memory(
            f"load and count {n} in memory",
            [ours, "query", "SELECT (COUNT(*) AS ?n) { ?s a ?o }", "-d", str(data)],
            "bare pyoxigraph", [python, "-c", BARE_COUNT, str(data)], "<= 1.1",
        ),
        memory(
            f"convert {n} to Turtle", [ours, "convert", str(data), "--to", "ttl", "-o", "/dev/null"],
            "import disputegraph.cli", [python, "-c", "import disputegraph.cli, pyoxigraph"], "",
        ),
    ]  # fmt: skip
    # rdflib's joins of these would take many minutes.
    slow = ("both sides", "names of speakers", "dates and OPTIONAL")
    texts = [DG + query for name, query in QUERIES.items() if name not in slow]
    if claims <= 10_000:
        made += [
            pair(
                f"load and five queries, {n}, rdflib", [python, "-c", RDFLIB, str(data), *texts],
                "disputegraph", [python, "-c", FIVE, str(data), *texts], runs=1,
            ),
            pair(
                f"co-occurrence network of {n}, networkx", [python, "-c", NETWORKX, str(data)],
                "disputegraph network cooccurrence", [ours, "network", "cooccurrence", "-d", str(data)], runs=1,
            ),
        ]  # fmt: skip
    mine.close()
    return made


FIVE = """
import sys
from disputegraph.store import open_store
store = open_store([sys.argv[1]])
for query in sys.argv[2:]:
    list(store.query(query))
"""


def main(sizes: list[int]) -> None:
    ratios = []
    for claims in sizes:
        folder = Path(tempfile.mkdtemp(prefix="disputegraph-bench-"))
        try:
            ratios += measure(claims, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        report("Engines", ratios)
    print(f"\nPeak memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
