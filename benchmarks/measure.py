"""Time commands against a baseline, in turn in one run, so that a machine whose speed drifts drifts for both."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["Ratio", "machine", "pair", "pair_calls", "report"]


@dataclass(frozen=True)
class Ratio:
    """One measured ratio.

    Attributes:
        what: what was measured.
        baseline: against what.
        ratio: median of the ratios of the paired runs (ours / baseline).
        low: the smallest of them.
        high: the largest.
        goal: the most it should be ("<=") or the least (">="), as text; empty for none.
        ours: median seconds of ours.
        theirs: median seconds of the baseline.
    """

    what: str
    baseline: str
    ratio: float
    low: float
    high: float
    goal: str
    ours: float
    theirs: float

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None without a goal."""
        if not self.goal:
            return None
        sign, number = self.goal.split()
        return self.ratio <= float(number) if sign == "<=" else self.ratio >= float(number)


def _seconds(command: Sequence[str], env: dict[str, str] | None, wall: bool) -> float:
    """Run a command to its end and return its CPU seconds (user and system, children included), or the clock's."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)[:200]}: exit {done.returncode}\n{done.stderr.decode()[-2000:]}")
    if wall:
        return time.perf_counter() - start
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def pair(
    what: str,
    ours: Sequence[str],
    baseline: str,
    theirs: Sequence[str],
    *,
    goal: str = "",
    runs: int = 5,
    wall: bool = False,
) -> Ratio:
    """Return the ratio of two commands' time, run in turn after one warm-up of each.

    CPU time by default: on a shared machine it is the figure that repeats. With `wall` the clock's, which is what a
    user waits where one side works on several cores.
    """
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "DISPUTEGRAPH_DATA": ""}
    return _pair(what, lambda: _seconds(ours, env, wall), baseline, lambda: _seconds(theirs, env, wall), goal, runs)


def pair_calls(
    what: str, ours: Callable[[], object], baseline: str, theirs: Callable[[], object], *, goal: str = "", runs: int = 5
) -> Ratio:
    """Return the ratio of two calls' CPU time in this process, made in turn after one warm-up of each."""

    def timed(call: Callable[[], object]) -> float:
        start = time.process_time()
        call()
        return time.process_time() - start

    return _pair(what, lambda: timed(ours), baseline, lambda: timed(theirs), goal, runs)


def _pair(
    what: str, ours: Callable[[], float], baseline: str, theirs: Callable[[], float], goal: str, runs: int
) -> Ratio:
    if runs > 1:
        ours()
        theirs()
    a, b = [], []
    for _ in range(runs):
        a.append(ours())
        b.append(theirs())
    ratios = [x / y if y else float("inf") for x, y in zip(a, b, strict=True)]
    return Ratio(
        what, baseline, statistics.median(ratios), min(ratios), max(ratios), goal,
        statistics.median(a), statistics.median(b),
    )  # fmt: skip


def machine() -> str:
    """Return one line about the machine: cores, memory, Python."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} cores, {pages * size / 2**30:.0f} GiB, Python {platform.python_version()}"


def report(name: str, ratios: Sequence[Ratio]) -> None:
    """Print a Markdown table of the ratios and keep it as JSON in ``benchmarks/results/``."""
    print(f"\n## {name} ({machine()})\n")
    print("| measured | against | ratio (median) | range | goal | reached | ours, s | baseline, s |")
    print("|---|---|---:|---|---|---|---:|---:|")
    for r in ratios:
        reached = {None: "", True: "yes", False: "**no**"}[r.reached]
        print(
            f"| {r.what} | {r.baseline} | {r.ratio:.2f} | {r.low:.2f} to {r.high:.2f} | {r.goal} | {reached} "
            f"| {r.ours:.3f} | {r.theirs:.3f} |"
        )
    folder = Path(__file__).parent / "results"
    folder.mkdir(exist_ok=True)
    values = {"machine": machine(), "ratios": [asdict(r) for r in ratios]}
    (folder / f"{name.split(maxsplit=1)[0].lower()}.json").write_text(json.dumps(values, indent=1) + "\n")
