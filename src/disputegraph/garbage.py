"""Python's search for reference cycles, out of the way where millions of records are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["without_cycles"]


@contextmanager
def without_cycles() -> Iterator[None]:
    """Pause Python's search for reference cycles: millions of small records hold none, and each search visits all."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
