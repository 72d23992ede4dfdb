"""The routes of the coding page: who bears the session's token may read and change the project."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from disputegraph.coding import ConflictError, InUseError, Project, RefusedError
from disputegraph.errors import DataError, DisputeGraphError, LimitError, OutputError, UsageError
from disputegraph.server.adjudication_desk import units_shown
from disputegraph.server.coding_desk import CodingDesk
from disputegraph.server.draft_desk import draft_figures, drafts_shown, pass_place
from disputegraph.server.responses import TEMPLATES

_Result = TypeVar("_Result")
MOST_BYTES = 30_000_000
"""Bytes of a request: a document of 20 MB in base64."""

_POLL_SECONDS = 25.0
_LOOK_SECONDS = 1.0
_NO_STORE = {"cache-control": "no-store"}
_STATUS: tuple[tuple[type[Exception], int, str], ...] = (
    (InUseError, 409, "Others lean on it"),
    (ConflictError, 409, "Changed meanwhile"),
    (RefusedError, 400, "That would break the model"),
    (OutputError, 507, "It could not be written"),
    (LimitError, 413, "Too large"),
    (UsageError, 400, "That cannot be done"),
    (DataError, 400, "That cannot be read"),
)


def coding_app(folder: Path, *, coder: str | None, token: str, independent: bool = False) -> Starlette:
    """Return the coding page and its API over a project, to be mounted in the server's application.

    Raises:
        DataError: the folder is not a project, or a file of it cannot be read.
    """
    coding = _Coding(CodingDesk(Project(folder, coder=coder, independent=independent)), token)
    return Starlette(
        routes=[
            Route("/", coding.page),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "coding_static")),
            Route("/changes", coding.changes),
            Route("/{what}", coding.read, methods=["GET"]),
            Route("/{action}", coding.change, methods=["POST"]),
        ]
    )


class _Coding:
    """Engine objects are bound to a thread, so that one thread holds the project."""

    def __init__(self, desk: CodingDesk, token: str) -> None:
        self._desk, self._token = desk, token
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="coding")
        self._moved = asyncio.Condition()

    async def page(self, _: Request) -> Response:
        return FileResponse(TEMPLATES / "coding.html", headers=_NO_STORE)

    async def read(self, request: Request) -> Response:
        what, asked = request.path_params["what"], request.query_params
        desk = self._desk
        reading: dict[str, Callable[[], dict[str, Any]]] = {
            "project": desk.overview,
            "document": lambda: desk.document(asked.get("iri", "")),
            "entries": desk.entries,
            "entry": lambda: desk.entry(asked.get("iri", "")),
            "history": desk.history,
            "findings": desk.findings,
            "doubles": desk.doubles,
            "drafts": lambda: drafts_shown(desk.project, asked.get("document", "")),
            "draft_figures": lambda: draft_figures(desk.project),
            "units": lambda: units_shown(desk.project, asked.get("document", "")),
            "search": lambda: desk.search(asked.get("words", "")),
        }
        if what not in reading:
            return _problem(404, "Not known here", f"there is nothing called '{what}' here.")
        return await self._answer(request, lambda: self._fresh(reading[what]))

    async def change(self, request: Request) -> Response:
        if not self._may(request):
            return _refused()
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return _problem(413, "Too large", f"a request may have {MOST_BYTES:,} bytes.")
        try:
            asked = json.loads(bytes(body) or b"{}")
        except (ValueError, RecursionError):
            asked = None
        if not isinstance(asked, dict):
            return _problem(400, "That cannot be read", "the body of the request is no JSON object.")
        action = request.path_params["action"]
        if action == "suggest":
            return await self._answer(request, lambda: self._fresh(lambda: self._suggest(asked)))
        if action == "pass_place":
            return await self._answer(request, lambda: pass_place(self._desk.project, asked))
        answer = await self._answer(request, lambda: self._desk.change(action, asked))
        if answer.status_code == 200:  # noqa: PLR2004
            async with self._moved:
                self._moved.notify_all()
            self._thread.submit(self._desk.suggester)  # while the coder thinks
        return answer

    async def changes(self, request: Request) -> Response:
        """Answer when the project has changed, whoever did it, or after a while."""
        if not self._may(request):
            return _refused()
        try:
            since = int(request.query_params.get("since", ""))
        except ValueError:
            return _problem(400, "That cannot be done", "'since' is the number of a revision.")
        project, loop = self._desk.project, asyncio.get_running_loop()
        end = loop.time() + _POLL_SECONDS
        trouble = None
        while loop.time() < end and not await request.is_disconnected():
            try:
                await loop.run_in_executor(self._thread, project.refresh)
            except DisputeGraphError as error:
                trouble = str(error)
                break
            if project.revision != since:
                break
            async with self._moved:
                try:
                    await asyncio.wait_for(self._moved.wait(), _LOOK_SECONDS)
                except TimeoutError:
                    continue
        changed = project.touched_since(since)
        return JSONResponse(
            {"revision": project.revision, "nodes": changed, "trouble": trouble, "notes": project.notes},
            headers=_NO_STORE,
        )

    def _suggest(self, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            start, end = int(asked["start"]), int(asked["end"])
        except (KeyError, TypeError, ValueError):
            raise UsageError("a place is a document with a start and an end.") from None
        return self._desk.suggest(str(asked.get("document", "")), start, end, asked.get("speaker"))

    def _fresh(self, read: Callable[[], _Result]) -> _Result:
        self._desk.project.refresh()
        return read()

    async def _answer(self, request: Request, work: Callable[[], dict[str, Any]]) -> Response:
        if not self._may(request):
            return _refused()
        try:
            done = await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except DisputeGraphError as error:
            known = ((status, title) for kind, status, title in _STATUS if isinstance(error, kind))
            status, title = next(known, (500, "It went wrong"))
            more = {"uses": list(error.nodes)} if isinstance(error, InUseError) else {}
            return _problem(status, title, str(error), **more)
        except (ValueError, TypeError, KeyError) as error:
            return _problem(400, "That cannot be understood", f"the request does not fit: {error}.")
        return JSONResponse(done, headers=_NO_STORE)

    def _may(self, request: Request) -> bool:
        given = request.headers.get("x-disputegraph-token", "")
        return hmac.compare_digest(given.encode(), self._token.encode())


def _refused() -> Response:
    return _problem(
        401, "Not allowed", "this page's token is not the server's; open the address that the server printed."
    )


def _problem(status: int, title: str, message: str, **more: Any) -> Response:
    return JSONResponse(
        {"title": title, "message": f"{message[:1].upper()}{message[1:]}", **more}, status, headers=_NO_STORE
    )
