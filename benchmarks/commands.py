"""What commands cost on a large store: seconds by the clock, CPU seconds, peak memory, number of queries sent.

python benchmarks/commands.py [CLAIMS] [--before DIR] [--limit SECONDS]

The store holds a synthetic dispute (default 100,000 claims, 133,000 utterances). With --before, each command is also
run by the checkout of an earlier version in DIR, in turn with ours, on a store that it loaded itself. `claims` and
`utterances` are also measured against a bare SELECT written as TSV. A command that takes longer than the limit (default
120 s) is stopped; its figures are then the limit's. The queries that a command
sends to the engine are counted on the bundled dispute.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from measure import Ratio, machine, report
from synthetic import BASE, write_synthetic

HERE = Path(__file__).resolve().parents[1]
COMMANDS = {
    "show CLAIM": ["show", f"{BASE}claim/7"],
    "show ACTOR": ["show", f"{BASE}actor/7"],
    "claims": ["claims", "-f", "csv"],
    "utterances": ["utterances", "-f", "csv"],
    "network congruence": ["network", "congruence", "-o", "OUT/congruence.csv"],
    "analyse contested": ["analyse", "contested"],
    "analyse coalitions": ["analyse", "coalitions"],
    "analyse polarisation": ["analyse", "polarisation"],
    "analyse brokers": ["analyse", "brokers"],
    "page": ["page", "-o", "OUT/page.html"],
    "export sheet": ["export", "sheet", "-o", "OUT/sheet.csv"],
    "query timeline": ["query", "timeline", "-f", "csv"],
    "query most-contested": ["query", "most-contested", "-f", "csv"],
}
DIFF = ["diff", "OUT/dispute.nt", "OUT/dispute.nt"]
ASKED = {
    "page": ["page", "-o", "OUT/small.html"],
    "analyse coalitions": ["analyse", "coalitions"],
    "a named parameter": ["query", "claim-sources", "-p", "claim=Hunt vetoed compromise"],
}
SELECTS = {
    "claims": "?claim a dg:Claim OPTIONAL { ?claim skos:prefLabel ?label }"
    " OPTIONAL { ?claim dg:paraphrase ?paraphrase } OPTIONAL { ?claim dg:claimedAgent ?agent }"
    " OPTIONAL { ?claim dg:claimedAction ?action } OPTIONAL { ?claim dg:claimedTarget ?target }",
    "utterances": "?utterance dg:addressesClaim ?claim ; dg:speaker ?speaker ; dg:polarity ?polarity"
    " OPTIONAL { ?utterance dg:saidOn ?date } OPTIONAL { ?utterance dg:documentedIn ?document }"
    " OPTIONAL { ?speaker skos:prefLabel ?name } OPTIONAL { ?claim skos:prefLabel ?label }",
}
BARE = """
import sys, pyoxigraph
query = ("PREFIX dg: <https://w3id.org/disputegraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
         "SELECT * WHERE { " + sys.argv[2] + " }")
rows = pyoxigraph.Store.read_only(sys.argv[1]).query(query)
rows.serialize(sys.stdout.buffer, format=pyoxigraph.QueryResultsFormat.TSV)
"""
# Counts the calls of the engine, whatever layers lie above it.
COUNTING = """
import sys, threading
asked = 0
def count(frame, event, called):
    global asked
    if event == "c_call" and getattr(called, "__name__", "") == "query":
        asked += 1
threading.setprofile(count)
sys.setprofile(count)
from disputegraph.cli import main
try:
    main(sys.argv[1:])
finally:
    sys.setprofile(None)
    print(f"\\nasked {asked}", file=sys.stderr)
"""


@dataclass(frozen=True)
class Cost:
    """What a process took: the clock's seconds, CPU seconds, and the peak memory in MB of its largest process."""

    seconds: float
    cpu: float
    memory: float


def cost(command: list[str], source: Path | None, limit: float) -> Cost:
    """Run a command to its end, or to the limit, with the package in the folder `source`."""
    env = {**os.environ, "DISPUTEGRAPH_DATA": ""}
    if source is not None:
        env["PYTHONPATH"] = os.pathsep.join([str(source / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=env, start_new_session=True)
        timer = threading.Timer(limit, lambda: os.killpg(child.pid, signal.SIGKILL))
        timer.start()
        _, status, used = os.wait4(child.pid, 0)
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if child.returncode not in (0, 1, -signal.SIGKILL):
            errors.seek(0)
            print(f"{' '.join(command)[-200:]}: exit {child.returncode}: {errors.read()[-300:]!r}", file=sys.stderr)
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def asked(arguments: list[str], source: Path) -> int:
    """Return how many queries a command sends to the engine."""
    env = {**os.environ, "PYTHONPATH": str(source / "src"), "DISPUTEGRAPH_DATA": ""}
    done = subprocess.run([sys.executable, "-c", COUNTING, *arguments], capture_output=True, check=False, env=env)
    return int(done.stderr.rpartition(b"asked ")[2] or -1)


def ratios(what: str, baseline: str, ours: Cost, theirs: Cost) -> list[Ratio]:
    """Return ours against theirs, figure by figure."""
    made = []
    for name, a, b in (
        ("seconds", ours.seconds, theirs.seconds), ("CPU seconds", ours.cpu, theirs.cpu),
        ("peak memory in MB", ours.memory, theirs.memory),
    ):  # fmt: skip
        made.append(Ratio(f"{what}, {name}", baseline, a / b, a / b, a / b, "", a, b))
    return made


def main(claims: int, before: Path | None, limit: float) -> None:
    """Measure every command and print the tables."""
    with tempfile.TemporaryDirectory(prefix="disputegraph-bench-") as name:
        folder = Path(name)
        data = folder / "dispute.nt"
        write_synthetic(claims, data)
        sources = {"now": HERE, **({"before": before} if before else {})}
        program = [sys.executable, "-m", "disputegraph"]
        for called, source in sources.items():
            cost([*program, "load", str(data), "--into", str(folder / called)], source, 3600)
        rows, told = [], []
        for what, arguments in [*COMMANDS.items(), ("diff of a file with itself", DIFF)]:
            filled = [each.replace("OUT", name) for each in arguments]
            costs = {}
            for called, source in sources.items():
                where = [] if filled[0] == "diff" else ["-d", str(folder / called)]
                costs[called] = cost([*program, *filled, *where], source, limit)
            now = costs["now"]
            told.append(f"| `{what}` | {now.seconds:.1f} | {now.cpu:.1f} | {now.memory:.0f} |")
            if before:
                rows += ratios(what, "the earlier version", now, costs["before"])
            if what in SELECTS:
                bare = cost(
                    [sys.executable, "-c", BARE, str(next((folder / "now").glob("data-*"))), SELECTS[what]], None, limit
                )
                rows += ratios(what, "a bare SELECT as TSV", now, bare)
            print(told[-1], file=sys.stderr, flush=True)
        counts = []
        for what, arguments in ASKED.items():
            filled = [each.replace("OUT", name) for each in arguments]
            figures = [str(asked(filled, source)) for source in sources.values()]
            counts.append(f"| `{what}` | {' | '.join(figures)} |")
    report("Commands", rows)
    print(f"\n{claims:,} claims in a store on disk ({machine()}):\n")
    print("\n".join(["| command | seconds | CPU seconds | memory, MB |", "|---|---:|---:|---:|", *told]))
    print("\nQueries sent to the engine, on the bundled dispute:\n")
    print("\n".join([f"| command | {' | '.join(sources)} |", "|---" * (len(sources) + 1) + "|", *counts]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("claims", nargs="?", type=int, default=100_000)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--limit", type=float, default=120)
    given = parser.parse_args()
    main(given.claims, given.before and given.before.resolve(), given.limit)
