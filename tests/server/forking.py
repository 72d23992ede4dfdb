"""Servers without their second of imports: one process has the program's modules and forks for each server.

What is forked runs the command as `python -m disputegraph` does, with arguments, environment and standard error of its
own, is a process of its own, and takes signals and ends as one. What is about the start itself starts one afresh.
"""

from __future__ import annotations

import array
import contextlib
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from typing import IO, Any

__all__ = ["Forked", "Forker"]

MODULES = (
    *("disputegraph.cli.serve", "disputegraph.cli.coding", "disputegraph.server.served_data"),
    *("disputegraph.server.app", "disputegraph.server.coding_routes", "disputegraph.server.updating"),
    *("uvicorn", "uvicorn.protocols.http.h11_impl"),
)
_LONGEST = 1 << 18


class Forked:
    """A forked command, as far as tests use of `subprocess.Popen`."""

    def __init__(self, pid: int, status: int, stderr: IO[str]) -> None:
        self.pid, self._status, self.stderr = pid, status, stderr
        self.returncode: int | None = None

    def poll(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("disputegraph", timeout or 0)
            self.returncode = int(os.read(self._status, 16))
            os.close(self._status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Forker:
    """The process that forks, as tests see it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,  # so that it is buffered as that of a server is
            )

    def start(self, *words: str, env: dict[str, str]) -> Forked:
        """Run the command with these words."""
        (reading, theirs), (status, telling) = os.pipe(), os.pipe()
        descriptors = array.array("i", [theirs, telling])
        asked = json.dumps({"words": words, "env": env, "folder": os.getcwd()}).encode()  # noqa: PTH109
        self._line.sendmsg([asked], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
        os.close(theirs)
        os.close(telling)
        told = self._line.recv(64)
        assert told, "the process that forks has ended"
        return Forked(int(told), status, os.fdopen(reading, encoding="utf-8"))

    def close(self) -> None:
        """End the process; what it forked goes on."""
        self._line.close()
        self._process.communicate(timeout=30)


def _requests(line: socket.socket) -> None:
    """Fork for each request; returns in what was forked, once it is told what to be."""
    running: dict[int, tuple[int, int]] = {}  # its process, and where its end is told, by what shows that it ended
    while True:
        ready, _, _ = select.select([line, *running], [], [])
        for one in ready:
            if isinstance(one, int):
                process, telling = running.pop(one)
                _, status = os.waitpid(process, 0)
                with contextlib.suppress(BrokenPipeError):
                    os.write(telling, str(os.waitstatus_to_exitcode(status)).encode())
                os.close(telling)
                os.close(one)
        if line not in ready:
            continue
        text, descriptors, _, _ = socket.recv_fds(line, _LONGEST, 2)
        if not text:
            sys.exit()
        errors, telling = descriptors
        process = os.fork()
        if process == 0:
            line.close()
            for one, (_, other) in running.items():
                os.close(one)
                os.close(other)
            os.close(telling)
            _become(json.loads(text), errors)
            return
        os.close(errors)
        running[os.pidfd_open(process)] = process, telling
        line.send(str(process).encode())


def _become(asked: dict[str, Any], errors: int) -> None:
    os.dup2(errors, 2)
    os.close(errors)
    # The stream that was there is over a file of another kind.
    sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    os.chdir(asked["folder"])
    sys.argv[1:] = asked["words"]


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.path.pop(0)  # the folder of this file
    for name in MODULES:
        importlib.import_module(name)
    _requests(socket.socket(fileno=int(sys.argv[1])))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from disputegraph.cli import main

    main()
