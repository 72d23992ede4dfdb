"""Beside a server: the store on disk against Virtuoso and `oxigraph serve`, loading and the eight queries.

python benchmarks/remote.py [CLAIMS...]        default 10000 100000

Seconds of the clock, since the work is shared between processes: a query's rows are read to their end in Python, from
the store in this process or from the server by the same library over HTTP. Servers are started on loopback with data
loaded once. The numbers of rows are compared. Virtuoso loads by its own bulk loader too, where its isql is found. What
is not installed is left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from engines import DG, QUERIES
from measure import Ratio, report
from synthetic import write_synthetic

from disputegraph.store import Store, open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "store"))

from servers import Endpoint, oxigraph, oxigraph_command, virtuoso, virtuoso_command

RUNS = 5
BULK = "ld_dir('.', '*.nt', '{graph}'); rdf_loader_run(); checkpoint;"


def clock(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ratio(what: str, ours: list[float], baseline: str, theirs: list[float]) -> Ratio:
    ratios = sorted(a / b for a, b in zip(ours, theirs, strict=True))
    middle = len(ratios) // 2
    return Ratio(
        what, baseline, ratios[middle], ratios[0], ratios[-1], "", sorted(ours)[middle], sorted(theirs)[middle]
    )


def run(command: list[str], **environment: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})
    if done.returncode:
        sys.exit(f"{' '.join(command)[:200]}: exit {done.returncode}\n{done.stderr[-2000:]}")


def compare(n: str, mine: Store, name: str, theirs: Store) -> list[Ratio]:
    made = []
    for called, query in QUERIES.items():

        def rows(store: Store, query: str = query) -> int:
            return sum(1 for _ in store.query(DG + query))  # type: ignore[union-attr]  # all are SELECT

        counts = rows(mine), rows(theirs)  # and a warm-up
        if counts[0] != counts[1]:
            sys.exit(f"{called}: {counts[0]} rows from disk, {counts[1]} from {name}")
        ours, others = [], []
        for _ in range(RUNS):
            ours.append(clock(lambda: rows(mine)))
            others.append(clock(lambda: rows(theirs)))
        made.append(ratio(f"{called}, {n} on disk ({counts[0]:,} rows)", ours, f"{name} over HTTP", others))
    return made


def started(folder: Path) -> Iterator[tuple[str, Endpoint]]:
    """Yield each server that is installed, empty and running; it is stopped when the next is asked for."""
    known = (("Virtuoso", virtuoso_command(), virtuoso), ("oxigraph serve", oxigraph_command(), oxigraph))
    for name, there, start in known:
        if there:
            place = folder / name.replace(" ", "-")
            place.mkdir()
            with start(place) as endpoint:
                yield name, endpoint


def measure(claims: int, folder: Path) -> list[Ratio]:
    ours = str(Path(sys.executable).with_name("disputegraph"))
    data, store, n = folder / "synthetic.nt", str(folder / "store"), f"{claims:,} claims"
    triples = write_synthetic(claims, data)
    on_disk = clock(lambda: run([ours, "load", str(data), "--into", store]))
    made = []
    with open_store([store]) as mine:
        for name, endpoint in started(folder):
            command = [ours, "load", str(data), "--into", endpoint.into]
            if endpoint.graph:
                command += ["--graph", endpoint.graph, "--user", "dba"]
            sent = clock(lambda command=command: run(command, DISPUTEGRAPH_PASSWORD="dba"))  # its default
            made.append(ratio(f"load {n} ({triples:,} triples) on disk", [on_disk], f"load --into {name}", [sent]))
            with open_store([endpoint.query]) as theirs:
                made += compare(n, mine, name, theirs)
    if (isql := shutil.which("isql-vt") or shutil.which("isql-v")) and virtuoso_command():
        place = folder / "bulk"
        place.mkdir()
        shutil.copy(data, place / "synthetic.nt")
        with virtuoso(place) as endpoint:
            command = [isql, f"127.0.0.1:{sql_port(place)}", "dba", "dba", f"EXEC={BULK.format(graph=endpoint.graph)}"]
            bulk = clock(lambda: run(command))
            with open_store([endpoint.query]) as theirs:
                if len(theirs) != triples:
                    sys.exit(f"the bulk loader made {len(theirs):,} triples of {triples:,}")
        made.append(ratio(f"load {n} ({triples:,} triples) on disk", [on_disk], "Virtuoso's bulk loader", [bulk]))
    return made


def sql_port(place: Path) -> str:
    """Return the port that the first section of Virtuoso's configuration gives for SQL."""
    lines = (place / "virtuoso.ini").read_text().splitlines()
    return next(line for line in lines if line.startswith("ServerPort")).rpartition(":")[2].strip()


def main(sizes: list[int]) -> None:
    ratios = []
    for claims in sizes:
        with tempfile.TemporaryDirectory(prefix="disputegraph-bench-") as folder:
            ratios += measure(claims, Path(folder))
    report("Remote", ratios)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
