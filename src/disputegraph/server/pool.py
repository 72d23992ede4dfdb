"""The pool: ready workers for short queries, a few more for long ones, and nobody waits behind a runaway.

A query starts on a ready worker. If it takes longer than a slice (a quarter of a second) it is a long query: its worker
leaves the ready ones, stands back in the machine's queue, and a fresh worker takes its place. Only so many long queries
run at once; one too many is ended and its client told to come back. A query that once was long goes straight to the
long ones, so that a client that repeats it cannot crowd out the others.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import tempfile
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disputegraph.server.errors import Busy, JobError, Stopped
from disputegraph.server.options import Limits, ServerOptions
from disputegraph.server.workers import Nursery, Reply, Worker, answer_file

__all__ = ["Pool", "Result"]

_REMEMBERED = 512
_BIRTH_SECONDS = 20.0

_Gone = Callable[[], Awaitable[None]]


_ROOM = 60


def _socket_folder() -> str | None:
    """Return a folder whose name leaves room for a socket: its whole path may have about 100 bytes (unix(7)).

    A temporary folder set by the environment may be deeper than that; None then stands for nothing shorter.
    """
    for folder in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  # mkdtemp makes a folder only we may enter
        if len(os.fsencode(folder)) <= _ROOM and os.access(folder, os.W_OK):
            return folder
    return None


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a job.

    Attributes:
        type: media type.
        body: the bytes, unless they are in a file.
        file: a file with the bytes, which the receiver deletes; or None.
        encoding: content encoding, "gzip" or None.
        version: the state of the data it was taken from.
    """

    type: str
    body: bytes
    file: Path | None
    encoding: str | None
    version: int


class Pool:
    """Workers over one state of the data, which may be replaced by the next.

    Attributes:
        version: counts the states of the data, from 1.
        facts: what the nursery says of the data: triples, prefixes.
    """

    def __init__(self, options: ServerOptions) -> None:
        self.version = 0
        self.facts: dict[str, Any] = {}
        self._options = options
        self._limits: Limits = options.limits
        self._folder = Path(tempfile.mkdtemp(prefix="disputegraph-serve-", dir=_socket_folder()))
        self._nursery: Nursery | None = None
        self._server: asyncio.Server | None = None
        self._ready: deque[Worker] = deque()
        self._queue: deque[asyncio.Future[Worker]] = deque()
        self._births: dict[int, tuple[Nursery, asyncio.Future[Worker] | None]] = {}
        self._old: dict[Nursery, asyncio.Task[None]] = {}
        self._numbers = 0
        self._slow = 0
        self._slow_queue: deque[asyncio.Future[None]] = deque()
        self._known_slow: OrderedDict[bytes, None] = OrderedDict()
        self._guard: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self) -> None:
        """Read the data and have workers ready; raises DataError."""
        self._server = await asyncio.get_running_loop().create_unix_server(
            lambda: Worker(self._born), str(self._folder / "workers")
        )
        await self.load()
        self._guard = asyncio.create_task(self._watch_over())

    async def load(self) -> None:
        """Read the data anew; until that is done, and if it fails, the present state stays.

        Raises:
            DataError: the data cannot be read.
        """
        nursery = Nursery(
            {
                "locations": list(self._options.locations),
                "folder": str(self._folder),
                "seconds": self._limits.seconds,
                "rows": self._limits.rows,
                "megabytes": self._limits.megabytes,
            }
        )
        await nursery.start()
        old, self._nursery = self._nursery, nursery
        self.version += 1
        self.facts = nursery.facts
        self._known_slow.clear()
        idle, self._ready = self._ready, deque()
        for worker in idle:
            worker.kill()
        for _ in range(self._limits.workers):
            self._bear(None)
        if old is not None:
            # Those at work may finish; their nursery ends with them.
            self._old[old] = asyncio.create_task(self._retire(old))

    async def run(
        self, head: Mapping[str, Any], body: bytes = b"", *, gone: _Gone | None = None, long: bool = False
    ) -> Result:
        """Return the answer to a job.

        Args:
            head: the job and its options.
            body: its text.
            gone: waits until the client has left; then the job is ended.
            long: a job of our own that takes time: neither counted among the queries nor limited in memory.

        Raises:
            JobError: it failed, or hit a limit.
            Busy: there is too much to do.
            Stopped: the client has left.
        """
        if self._nursery is None or self._closing:
            raise Busy("the server is stopping.", 5)
        key = hashlib.blake2b(body, digest_size=16).digest() if body else b""
        if long:
            return await self._run_apart(head, body, free=True)
        if key and key in self._known_slow:
            return await self._run_long(head, body, gone)
        worker = await self._take()
        reply = worker.ask(head, body)
        try:
            await asyncio.wait((reply,), timeout=self._limits.slice)
        except asyncio.CancelledError:
            self._drop(worker, reply)
            raise
        if reply.done():
            self._give_back(worker, reply)
            return self._result(reply)
        return await self._go_on(worker, reply, key, gone)

    async def close(self) -> None:
        """End all processes and remove what they left."""
        self._closing = True
        if self._guard is not None:
            self._guard.cancel()
        waiting: list[asyncio.Future[Any]] = [*self._queue, *self._slow_queue]
        for future in waiting:
            if not future.done():
                future.set_exception(Busy("the server is stopping.", 5))
        if self._server is not None:
            self._server.close()
        for old, task in self._old.items():
            task.cancel()
            await old.stop()
        if self._nursery is not None:
            await self._nursery.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    # Ready workers.

    async def _take(self) -> Worker:
        while self._ready:
            worker = self._ready.popleft()
            if worker.alive:
                return worker
            self._bear(None)  # it died idle
        if len(self._queue) >= self._limits.waiting:
            raise Busy(f"{len(self._queue)} queries are waiting already.", 2)
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._queue.append(waiting)
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await waiting
        except TimeoutError:
            raise Busy("no worker became free in time.", 2) from None
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled() and waiting.exception() is None:
                self._offer(waiting.result())
            raise

    def _offer(self, worker: Worker) -> None:
        if worker.nursery is not self._nursery or not worker.alive:
            worker.kill()
            return
        while self._queue:
            waiting = self._queue.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        self._ready.append(worker)

    def _give_back(self, worker: Worker, reply: asyncio.Future[Reply]) -> None:
        """Let a worker that has answered take the next job, or put a fresh one in its place."""
        failed = reply.cancelled() or reply.exception() is not None
        if failed or reply.result()[0].get("retire") or worker.nursery is not self._nursery:
            current = worker.nursery is self._nursery
            worker.kill()
            if current:
                self._bear(None)
        else:
            self._offer(worker)

    def _drop(self, worker: Worker, reply: asyncio.Future[Reply]) -> None:
        """End a worker whose client has gone, and put a fresh one in its place."""
        self._forget(worker, reply)
        current = worker.nursery is self._nursery
        worker.kill()
        if current:
            self._bear(None)

    def _bear(self, wanted: asyncio.Future[Worker] | None, *, free: bool = False) -> None:
        """Let a worker be born: for `wanted`, or for the ready ones."""
        if self._nursery is None or self._closing:
            return
        self._numbers += 1
        self._births[self._numbers] = (self._nursery, wanted)
        self._nursery.fork(self._numbers, free=free)

    def _born(self, worker: Worker) -> None:
        worker.nursery, wanted = self._births.pop(worker.number, (self._nursery, None))
        if wanted is not None and not wanted.done():
            wanted.set_result(worker)
        else:
            self._offer(worker)

    # Long queries.

    async def _go_on(self, worker: Worker, reply: asyncio.Future[Reply], key: bytes, gone: _Gone | None) -> Result:
        """Let a query that has outlived its slice go on among the long ones, if there is room."""
        if key:
            self._known_slow[key] = None
            while len(self._known_slow) > _REMEMBERED:
                self._known_slow.popitem(last=False)
        if self._slow >= self._limits.slow:
            self._drop(worker, reply)
            raise Busy(f"{self._slow} long queries are running already.", max(1, round(self._limits.seconds / 3)))
        self._slow += 1
        if worker.nursery is self._nursery:
            self._bear(None)
        try:
            return await self._finish(worker, reply, self._limits.seconds - self._limits.slice, gone)
        finally:
            self._leave_slow()

    async def _run_long(self, head: Mapping[str, Any], body: bytes, gone: _Gone | None) -> Result:
        """Run a query that is known to be long."""
        if self._slow >= self._limits.slow:
            if len(self._slow_queue) >= 2 * self._limits.slow:
                raise Busy(f"{self._slow} long queries are running and others are waiting.", self._patience())
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._slow_queue.append(waiting)
            try:
                async with asyncio.timeout(self._limits.seconds):
                    await waiting
            except TimeoutError:
                raise Busy("long queries are running and this one's turn did not come.", self._patience()) from None
            finally:
                if waiting in self._slow_queue:
                    self._slow_queue.remove(waiting)
        self._slow += 1
        try:
            return await self._run_apart(head, body, gone, seconds=self._limits.seconds)
        finally:
            self._leave_slow()

    def _patience(self) -> int:
        return max(1, round(self._limits.seconds / 3))

    def _leave_slow(self) -> None:
        self._slow -= 1
        while self._slow_queue:
            waiting = self._slow_queue.popleft()
            if not waiting.done():
                waiting.set_result(None)
                return

    async def _run_apart(
        self,
        head: Mapping[str, Any],
        body: bytes,
        gone: _Gone | None = None,
        *,
        seconds: float = 300.0,
        free: bool = False,
    ) -> Result:
        """Run a job on a worker born for it alone."""
        wanted: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._bear(wanted, free=free)
        try:
            async with asyncio.timeout(_BIRTH_SECONDS):
                worker = await wanted
        except TimeoutError:
            raise Busy("no worker could be started.", 5) from None
        return await self._finish(worker, worker.ask({**head, "seconds": seconds}, body), seconds, gone)

    async def _finish(self, worker: Worker, reply: asyncio.Future[Reply], seconds: float, gone: _Gone | None) -> Result:
        """Wait for a long job to end, time to run out, or the client to leave."""
        if worker.nursery is not None and gone is not None:
            worker.nursery.renice(worker.number)
        leaving = asyncio.ensure_future(gone()) if gone is not None else None
        try:
            waiting = (reply, leaving) if leaving is not None else (reply,)
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if not reply.done():
                if leaving is not None and leaving.done():
                    raise Stopped
                message = f"the query took longer than {self._limits.seconds:g} s, and was ended."
                raise JobError("time", message)
            return self._result(reply)
        finally:
            if leaving is not None:
                leaving.cancel()
            if not reply.done():
                self._forget(worker, reply)
            worker.kill()

    def _forget(self, worker: Worker, reply: asyncio.Future[Reply]) -> None:
        """Wait no more for an answer, and remove what of it may already lie in the folder."""
        reply.cancel()

        def remove() -> None:
            for file in self._folder.glob(f"answer-{worker.number}-*"):
                file.unlink(missing_ok=True)

        asyncio.get_running_loop().call_later(3, remove)

    def _result(self, reply: asyncio.Future[Reply]) -> Result:
        head, body = reply.result()
        if "error" in head:
            facts = {name: head[name] for name in ("line", "column") if head.get(name) is not None}
            raise JobError(head["error"], head["message"], facts)
        file = answer_file(self._folder, head)
        return Result(head["type"], body, file, head.get("encoding"), self.version)

    # The nursery.

    async def _watch_over(self) -> None:
        """Put a new nursery in the place of one that died without being asked to."""
        while True:
            nursery = self._nursery
            assert nursery is not None  # noqa: S101  # started before this task
            await nursery.ended.wait()
            if nursery is self._nursery and not self._closing:
                await asyncio.sleep(0.5)
                try:
                    await self.load()
                except Exception:  # noqa: BLE001  # the data may be broken just now; try again
                    await asyncio.sleep(2)

    async def _retire(self, nursery: Nursery) -> None:
        await asyncio.sleep(self._limits.seconds + 1)
        self._old.pop(nursery, None)
        await nursery.stop()
