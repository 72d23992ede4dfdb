"""`/sparql`: the SPARQL 1.1 Protocol endpoint."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from disputegraph.server.job_errors import Busy
from disputegraph.server.options import ServerOptions
from disputegraph.server.protocol import Operation, ProtocolError, read_request
from disputegraph.server.responses import reads_html, respond
from disputegraph.server.served_data import ServedData

_Value = TypeVar("_Value")


class Endpoint:
    """Answers requests for queries and updates."""

    def __init__(self, data: ServedData, options: ServerOptions) -> None:
        self._data = data
        self._options = options
        self._received = 0  # bytes of all bodies that are being received

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        body = b"" if request.method in ("GET", "HEAD") else await self.body(request)
        content_type, query_string = request.headers.get("content-type"), request.scope["query_string"]
        operation = read_request(request.method, query_string, content_type, body)
        if operation.update is not None:
            return await self._update(request, operation)
        if operation.query is None:
            return await self._describe(request, operation)
        head = {"job": "query", "accept": request.headers.get("accept"), "base": _address(request)}
        asked = self._data.pool.run(head | operation.head(), operation.query.encode())
        return respond(request, await unless_gone(request, asked))

    async def body(self, request: Request) -> bytes:
        """Return the whole body.

        Raises:
            ProtocolError: it is too large (413), or has not come in time (408).
            Busy: all bodies together are too large.
        """
        limits = self._options.limits
        close = {"Connection": "close"}
        too_large = ProtocolError(413, f"The request is larger than {limits.request:,} bytes.", close)
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > limits.request:
            raise too_large
        body = bytearray()
        try:
            async with asyncio.timeout(limits.body_seconds):
                async for piece in request.stream():
                    self._received += len(piece)
                    body += piece
                    if len(body) > limits.request:
                        raise too_large
                    if self._received > limits.requests:
                        raise Busy("too many large requests are being received.")
        except TimeoutError:
            raise ProtocolError(408, f"The request did not come within {limits.body_seconds:g} s.", close) from None
        finally:
            self._received -= len(body)
        return bytes(body)

    async def _describe(self, request: Request, operation: Operation) -> Response:
        if request.method == "POST":
            raise ProtocolError(400, "The form has no 'query'.")
        if reads_html(request) and not operation.format:
            return RedirectResponse("/query", 303)
        head = {"job": "service", "accept": request.headers.get("accept"), "endpoint": _address(request)}
        head |= {"address": base_address(request), "format": operation.format}
        return respond(request, await self._data.pool.run(head | {"writable": self._options.writable}))

    async def _update(self, request: Request, operation: Operation) -> Response:
        if not self._options.writable:
            raise ProtocolError(403, "This server is read-only; updates need 'disputegraph serve --writable'.")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        # Starlette decodes headers as Latin-1; clients send a token beyond ASCII as UTF-8.
        given, known = token.strip().encode("latin-1"), (self._options.token or "").encode()
        if scheme.lower() != "bearer" or not known or not hmac.compare_digest(given, known):
            raise ProtocolError(
                401, "An update needs the header 'Authorization: Bearer TOKEN'.", {"WWW-Authenticate": "Bearer"}
            )
        assert operation.update is not None  # noqa: S101  # asked for by the caller
        await self._data.update(operation.update.encode(), {"base": _address(request), **operation.head()})
        return Response(status_code=204)


async def unless_gone(request: Request, answer: Awaitable[_Value]) -> _Value:
    """Return the answer, unless the client leaves before it is there; its making is cancelled then.

    Raises:
        ClientDisconnect: the client has left.
    """

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    making, leaving = asyncio.ensure_future(answer), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({making, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not making.done():
            raise ClientDisconnect
        return await making
    finally:
        making.cancel()
        leaving.cancel()


def base_address(request: Request) -> str:
    """Return the address of the server as the client called it, without a slash at the end."""
    return f"{request.url.scheme}://{request.headers['host']}"


def _address(request: Request) -> str:
    return f"{base_address(request)}{request.url.path.rstrip('/')}"
