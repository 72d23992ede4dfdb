"""The data that is served: loaded again when files change or an update was made, with what is made of it once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from disputegraph.errors import DataError
from disputegraph.process import Worker
from disputegraph.server.file_watch import watch
from disputegraph.server.job_errors import Busy, JobError
from disputegraph.server.loading_data import start_loading
from disputegraph.server.options import ServerOptions
from disputegraph.server.pool import Pool, Result
from disputegraph.server.served_sheets import sheets_at
from disputegraph.server.updating import start_updating
from disputegraph.store import is_address

_FIRST_ANSWERS = 1.0
"""Seconds after the start in which the machine is left to those who ask, before the page is drawn."""

_LOOK, _LOOK_WHILE_CODING = 1.0, 4.0
"""Seconds between two looks at the files."""


class ServedData:
    """One state of the data, its workers, and the last trouble with newer files.

    Loading begins at once, in a process of its own.
    """

    def __init__(self, options: ServerOptions, folder: Path) -> None:
        self.options = options
        settings = {
            "folder": str(folder),
            "rows": options.limits.rows,
            "megabytes": options.limits.megabytes,
            "sources": str(options.sources) if options.sources else None,
        }
        self.pool = Pool(options.limits, settings)
        self.tell: Callable[..., None] = lambda **_: None
        self._folder = folder
        self._isolated = not is_address(options.locations[0])
        # Told once: while a spreadsheet saves, its file may be missing, and the folder is one of sheets all the same.
        self._sheets = {each: str(found) for each in options.locations if (found := sheets_at(each)) is not None}
        self._version = 0
        self._facts: dict[str, Any] = {}
        self._problem: dict[str, str] | None = None
        self._loaded = ""
        self._made: dict[str, asyncio.Task[Result]] = {}
        self._changing = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._loader: Worker | None = self._start_loading()

    async def start(self) -> None:
        """Wait until the data is loaded; raises DataError."""
        await self._load()
        self._tasks.append(asyncio.create_task(self._draw_later()))
        if self.options.watch:
            # While somebody codes, files change every few seconds, and the page beside waits for a pause.
            seconds = _LOOK_WHILE_CODING if self.options.coding else _LOOK
            looked_at = [self._sheets.get(location, location) for location in self.options.locations]
            self._tasks.append(asyncio.create_task(watch(looked_at, self._reload, seconds=seconds)))

    def close(self) -> None:
        """End all that runs."""
        for task in (*self._tasks, *self._made.values()):
            task.cancel()
        self.pool.stop()
        if self._loader is not None:
            self._loader.kill()

    async def made(self, job: str, **head: Any) -> Result:
        """Return what a job of our own makes of the present data, made when first asked for; raises as `Pool.run`."""
        key = json.dumps([job, head], sort_keys=True)
        task = self._made.get(key)
        if task is None:
            task = self._made[key] = asyncio.create_task(self.pool.run_apart({"job": job, **head}))
        try:
            return await asyncio.shield(task)
        except (JobError, Busy):
            self._made.pop(key, None)  # the next may have more luck
            raise

    def page(self) -> asyncio.Task[Result]:
        """Return the drawing of the page; see `made`."""
        return asyncio.create_task(self.made("page", title=self.options.title, many=self.options.many))

    async def update(self, text: bytes, head: dict[str, Any]) -> None:
        """Make a SPARQL update, and serve the data as it is then; raises as `Pool.run`."""
        async with self._changing:
            settings = {**head, "locations": list(self.options.locations), "digest": self._facts["digest"]}
            await self.pool.finish(Worker(lambda: start_updating(settings)), {}, text)
            await self._load()

    def status(self) -> dict[str, Any]:
        """Return how it stands."""
        return {
            "version": self._version,
            "triples": self._facts.get("triples"),
            "loaded": self._loaded,
            "watch": self.options.watch,
            "writable": self.options.writable,
            "problem": self._problem,
        }

    def _start_loading(self) -> Worker:
        settings = {
            "locations": list(self.options.locations),
            "into": str(self._folder / f"data-{self._version + 1}"),
            "digest": self.options.locations[0] if self.options.writable else None,
            "sheets": self._sheets,
            "sources": str(self.options.sources) if self.options.sources else None,
        }
        return Worker(lambda: start_loading(settings), isolated=self._isolated)

    async def _load(self) -> None:
        loader, self._loader = self._loader or self._start_loading(), None
        try:
            facts = await self.pool.finish(loader, {})
        except JobError as error:
            shutil.rmtree(self._folder / f"data-{self._version + 1}", ignore_errors=True)
            raise DataError(str(error)) from None
        self._version += 1
        self._facts, self._problem, self._loaded = facts, None, _now()
        for note in facts.get("notes", ()):
            self.tell(event="a note on the data", message=note)
        for task in self._made.values():
            if task.done() and not task.exception() and (file := task.result().file):
                file.unlink(missing_ok=True)
        self._made.clear()
        self.pool.renew(facts["locations"], isolated=self._isolated)
        # Queries that still run over the state before this one keep their files.
        shutil.rmtree(self._folder / f"data-{self._version - 2}", ignore_errors=True)

    async def _reload(self) -> None:
        async with self._changing:
            try:
                await self._load()
            except DataError as error:
                # The last good state stays up; the page and /status say what is wrong.
                self._problem = {"message": str(error), "since": _now()}
                self.tell(event="the data cannot be read; the last good state stays up", message=str(error))
            else:
                self.tell(event="the data was loaded", version=self._version, triples=self._facts["triples"])

    async def _draw_later(self) -> None:
        await asyncio.sleep(_FIRST_ANSWERS)
        with contextlib.suppress(JobError, Busy):
            await self.page()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
