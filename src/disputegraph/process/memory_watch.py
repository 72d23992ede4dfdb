"""Stop with a word before the system kills without one, when memory runs out."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

MOST_MEMORY = "DISPUTEGRAPH_MEMORY"
"""Environment variable with the MB at which a command stops itself; by default when the machine's memory runs out."""

_TICK = 0.1  # seconds between looks
_LEFT = 0.04  # part of the machine's memory that is left to others
_OURS = 0.25  # of a machine whose memory runs out, how much we must have in use to be the cause


def watch_memory(stop: Callable[[int], None]) -> None:
    """Watch this process from a thread, and call `stop` with the MB in use when memory runs out.

    An engine that has begun to answer cannot be interrupted from Python, so that `stop` has to end the process. On
    systems without ``/proc`` nothing is watched.
    """
    if not Path("/proc/self/statm").exists():
        return
    given = os.environ.get(MOST_MEMORY, "")
    most = int(given) << 20 if given.isdecimal() else _of_the_group()

    def watch() -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        total = os.sysconf("SC_PHYS_PAGES") * page
        while True:
            time.sleep(_TICK)
            with contextlib.suppress(OSError, ValueError, IndexError):
                used = int(Path("/proc/self/statm").read_text().split()[1]) * page
                if (most and used > most) or (used > _OURS * total and _available() < _LEFT * total):
                    stop(used >> 20)

    threading.Thread(target=watch, daemon=True, name="memory").start()


def _available() -> int:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 1 << 62


def _of_the_group() -> int:
    """Return nine tenths of what a container may use; 0 for no bound."""
    with contextlib.suppress(OSError, ValueError):
        return int(Path("/sys/fs/cgroup/memory.max").read_text()) * 9 // 10
    return 0
