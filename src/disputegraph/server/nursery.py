"""The nursery: a process that holds the data and gives birth to workers.

It reads the data once and then only forks. A worker shares the data's memory with it, stands ready within
milliseconds, and may be killed at any moment: nothing is lost with it. The server speaks with the nursery in lines of
JSON on its standard input and output; when the server goes, in whatever way, the nursery ends its workers and itself.

Forking is safe here because the process has one thread: pyoxigraph's store in memory starts none of its own. A store
on disk or on another server is opened by each worker for itself.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

__all__ = ["main"]


def main() -> None:
    """Read the settings from standard input, load the data, and fork workers until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server decides what ends
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    lines = _Lines(0)
    first = lines.wait()
    if first is not None:
        Nursery(first).run(lines)


class Nursery:
    """The data and the workers born over it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._workers: dict[int, int] = {}  # process id -> number
        self._store: Any = None
        self._work: Callable[..., int]

    def run(self, lines: _Lines) -> None:
        """Load, say so, and obey."""
        parent = os.getppid()
        try:
            self._load()
        except MemoryError:
            _say({"failed": "out of memory while reading the data."})
            return
        except Exception as error:  # noqa: BLE001  # whatever it is, the server tells it
            _say({"failed": str(error) or type(error).__name__})
            return
        wakeup, alarm = os.pipe()
        os.set_blocking(alarm, False)
        os.set_blocking(wakeup, False)
        signal.set_wakeup_fd(alarm, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        _say({"ready": True, **self._facts()})
        try:
            while True:
                readable, _, _ = select.select([lines.descriptor, wakeup], [], [])
                if wakeup in readable:
                    with contextlib.suppress(BlockingIOError):
                        os.read(wakeup, 4096)
                    self._reap()
                if lines.descriptor in readable:
                    commands = lines.read()
                    if commands is None:
                        return
                    for command in commands:
                        self._obey(command)
        finally:
            for process in self._workers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            for process in self._workers:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(process, 0)
            if os.getppid() != parent:  # the server was killed, and cannot tidy up any more
                shutil.rmtree(self._settings["folder"], ignore_errors=True)

    def _load(self) -> None:
        gc.disable()  # nothing of what comes now is to go again
        # With the worker's code here, no worker has to import it for itself.
        from disputegraph.server import worker
        from disputegraph.server.jobs import open_for_serving

        self._work = worker.work
        self._store = open_for_serving(self._settings)
        gc.freeze()  # what is here stays; a collector that looks at it would copy it into every worker
        gc.enable()

    def _facts(self) -> dict[str, Any]:
        store = self._store
        return {
            "triples": None if store is None else len(store),
            "prefixes": {} if store is None else dict(store.prefixes),
        }

    def _obey(self, command: Mapping[str, Any]) -> None:
        if (number := command.get("fork")) is not None:
            self._fork(number, free=command["free"])
        elif (number := command.get("kill")) is not None:
            for process in self._processes(number):
                os.kill(process, signal.SIGKILL)  # a child of ours not yet waited for: the id is still its own
        elif (number := command.get("nice")) is not None:
            for process in self._processes(number):
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, process, 10)

    def _processes(self, number: int) -> list[int]:
        return [process for process, known in self._workers.items() if known == number]

    def _fork(self, number: int, *, free: bool) -> None:
        process = os.fork()
        if process == 0:
            self._be_worker(number, free=free)
        self._workers[process] = number

    def _be_worker(self, number: int, *, free: bool) -> NoReturn:
        code = 70
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            nothing = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):  # the server's pipes are not the worker's, and a dying engine is no news
                os.dup2(nothing, descriptor)
            code = self._work(number, self._settings, self._store, free=free)
        finally:
            os._exit(code)  # nothing of the nursery's is to be tidied up by a child

    def _reap(self) -> None:
        while self._workers:
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            number = self._workers.pop(process, None)
            died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            _say({"ended": number, "signal": died})


class _Lines:
    """Lines of JSON from a file descriptor."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._rest = b""

    def read(self) -> list[dict[str, Any]] | None:
        """Return the commands that have come, or None at the end."""
        data = os.read(self.descriptor, 65536)
        if not data:
            return None
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [json.loads(line) for line in lines]

    def wait(self) -> dict[str, Any] | None:
        """Return the first command; raises nothing at the end, but returns None."""
        found: list[dict[str, Any]] | None = []
        while found is not None and not found:
            found = self.read()
        return found[0] if found else None


def _say(fact: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()
