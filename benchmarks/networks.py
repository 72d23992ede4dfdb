"""The networks' speed: a congruence network against a bare script and against networkx.

python benchmarks/networks.py [STATEMENTS]        default 100000; memory is measured at ten times as many
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyoxigraph
from measure import Ratio, pair_calls, report
from scipy import sparse
from synthetic import write_synthetic

from disputegraph.model import statements
from disputegraph.networks import network, weigh
from disputegraph.store import EmbeddedStore

SELECT = """
PREFIX dg: <https://w3id.org/disputegraph/ns#>
SELECT ?speaker ?claim ?polarity WHERE {
  ?utterance dg:addressesClaim ?claim ; dg:speaker ?speaker ; dg:polarity ?polarity
}
"""
SELECT_ALL = """
PREFIX dg: <https://w3id.org/disputegraph/ns#>
SELECT ?utterance ?speaker ?behalf ?claim ?polarity WHERE {
  ?utterance dg:addressesClaim ?claim ; dg:speaker ?speaker ; dg:polarity ?polarity
  OPTIONAL { ?utterance dg:onBehalfOf ?behalf }
}
"""
MEMORY = """
import os, pathlib, sys, threading, time
from disputegraph.model import statements
from disputegraph.networks import weigh
from disputegraph.store import EmbeddedStore
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
store = EmbeddedStore()
store.load(pathlib.Path(sys.argv[1]))
before = peak = resident()
def watch():
    global peak
    while True:
        peak = max(peak, resident())
        time.sleep(0.005)
threading.Thread(target=watch, daemon=True).start()
start = time.process_time()
matrix = weigh(statements(store), "congruence").matrix
print(peak - before, time.process_time() - start, before, matrix.nnz)
"""


def bare(engine: pyoxigraph.Store) -> sparse.csr_array:
    """What one would write in five minutes: three columns, two sparse matrices, a product."""
    actors: dict[str, int] = {}
    claims: dict[str, int] = {}
    sides: dict[str, tuple[list[int], list[int]]] = {"affirms": ([], []), "denies": ([], [])}
    for speaker, claim, polarity in engine.query(SELECT):
        side = sides.get(polarity.value.rpartition("#")[2])
        if side is not None:
            side[0].append(actors.setdefault(speaker.value, len(actors)))
            side[1].append(claims.setdefault(claim.value, len(claims)))
    return product(actors, claims, sides)


def bare_all(engine: pyoxigraph.Store) -> sparse.csr_array:
    """The same with the columns that the statement table has: the utterance, and on whose behalf it was made."""
    actors: dict[str, int] = {}
    claims: dict[str, int] = {}
    utterances: list[str] = []
    sides: dict[str, tuple[list[int], list[int]]] = {"affirms": ([], []), "denies": ([], [])}
    for utterance, speaker, behalf, claim, polarity in engine.query(SELECT_ALL):
        side = sides.get(polarity.value.rpartition("#")[2])
        if side is not None:
            utterances.append(utterance.value)
            voice = (behalf or speaker).value
            side[0].append(actors.setdefault(voice, len(actors)))
            side[1].append(claims.setdefault(claim.value, len(claims)))
    return product(actors, claims, sides)


def product(actors: dict, claims: dict, sides: dict) -> sparse.csr_array:
    shape = (len(actors), len(claims))
    made = [sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape) for rows, columns in sides.values()]
    weights = sum(matrix @ matrix.T for matrix in made)
    weights.setdiag(0)
    return weights


PROJECTED = """
import resource, sys, time
import networkx as nx, pyoxigraph
limit = float(sys.argv[3])
store = pyoxigraph.Store()
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
graph, actors = nx.Graph(), set()
for speaker, claim, polarity in store.query(sys.argv[2]):
    actors.add(speaker.value)
    graph.add_edge(speaker.value, (claim.value, polarity.value))
start = time.process_time()
resource.setrlimit(resource.RLIMIT_CPU, (int(start + limit) + 1,) * 2)
nx.bipartite.weighted_projected_graph(graph, actors)
print(time.process_time() - start)
"""


def projected(path: Path, limit: float) -> float:
    """Return the CPU seconds of networkx' projection of a finished bipartite graph, or the limit it passed."""
    done = subprocess.run(
        [sys.executable, "-c", PROJECTED, str(path), SELECT, str(limit)], capture_output=True, check=False, text=True
    )
    return float(done.stdout) if done.returncode == 0 else limit


def dense(statements_: int, path: Path) -> None:
    """Write statements of few actors on few claims, so that nearly every two meet: the hard case for a projection."""
    rng = np.random.default_rng(7)
    ns, base = "https://w3id.org/disputegraph/ns#", "https://example.org/dense/"
    actors = (rng.random(statements_) ** 2 * 3 * statements_**0.5).astype(int)
    claims = (rng.random(statements_) ** 2 * 2 * statements_**0.5).astype(int)
    sides = rng.choice(["affirms", "affirms", "denies"], statements_)
    with path.open("w", encoding="utf-8") as out:
        for n, (actor, claim, side) in enumerate(zip(actors, claims, sides, strict=True)):
            out.write(
                f"<{base}u{n}> <{ns}speaker> <{base}a{actor}> .\n<{base}u{n}> <{ns}addressesClaim> <{base}c{claim}> .\n"
                f"<{base}u{n}> <{ns}polarity> <{ns}{side}> .\n"
            )


def loaded(path: Path) -> EmbeddedStore:
    store = EmbeddedStore()
    store.load(path)
    return store


def main(size: int) -> None:
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("synthetic", write_synthetic), ("dense", dense)):
            path = Path(folder) / f"{name}.nt"
            write(size, path)
            store = loaded(path)
            ours = weigh(statements(store), "congruence").matrix
            if ours.sum() != bare(store.engine).sum():
                sys.exit(f"{name}: the two networks differ")
            what = f"congruence, {size:,} {name} statements"
            for baseline, call in (
                ("bare SELECT of three columns + scipy product", bare),
                ("bare SELECT of five columns + scipy product", bare_all),
            ):
                ratios.append(
                    pair_calls(
                        what, lambda s=store: weigh(statements(s), "congruence").matrix,
                        baseline, lambda s=store, c=call: c(s.engine), goal="<= 1.5",
                    )
                )  # fmt: skip
            if name == "dense":
                ratios.append(
                    pair_calls(
                        f"{what}, to a networkx graph", lambda s=store: network(statements(s), "congruence"),
                        "the weights alone", lambda s=store: weigh(statements(s), "congruence").matrix, runs=1,
                    )
                )  # fmt: skip
                table = statements(store)
                start = time.process_time()
                _ = weigh(table, "congruence").matrix
                mine = time.process_time() - start
                theirs = projected(path, 400 * mine)
                ratio = theirs / mine
                ratios.append(
                    Ratio("networkx weighted_projected_graph of the finished graph (stopped at 400 times ours)",
                          "disputegraph's weights of the table", ratio, ratio, ratio, ">= 100", theirs, mine)
                )  # fmt: skip
        big = Path(folder) / "big.nt"
        write_synthetic(10 * size, big)
        told = subprocess.run(
            [sys.executable, "-c", MEMORY, str(big)], capture_output=True, check=True, text=True
        ).stdout.split()
        peak = int(told[0]) / 2**30
        ratios.append(
            Ratio(f"peak memory beside the store in GiB, {10 * size:,} statements", "1 GiB", peak, peak, peak, "<= 1",
                  peak, 1.0)
        )  # fmt: skip
    report("Networks", ratios)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
