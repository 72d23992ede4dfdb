"""Weighted MaxSAT with a time limit: python-sat's RC2, stopped by a timer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from threading import Timer
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

_GRAIN = 2**40


class MaxSat:
    """A set of clauses, and variables that cost something when they are true (Ignatiev, Morgado & Marques-Silva 2019).

    RC2 works upwards from a cost of zero, so that its cost is a lower bound at any time.
    """

    def __init__(
        self, clauses: Iterable[Sequence[int]], priced: Sequence[int], costs: NDArray[np.float64], *, deadline: float
    ) -> None:
        """Prepare the solver.

        Args:
            clauses: clauses over the variables, as literals.
            priced: the variables that cost something.
            costs: what each of them costs, not negative.
            deadline: when to stop, on `time.monotonic`'s clock.
        """
        from pysat.examples.rc2 import RC2
        from pysat.formula import WCNF

        # Whole costs are taken as they are. Others are rounded down to fine grains, so that the bound stays one.
        self._grain = 1 if bool(np.all(costs == np.rint(costs))) else _GRAIN
        self._deadline = deadline
        formula = WCNF()
        formula.extend(clauses)
        for variable, cost in zip(priced, np.floor(costs * self._grain).tolist(), strict=True):
            formula.append([-variable], weight=int(cost))
        self._solver: Any = RC2(formula, solver="g4", adapt=False, exhaust=True, minz=True)

    @property
    def bound(self) -> float:
        """A lower bound of the cost; the least cost once `solve` has returned a model."""
        return float(self._solver.cost) / self._grain

    def add(self, clause: list[int]) -> None:
        """Add a clause."""
        self._solver.add_clause(clause)

    def solve(self) -> list[int] | None:
        """Return the literals of a cheapest model, or None where the deadline came first."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return None
        timer = Timer(left, self._solver.interrupt)
        timer.daemon = True
        timer.start()
        try:
            model: list[int] | None = self._solver.compute(expect_interrupt=True)
        finally:
            timer.cancel()
            timer.join()  # or it might interrupt a solver that is gone
        return model

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._solver.delete()
