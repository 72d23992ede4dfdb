"""How work grows with its input: ratios of two times of the same run, since seconds are the machine's."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["grows_in_proportion"]


def grows_in_proportion(work: Callable[[int], object], size: int, *, times: int = 8) -> bool:
    """Return whether work on an input some times as large takes less than three times as much more.

    Work that grows with the square of its input takes `times` times as much more. What is too short to be measured
    passes.
    """

    def seconds(count: int) -> float:
        taken = []
        for _ in range(3):
            start = time.process_time()
            work(count)
            taken.append(time.process_time() - start)
        return min(taken)

    return seconds(times * size) < 3 * times * seconds(size) + 0.05
