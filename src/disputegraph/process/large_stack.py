"""Threads with a large stack, since the engine recurses over what it parses and evaluates.

The stack of a process (8 MiB on most systems) overflows on a few thousand nested parentheses, and the process dies. A
large stack costs address space and no memory until it is used.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from typing import TypeVar

from disputegraph.errors import LimitError

T = TypeVar("T")

USUAL_STACK = 6 << 20
"""Bytes of stack that we expect any thread to have left: three quarters of the usual 8 MiB."""

DEEP_STACK = 256 << 20
"""Bytes of stack of a deep thread."""

_here = threading.local()
_starting = threading.Lock()  # the size of stacks is a setting of the whole process


def deep_stack(call: Callable[[], T], needed: int) -> T:
    """Return what `call` returns, called with a stack that is large enough.

    Nothing that belongs to a thread may be in what is returned: the engine's solutions and triples are freed in the
    thread that made them, or not at all.

    Args:
        call: what to do; it is done in this thread if the stack suffices, otherwise in one of its own.
        needed: bytes of stack.

    Raises:
        LimitError: there is not enough memory for such a stack.
        BaseException: whatever `call` raises.
    """
    if needed <= getattr(_here, "size", USUAL_STACK):
        return call()
    done: list[T] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            done.append(call())
        except BaseException as error:  # noqa: BLE001  # raised anew where it is waited for
            # Frames hold objects of the engine, which have to be freed here.
            traceback.clear_frames(error.__traceback__)
            failed.append(error)

    deep_thread(work, max(needed, DEEP_STACK)).join()
    if failed:
        raise failed[0].with_traceback(None)
    return done[0]


def deep_thread(call: Callable[[], object], size: int = DEEP_STACK) -> threading.Thread:
    """Start `call` in a daemon thread with a stack of `size` bytes; what is called by `deep_stack` there stays there.

    Raises:
        LimitError: there is not enough memory for such a stack.
    """

    def work() -> None:
        _here.size = size
        call()

    thread = threading.Thread(target=work, daemon=True, name="deep stack")
    with _starting:
        before = threading.stack_size(size)
        try:
            thread.start()
        except (RuntimeError, MemoryError):
            raise LimitError(
                f"there is not enough memory for a stack of {size >> 20:,} MB, which so long or deep a text needs; "
                "write it shorter, or raise the limit of memory."
            ) from None
        finally:
            threading.stack_size(before)
    return thread
