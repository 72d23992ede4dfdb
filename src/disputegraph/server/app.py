"""The application: which address is answered by what. Later pages are further routes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from disputegraph.rdf import FORMATS
from disputegraph.server.access_log import AccessLog, write_event
from disputegraph.server.endpoint import Endpoint, base_address, unless_gone
from disputegraph.server.fences import CrossSiteFence, ResponseFence
from disputegraph.server.options import ServerOptions
from disputegraph.server.protocol import ProtocolError
from disputegraph.server.reconciliation_routes import ReconciliationRoutes
from disputegraph.server.responses import HANDLERS, TEMPLATES, reads_html, respond
from disputegraph.server.served_data import ServedData
from disputegraph.site import STATIC

_DRAWING_SECONDS = 0.5
"""Seconds after which a browser is told that the page is still being drawn."""

_NO_STORE = {"cache-control": "no-store"}


def create_app(options: ServerOptions, data: ServedData) -> Starlette:
    """Return the application over data, which the caller starts and closes."""
    pages, endpoint = _Pages(data, options), Endpoint(data, options)
    reconciling = ReconciliationRoutes(data, options, endpoint)
    data.tell = write_event

    return Starlette(
        routes=[
            Route("/", pages.page),
            Route("/sparql", endpoint.answer, methods=["GET", "POST"]),
            Route("/sparql/", endpoint.answer, methods=["GET", "POST"]),
            Route("/query", pages.editor),
            Route("/queries", pages.made),
            Route("/queries/{name}", pages.query),
            Route("/completion", pages.made),
            Route("/resource", pages.resource),
            Route("/.well-known/void", pages.void),
            Route("/evidence", pages.evidence),
            Route("/status", pages.status),
            Route("/reconcile", reconciling.service, methods=["GET", "POST"]),
            Route("/reconcile/preview", reconciling.preview),
            Route("/reconcile/properties", reconciling.properties),
            Route("/reconcile/suggest/{what}", reconciling.suggest),
            *(Route(f"/data.{form.suffixes[0]}", pages.download) for form in FORMATS if form.name != "n3"),
            Route("/static/site.css", lambda _: FileResponse(STATIC / "site.css")),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
            Route("/favicon.ico", pages.icon),
            *_coding(options),
            Route("/{path:path}", pages.own),
        ],
        middleware=[
            Middleware(AccessLog),
            Middleware(ResponseFence, origins=options.cors),
            Middleware(TrustedHostMiddleware, allowed_hosts=_names(options), www_redirect=False),
            Middleware(CrossSiteFence, origins=options.cors),
            Middleware(
                CORSMiddleware,
                allow_origins=options.cors,
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["accept", "authorization", "content-type", "if-none-match"],
                expose_headers=["etag", "link", "retry-after"],
            ),
            Middleware(GZipMiddleware, minimum_size=1400, compresslevel=5),
        ],
        exception_handlers={**HANDLERS, ClientDisconnect: lambda *_: Response(status_code=499)},
    )


def _coding(options: ServerOptions) -> list[Mount | Route]:
    """Return the routes of the coding page, where a project is served for coding."""
    if options.coding is None:
        return []
    from disputegraph.server.coding_routes import coding_app

    mounted = coding_app(
        options.coding, coder=options.coder, independent=options.independent, token=options.token or ""
    )
    return [Route("/code", lambda _: RedirectResponse("/code/")), Mount("/code", mounted)]


def _names(options: ServerOptions) -> list[str]:
    """Return the names by which the server may be called."""
    names = {"localhost", "127.0.0.1", "::1", "[::1]", options.host, *options.allowed_hosts}
    if options.host in ("0.0.0.0", "::"):  # noqa: S104  # what the user chose, with a warning
        host = socket.gethostname()
        names.add(host)
        with contextlib.suppress(OSError):
            names.update(str(found[4][0]) for found in socket.getaddrinfo(host, None))
    return sorted(names)


class _Pages:
    """What each address answers, beside the endpoint."""

    def __init__(self, data: ServedData, options: ServerOptions) -> None:
        self._data = data
        self._options = options
        self._drawings: set[asyncio.Task[Any]] = set()

    async def page(self, request: Request) -> Response:
        drawing = self._data.page()
        if reads_html(request):
            await asyncio.wait({drawing}, timeout=_DRAWING_SECONDS)
            if not drawing.done():
                self._drawings.add(drawing)  # it goes on; who comes back gets what it made
                drawing.add_done_callback(self._drawn)
                return FileResponse(TEMPLATES / "drawing.html", 202, headers=_NO_STORE)
        # The page's own policy stands in it, with the digests of what it runs; the server adds who may frame it.
        policy = {"content-security-policy": "frame-ancestors 'self'"}
        return respond(request, await drawing, kept=True, headers=policy)

    def _drawn(self, drawing: asyncio.Task[Any]) -> None:
        self._drawings.discard(drawing)
        if not drawing.cancelled():
            drawing.exception()  # who comes back is told

    async def editor(self, _: Request) -> Response:
        return FileResponse(TEMPLATES / "query.html")

    async def made(self, request: Request) -> Response:
        return respond(request, await self._data.made(request.url.path.strip("/")), kept=True)

    async def download(self, request: Request) -> Response:
        suffix = request.url.path.rpartition(".")[2]
        headers = {"content-disposition": f'inline; filename="dispute.{suffix}"'}
        return respond(request, await self._data.made("download", format=suffix), kept=True, headers=headers)

    async def query(self, request: Request) -> Response:
        fields = dict(request.query_params)
        form = fields.pop("format", None)
        return await self._run(
            request, job="query", name=request.path_params["name"], format=form, bindings=list(fields.items())
        )

    async def resource(self, request: Request) -> Response:
        iri = request.query_params.get("iri")
        if not iri:
            raise ProtocolError(400, "Write /resource?iri=… with the IRI of the thing, percent-encoded.")
        return await self._run(request, job="thing", iri=iri, format=request.query_params.get("format"))

    async def own(self, request: Request) -> Response:
        return await self._run(request, job="thing", path=request.url.path, format=request.query_params.get("format"))

    async def evidence(self, request: Request) -> Response:
        return await self._run(request, job="evidence", iri=request.query_params.get("utterance", ""))

    async def void(self, request: Request) -> Response:
        form = request.query_params.get("format")
        return await self._run(request, job="dataset", address=base_address(request), format=form)

    async def _run(self, request: Request, **head: Any) -> Response:
        head["accept"] = request.headers.get("accept")
        return respond(request, await unless_gone(request, self._data.pool.run(head)))

    async def status(self, _: Request) -> Response:
        return JSONResponse(self._data.status(), headers=_NO_STORE)

    async def icon(self, _: Request) -> Response:
        return Response(status_code=204, headers={"cache-control": "max-age=86400"})
