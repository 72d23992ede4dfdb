"""`/sparql`: the SPARQL 1.1 Protocol endpoint."""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from typing import Any

from disputegraph.server.bodies import Disconnected, read_body, send_file, until_gone
from disputegraph.server.errors import Busy, JobError, Stopped
from disputegraph.server.negotiation import accepted_encoding, choose
from disputegraph.server.options import ServerOptions
from disputegraph.server.pool import Pool, Result
from disputegraph.server.protocol import Operation, ProtocolError, read_request
from disputegraph.server.safety import Receive, Scope, Send, header, refuse

__all__ = ["Endpoint", "base_address", "send_failure", "send_result"]

_STATUS = {
    "query": (400, "The query cannot be understood"),
    "usage": (400, "The request cannot be met"),
    "missing": (404, "Not known here"),
    "data": (500, "The data cannot be read"),
    "unacceptable": (406, "No acceptable format"),
    "limit": (500, "A limit was hit"),
    "time": (504, "The query took too long"),
    "memory": (500, "The query took too much memory"),
    "crash": (500, "The query could not be answered"),
    "bug": (500, "A bug in disputegraph"),
}
# SPARQL 1.1 Protocol, sections 2.1.6 and 2.2.5: 4xx for what the client got wrong, 5xx for what the server refuses.


class Endpoint:
    """The endpoint as an ASGI application.

    Small answers are kept while the data stays as it is: the same question to the same data has the same answer.
    """

    def __init__(self, pool: Pool, options: ServerOptions, *, after_update: Any = None) -> None:
        self._pool = pool
        self._options = options
        self._after_update = after_update
        self._kept: OrderedDict[bytes, Result] = OrderedDict()
        self._kept_bytes = 0
        self._kept_version = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        limits = self._options.limits
        try:
            body = b""
            if scope["method"] not in ("GET", "HEAD"):
                body = await read_body(scope, receive, most=limits.request, seconds=limits.body_seconds)
            operation = read_request(scope["method"], scope["query_string"], header(scope, b"content-type"), body)
            if operation.update is not None:
                await self._update(scope, send, operation)
            elif operation.query is not None:
                await self._query(scope, receive, send, operation)
            else:
                await self._describe(scope, send, operation)
        except ProtocolError as error:
            headers = [(name.lower().encode(), value.encode()) for name, value in error.headers.items()]
            await refuse(send, error.status, "No SPARQL operation", str(error), headers=headers)
        except (Disconnected, Stopped):
            return
        except (JobError, Busy) as error:
            await send_failure(send, error)

    async def _query(self, scope: Scope, receive: Receive, send: Send, operation: Operation) -> None:
        head: dict[str, Any] = {"job": "query", "accept": header(scope, b"accept"), "base": _address(scope)}
        if operation.format:
            head["format"] = operation.format
        if operation.default_graphs or operation.named_graphs:
            head |= {"default_graphs": operation.default_graphs, "named_graphs": operation.named_graphs}
        if operation.bindings:
            head["bindings"] = operation.bindings
        if accepted_encoding(header(scope, b"accept-encoding")):
            head["gzip"] = True
        assert operation.query is not None  # noqa: S101  # asked for above
        await self.answer(scope, receive, send, head, operation.query.encode())

    async def answer(self, scope: Scope, receive: Receive, send: Send, head: dict[str, Any], text: bytes) -> None:
        """Send the answer to a query; raises as `Pool.run`."""
        key = hashlib.blake2b(repr(sorted(head.items())).encode() + b"\0" + text, digest_size=16).digest()
        result = self._recall(key)
        if result is None:
            result = await self._pool.run(head, text, gone=lambda: until_gone(receive))
            self._keep(key, result)
        etag = f'"{result.version}-{key.hex()}"'
        await send_result(scope, send, result, etag=etag)

    def _recall(self, key: bytes) -> Result | None:
        if self._kept_version != self._pool.version:
            self._kept.clear()
            self._kept_bytes, self._kept_version = 0, self._pool.version
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        return None

    def _keep(self, key: bytes, result: Result) -> None:
        if result.file is not None or len(result.body) > _LARGEST_KEPT or result.version != self._kept_version:
            return
        self._kept[key] = result
        self._kept_bytes += len(result.body)
        while self._kept_bytes > _ALL_KEPT:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest.body)

    async def _describe(self, scope: Scope, send: Send, operation: Operation) -> None:
        if scope["method"] == "POST":
            raise ProtocolError(400, "The form has no 'query'.")
        accept = header(scope, b"accept")
        if choose(accept, ["text/turtle", "text/html"]) == "text/html" and not operation.format:
            await send({"type": "http.response.start", "status": 303, "headers": [(b"location", b"/query")]})
            await send({"type": "http.response.body", "body": b""})
            return
        head: dict[str, Any] = {"job": "service", "accept": accept, "endpoint": _address(scope)}
        head |= {"address": base_address(scope)}
        head |= {"format": operation.format, "writable": self._options.writable}
        await send_result(scope, send, await self._pool.run(head))

    async def _update(self, scope: Scope, send: Send, operation: Operation) -> None:
        if not self._options.writable:
            raise ProtocolError(403, "This server is read-only; updates need 'disputegraph serve --writable'.")
        scheme, _, token = (header(scope, b"authorization") or "").partition(" ")
        known = self._options.token or ""
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), known.encode()) or not known:
            raise ProtocolError(
                401, "An update needs the header 'Authorization: Bearer TOKEN'.", {"WWW-Authenticate": "Bearer"}
            )
        if operation.default_graphs or operation.named_graphs:
            raise ProtocolError(400, "using-graph-uri is not supported; write USING or WITH in the update.")
        assert operation.update is not None  # noqa: S101  # asked for by the caller
        await self._after_update(operation.update.encode(), _address(scope))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


_LARGEST_KEPT = 1 << 18
_ALL_KEPT = 1 << 25


def base_address(scope: Scope) -> str:
    """Return the address of the server as the client called it, without a slash at the end."""
    return f"{scope['scheme']}://{header(scope, b'host')}"


def _address(scope: Scope) -> str:
    return f"{base_address(scope)}{scope['path']}"


async def send_result(
    scope: Scope,
    send: Send,
    result: Result,
    *,
    etag: str | None = None,
    headers: list[tuple[bytes, bytes]] | None = None,
) -> None:
    """Send what a worker answered; 304 where the client has it already."""
    start = [(b"vary", b"Accept, Accept-Encoding"), (b"cache-control", b"no-cache"), *(headers or ())]
    if etag is not None:
        start.append((b"etag", etag.encode()))
        known = header(scope, b"if-none-match")
        if known is not None and (known.strip() == "*" or etag in known):
            if result.file is not None:
                result.file.unlink(missing_ok=True)
            await send({"type": "http.response.start", "status": 304, "headers": start})
            await send({"type": "http.response.body", "body": b""})
            return
    start.append((b"content-type", _with_charset(result.type).encode()))
    if result.encoding:
        start.append((b"content-encoding", result.encoding.encode()))
    message = {"type": "http.response.start", "status": 200, "headers": start}
    if result.file is not None:
        start.append((b"content-length", str(result.file.stat().st_size).encode()))
        await send_file(send, result.file, message)
    else:
        start.append((b"content-length", str(len(result.body)).encode()))
        await send(message)
        await send({"type": "http.response.body", "body": result.body})


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") and ";" not in media_type else media_type


async def send_failure(send: Send, error: JobError | Busy) -> None:
    """Send why there is no answer."""
    if isinstance(error, Busy):
        headers = [(b"retry-after", str(error.seconds).encode())]
        await refuse(send, 503, "The server is busy", f"{str(error)[:1].upper()}{str(error)[1:]}", headers=headers)
        return
    status, title = _STATUS[error.kind]
    await refuse(send, status, title, str(error), kind=error.kind, **error.facts)
