"""`/sparql`: the SPARQL 1.1 Protocol endpoint."""

from __future__ import annotations

import hmac
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from disputegraph.server.bodies import Disconnected, read_body, send_file, until_gone
from disputegraph.server.errors import Busy, JobError, Stopped
from disputegraph.server.frames import encode
from disputegraph.server.job import Job
from disputegraph.server.kept import Kept, key_of
from disputegraph.server.negotiation import accepted_encoding, choose
from disputegraph.server.options import ServerOptions
from disputegraph.server.pool import Pool, Result
from disputegraph.server.protocol import Operation, ProtocolError, query_head, read_request
from disputegraph.server.safety import Headers, Receive, Scope, Send, header, refuse, respond

__all__ = ["CACHING", "Endpoint", "base_address", "request_head", "send_failure", "send_result", "with_charset"]

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


CACHING = [(b"vary", b"Accept, Accept-Encoding"), (b"cache-control", b"no-cache")]
"""Headers of every answer that a worker made."""


def request_head(accept: str | None, encoding: str | None, base: str) -> bytes:
    """Return the head of the job that answers a GET with these headers; the body is what follows the question mark."""
    head: dict[str, Any] = {"job": "request", "accept": accept, "base": base}
    if accepted_encoding(encoding):
        head["gzip"] = True
    return encode(head)


class Endpoint:
    """The endpoint as an ASGI application."""

    def __init__(self, pool: Pool, kept: Kept, options: ServerOptions, *, after_update: Any = None) -> None:
        self._pool = pool
        self._kept = kept
        self._options = options
        self._after_update = after_update

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
        accept, encoding = header(scope, b"accept"), header(scope, b"accept-encoding")
        if scope["method"] in ("GET", "HEAD"):
            job = Job(request_head(accept, encoding, _address(scope)), scope["query_string"])
        else:
            assert operation.query is not None  # noqa: S101  # asked for above
            head = {"job": "query", "accept": accept, "base": _address(scope), **query_head(operation)}
            if accepted_encoding(encoding):
                head["gzip"] = True
            job = Job(encode(head), operation.query.encode())
        await self.answer(scope, receive, send, job)

    async def answer(self, scope: Scope, receive: Receive, send: Send, job: Job) -> None:
        """Send the answer to a query; raises as `Pool.run`."""
        job.key = key_of(job.head, job.body)
        result = self._kept.recall(job.key)
        if result is None:
            under_way: Job | None = scope.get("state", {}).get("job")  # a plain question that proved to be none
            gone = lambda: until_gone(receive)  # noqa: E731
            result = await (self._pool.answer(job, gone) if under_way is None else self._pool.follow(under_way, gone))
            self._kept.keep(job.key, result)
        etag = f'"{result.version}-{job.key.hex()}"'
        await send_result(scope, send, result, etag=etag)

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
        assert operation.update is not None  # noqa: S101  # asked for by the caller
        await self._after_update(operation.update.encode(), {"base": _address(scope), **query_head(operation)})
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def base_address(scope: Scope) -> str:
    """Return the address of the server as the client called it, without a slash at the end."""
    return f"{scope['scheme']}://{header(scope, b'host')}"


def _address(scope: Scope) -> str:
    return f"{base_address(scope)}{scope['path'].rstrip('/')}"


async def send_result(
    scope: Scope,
    send: Send,
    result: Result,
    *,
    etag: str | None = None,
    headers: list[tuple[bytes, bytes]] | None = None,
) -> None:
    """Send what a worker answered; 304 where the client has it already."""
    start = [*CACHING, *(headers or ())]
    if etag is not None:
        start.append((b"etag", etag.encode()))
        known = header(scope, b"if-none-match")
        if known is not None and (known.strip() == "*" or etag in known):
            if result.file is not None:
                result.file.unlink(missing_ok=True)
            await send({"type": "http.response.start", "status": 304, "headers": start})
            await send({"type": "http.response.body", "body": b""})
            return
    start.append((b"content-type", with_charset(result.type).encode()))
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


def with_charset(media_type: str) -> str:
    """Return the value of the Content-Type header for what a worker sent; text is always UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") and ";" not in media_type else media_type


async def send_failure(send: Send, error: JobError | Busy, *, page: bool = False) -> None:
    """Send why there is no answer; as a page to whom wants to read it in a browser."""
    headers: Headers = []
    if isinstance(error, Busy):
        status, title, more = 503, "The server is busy", {}
        headers = [(b"retry-after", str(error.seconds).encode())]
    else:
        status, title = _STATUS[error.kind]
        more = {"kind": error.kind, **error.facts}
    detail = f"{str(error)[:1].upper()}{str(error)[1:]}"
    if page:
        headers.append((b"cache-control", b"no-store"))
        text = Template((Path(__file__).parent / "templates/problem.html").read_text(encoding="utf-8"))
        body = text.substitute(title=escape(title), detail=escape(detail)).encode()
        await respond(send, status, body, "text/html; charset=utf-8", headers)
    else:
        await refuse(send, status, title, detail, headers=headers, **more)
