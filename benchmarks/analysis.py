"""The analyses' speed: exact balance on known signed networks.

python benchmarks/analysis.py FOLDER        the folder of reference data, with signed/

Times are CPU seconds against the limits the project set itself, but wall seconds where a time limit is to be honoured;
a second method is timed beside the first where one was weighed against the other.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from measure import Ratio, report

from disputegraph.analysis import partition, read_signed_edges
from disputegraph.analysis.contraction import contract


def by_maxsat(path: Path) -> float:
    """The frustration index by MaxSAT alone, after the same contraction: the method weighed against cutting planes."""
    from pysat.examples.rc2 import RC2
    from pysat.formula import WCNF

    network = read_signed_edges(path)
    core = contract(len(network), network.ends, network.weights)
    number = {node: place + 1 for place, node in enumerate(core.nodes)}
    formula, last = WCNF(), len(number)
    if number:
        formula.append([1])
    for a, b, weight in core.edges:
        last += 1
        one, other = number[a], number[b] if weight > 0 else -number[b]
        formula.append([-one, other, last])
        formula.append([one, -other, last])
        formula.append([-last], weight=int(abs(weight)))
    with RC2(formula, solver="g4", adapt=True, exhaust=True, minz=True) as solver:
        solver.compute()
        return core.unavoidable + solver.cost


def seconds(call: object, *, clock: object = time.process_time) -> tuple[float, object]:
    start = clock()  # type: ignore[operator]
    result = call()  # type: ignore[operator]
    return clock() - start, result  # type: ignore[operator]


def against(what: str, limit: float, taken: float) -> Ratio:
    ratio = taken / limit
    return Ratio(what, f"{limit:g} s", ratio, ratio, ratio, "<= 1", taken, limit)


def main(folder: Path) -> None:
    ratios = []
    for name, limit in (("tribes", 0.5), ("avatar", 5), ("bitcoinalpha", 300)):
        path = folder / "signed" / f"{name}.csv"
        taken, found = seconds(lambda p=path, t=limit: partition(read_signed_edges(p), time_limit=10 * t))
        if not found.proven:
            sys.exit(f"{name}: not proven in {limit} s")
        size = f"{len(found.network)} nodes, {len(found.network.ends)} edges, index {found.index:g}"
        ratios.append(against(f"frustration index, {name} ({size})", limit, taken))
        other, index = seconds(lambda p=path: by_maxsat(p))
        if index != found.index:
            sys.exit(f"{name}: {index} by MaxSAT, {found.index} by cutting planes")
        ratio = taken / other
        ratios.append(Ratio(f"the same, {name}", "MaxSAT (RC2) alone", ratio, ratio, ratio, "", taken, other))
    path = folder / "signed" / "bitcoinalpha.csv"
    for limit in (1.0, 3.0):
        network = read_signed_edges(path)
        for camps in (2, 0, 3):
            taken, found = seconds(
                lambda n=network, t=limit, c=camps: partition(n, camps=c, time_limit=t), clock=time.monotonic
            )
            ratios.append(against(f"time limit of {limit:g} s, bitcoinalpha, camps {camps}", limit + 1, taken))
    report("Analysis", ratios)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "data")
