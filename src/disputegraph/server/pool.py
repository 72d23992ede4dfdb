"""The pool: ready workers for short queries, a few more for long ones, and nobody waits behind a runaway.

A query starts on a ready worker. If it takes longer than a slice (a quarter of a second) it is a long query: its worker
leaves the ready ones, stands back in the machine's queue, and a fresh worker takes its place. Only so many long queries
run at once; one too many is ended and its client told to come back. A query that once was long goes straight to the
long ones, so that a client that repeats it cannot crowd out the others.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from disputegraph.server.alone import Alone
from disputegraph.server.errors import Busy, JobError, Long, Stopped
from disputegraph.server.frames import encode
from disputegraph.server.job import Job
from disputegraph.server.launching import Launch, launch
from disputegraph.server.options import Limits, ServerOptions
from disputegraph.server.ready import Ready
from disputegraph.server.workers import Nursery, Worker, answer_file

__all__ = ["Pool", "Result"]

_REMEMBERED = 512
_BIRTH_SECONDS = 20.0
_OWN_SECONDS = 300.0

_Gone = Callable[[], Awaitable[None]]


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


def _stopping() -> Busy:
    return Busy("the server is stopping.", 5)


class Pool:
    """Workers over one state of the data, which may be replaced by the next.

    Attributes:
        version: counts the states of the data, from 1.
        facts: what the nursery says of the data: triples, prefixes.
    """

    def __init__(self, options: ServerOptions, first: Launch) -> None:
        self.version = 0
        self.facts: dict[str, Any] = {}
        self._limits: Limits = options.limits
        self._first = first
        self._folder = first.folder
        self._nursery: Nursery | None = None
        self._server: asyncio.Server | None = None
        self._ready: Ready | None = None
        self._births: dict[int, tuple[Nursery, asyncio.Future[Worker] | None]] = {}
        self._old: dict[Nursery, asyncio.Task[None]] = {}
        self._numbers = 0
        self._slow = 0
        self._slow_queue: deque[asyncio.Future[None]] = deque()
        self._known_slow: OrderedDict[bytes, None] = OrderedDict()
        self._alone: set[Alone] = set()
        self._guard: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self) -> None:
        """Read the data and have workers ready; raises DataError."""
        self._ready = Ready(self._limits, self._bear_again, self._go_on)
        self._server = await asyncio.get_running_loop().create_unix_server(
            lambda: Worker(self._folder, self._born), str(self._folder / "workers")
        )
        await self.load()
        self._guard = asyncio.create_task(self._watch_over())

    async def load(self) -> None:
        """Read the data anew; until that is done, and if it fails, the present state stays.

        Raises:
            DataError: the data cannot be read.
        """
        process, self._first.process = self._first.process, None
        nursery = Nursery(process or launch(self._first.settings), self._has_died)
        await nursery.start()
        assert self._ready is not None  # noqa: S101  # made before anything is loaded
        old, self._nursery = self._nursery, nursery
        self.version += 1
        nursery.version = self.version
        self.facts = nursery.facts
        self._known_slow.clear()
        self._ready.replace_all()
        for _ in range(self._limits.workers):
            self._bear(None)
        if old is not None:
            # Those at work may finish; their nursery ends with them.
            self._old[old] = asyncio.create_task(self._retire(old))

    # Jobs.

    def submit(self, job: Job) -> bool:
        """Give a job to the ready workers; False for one that is known to be long.

        Raises:
            Busy: there is too much to do.
        """
        if self._ready is None or self._nursery is None or self._closing:
            raise _stopping()
        if job.key in self._known_slow:
            return False
        self._ready.submit(job)
        return True

    async def follow(self, job: Job, gone: _Gone | None = None) -> Result:
        """Return the answer to a job that is on its way; raises as `run`."""
        leaving: asyncio.Future[None] | None = None
        try:
            while not job.done:
                if not job.slow or gone is None:
                    await job.turn()
                    continue
                turn = asyncio.ensure_future(job.turn())
                leaving = asyncio.ensure_future(gone())
                await asyncio.wait((turn, leaving), return_when=asyncio.FIRST_COMPLETED)
                turn.cancel()
                if not job.done:
                    raise Stopped
        finally:
            if leaving is not None:
                leaving.cancel()
            if not job.done:
                job.give_up()
        if isinstance(job.error, Long):
            return await self._run_long(Job(job.head, job.body, job.key), gone)
        return self.result(job)

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
        if long:
            return await self._run_apart(Job(encode({**head, "seconds": _OWN_SECONDS}), body), free=True)
        return await self.answer(Job(encode(head), body, blake2b(body, digest_size=16).digest() if body else b""), gone)

    async def answer(self, job: Job, gone: _Gone | None = None) -> Result:
        """Return the answer to a job that was not submitted yet; raises as `run`."""
        return await (self.follow(job, gone) if self.submit(job) else self._run_long(job, gone))

    def result(self, job: Job) -> Result:
        """Return the answer to a job that is done; raises as `run`."""
        if job.error is not None:
            raise job.error
        assert job.reply is not None  # noqa: S101  # it is done
        head, body = job.reply
        if "error" in head:
            facts = {name: head[name] for name in ("line", "column") if head.get(name) is not None}
            raise JobError(head["error"], head["message"], facts)
        return Result(head["type"], body, answer_file(self._folder, head), head.get("encoding"), job.version)

    def stop(self) -> None:
        """Refuse what is asked from now on, and end what runs; clients are told that the server is stopping."""
        self._closing = True
        if self._ready is not None:
            self._ready.close()
        for waiting in self._slow_queue:
            if not waiting.done():
                waiting.set_exception(_stopping())
        for alone in list(self._alone):
            alone.end(_stopping())

    async def close(self) -> None:
        """End all processes and remove what they left."""
        self.stop()
        if self._guard is not None:
            self._guard.cancel()
        if self._server is not None:
            self._server.close()
        for old, task in self._old.items():
            task.cancel()
            await old.stop()
        if self._nursery is not None:
            await self._nursery.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    # Births and deaths.

    def _bear(self, wanted: asyncio.Future[Worker] | None, *, free: bool = False) -> None:
        """Let a worker be born: for `wanted`, or for the ready ones."""
        if self._nursery is None or self._closing:
            return
        self._numbers += 1
        self._births[self._numbers] = (self._nursery, wanted)
        self._nursery.fork(self._numbers, free=free)

    def _bear_again(self, gone: Worker) -> None:
        """Put a fresh worker in the place of one that is no longer ready."""
        self._bear_in(gone.nursery)

    def _bear_in(self, nursery: Nursery | None) -> None:
        """Let a ready worker be born, unless the data has changed since it was thought of."""
        if nursery is self._nursery:
            self._bear(None)

    def _born(self, worker: Worker) -> None:
        nursery, wanted = self._births.pop(worker.number, (None, None))
        worker.nursery = nursery
        if wanted is not None and not wanted.done():
            wanted.set_result(worker)
        elif wanted is None and nursery is self._nursery and self._ready is not None:
            self._ready.join(worker)
        else:
            worker.kill()

    def _has_died(self, number: int) -> None:
        """Learn of a death; one that died before it could say its name is born again, if not at once."""
        nursery, wanted = self._births.pop(number, (None, None))
        if nursery is None or nursery is not self._nursery:
            return
        if wanted is None:
            asyncio.get_running_loop().call_later(1.0, self._bear_in, nursery)
        elif not wanted.done():
            wanted.set_exception(Busy("no worker could be started.", 5))

    # Long queries.

    def _go_on(self, worker: Worker, job: Job) -> None:
        """Let a query that has outlived its slice go on among the long ones, if there is room."""
        if job.key:
            self._known_slow[job.key] = None
            while len(self._known_slow) > _REMEMBERED:
                self._known_slow.popitem(last=False)
            if self._ready is not None:
                self._ready.withdraw(job.key)
        self._bear_again(worker)
        if self._closing or self._slow >= self._limits.slow:
            worker.kill()
            job.fail(
                _stopping()
                if self._closing
                else Busy(f"{self._slow} long queries are running already.", self._patience())
            )
            return
        self._slow += 1
        if worker.nursery is not None:
            worker.nursery.renice(worker.number)
        self._leave_alone(worker, job, self._limits.seconds - self._limits.slice, self._leave_slow)
        job.slow = True
        job.tell()

    async def _run_long(self, job: Job, gone: _Gone | None) -> Result:
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
            return await self._run_apart(job, gone)
        finally:
            self._leave_slow()

    def _leave_alone(self, worker: Worker, job: Job, seconds: float, then: Callable[[], None] | None = None) -> None:
        """Let a job have a worker to itself."""

        def ended() -> None:
            self._alone.discard(alone)
            if then is not None:
                then()

        message = f"the query took longer than {self._limits.seconds:g} s, and was ended."
        alone = Alone(worker, job, seconds=seconds, message=message, ended=ended)
        self._alone.add(alone)

    def _patience(self) -> int:
        return max(1, round(self._limits.seconds / 3))

    def _leave_slow(self) -> None:
        self._slow -= 1
        while self._slow_queue:
            waiting = self._slow_queue.popleft()
            if not waiting.done():
                waiting.set_result(None)
                return

    async def _run_apart(self, job: Job, gone: _Gone | None = None, *, free: bool = False) -> Result:
        """Run a job on a worker born for it alone."""
        wanted: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._bear(wanted, free=free)
        try:
            async with asyncio.timeout(_BIRTH_SECONDS):
                worker = await wanted
        except TimeoutError:
            raise Busy("no worker could be started.", 5) from None
        if gone is not None and worker.nursery is not None:
            worker.nursery.renice(worker.number)
        job.slow = True
        self._leave_alone(worker, job, _OWN_SECONDS if free else self._limits.seconds)
        worker.ask(job)
        return await self.follow(job, gone)

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
