"""A job on its way from a request to a worker and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from disputegraph.server.errors import Busy, JobError, Long, Stopped

if TYPE_CHECKING:
    from disputegraph.server.workers import Worker

__all__ = ["Job", "Reply"]

Reply = tuple[dict[str, Any], bytes]
"""Head and body of what a worker answers."""


class Job:
    """What is asked of a worker, and what becomes of it.

    A job may be given to a second worker when the first is held up; the answer that comes first counts.

    Attributes:
        head: its kind and options, encoded.
        body: its text.
        key: by which it is known again; empty for jobs that are never long.
        since: when it was asked for (time of the event loop).
        worker: the one it was given to last; None while it waits.
        reply: the answer, once it is there.
        version: the state of the data the answer was taken from.
        error: why there is no answer.
        slow: it has outlived its slice, and goes on with its worker to itself.
        given_up: nobody waits for the answer any more.
        then: called whenever it has become slow or is done.
        abandoned: called when it is given up while it has a worker to itself.
    """

    __slots__ = (
        "abandoned", "body", "error", "given_up", "head", "key", "reply", "since", "slow", "then", "version", "worker",
    )  # fmt: skip

    def __init__(self, head: bytes, body: bytes = b"", key: bytes = b"") -> None:
        self.head, self.body, self.key = head, body, key
        self.since = 0.0
        self.worker: Worker | None = None
        self.reply: Reply | None = None
        self.version = 0
        self.error: JobError | Busy | Long | Stopped | None = None
        self.slow = False
        self.given_up = False
        self.then: Callable[[], None] | None = None
        self.abandoned: Callable[[], None] | None = None

    @property
    def done(self) -> bool:
        """Whether it was answered or has failed."""
        return self.reply is not None or self.error is not None

    def answer(self, reply: Reply, version: int) -> None:
        """Take the answer."""
        self.reply, self.version = reply, version
        self.tell()

    def fail(self, error: JobError | Busy | Long | Stopped) -> None:
        """Take the reason why there is no answer; the first counts."""
        if not self.done:
            self.error = error
            self.tell()

    def tell(self) -> None:
        """Call who waits."""
        if self.then is not None:
            self.then()

    def give_up(self) -> None:
        """Let it go: nobody waits for the answer."""
        self.given_up = True
        if self.abandoned is not None and not self.done:
            self.abandoned()

    async def turn(self) -> None:
        """Wait until it becomes slow or is done."""
        if self.done:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def wake() -> None:
            if not future.done():
                future.set_result(None)

        self.then = wake
        try:
            await future
        finally:
            self.then = None
