"""The state of what is served: loading again when files change or an update was made, and what went wrong."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from disputegraph.errors import DataError
from disputegraph.server.errors import Busy, JobError
from disputegraph.server.launching import Launch
from disputegraph.server.options import ServerOptions
from disputegraph.server.pool import Pool, Result
from disputegraph.server.watching import watch

__all__ = ["State"]

_FIRST_ANSWERS = 1.0
"""Seconds after the start in which the machine is left to those who ask."""


class State:
    """The pool, the page made from it, and the last trouble with the data.

    Attributes:
        problem: why the newest files could not be read, with the time; None when all is well.
        tell: writes an event into the log.
    """

    def __init__(self, options: ServerOptions, first: Launch) -> None:
        self.options = options
        self.pool = Pool(options, first)
        self.problem: dict[str, str] | None = None
        self.tell: Callable[..., None] = lambda _, **__: None
        self._loaded = ""
        self._page: Result | None = None
        self._page_lock = asyncio.Lock()
        self._update_lock = asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None
        self._drawing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Read the data; raises DataError."""
        await self.pool.start()
        self._loaded = _now()
        self._drawing = asyncio.create_task(self._draw(after=_FIRST_ANSWERS))
        if self.options.watch:
            self._watching = asyncio.create_task(watch(self.options.locations, self._reload))

    async def close(self) -> None:
        """Stop watching, and end the workers."""
        for task in (self._watching, self._drawing):
            if task is not None:
                task.cancel()
        await self.pool.close()

    async def _reload(self, *, draw: bool = True) -> None:
        try:
            await self.pool.load()
        except DataError as error:
            # The last good state stays up; the page and /status say what is wrong.
            self.problem = {"message": str(error), "since": _now()}
            self.tell("the data cannot be read; the last good state stays up", message=str(error))
        else:
            self.problem, self._loaded = None, _now()
            self.tell("the data was loaded", version=self.pool.version, triples=self.pool.facts.get("triples"))
            if draw:
                await self._draw()

    async def _draw(self, *, after: float = 0.0) -> None:
        """Make the page before somebody asks for it; who asks for a page that cannot be made is told why."""
        await asyncio.sleep(after)
        with contextlib.suppress(JobError, Busy):
            await self.page()

    async def update(self, text: bytes, head: dict[str, Any]) -> None:
        """Make a SPARQL update, and serve the data as it is then; raises as `Pool.run`."""
        async with self._update_lock:
            await self.pool.run({"job": "update", **head}, text, long=True)
            await self._reload(draw=False)

    async def page(self) -> Result:
        """Return the page of the present data, made when first asked for; raises as `Pool.run`."""
        async with self._page_lock:
            if self._page is None or self._page.version != self.pool.version:
                head: dict[str, Any] = {"job": "page", "title": self.options.title, "many": self.options.many}
                if self.options.sources:
                    head["sources"] = str(self.options.sources)
                made = await self.pool.run(head, long=True)
                if made.file is not None:
                    body = made.file.read_bytes()
                    made.file.unlink(missing_ok=True)
                    made = Result(made.type, body, None, made.encoding, made.version)
                self._page = made
            return self._page

    def status(self) -> bytes:
        """Return how it stands, as JSON."""
        facts = {
            "version": self.pool.version,
            "triples": self.pool.facts.get("triples"),
            "loaded": self._loaded,
            "watch": self.options.watch,
            "writable": self.options.writable,
            "problem": self.problem,
        }
        return json.dumps(facts, ensure_ascii=False).encode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
