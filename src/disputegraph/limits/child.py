"""What the child process does to itself before it begins."""

from __future__ import annotations

import contextlib
import os
import threading
import time

__all__ = ["CHILD_OF", "MEMORY", "be_the_child", "is_child"]

CHILD_OF = "DISPUTEGRAPH_CHILD_OF"
"""Environment variable with the process id of the parent whose limits the child lives under."""

MEMORY = "DISPUTEGRAPH_CHILD_MEMORY"
"""Environment variable with the child's limit of memory in MB; empty for none."""

_GIB = 1 << 30


def is_child() -> bool:
    """Return whether this process was started by `run_limited`; an inherited variable of another's is none."""
    return os.environ.get(CHILD_OF) == str(os.getppid())


def be_the_child() -> None:
    """Take the limit of memory on, and end when the parent ends, even if it is killed."""
    _end_with_parent(os.getppid())
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if megabytes := os.environ.get(MEMORY):
            # Address space is more than memory in use, which the parent watches; this stops what outruns its watch.
            wanted = int(megabytes) << 20
            most = max(2 * wanted, wanted + _GIB)
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _end_with_parent(parent: int) -> None:
    with contextlib.suppress(OSError, AttributeError, ImportError):
        import ctypes

        kill, set_death_signal = 9, 1  # SIGKILL, PR_SET_PDEATHSIG (Linux, prctl(2))
        ctypes.CDLL(None).prctl(set_death_signal, kill)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(4)

    threading.Thread(target=watch, daemon=True).start()
