"""One worker process as the server sees it, and the nursery that its processes come from."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

from disputegraph.errors import DataError
from disputegraph.server.errors import JobError
from disputegraph.server.frames import Frames, pack
from disputegraph.server.job import Job

__all__ = ["Keeper", "Nursery", "Worker", "answer_file"]


_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Keeper(Protocol):
    """Who has a worker in its care."""

    def answered(self, worker: Worker, *, retire: bool) -> None:
        """Learn that the first job of the worker's line was answered; `retire`: the worker wants to be replaced."""

    def lost(self, worker: Worker) -> None:
        """Learn that the worker has died by itself."""


class Worker(asyncio.Protocol):
    """The server's end of the connection to a worker, which does the jobs of its line one after another.

    Attributes:
        number: by which the nursery knows it; negative until it has said it.
        process: its process id.
        nursery: where it was born.
        keeper: who has it in its care.
        alive: it can be asked.
        line: the jobs it was given, the one at work first.
        began: when it began with the first of them (time of the event loop).
        stuck: the first takes its time, so that no more are given to it.
        spent_before: CPU seconds it had spent when it was found so.
        leaving: its data is no longer the present one.
    """

    def __init__(self, folder: Path, hello: Callable[[Worker], None]) -> None:
        self.number = -1
        self.nursery: Nursery | None = None
        self.keeper: Keeper | None = None
        self.alive = self.stuck = self.leaving = False
        self.line: deque[Job] = deque()
        self.began = self.spent_before = 0.0
        self.process = 0
        self._folder = folder
        self._hello = hello
        self._frames = Frames()
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the connection; the worker will give its number."""
        self._transport = cast("asyncio.Transport", transport)  # a stream, for it is a socket

    def data_received(self, data: bytes) -> None:
        """Take pieces of answers."""
        for head, body in self._frames.feed(data):
            if self.number < 0:
                self.number, self.process, self.alive = head["worker"], head["process"], True
                self._hello(self)
            elif self.alive and self.line:
                self._take(head, body)

    def _take(self, head: dict[str, Any], body: bytes) -> None:
        job = self.line.popleft()
        self.began, self.stuck = self._loop.time(), False
        if not job.done and not job.given_up:
            job.answer((head, body), self.nursery.version if self.nursery is not None else 0)
        elif (file := answer_file(self._folder, head)) is not None:
            file.unlink(missing_ok=True)
        if self.keeper is not None:
            self.keeper.answered(self, retire=bool(head.get("retire")))

    def connection_lost(self, _: Exception | None) -> None:
        """Learn that the process is gone."""
        if self.alive:
            self.alive = False
            if self.keeper is not None:
                self.keeper.lost(self)

    def ask(self, job: Job) -> None:
        """Put a job at the end of the line; a worker that is gone leaves it to its keeper, who learns of the death."""
        if not self.line:
            self.began = self._loop.time()
        self.line.append(job)
        job.worker = self
        if self._transport is not None:
            self._transport.write(pack(job.head, job.body))

    def kill(self) -> None:
        """End the process at once; what is left of its line is the caller's to see to."""
        self.alive = False
        if self.nursery is not None:
            self.nursery.kill(self.number)
        if self._transport is not None:
            self._transport.abort()

        def remove() -> None:  # what it may have written when it was killed
            for file in self._folder.glob(f"answer-{self.number}-*"):
                file.unlink(missing_ok=True)

        if self.line:
            self._loop.call_later(3, remove)

    def spent(self) -> float:
        """Return the CPU seconds it has spent; where the system does not tell, those that have passed."""
        try:
            with open(f"/proc/{self.process}/stat", "rb") as stream:  # noqa: PTH123  # asked for often when much is slow
                fields = stream.read().rpartition(b")")[2].split()
        except OSError:
            return self._loop.time()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def when_ended(self, then: Callable[[JobError], None]) -> None:
        """Call `then` with the reason of its death, as soon as that is known."""
        if self.nursery is None:
            then(JobError("crash", "the worker was ended."))
        else:
            self.nursery.when_ended(self.number, lambda died: then(_reason(died)))


def _reason(died: int) -> JobError:
    if died in (signal.SIGABRT, signal.SIGKILL):
        # The engine aborts when it is refused memory; the system kills when there is none left.
        return JobError("memory", "the query needs more memory than it may have.")
    if died == signal.SIGALRM:
        return JobError("time", "the query took longer than it may.")
    return JobError("crash", f"the query ended the engine (signal {died}).")


class Nursery:
    """A nursery process, which holds one state of the data.

    Attributes:
        version: which state; set by the pool.
        facts: ``triples`` and ``prefixes`` of the data.
        ended: set when the process is gone.
        died: called with the number of every worker that has ended.
    """

    def __init__(self, process: subprocess.Popen[bytes], died: Callable[[int], None]) -> None:
        self.version = 0
        self.facts: dict[str, Any] = {}
        self.ended = asyncio.Event()
        self._process = process
        self._died = died
        self._reader: asyncio.Task[None] | None = None
        self._deaths: dict[int, int] = {}
        self._waiting: dict[int, Callable[[int], None]] = {}

    async def start(self) -> None:
        """Wait until the data is read.

        Raises:
            DataError: the data cannot be read.
        """
        loop = asyncio.get_running_loop()
        stream = asyncio.StreamReader(limit=1 << 24)
        try:
            await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), self._process.stdout)
            first = json.loads(await stream.readline() or b'{"failed": "the process ended early."}')
        except asyncio.CancelledError:
            self._process.kill()
            self._process.wait()
            raise
        if "failed" in first:
            await asyncio.to_thread(self._process.wait)
            raise DataError(first["failed"])
        self.facts = first
        self._reader = asyncio.create_task(self._listen(stream))

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            fact = json.loads(line)
            if (number := fact.get("ended")) is not None:
                self._died(number)
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
        await asyncio.to_thread(self._process.wait)

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
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe
        self._process.stdin.close()
        try:
            await asyncio.to_thread(self._process.wait, 5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)
        if self._reader is not None:
            await self._reader

    def _command(self, command: Mapping[str, Any]) -> None:
        pipe = self._process.stdin
        if pipe is not None and not pipe.closed:
            with contextlib.suppress(BrokenPipeError):  # its end is told elsewhere
                pipe.write(json.dumps(command).encode() + b"\n")


def answer_file(folder: Path, head: Mapping[str, Any]) -> Path | None:
    """Return the file that an answer came in, or None when it came in the message."""
    return folder / str(head["file"]) if head.get("file") else None
