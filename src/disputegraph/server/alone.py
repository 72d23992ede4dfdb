"""A job with a worker to itself: a query that takes long, or work of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from disputegraph.server.errors import Busy, JobError, Stopped
from disputegraph.server.job import Job
from disputegraph.server.workers import Worker

__all__ = ["Alone"]


class Alone:
    """Keeps a worker that does this one job, and ends with it: answered, out of time, dead, or nobody waits any more.

    Args:
        worker: the worker; the job stands in its line.
        job: the job.
        seconds: time that is left for it.
        message: what to say when time is up.
        ended: called once, when the worker is gone.
    """

    def __init__(self, worker: Worker, job: Job, *, seconds: float, message: str, ended: Callable[[], None]) -> None:
        self._worker, self._job, self._message, self._ended = worker, job, message, ended
        self._timer = asyncio.get_running_loop().call_later(seconds, self._time_is_up)
        self._over = False
        worker.keeper = self
        job.abandoned = self._abandoned

    def answered(self, _: Worker, *, retire: bool) -> None:  # noqa: ARG002  # it retires in any case
        """Learn that the job was answered."""
        self._end()

    def lost(self, worker: Worker) -> None:
        """Learn that the worker has died."""
        worker.when_ended(self._job.fail)
        self._end()

    def end(self, error: JobError | Busy | Stopped) -> None:
        """End the job, unless it is done."""
        self._job.fail(error)
        self._end()

    def _time_is_up(self) -> None:
        self.end(JobError("time", self._message))

    def _abandoned(self) -> None:
        self.end(Stopped())

    def _end(self) -> None:
        if self._over:
            return
        self._over = True
        self._timer.cancel()
        self._worker.kill()
        self._ended()
