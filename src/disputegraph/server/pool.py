"""A pool of worker processes: each answers one query at a time, and is killed and replaced at a limit.

A query that takes longer than a slice (half a second) is a long one: it goes on at low priority while a fresh worker
takes its place, so that runaways do not keep short queries waiting. Only so many long queries run at once; one too many
is ended, and its client told to come back. The pool remembers which queries were long.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disputegraph.process import Reply, Worker, WorkerError, pack, unpack_lengths
from disputegraph.server.job_errors import Busy, JobError
from disputegraph.server.jobs import start_jobs
from disputegraph.server.options import Limits

_REMEMBERED = 512
_OWN_SECONDS = 300.0
_LENGTHS = 12  # bytes before every answer


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a job.

    Attributes:
        type: media type.
        body: the bytes, unless they are in a file.
        file: a file with the bytes, which the receiver deletes; or None.
        digest: of the bytes.
    """

    type: str
    body: bytes
    file: Path | None
    digest: str


async def ask(worker: Worker, head: Mapping[str, Any], body: bytes = b"") -> Reply:
    """Return a worker's answer; raises WorkerError when it dies."""
    loop, connection = asyncio.get_running_loop(), worker.connection
    connection.setblocking(False)
    with contextlib.suppress(ConnectionError):  # it is dead, which reading will show
        await loop.sock_sendall(connection, pack(dict(head), body))
    data = bytearray()
    while (lengths := unpack_lengths(data)) is None or len(data) < _LENGTHS + sum(lengths):
        try:
            piece = await loop.sock_recv(connection, 1 << 18)
        except ConnectionError:
            piece = b""
        if not piece:
            raise worker.death()
        data += piece
    start = _LENGTHS + lengths[0]
    return json.loads(data[_LENGTHS:start]), bytes(data[start:])


class Pool:
    """The workers over one state of the data, which may be replaced by the next."""

    def __init__(self, limits: Limits, settings: Mapping[str, Any]) -> None:
        self._limits = limits
        self._settings = dict(settings)
        self._isolated = True
        self._ready: set[Worker] = set()  # idle, or at work for less than a slice
        self._idle: deque[Worker] = deque()
        self._busy: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._long = asyncio.Semaphore(limits.slow)
        self._long_waiting = 0
        self._known_long: OrderedDict[bytes, None] = OrderedDict()
        self._stopping = False

    def renew(self, locations: list[str], *, isolated: bool) -> None:
        """Answer from other data from now on; queries at work go on over the old."""
        self._settings["locations"], self._isolated = locations, isolated
        self._known_long.clear()
        self._ready.clear()
        while self._idle:
            self._idle.popleft().kill()
        self._fill()

    async def run(self, head: Mapping[str, Any], body: bytes = b"") -> Result:
        """Return the answer to a query; when this is cancelled, its process is killed.

        Raises:
            JobError: it failed, or hit a limit.
            Busy: there is too much to do.
        """
        self._check()
        key = hashlib.blake2b(json.dumps(head).encode() + body, digest_size=16).digest()
        if key in self._known_long:
            return await self._run_known_long(head, body)
        worker = await self._take()
        if key in self._known_long:  # learned while it waited
            self._offer(worker)
            return await self._run_known_long(head, body)
        async with self._asked(worker, head, body) as asked:
            await asyncio.wait({asked}, timeout=self._limits.slice)
            if not asked.done() or asked.exception() is not None:
                self._remember(key)  # one that kills its worker costs as much as a long one
            if not asked.done():
                self._ready.discard(worker)
                self._fill()
                if self._long.locked():
                    raise Busy("other long queries are running already.", self._patience())
                async with self._long:
                    _stand_back(worker)
                    await self._finish(asked, self._limits.seconds, self._limits.seconds - self._limits.slice)
            return self._result(asked)

    async def run_apart(self, head: Mapping[str, Any]) -> Result:
        """Return the answer to a job of our own, which takes time and memory; raises as `run`."""
        self._check()
        async with self._asked(self._fork(free=True), head, b"") as asked:
            await self._finish(asked, _OWN_SECONDS)
            return self._result(asked)

    async def finish(self, worker: Worker, head: Mapping[str, Any], body: bytes = b"") -> dict[str, Any]:
        """Return the head of the answer of a worker that is not one of the pool's; raises as `run`."""
        async with self._asked(worker, head, body) as asked:
            await self._finish(asked, _OWN_SECONDS)
            return self._head(asked)

    def stop(self) -> None:
        """Refuse what is asked from now on, and end what runs; who waits is told that the server is stopping."""
        self._stopping = True
        for worker in self._busy:
            worker.stop()
        while self._waiting:
            if not (waiting := self._waiting.popleft()).done():
                waiting.set_exception(Busy("the server is stopping."))
        while self._idle:
            self._idle.popleft().kill()

    # Workers.

    def _fork(self, *, free: bool = False) -> Worker:
        settings = dict(self._settings)
        megabytes = None if free else self._limits.megabytes
        return Worker(lambda: start_jobs(settings), max_memory=megabytes, isolated=self._isolated)

    def _fill(self) -> None:
        while len(self._ready) < self._limits.workers and not self._stopping:
            worker = self._fork()
            self._ready.add(worker)
            starting = asyncio.get_running_loop().create_task(self._await_start(worker))
            self._starting.add(starting)
            starting.add_done_callback(self._starting.discard)

    async def _await_start(self, worker: Worker) -> None:
        """Offer a worker to queries once it has opened the data, so that their time does not count that."""
        async with self._asked(worker, {"job": "ready"}, b"") as asked:
            await asyncio.wait({asked}, timeout=_OWN_SECONDS)
            if not asked.done() or asked.exception() is not None:
                await asyncio.sleep(1)  # before the next attempt

    def _offer(self, worker: Worker) -> None:
        while self._waiting:
            if not (waiting := self._waiting.popleft()).done():
                waiting.set_result(worker)
                return
        self._idle.append(worker)

    async def _take(self) -> Worker:
        while self._idle:
            worker = self._idle.popleft()
            if worker.is_alive():
                return worker
            worker.kill()  # somebody ended it while it had nothing to do
            self._ready.discard(worker)
            self._fill()
        if len(self._waiting) >= self._limits.waiting:
            raise Busy(f"{len(self._waiting)} queries are waiting already.")
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled():
                self._offer(waiting.result())
            raise
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(waiting)

    @contextlib.asynccontextmanager
    async def _asked(
        self, worker: Worker, head: Mapping[str, Any], body: bytes
    ) -> AsyncIterator[asyncio.Future[Reply]]:
        """Ask a worker, and afterwards offer it to the next query, or end it if it is not fit for one."""
        self._busy.add(worker)
        asked = asyncio.ensure_future(ask(worker, head, body))
        try:
            yield asked
        finally:
            if not asked.done():
                asked.cancel()
                await asyncio.wait({asked})
            self._busy.discard(worker)
            whole = not asked.cancelled() and asked.exception() is None and not asked.result()[0].get("retire")
            if whole and worker in self._ready and not self._stopping:
                self._offer(worker)
            else:
                worker.kill()
                self._ready.discard(worker)
                self._fill()

    # Long queries.

    def _remember(self, key: bytes) -> None:
        self._known_long[key] = None
        while len(self._known_long) > _REMEMBERED:
            self._known_long.popitem(last=False)

    async def _run_known_long(self, head: Mapping[str, Any], body: bytes) -> Result:
        if self._long_waiting >= self._limits.slow:
            raise Busy("long queries are running, and others are waiting.", self._patience())
        self._long_waiting += 1
        try:
            await asyncio.wait_for(self._long.acquire(), self._limits.seconds)
        except TimeoutError:
            raise Busy("long queries are running, and this one's turn did not come.", self._patience()) from None
        finally:
            self._long_waiting -= 1
        try:
            self._check()
            worker = self._fork()
            _stand_back(worker)
            async with self._asked(worker, head, body) as asked:
                await self._finish(asked, self._limits.seconds)
                return self._result(asked)
        finally:
            self._long.release()

    @staticmethod
    async def _finish(asked: asyncio.Future[Reply], seconds: float, left: float | None = None) -> None:
        await asyncio.wait({asked}, timeout=seconds if left is None else left)
        if not asked.done():
            raise JobError("time", f"the query took longer than {seconds:g} s, and was ended.")

    def _patience(self) -> int:
        return max(1, round(self._limits.seconds / 3))

    # Answers.

    def _check(self) -> None:
        if self._stopping:
            raise Busy("the server is stopping.")

    def _head(self, asked: asyncio.Future[Reply]) -> dict[str, Any]:
        try:
            head, _ = asked.result()
        except WorkerError as error:
            self._check()
            if error.kind == "memory":
                raise JobError("memory", f"the query needs more memory than it may have: {error}.") from None
            raise JobError("crash", f"the query ended its process: {error}.") from None
        if "error" in head:
            facts: dict[str, Any] = {name: head[name] for name in ("line", "column") if name in head}
            raise JobError(head["error"], head["message"], facts)
        return head

    def _result(self, asked: asyncio.Future[Reply]) -> Result:
        head = self._head(asked)
        return Result(head["type"], asked.result()[1], Path(head["file"]) if "file" in head else None, head["digest"])


def _stand_back(worker: Worker) -> None:
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, worker.pid, 10)
