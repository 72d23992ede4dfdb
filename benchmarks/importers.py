"""The importers' speed: a large sheet, a DNA database, a Polis conversation, roll calls.

python benchmarks/importers.py [ROWS [VOTES]]        default 100000 rows, 62000 votes
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from _importers_inputs import write_dna, write_polis, write_roll_calls, write_sheet
from measure import Ratio, pair, report

PARSE = """
import sys, pyoxigraph
print(sum(1 for _ in pyoxigraph.parse(path=sys.argv[1], format=pyoxigraph.RdfFormat.TURTLE)))
"""
CSV = """
import csv, sys
print(sum(len(row) for row in csv.reader(open(sys.argv[1], encoding="utf-8", newline=""))))
"""
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
GIB_IN_KIB = 2**20
VOTERS, MOTIONS = 100, 500


def against(what: str, ratio: Ratio, baseline: str, seconds: float) -> Ratio:
    """Return the ratio of what was measured to a number of seconds, which it should not pass."""
    share = ratio.ours / seconds
    spread = (ratio.low / ratio.ratio * share, ratio.high / ratio.ratio * share)
    return replace(
        ratio, what=what, baseline=baseline, ratio=share, low=spread[0], high=spread[1], goal="<= 1", theirs=seconds
    )


def main(rows: int, votes: int) -> None:
    python, ours = sys.executable, str(Path(sys.executable).with_name("disputegraph"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet, graph = folder / "statements.csv", folder / "coded.ttl"
        write_sheet(sheet, rows)
        command = [ours, "import", "sheet", str(sheet), "-o", str(graph)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        by_parse = pair(
            f"{rows:,}-row sheet to Turtle", command,
            "pyoxigraph parses the result", [python, "-c", PARSE, str(graph)], runs=3,
        )  # fmt: skip
        by_csv = pair(
            "csv reads the sheet", [python, "-c", CSV, str(sheet)], "python starts", [python, "-c", ""], runs=3
        )
        peak = int(subprocess.run([python, "-c", PEAK, *command], check=True, capture_output=True, text=True).stdout)
        memory = Ratio(
            f"{rows:,}-row sheet: peak memory, GiB", "1 GiB", peak / GIB_IN_KIB, peak / GIB_IN_KIB, peak / GIB_IN_KIB,
            "<= 1", peak / GIB_IN_KIB, 1.0,
        )  # fmt: skip
        write_dna(folder / "sample.dna")
        dna = pair(
            "DNA database of the sample's size", [ours, "import", "dna", str(folder / "sample.dna")],
            "python starts", [python, "-c", ""], runs=5,
        )  # fmt: skip
        (folder / "polis").mkdir()
        write_polis(folder / "polis", votes)
        polis = pair(
            f"{votes:,} Polis votes to Turtle", [ours, "import", "polis", str(folder / "polis"), "-o", str(graph)],
            "pyoxigraph parses the result", [python, "-c", PARSE, str(graph)], runs=3,
        )  # fmt: skip
        roll_calls = folder / "roll-calls.csv"
        write_roll_calls(roll_calls, VOTERS, MOTIONS)
        voted = pair(
            f"{VOTERS} voters x {MOTIONS} motions to Turtle",
            [ours, "import", "votes", str(roll_calls), "-o", str(graph)],
            "pyoxigraph parses the result", [python, "-c", PARSE, str(graph)], runs=3,
        )  # fmt: skip
        network = pair(
            "their signed network", [ours, "network", "signed", "-d", str(graph), "-o", str(folder / "network.csv")],
            "python starts", [python, "-c", ""], runs=3,
        )  # fmt: skip
        report(
            "Importers",
            [
                by_parse,
                against(by_parse.what, by_parse, "2 x parse + csv + 10 s", 2 * by_parse.theirs + by_csv.ours + 10),
                memory,
                against(dna.what, dna, "python's start + 1 s", dna.theirs + 1),
                against(polis.what, polis, "15 s", 15.0),
                against(voted.what, voted, "10 s", 10.0),
                against(network.what, network, "10 s", 10.0),
            ],
        )


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 62_000,
    )
