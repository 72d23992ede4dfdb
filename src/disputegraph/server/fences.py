"""Middleware: which pages of which sites may use the server, and the headers that fence every answer.

The server listens on this machine, and every web page that the user's browser shows can reach it there. Starlette's
`TrustedHostMiddleware` refuses names that are not the server's own (DNS rebinding). Here requests that a page of
another origin has caused are refused, and every answer gets a content security policy.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from disputegraph.server.responses import problem

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?", re.ASCII)
_MAX_HEAD = 65_536
_OWN_SITE = (None, "same-origin", "none")
_EMBEDDING = ("iframe", "frame", "embed", "object")
_LINKED = re.compile(r"/(?!sparql|queries|reconcile|data\.|completion|evidence|status)")
"""Pages that other sites may link to: they run no query but our own."""

FRAMED = "/reconcile/preview"
"""The one page that allowed origins may show in a frame: a few lines on an actor or a claim, without scripts."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}


class ResponseFence:
    """Gives every answer the headers by which a browser keeps other sites out and runs nothing that is not ours."""

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...] = ()) -> None:
        self._app = app
        self._framing = _POLICY.replace("frame-ancestors 'self'", " ".join(["frame-ancestors 'self'", *origins]))
        self._framed = FRAMED if origins else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to the answer."""
        framed = scope.get("path") == self._framed

        async def fenced(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("Content-Security-Policy", self._framing if framed else _POLICY)
                if framed:  # the policy says who may, more exactly
                    del headers["X-Frame-Options"]
                if "Access-Control-Allow-Origin" not in headers:
                    headers["Cross-Origin-Resource-Policy"] = "same-origin"
            await send(message)

        await self._app(scope, receive, fenced)


class CrossSiteFence:
    """Refuses what pages of other origins ask for, unless their origin is allowed; a plain link to a page is not."""

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        why = self._why_not(Headers(scope=scope), scope) if scope["type"] == "http" else None
        if why is None:
            await self._app(scope, receive, send)
        else:
            status, title, detail = why
            await problem(status, title, detail)(scope, receive, send)

    def _why_not(self, headers: Headers, scope: Scope) -> tuple[int, str, str] | None:
        fields = (
            scope.get("raw_path") or b"",
            scope["query_string"],
            *(piece for pair in headers.raw for piece in pair),
        )
        if (
            sum(map(len, fields)) + 4 * len(headers.raw) > _MAX_HEAD
        ):  # one that comes in a single piece is not bounded before
            return (
                431,
                "Request head too large",
                f"A request's head may have {_MAX_HEAD:,} bytes; send queries by POST.",
            )
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            return 400, "Bad request", "A request needs one Host header with a name and perhaps a port."
        origin = headers.get("origin")
        if origin is not None and (origin in self._origins or "*" in self._origins):
            return None
        if origin is not None and origin.lower() not in {
            f"{scheme}://{hosts[0]}".lower() for scheme in ("http", "https")
        }:
            return 403, "Cross-origin request", f"Pages of {origin} may not use this server; see --cors ORIGIN."
        # Browsers send no Origin with a navigation, and a frame or a window of another site's page is one.
        if headers.get("sec-fetch-dest") in _EMBEDDING:
            if scope["path"] == FRAMED and self._origins:  # in whose frame it may be, its policy tells the browser
                return None
            return 403, "Embedded request", "This server's pages are not shown within others."
        if origin is None and headers.get("sec-fetch-site") not in _OWN_SITE:
            link = scope["method"] in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
            if not link or not _LINKED.match(scope["path"]):
                return 403, "Cross-site request", "Pages of other sites may not use this server."
        return None
