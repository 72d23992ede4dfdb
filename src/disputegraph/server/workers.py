"""One worker process as the server sees it, and the nursery that its processes come from."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from disputegraph.errors import DataError
from disputegraph.server.errors import JobError
from disputegraph.server.frames import Frames, pack

__all__ = ["Nursery", "Reply", "Worker"]

Reply = tuple[dict[str, Any], bytes]
"""Head and body of what a worker answers."""

_KILLED = JobError("crash", "the worker was ended.")


class Worker(asyncio.Protocol):
    """The server's end of the connection to a worker, which does one job at a time."""

    def __init__(self, hello: Callable[[Worker], None]) -> None:
        self.number = -1
        self.nursery: Nursery | None = None
        self.alive = False
        self.reason: JobError | None = None  # why we ended it, when it was us
        self._hello = hello
        self._frames = Frames()
        self._reply: asyncio.Future[Reply] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the connection; the worker will give its number."""
        self._transport = cast("asyncio.Transport", transport)  # a stream, for it is a socket

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer."""
        message = self._frames.feed(data)
        if message is None:
            return
        if self.number < 0:
            self.number, self.alive = message[0]["worker"], True
            self._hello(self)
        elif self._reply is not None and not self._reply.done():
            self._reply.set_result(message)

    def connection_lost(self, _: Exception | None) -> None:
        """Learn that the process is gone."""
        self.alive = False
        if self._reply is not None and not self._reply.done():
            reply = self._reply
            if self.reason is not None or self.nursery is None:
                reply.set_exception(self.reason or _KILLED)
            else:
                self.nursery.when_ended(self.number, lambda died: _fail(reply, died))

    def ask(self, head: Mapping[str, Any], body: bytes) -> asyncio.Future[Reply]:
        """Return the future answer to a job."""
        self._reply = asyncio.get_running_loop().create_future()
        if not self.alive or self._transport is None:
            self._reply.set_exception(_KILLED)
        else:
            self._transport.write(pack(dict(head), body))
        return self._reply

    def kill(self, reason: JobError | None = None) -> None:
        """End the process at once; a job under way fails with `reason`."""
        self.reason, self.alive = reason or _KILLED, False
        if self.nursery is not None:
            self.nursery.kill(self.number)
        if self._transport is not None:
            self._transport.abort()


def _fail(reply: asyncio.Future[Reply], died: int) -> None:
    if reply.done():
        return
    if died in (signal.SIGABRT, signal.SIGKILL):
        # The engine aborts when it is refused memory; the system kills when there is none left.
        error = JobError("memory", "the query needs more memory than it may have.")
    elif died == signal.SIGALRM:
        error = JobError("time", "the query took longer than it may.")
    else:
        error = JobError("crash", f"the query ended the engine (signal {died}).")
    reply.set_exception(error)


class Nursery:
    """A nursery process, which holds one state of the data.

    Attributes:
        facts: ``triples`` and ``prefixes`` of the data.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.facts: dict[str, Any] = {}
        self.ended = asyncio.Event()
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._deaths: dict[int, int] = {}
        self._waiting: dict[int, Callable[[int], None]] = {}

    async def start(self) -> None:
        """Start the process and wait until the data is read.

        Raises:
            DataError: the data cannot be read.
        """
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "disputegraph.server.nursery",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._command(self._settings)
        assert self._process.stdout is not None  # noqa: S101  # it is a pipe
        try:
            first = json.loads(await self._process.stdout.readline() or b'{"failed": "the process ended early."}')
        except asyncio.CancelledError:
            self._process.kill()
            raise
        if "failed" in first:
            await self._process.wait()
            raise DataError(first["failed"])
        self.facts = first
        self._reader = asyncio.create_task(self._listen(self._process.stdout))

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            fact = json.loads(line)
            if (number := fact.get("ended")) is not None:
                waiting = self._waiting.pop(number, None)
                if waiting is not None:
                    waiting(fact["signal"])
                else:
                    self._deaths[number] = fact["signal"]
                    while len(self._deaths) > 1000:  # the oldest are asked for no more  # noqa: PLR2004
                        del self._deaths[next(iter(self._deaths))]
        for waiting in self._waiting.values():
            waiting(signal.SIGKILL)
        self._waiting.clear()
        self.ended.set()

    def when_ended(self, number: int, then: Callable[[int], None]) -> None:
        """Call `then` with the signal that ended a worker (0: none), as soon as it is known."""
        if number in self._deaths:
            then(self._deaths.pop(number))
        elif self.ended.is_set():
            then(signal.SIGKILL)
        else:
            self._waiting[number] = then

    def fork(self, number: int, *, free: bool = False) -> None:
        """Let a worker of this number be born, `free` of the limit of memory; it will connect by itself."""
        self._command({"fork": number, "free": free})

    def kill(self, number: int) -> None:
        """End a worker."""
        self._command({"kill": number})

    def renice(self, number: int) -> None:
        """Let a worker stand back behind the others."""
        self._command({"nice": number})

    async def stop(self) -> None:
        """End the process and its workers."""
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if self._reader is not None:
            await self._reader

    def _command(self, command: Mapping[str, Any]) -> None:
        if self._process is not None and self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(json.dumps(command).encode() + b"\n")


def answer_file(folder: Path, head: Mapping[str, Any]) -> Path | None:
    """Return the file that an answer came in, or None when it came in the message."""
    return folder / str(head["file"]) if head.get("file") else None
