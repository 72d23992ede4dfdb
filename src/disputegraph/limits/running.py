"""Run a command in a child process, within limits."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from disputegraph.errors import LimitError
from disputegraph.limits.child import CHILD_OF, MEMORY
from disputegraph.rdf import PARTS

__all__ = ["Outcome", "run_limited"]

_TICK = 0.02  # seconds between looks at the child
_WITHOUT_MEMORY = {-signal.SIGABRT, -signal.SIGSEGV, -getattr(signal, "SIGBUS", signal.SIGSEGV)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child ended.

    Attributes:
        exit_code: its exit code.
        said: what it wrote to standard error.
    """

    exit_code: int
    said: bytes


def run_limited(
    arguments: Sequence[str], output: IO[bytes], *, timeout: float | None = None, max_memory: int | None = None
) -> Outcome:
    """Run `disputegraph` with `arguments` in a child process and return how it ended.

    What the child writes to standard output is passed on when it has ended by itself, so that an answer that was cut
    short is never taken for a whole one. Unfinished output files of a child that was killed are removed.

    Args:
        arguments: the command line, without the program's name.
        output: where standard output goes.
        timeout: seconds of wall time.
        max_memory: megabytes (2**20 bytes) of memory in use.

    Raises:
        LimitError: a limit was hit, and the child is dead; the text says which.
    """
    with tempfile.TemporaryDirectory(prefix="disputegraph-") as folder:
        parts = Path(folder) / "parts"
        environment = {
            **os.environ,
            CHILD_OF: str(os.getpid()),
            MEMORY: str(max_memory or ""),
            PARTS: str(parts),
        }
        # The child is this very library, wherever the parent found it.
        code = (
            f"import sys; sys.path[:0] = {sys.path!r}\n"
            "from disputegraph.cli import main\nmain(prog_name='disputegraph')"
        )
        with (Path(folder) / "out").open("w+b") as out, (Path(folder) / "err").open("w+b") as err:
            child = subprocess.Popen(  # noqa: S603  # our own command again
                [sys.executable, "-c", code, *arguments],
                stdout=out, stderr=err, env=environment, start_new_session=True,
            )  # fmt: skip
            try:
                _watch(child, timeout, max_memory)
            except BaseException:
                _kill(child)
                _remove_parts(parts)
                raise
            err.seek(0)
            said = err.read()
            if child.returncode < 0:
                _remove_parts(parts)
                raise _died(child.returncode, max_memory)
            out.seek(0)
            while piece := out.read(1 << 20):
                output.write(piece)
            output.flush()
            return Outcome(child.returncode, said)


def _watch(child: subprocess.Popen[bytes], timeout: float | None, max_memory: int | None) -> None:
    deadline = time.monotonic() + timeout if timeout else None
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_TICK)
            return
        if deadline and time.monotonic() > deadline:
            raise LimitError(f"stopped: the time limit of {timeout:g} s (--timeout) was hit; nothing was written.")
        if max_memory and (used := _memory_of(child.pid)) > max_memory << 20:
            raise LimitError(
                f"stopped: the memory limit of {max_memory:,} MB (--max-memory) was hit ({used >> 20:,} MB in use); "
                "nothing was written."
            )


def _died(code: int, max_memory: int | None) -> LimitError:
    name = signal.Signals(-code).name
    if max_memory and code in _WITHOUT_MEMORY:
        return LimitError(
            f"stopped: the memory limit of {max_memory:,} MB (--max-memory) was hit; nothing was written."
        )
    if code == -signal.SIGKILL:
        return LimitError("the system killed the work, probably because memory ran out; nothing was written.")
    return LimitError(f"the engine died of what it was asked ({name}); nothing was written.")


def _memory_of(pid: int) -> int:
    """Return the bytes of memory a process has in use, 0 where that cannot be told."""
    try:
        resident = Path(f"/proc/{pid}/statm").read_text().split()[1]
        return int(resident) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return _memory_by_ps(pid) if os.name == "posix" and not Path("/proc/self/statm").exists() else 0


def _memory_by_ps(pid: int) -> int:
    told = subprocess.run(  # noqa: S603  # a number
        ["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return int(told.stdout.strip() or 0) * 1024


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()


def _remove_parts(parts: Path) -> None:
    with contextlib.suppress(OSError):
        for line in parts.read_text(encoding="utf-8").splitlines():
            Path(line).unlink(missing_ok=True)
