"""What Spark costs beside the in-process engine, as a table of statements grows: seconds, CPU seconds, memory.

python benchmarks/spark.py [STATEMENTS...]        default 10000 100000 1000000 3000000

Both read the same Parquet table and write the same congruence network as CSV, start of the program included; the
edges are compared. The voices (500) and claims (1,000) stay as many, so that what grows is the number of statements.
Spark runs on this machine's cores. What is measured is read from /proc, so this runs on Linux only.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from measure import Ratio, report

from disputegraph.networks import COLUMNS

VOICES, CLAIMS, DOCUMENTS = 500, 1_000, 2_000
CHUNK = 100_000
BASE = "https://example.org/spark/"

IN_PROCESS = """
import sys
import numpy as np
import pyarrow as pa, pyarrow.parquet as pq
from disputegraph.networks import weigh, write_network
from disputegraph.model import Column
from disputegraph.model import FIELDS, Names, StatementTable

names = ["utterance", "voice", "speaker", "organisation", "claim", "polarity", "date", "document", "voice_label"]
coded = [name for name in names if name != "utterance"]
table = pq.read_table(sys.argv[1], columns=names, read_dictionary=coded)
columns = {}
for name in names:
    whole = table.column(name).combine_chunks() if name == "utterance" else table.column(name).unify_dictionaries()
    if name == "utterance":
        columns[name] = Column(np.arange(len(table), dtype=np.int32), whole.to_pylist())
    else:
        pieces = [piece.indices.fill_null(-1).to_numpy(zero_copy_only=False) for piece in whole.chunks]
        columns[name] = Column(np.concatenate(pieces).astype(np.int32), whole.chunk(0).dictionary.to_pylist())
labels = dict(zip(columns["voice"].values, columns.pop("voice_label").values))
absent = Column(np.full(len(table), -1, dtype=np.int32), [])
for name in FIELDS:
    columns.setdefault(name, absent)
del table, whole
known = lambda keys: Names({key: labels[key] for key in keys if key in labels}, {})
with open(sys.argv[2], "wb") as stream:
    write_network(weigh(StatementTable(columns, name=known), "congruence"), stream, "csv")
"""


@dataclass(frozen=True)
class Cost:
    """What a command took: the clock's seconds, CPU seconds and peak resident memory in MB of all its processes."""

    wall: float
    cpu: float
    memory: float


def write_statements(count: int, path: Path) -> None:
    """Write a table of synthetic statements as `disputegraph export statements` would, piece by piece."""
    rng = np.random.default_rng(7)
    texts = [(name, pa.string()) for name in COLUMNS if name not in ("issues", "issue_labels", "said", "place")]
    lists = [(name, pa.list_(pa.string())) for name in ("issues", "issue_labels")]
    schema = pa.schema([*texts, *lists, ("said", pa.int64()), ("place", pa.int64())])
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, count, CHUNK):
            size = min(CHUNK, count - start)
            numbers = np.arange(start, start + size)
            voice = (rng.random(size) ** 2 * VOICES).astype(int)
            claim = (rng.random(size) ** 2 * CLAIMS).astype(int)
            days = rng.integers(16_000, 18_000, size)
            columns = {
                "utterance": many(f"{BASE}u", numbers), "voice": many(f"{BASE}a", voice),
                "speaker": many(f"{BASE}a", voice), "organisation": pa.nulls(size, pa.string()),
                "claim": many(f"{BASE}c", claim),
                "polarity": pa.array(rng.choice(["affirms", "affirms", "denies"], size)),
                "date": pa.array(np.datetime_as_string(days.astype("datetime64[D]"))),
                "document": many(f"{BASE}d", rng.integers(0, DOCUMENTS, size)), "start": many("", numbers % 5_000),
                "via": pa.nulls(size, pa.string()), "hearsay": pa.array(["false"] * size),
                "voice_label": many("voice ", voice), "speaker_label": many("voice ", voice),
                "organisation_label": pa.nulls(size, pa.string()), "claim_label": many("claim ", claim),
                "document_label": pa.nulls(size, pa.string()),
                "issues": pa.array([[]] * size, pa.list_(pa.string())),
                "issue_labels": pa.array([[]] * size, pa.list_(pa.string())),
                "said": pa.array(days * 86_400), "place": pa.array(numbers),
            }  # fmt: skip
            writer.write_table(pa.table({name: columns[name] for name in schema.names}, schema=schema))


def many(head: str, numbers: np.ndarray) -> pa.Array:
    return pa.array(np.char.add(head, numbers.astype(str)))


def cost(command: list[str]) -> Cost:
    """Run a command to its end, watching it and all the processes below it."""
    start, tick, page = time.perf_counter(), os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    env = {**os.environ, "DISPUTEGRAPH_SPARK_MASTER": ""}
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
    seconds: dict[int, float] = {}
    peak = 0
    while running.poll() is None:
        resident = 0
        for number in family(running.pid):
            try:
                fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            seconds[number] = (int(fields[11]) + int(fields[12])) / tick
            resident += int(fields[21]) * page
        peak = max(peak, resident)
        time.sleep(0.05)
    wall = time.perf_counter() - start
    if running.returncode:
        assert running.stderr is not None
        sys.exit(f"{' '.join(command)[:200]}: exit {running.returncode}\n{running.stderr.read().decode()[-2000:]}")
    return Cost(wall, sum(seconds.values()), peak / 2**20)


def family(root: int) -> list[int]:
    """Return a process and those that descend from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found = [root]
    for number in found:
        found += [child for child, parent in parents.items() if parent == number]
    return found


def edges(path: Path) -> dict[frozenset[str], tuple[float, ...]]:
    with path.open(newline="") as stream:
        return {
            frozenset((row["source"], row["target"])): (float(row["weight"]), float(row["count"]))
            for row in csv.DictReader(stream)
        }


def measure(count: int, folder: Path) -> list[Ratio]:
    table, mine, theirs = folder / "statements.parquet", folder / "memory.csv", folder / "spark.csv"
    write_statements(count, table)
    ours = str(Path(sys.executable).with_name("disputegraph"))
    runs = 3 if count <= 100_000 else 1
    by_memory, by_spark = [], []
    for _ in range(runs):
        by_memory.append(cost([sys.executable, "-c", IN_PROCESS, str(table), str(mine)]))
        by_spark.append(cost([ours, "network", "congruence", "--engine", "spark", "-d", str(table), "-o", str(theirs)]))
    if edges(mine) != edges(theirs):
        sys.exit(f"{count:,} statements: the two networks differ")
    made = []
    for what, field in (("seconds", "wall"), ("CPU seconds", "cpu"), ("peak memory in MB", "memory")):
        a, b = ([getattr(one, field) for one in some] for some in (by_spark, by_memory))
        ratios = sorted(x / y for x, y in zip(a, b, strict=True))
        made.append(
            Ratio(f"congruence of {count:,} statements by Spark, {what}", "in process", ratios[len(ratios) // 2],
                  ratios[0], ratios[-1], "", sorted(a)[len(a) // 2], sorted(b)[len(b) // 2])
        )  # fmt: skip
    return made


def main(sizes: list[int]) -> None:
    ratios = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="disputegraph-bench-") as folder:
            ratios += measure(size, Path(folder))
        print(ratios[-3:], file=sys.stderr, flush=True)
    report("Spark", ratios)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000, 3_000_000])
