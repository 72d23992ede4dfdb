"""The ready workers: each with a short line of jobs before it, so that none is idle while the server is busy.

A job that is behind another which takes its time is taken back after a moment and given to another worker. What was
taken back may be answered by both; queries only read, so the first answer is as good as the second.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from disputegraph.server.errors import Busy, Long
from disputegraph.server.job import Job
from disputegraph.server.options import Limits
from disputegraph.server.workers import Worker

__all__ = ["Ready"]

_LINE = 4
"""Jobs that a worker has before it, the one at work included."""

_TICK = 0.02
"""Seconds between two looks at who is held up."""

_PATIENCE = 0.02
"""Seconds after which jobs behind another are taken back."""


_WORKED = 0.2
"""What a job has to have worked of its slice to be a long one: on a busy machine even a short job may have to wait."""

_STARVED = 4
"""Slices after which a job is long, whatever it has worked: it may wait for a disk, or for another server."""


class Ready:
    """Workers for short jobs, and the queue before them.

    Args:
        limits: how long is short, and how many may wait.
        bear: lets a worker be born in the place of one that is no longer ready.
        slow: takes a worker over whose job has outlived its slice.
    """

    def __init__(self, limits: Limits, bear: Callable[[Worker], None], slow: Callable[[Worker, Job], None]) -> None:
        self._limits, self._bear, self._slow = limits, bear, slow
        self._workers: list[Worker] = []
        self._queue: deque[Job] = deque()
        self._loop = asyncio.get_running_loop()
        self._looking = False

    def submit(self, job: Job) -> None:
        """Give a job to a worker, or let it wait; raises Busy when too many wait already."""
        job.since = self._loop.time()
        if not self._looking:
            self._looking = True
            self._loop.call_later(_TICK, self._look)
        worker = None if self._queue else self._free()
        if worker is not None:
            worker.ask(job)
        elif len(self._queue) >= self._limits.waiting:
            raise Busy(f"{len(self._queue)} queries are waiting already.", 2)
        else:
            self._queue.append(job)

    def join(self, worker: Worker) -> None:
        """Let a worker stand among the ready ones."""
        worker.keeper = self
        self._workers.append(worker)
        self._dispatch()

    def replace_all(self) -> None:
        """Let all workers go, since the data has changed; those at work may finish what they are at."""
        for worker in list(self._workers):
            worker.leaving = True
            if worker.line:
                self._take_back(worker)
            else:
                self._remove(worker)

    def close(self) -> None:
        """Refuse what still waits."""
        queue, self._queue = self._queue, deque()
        for job in queue:
            job.fail(Busy("the server is stopping.", 5))

    def withdraw(self, key: bytes) -> None:
        """Let the jobs of this key wait elsewhere, those that have not begun: they are known to be long now."""
        waiting, self._queue = self._queue, deque()
        for job in waiting:
            if job.key == key:
                job.fail(Long())
            else:
                self._queue.append(job)

    # What workers tell.

    def answered(self, worker: Worker, *, retire: bool) -> None:
        """Learn that a worker has answered the first job of its line."""
        if retire or (worker.leaving and not worker.line):
            self._take_back(worker, whole=True)
            self._remove(worker)
        self._dispatch()

    def lost(self, worker: Worker) -> None:
        """Learn that a worker has died: of its first job, and the others shall not suffer for it."""
        if worker not in self._workers:
            return
        self._take_back(worker)
        first = worker.line.popleft() if worker.line else None
        self._remove(worker)
        if first is not None and first.worker is worker:
            worker.when_ended(first.fail)
        self._dispatch()

    # The queue.

    def _free(self) -> Worker | None:
        found, least = None, _LINE
        for worker in self._workers:
            if len(worker.line) < least and not worker.stuck and not worker.leaving:
                found, least = worker, len(worker.line)
        return found

    def _dispatch(self) -> None:
        while self._queue:
            if self._queue[0].given_up or self._queue[0].done:
                self._queue.popleft()
                continue
            worker = self._free()
            if worker is None:
                return
            worker.ask(self._queue.popleft())

    def _take_back(self, worker: Worker, *, whole: bool = False) -> None:
        """Put the jobs of a worker's line, without the first unless `whole`, back to the head of the queue."""
        waiting = list(worker.line)[0 if whole else 1 :]
        self._requeue(job for job in waiting if job.worker is worker and not job.done)

    def _requeue(self, jobs: Iterable[Job]) -> None:
        jobs = list(jobs)
        for job in jobs:
            job.worker = None
        self._queue.extendleft(reversed(jobs))

    def _remove(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.kill()
        self._bear(worker)

    # The clock.

    def _look(self) -> None:
        """See who is held up, and by what."""
        now = self._loop.time()
        for worker in list(self._workers):
            if not worker.line:
                continue
            age = now - worker.began
            if age > _PATIENCE and not worker.stuck:
                worker.stuck = True
                worker.spent_before = worker.spent()
                self._take_back(worker)
            if age > self._limits.slice and self._has_worked(worker, age):
                self._outlived(worker)
        while self._queue and now - self._queue[0].since > self._limits.seconds:
            self._queue.popleft().fail(Busy("no worker became free in time.", 2))
        self._dispatch()
        self._looking = bool(self._queue) or any(worker.line for worker in self._workers)
        if self._looking:
            self._loop.call_later(_TICK, self._look)

    def _has_worked(self, worker: Worker, age: float) -> bool:
        """Tell whether a job took its time for itself, and not because the machine is busy with something else."""
        worked = worker.spent() - worker.spent_before
        return worked > _WORKED * self._limits.slice or age > _STARVED * self._limits.slice

    def _outlived(self, worker: Worker) -> None:
        job = worker.line[0]
        if job.worker is not worker or job.given_up or job.done:
            self._remove(worker)  # another has the job, or nobody wants it any more
            return
        self._workers.remove(worker)
        worker.line.clear()
        worker.line.append(job)
        self._slow(worker, job)
