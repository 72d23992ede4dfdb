"""A fixed number of camps, exactly: weighted MaxSAT by python-sat's RC2."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Timer
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["CampSolution", "solve_camps"]

_GRAIN = 1_000_000
_ORDERED = 64


@dataclass(frozen=True, slots=True, eq=False)
class CampSolution:
    """What the solver found.

    Attributes:
        camps: camp of each node, or None where the time did not suffice.
        bound: lower bound of the cost.
    """

    camps: NDArray[np.int64] | None
    bound: float


def solve_camps(
    size: int,
    ends: NDArray[np.int64],
    weights: NDArray[np.float64],
    camps: int,
    *,
    relaxed: bool,
    deadline: float,
) -> CampSolution:
    """Return the cheapest division into at most `camps` camps.

    Balanced (Davis 1967; Doreian & Mrvar 1996): positive edges belong within camps and negative ones between them, and
    the cost is the weight of those that do not. Relaxed (Doreian & Mrvar 2009): within a camp and between any two camps
    edges may have either sign, as long as it is the same; the cost is the weight of the minority sign in each.

    Args:
        size: number of nodes.
        ends: ends of the edges.
        weights: signed weights.
        camps: the largest number of camps.
        relaxed: relaxed balance.
        deadline: when to stop, on `time.monotonic`'s clock.
    """
    from pysat.examples.rc2 import RC2

    whole = bool(np.all(weights == np.rint(weights)))
    grain = 1 if whole else _GRAIN / float(np.abs(weights).max())
    formula = _formula(size, ends, np.maximum(np.rint(np.abs(weights) * grain), 1), weights > 0, camps, relaxed=relaxed)
    if (left := deadline - time.monotonic()) <= 0:
        return CampSolution(None, 0.0)
    solver: Any = RC2(formula, solver="g4", adapt=True, exhaust=False, minz=True)
    timer = Timer(left, solver.interrupt)
    timer.daemon = True
    timer.start()
    try:
        model = solver.compute(expect_interrupt=True)
        cost = float(solver.cost) / grain
    finally:
        timer.cancel()
        solver.delete()
    if model is None:
        return CampSolution(None, cost)
    true = {literal for literal in model[: size * camps] if literal > 0}
    found = np.array([next(c for c in range(camps) if node * camps + c + 1 in true) for node in range(size)])
    return CampSolution(found.astype(np.int64), cost)


def _formula(
    size: int,
    ends: NDArray[np.int64],
    costs: NDArray[np.float64],
    positive: NDArray[np.bool_],
    camps: int,
    *,
    relaxed: bool,
) -> Any:
    from pysat.formula import WCNF

    formula = WCNF()

    def is_in(node: int, camp: int) -> int:
        return node * camps + camp + 1

    last = size * camps
    agree: dict[tuple[int, int], int] = {}
    for one in range(camps):
        for other in range(one, camps):
            last += 1
            agree[one, other] = agree[other, one] = last
            if not relaxed:
                formula.append([last if one == other else -last])
    for node in range(size):
        formula.append([is_in(node, camp) for camp in range(camps)])
        for camp in range(camps):
            for less in range(camp):
                formula.append([-is_in(node, camp), -is_in(node, less)])
            # Camps are numbered by their first nodes, so that no division is looked at twice.
            if camp and node < _ORDERED:
                formula.append([-is_in(node, camp), *(is_in(earlier, camp - 1) for earlier in range(node))])
    for (a, b), cost, plus in zip(ends.tolist(), costs.tolist(), positive.tolist(), strict=True):
        last += 1
        for one in range(camps):
            for other in range(camps):
                sign = agree[one, other]
                formula.append([-is_in(a, one), -is_in(b, other), sign if plus else -sign, last])
        formula.append([-last], weight=int(cost))
    return formula
