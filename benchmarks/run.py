"""Run the benchmarks and write their tables into RESULTS.md.

    python benchmarks/run.py [NAME ...]        default: all of them

Each benchmark is a file of this folder that prints Markdown; what it printed last is kept in ``results/NAME.md``, so
that one can be run again by itself. What people have to say of it, and tables put together by hand of several runs,
stand in ``results/NAME.notes.md`` and follow it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"run", "measure", "synthetic"}
HEAD = """# Results of the benchmarks

Ratios of paired runs against named baselines, ours divided by the baseline: medians, with the range of the runs.
Times are CPU seconds where nothing else is said. Put together by `make bench` from the files in `results/`; what a goal
missed means stands in the docs.
"""


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all, and put the tables together."""
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    files = sorted(HERE.glob("*.py"))
    scripts = [path for path in files if path.stem not in NOT_BENCHMARKS and path.stem[0] != "_"]
    for script in scripts:
        if not names or script.stem in names:
            done = subprocess.run(
                [sys.executable, script.name], check=True, cwd=HERE, stdout=subprocess.PIPE, text=True
            )
            print(done.stdout, flush=True)
            (results / f"{script.stem}.md").write_text(done.stdout.strip() + "\n", encoding="utf-8")
    tables = [path.read_text(encoding="utf-8") for path in sorted(results.glob("*.md"))]
    (HERE / "RESULTS.md").write_text("\n".join([HEAD, *tables]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
