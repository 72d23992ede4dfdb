"""A forked process that does one job after another and is killed when it hits a limit.

Time is watched by who waits for the answer. Memory is bounded by the kernel (RLIMIT_DATA: the private, writable memory
of a process), which refuses what goes beyond the limit; the process does not survive that, and the way it died tells
this from other deaths. A worker ends when its parent ends, in whatever way.

Windows cannot fork: there `can_fork` is False, and callers say what they do instead. Memory is bounded on Linux alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

from disputegraph.errors import LimitError
from disputegraph.process.isolation import forget_secrets, isolate
from disputegraph.process.large_stack import deep_thread

Reply: TypeAlias = tuple[dict[str, Any], bytes]
"""A small head, which can be written as JSON, and a body."""

Work: TypeAlias = Callable[[dict[str, Any], bytes], Reply]
"""Does a job, given as head and body."""

_LENGTHS = struct.Struct(">IQ")
_NO_MEMORY, _BUG = 81, 70  # exit codes
_inside = False


class WorkerError(LimitError):
    """A worker that gave no answer.

    Attributes:
        kind: "time", "memory" or "crash".
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def can_fork() -> bool:
    """Return whether this system can make workers."""
    return hasattr(os, "fork")


def in_worker() -> bool:
    """Return whether this process is a worker."""
    return _inside


def pack(head: dict[str, Any], body: bytes) -> bytes:
    """Return a job or an answer as it travels: two lengths, the head as JSON, the body."""
    text = json.dumps(head).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def unpack_lengths(data: bytes | bytearray) -> tuple[int, int] | None:
    """Return the lengths of head and body that `data` begins with, or None where there are too few bytes to tell."""
    return _LENGTHS.unpack(data[: _LENGTHS.size]) if len(data) >= _LENGTHS.size else None


class Worker:
    """A worker process as its parent sees it.

    Args:
        start: called in the process once; returns what does the jobs.
        max_memory: MiB (2**20 bytes) that a job may use beside what the process holds when it has started.
        reserve: MiB that it may take beyond that, for what libraries reserve at once and hardly use.
        isolated: keep it from opening sockets and from seeing secrets.
        stdio: descriptors that become its standard input, output and error; by default they lead nowhere.

    Attributes:
        pid: its process id.
        connection: the parent's end of the socket by which it is asked; for one that waits for several at once.
    """

    def __init__(
        self,
        start: Callable[[], Work],
        *,
        max_memory: int | None = None,
        reserve: int = 0,
        isolated: bool = True,
        stdio: tuple[int, int, int] | None = None,
    ) -> None:
        self.connection, theirs = socket.socketpair()
        self._max_memory = max_memory
        self._status: int | None = None
        parent = os.getpid()
        with warnings.catch_warnings():
            # Python warns of forking beside threads, since a lock that one of them holds stays locked in the child. The
            # child takes none of their locks: it uses no logging and no pool of the parent's.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if self.pid == 0:
            _become_worker(theirs, start, parent, max_memory and max_memory + reserve, isolated=isolated, stdio=stdio)
        theirs.close()

    def ask(self, head: dict[str, Any], body: bytes = b"", *, timeout: float | None = None) -> Reply:
        """Return the answer to a job.

        Args:
            head: what is asked.
            body: the bytes it is asked of.
            timeout: seconds to wait; then the process is killed.

        Raises:
            WorkerError: a limit was hit or the process died; it is gone then.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        try:
            self.connection.settimeout(timeout)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it is dead, which reading will show
                self.connection.sendall(pack(head, body))
            reply = _receive(self.connection, deadline)
        except TimeoutError:
            self.kill()
            raise WorkerError("time", f"the time limit of {timeout:g} s was hit") from None
        except BaseException:
            self.kill()
            raise
        if reply is None:
            raise self.death()
        return reply

    def stop(self) -> None:
        """End the process, and all that it has started, at once; who waits for its answer learns of its death."""
        if self._status is None:
            for end in (os.kill, os.killpg):  # it may be too young to lead a group
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    end(self.pid, signal.SIGKILL)

    def kill(self) -> None:
        """End the process at once and clear up; a second call does nothing."""
        self.stop()
        self._wait()

    def is_alive(self) -> bool:
        """Return whether the process runs."""
        if self._status is None:
            process, status = os.waitpid(self.pid, os.WNOHANG)
            if process:
                self._status = status
                self.connection.close()
        return self._status is None

    def death(self) -> WorkerError:
        """Return why the process has ended by itself."""
        status = self._wait()
        died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if self._max_memory and (died == signal.SIGABRT or os.waitstatus_to_exitcode(status) == _NO_MEMORY):
            return WorkerError("memory", f"the memory limit of {self._max_memory:,} MB was hit")
        if died == signal.SIGKILL or os.waitstatus_to_exitcode(status) == _NO_MEMORY:
            return WorkerError("memory", "the system killed the work, probably because memory ran out")
        told = signal.Signals(died).name if died else f"exit code {os.waitstatus_to_exitcode(status)}"
        return WorkerError("crash", f"the engine died of what it was asked ({told})")

    def _wait(self) -> int:
        if self._status is None:
            self._status = os.waitpid(self.pid, 0)[1]
            self.connection.close()
        return self._status


def _receive(connection: socket.socket, deadline: float | None = None) -> Reply | None:
    """Return what comes, or None at the end; raises TimeoutError."""
    lengths = _exactly(connection, _LENGTHS.size, deadline)
    if lengths is None:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    head, body = _exactly(connection, head_size, deadline), _exactly(connection, body_size, deadline)
    return None if head is None or body is None else (json.loads(head), body)


def _exactly(connection: socket.socket, size: int, deadline: float | None) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        if deadline is not None:
            connection.settimeout(max(1e-3, deadline - time.monotonic()))
        try:
            piece = connection.recv(min(size - len(data), 1 << 20))
        except ConnectionResetError:
            return None
        if not piece:
            return None
        data += piece
    return bytes(data)


def _become_worker(
    connection: socket.socket,
    start: Callable[[], Work],
    parent: int,
    max_memory: int | None,
    *,
    isolated: bool,
    stdio: tuple[int, int, int] | None,
) -> NoReturn:
    global _inside  # noqa: PLW0603  # a fact of the whole process
    _inside = True
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _end_with(parent)
        _take_descriptors(connection, stdio)
        if isolated:
            forget_secrets()
            isolate()
        # The engine recurses over what it parses; the default stack overflows on nested input.
        deep_thread(lambda: _work(connection, start, max_memory)).join()
    finally:
        os._exit(_BUG)  # nothing of the parent's is to be tidied up by a child


def _work(connection: socket.socket, start: Callable[[], Work], max_memory: int | None) -> NoReturn:
    code = _BUG
    try:
        work = start()
        _limit_memory(max_memory)
        while (job := _receive(connection)) is not None:
            connection.sendall(pack(*work(*job)))
        code = 0
    except MemoryError:
        code = _NO_MEMORY
    finally:
        os._exit(code)


def _take_descriptors(connection: socket.socket, stdio: tuple[int, int, int] | None) -> None:
    """Keep the connection and standard input, output and error; close all else that was the parent's."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for wanted, given in enumerate(stdio or (nowhere, nowhere, nowhere)):
        if wanted != given:
            os.dup2(given, wanted)
    kept = connection.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, min(os.sysconf("SC_OPEN_MAX"), 1 << 16))
    if stdio is not None:
        sys.stdout = open(1, "w", encoding="utf-8", newline="\n", closefd=False)  # noqa: SIM115  # lives as long
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115


def _limit_memory(megabytes: int | None) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if megabytes and sys.platform == "linux":
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123  # before every query of a server
            held = int(stream.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
        limit = held + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _end_with(parent: int) -> None:
    """Let this process end when its parent ends."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it ended just before
            os._exit(_BUG)
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(_BUG)

    threading.Thread(target=watch, daemon=True).start()
