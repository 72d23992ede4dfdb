"""The application: which address is answered by what."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from disputegraph.server.access import AccessLog
from disputegraph.server.downloads import DOWNLOADS, Downloads
from disputegraph.server.endpoint import Endpoint, base_address, send_failure, send_result
from disputegraph.server.errors import Busy, JobError, Stopped
from disputegraph.server.frames import encode
from disputegraph.server.job import Job
from disputegraph.server.kept import Kept
from disputegraph.server.launching import Launch
from disputegraph.server.negotiation import accepted_encoding, choose
from disputegraph.server.options import ServerOptions
from disputegraph.server.pool import Result
from disputegraph.server.quick import Quick
from disputegraph.server.safety import App, Gate, Receive, Scope, Send, header, refuse, respond
from disputegraph.server.state import State

__all__ = ["Application", "application"]

_HERE = Path(__file__).parent
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".txt": "text/plain"}

_DRAWING_SECONDS = 0.5
"""Seconds after which a browser is told that the page is still being drawn."""

_Answer = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]


class _Get:
    """An address that is only read: GET and HEAD."""

    def __init__(self, answer: _Answer) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            detail = f"{scope['method']} is not for {scope['path']}."
            await refuse(send, 405, "Method not allowed", detail, headers=[(b"allow", b"GET, HEAD, OPTIONS")])
            return
        try:
            await self._answer(scope, receive, send)
        except (JobError, Busy) as error:
            await send_failure(send, error, page=_is_browser(scope))
        except Stopped:
            return


@dataclass(frozen=True, slots=True)
class Application:
    """What is served.

    Attributes:
        long_way: the ASGI application, whose data is read when it starts.
        quick: the short way beside it.
        stop: ends what is under way, so that the server can stop.
    """

    long_way: App
    quick: Quick
    stop: Callable[[], None]


def application(options: ServerOptions, first: Launch) -> Application:
    """Return the application over a first nursery that is reading the data."""
    state = State(options, first)
    kept = Kept(state.pool)
    endpoint = Endpoint(state.pool, kept, options, after_update=state.update)
    places = _Places(state, endpoint, first.folder)

    async def routed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(state, receive, send)
        elif scope["path"] in ("/sparql", "/sparql/"):  # it is asked most, and needs none of what the router does
            await endpoint(scope, receive, send)
        else:
            await places.router(scope, receive, send)

    gate = Gate(routed, options)
    log = AccessLog(gate)
    state.tell = log.tell
    return Application(log, Quick(state.pool, kept, gate, log), state.pool.stop)


async def _live(state: State, receive: Receive, send: Send) -> None:
    """Start with the server, and end with it (ASGI's lifespan); raises DataError."""
    await receive()
    try:
        await state.start()
    except BaseException as error:
        await state.close()
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        raise
    try:
        await send({"type": "lifespan.startup.complete"})
        await receive()
    finally:
        await state.close()
    await send({"type": "lifespan.shutdown.complete"})


class _Places:
    """What each address answers."""

    def __init__(self, state: State, endpoint: Endpoint, folder: Path) -> None:
        self._state = state
        self._endpoint = endpoint
        self._making: set[asyncio.Future[Result]] = set()
        self.downloads = Downloads(state.pool, folder)

    @cached_property
    def router(self) -> App:
        """Starlette's router over all addresses; imported when first needed, since its import takes as long as ours."""
        from starlette.routing import Route, Router

        return Router(
            [
                Route("/", _Get(self.page)),
                Route("/query", _Get(self.editor)),
                Route("/queries", _Get(self.queries)),
                Route("/queries/{name}", _Get(self.query)),
                Route("/completion", _Get(self.completion)),
                Route("/resource", _Get(self.resource)),
                Route("/.well-known/void", _Get(self.void)),
                Route("/evidence", _Get(self.evidence)),
                Route("/status", _Get(self.status)),
                *(Route(f"/data.{suffix}", _Get(self.download)) for suffix in DOWNLOADS),
                Route("/static/{name}", _Get(self.static)),
                Route("/favicon.ico", _Get(self.icon)),
                Route("/{path:path}", _Get(self.own)),
            ]
        )

    async def page(self, scope: Scope, _: Receive, send: Send) -> None:
        making = asyncio.ensure_future(self._state.page())
        if _is_browser(scope):
            await asyncio.wait((making,), timeout=_DRAWING_SECONDS)
            if not making.done():
                self._making.add(making)  # it goes on; who comes back gets what it made
                making.add_done_callback(self._made)
                no_store = [(b"cache-control", b"no-store")]
                await respond(send, 202, _file("templates/drawing.html"), "text/html; charset=utf-8", no_store)
                return
        page = await making
        etag = f'"{page.version}-page-{hashlib.sha256(page.body).hexdigest()[:16]}"'
        packed = _packed(page) if accepted_encoding(header(scope, b"accept-encoding")) else page
        # The page's own policy stands in it, with the digests of what it runs; the server adds who may frame it.
        policy = (b"content-security-policy", b"frame-ancestors 'self'")
        await send_result(scope, send, packed, etag=etag, headers=[policy])

    def _made(self, making: asyncio.Future[Result]) -> None:
        self._making.discard(making)
        if not making.cancelled():
            making.exception()  # who comes back is told

    async def editor(self, _: Scope, __: Receive, send: Send) -> None:
        await respond(send, 200, _file("templates/query.html"), "text/html; charset=utf-8")

    async def queries(self, scope: Scope, _: Receive, send: Send) -> None:
        await self._listed(scope, send, "queries")

    async def query(self, scope: Scope, receive: Receive, send: Send) -> None:
        fields = _parameters(scope)
        head: dict[str, Any] = {
            "job": "query",
            "name": scope["path_params"]["name"],
            "accept": header(scope, b"accept"),
        }
        head["format"] = fields.pop("format", None)
        head["bindings"] = list(fields.items())
        if accepted_encoding(header(scope, b"accept-encoding")):
            head["gzip"] = True
        await self._endpoint.answer(scope, receive, send, Job(encode(head), head["name"].encode()))

    async def completion(self, scope: Scope, _: Receive, send: Send) -> None:
        await self._listed(scope, send, "completion")

    async def _listed(self, scope: Scope, send: Send, job: str) -> None:
        packed = accepted_encoding(header(scope, b"accept-encoding"))
        result = await self._state.pool.run({"job": job, "gzip": packed})
        await send_result(scope, send, result, etag=f'"{result.version}-{job}-{"gzip" if packed else "plain"}"')

    async def resource(self, scope: Scope, receive: Receive, send: Send) -> None:
        fields = _parameters(scope)
        if not fields.get("iri"):
            await refuse(send, 400, "No IRI", "Write /resource?iri=… with the IRI of the thing, percent-encoded.")
            return
        await self._thing(scope, receive, send, {"iri": fields["iri"], "format": fields.get("format")})

    async def evidence(self, scope: Scope, _: Receive, send: Send) -> None:
        head: dict[str, Any] = {"job": "evidence", "iri": _parameters(scope).get("utterance", "")}
        if self._state.options.sources:
            head["sources"] = str(self._state.options.sources)
        await send_result(scope, send, await self._state.pool.run(head))

    async def own(self, scope: Scope, receive: Receive, send: Send) -> None:
        fields = _parameters(scope)
        await self._thing(scope, receive, send, {"path": scope["path"], "format": fields.get("format")})

    async def _thing(self, scope: Scope, _: Receive, send: Send, head: dict[str, Any]) -> None:
        head |= {"job": "thing", "accept": header(scope, b"accept")}
        if accepted_encoding(header(scope, b"accept-encoding")):
            head["gzip"] = True
        text = repr(sorted(head.items(), key=str)).encode()
        result = await self._state.pool.run(head)
        etag = f'"{result.version}-{hashlib.sha256(text).hexdigest()[:16]}"'
        await send_result(scope, send, result, etag=etag)

    async def void(self, scope: Scope, _: Receive, send: Send) -> None:
        head = {"job": "dataset", "accept": header(scope, b"accept"), "address": base_address(scope)}
        head["format"] = _parameters(scope).get("format")
        await send_result(scope, send, await self._state.pool.run(head))

    async def status(self, _: Scope, __: Receive, send: Send) -> None:
        await respond(send, 200, self._state.status(), "application/json", [(b"cache-control", b"no-store")])

    async def download(self, scope: Scope, _: Receive, send: Send) -> None:
        await self.downloads.send(scope["path"].rpartition(".")[2], scope, send)

    async def static(self, scope: Scope, _: Receive, send: Send) -> None:
        name = scope["path_params"]["name"]
        if name not in _static_names():
            await refuse(send, 404, "Not found", f"There is no /static/{name}.")
            return
        text = _file(f"static/{name}")
        etag = f'"{hashlib.sha256(text).hexdigest()[:16]}"'.encode()
        headers = [(b"etag", etag), (b"cache-control", b"no-cache")]
        if (header(scope, b"if-none-match") or "").encode() == etag:
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await respond(send, 200, text, f"{_TYPES[Path(name).suffix]}; charset=utf-8", headers)

    async def icon(self, _: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": [(b"cache-control", b"max-age=86400")]})
        await send({"type": "http.response.body", "body": b""})


def _is_browser(scope: Scope) -> bool:
    """Tell whether somebody reads the answer: browsers ask for HTML by name."""
    return choose(header(scope, b"accept"), ["application/octet-stream", "text/html"]) == "text/html"


def _parameters(scope: Scope) -> dict[str, str]:
    text = scope["query_string"].decode("utf-8", errors="replace")
    return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True, max_num_fields=100).items()}


def _packed(page: Result) -> Result:
    return Result(page.type, _gzip(page.body), None, "gzip", page.version)


@cache
def _static_names() -> frozenset[str]:
    return frozenset(path.name for path in (_HERE / "static").iterdir() if path.suffix in _TYPES)


@cache
def _file(name: str) -> bytes:
    return (_HERE / name).read_bytes()


_packed_pages: dict[str, bytes] = {}


def _gzip(body: bytes) -> bytes:
    import gzip

    key = hashlib.sha256(body).hexdigest()
    if key not in _packed_pages:
        _packed_pages.clear()  # one page at a time is worth keeping
        _packed_pages[key] = gzip.compress(body, compresslevel=6, mtime=0)
    return _packed_pages[key]
