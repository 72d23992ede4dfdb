"""The gate before every request: who may call the server by which name, from which page, and how the answer is fenced.

The server listens on this machine, and every web page that the user's browser shows can reach it there. So the name it
is called by must be one of its own (a stranger's name that was pointed at 127.0.0.1 is DNS rebinding), a page of
another origin may not write or have queries run, and no page of ours may run what is not our own.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from disputegraph.server.options import ServerOptions

__all__ = ["FENCES", "Gate", "header", "refuse", "respond"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""Content security policy of the server's own pages: nothing inline, nothing from elsewhere."""

_FENCES: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
]
_OWN_ORIGIN: Headers = [(b"cross-origin-resource-policy", b"same-origin")]

FENCES: Headers = [*_FENCES, (b"content-security-policy", POLICY.encode()), *_OWN_ORIGIN]
"""Headers of an answer to whom no origin is told."""


def header(scope: Scope, name: bytes) -> str | None:
    """Return a request header, several of one name joined by commas; None when there is none."""
    values = [value for key, value in scope["headers"] if key == name]
    return b",".join(values).decode("latin-1") if values else None


async def respond(send: Send, status: int, body: bytes, media_type: str, headers: Headers | None = None) -> None:
    """Send a whole answer."""
    start = [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode()), *(headers or ())]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})


async def refuse(
    send: Send, status: int, title: str, detail: str, *, headers: Headers | None = None, **more: Any
) -> None:
    """Send a problem (RFC 9457): what was wrong, and what to do."""
    problem = {"title": title, "status": status, "detail": detail, **more}
    text = json.dumps(problem, ensure_ascii=False, indent=1).encode() + b"\n"
    await respond(send, status, text, "application/problem+json", [(b"cache-control", b"no-store"), *(headers or ())])


class Gate:
    """Lets a request pass to the application, or refuses it; fences every answer."""

    def __init__(self, app: App, options: ServerOptions) -> None:
        self._app = app
        self._options = options
        loopback = {"localhost", "127.0.0.1", "::1"}
        self._names = loopback | {options.host.lower(), *(name.lower() for name in options.allowed_hosts)}
        if options.host in ("0.0.0.0", "::"):  # noqa: S104  # what the user chose, with a warning
            self._names.add(socket.gethostname().lower())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        hosts = [value for key, value in scope["headers"] if key == b"host"]
        host = hosts[0].decode("latin-1") if len(hosts) == 1 else ""
        if not self.is_ours(host):
            await refuse(
                _fenced(send, None),
                421,
                "Misdirected request",
                f"This server is not called '{host}'. If it should be, start it with --allowed-host.",
            )
            return
        origin = header(scope, b"origin")
        allowed = origin is not None and (origin in self._options.cors or "*" in self._options.cors)
        own = origin is None or self._same_origin(origin, host)
        cors = _cors_headers(origin) if allowed and origin and not own else None
        fenced = _fenced(send, cors)
        if scope["method"] == "OPTIONS":
            await self._preflight(scope, fenced, allowed=allowed or own)
        elif not own and not allowed:
            await refuse(
                fenced, 403, "Cross-origin request", f"Pages of {origin} may not use this server; see --cors ORIGIN."
            )
        elif origin is None and header(scope, b"sec-fetch-site") == "cross-site" and not _is_navigation(scope):
            await refuse(fenced, 403, "Cross-site request", "Pages of other sites may not use this server.")
        else:
            await self._app(scope, receive, fenced)

    def is_ours(self, host: str) -> bool:
        """Tell whether a Host header names this server."""
        if not host or any(letter in host for letter in "/@\\ ,"):
            return False
        try:
            parts = urlsplit(f"//{host}")
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        if name in self._names:
            return True
        try:
            # An address is no name that anybody could point elsewhere. It matters only where we listen on it.
            return bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    @staticmethod
    def _same_origin(origin: str, host: str) -> bool:
        return origin.lower() in (f"http://{host}".lower(), f"https://{host}".lower())

    @staticmethod
    async def _preflight(scope: Scope, send: Send, *, allowed: bool) -> None:
        headers = [(b"allow", b"GET, HEAD, POST, OPTIONS")]
        if allowed and header(scope, b"access-control-request-method"):
            headers += [
                (b"access-control-allow-methods", b"GET, HEAD, POST"),
                (b"access-control-allow-headers", b"accept, authorization, content-type, if-none-match"),
                (b"access-control-max-age", b"600"),
            ]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _cors_headers(origin: str) -> Headers:
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-expose-headers", b"etag, link, retry-after"),
        (b"vary", b"origin"),
    ]


def _is_navigation(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD") and header(scope, b"sec-fetch-mode") == "navigate"


def _fenced(send: Send, cors: Headers | None) -> Send:
    async def fenced(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            headers += _FENCES
            names = {name.lower() for name, _ in headers}
            if b"content-security-policy" not in names:
                headers.append((b"content-security-policy", POLICY.encode()))
            headers += cors or _OWN_ORIGIN
            message["headers"] = headers
        await send(message)

    return fenced
