"""The analyses' speed: exact balance on known signed networks.

python benchmarks/analysis.py FOLDER        the folder of reference data, with signed/

Times are CPU seconds against the limits the project set itself, but wall seconds where a time limit is to be honoured.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from measure import Ratio, report

from disputegraph.analysis import partition, read_signed_edges


def seconds(call: object, *, clock: object = time.process_time) -> tuple[float, object]:
    start = clock()  # type: ignore[operator]
    result = call()  # type: ignore[operator]
    return clock() - start, result  # type: ignore[operator]


def against(what: str, limit: float, taken: float) -> Ratio:
    ratio = taken / limit
    return Ratio(what, f"{limit:g} s", ratio, ratio, ratio, "<= 1", taken, limit)


def main(folder: Path) -> None:
    ratios = []
    for name, limit in (("tribes", 0.5), ("avatar", 5), ("bitcoinalpha", 60)):
        path = folder / "signed" / f"{name}.csv"
        taken, found = seconds(lambda p=path, t=limit: partition(read_signed_edges(p), time_limit=10 * t))
        if not found.proven:
            sys.exit(f"{name}: not proven in {10 * limit} s")
        size = f"{len(found.network)} nodes, {len(found.network.ends)} edges, index {found.index:g}"
        ratios.append(against(f"frustration index, {name} ({size})", limit, taken))
    path = folder / "signed" / "bitcoinalpha.csv"
    for limit in (1.0, 3.0):
        network = read_signed_edges(path)
        for most in (2, 0, 3):
            taken, _ = seconds(
                lambda n=network, t=limit, c=most: partition(n, coalitions=c, time_limit=t), clock=time.monotonic
            )
            ratios.append(against(f"time limit of {limit:g} s, bitcoinalpha, coalitions {most}", limit + 1, taken))
    report("Analysis", ratios)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "data")
