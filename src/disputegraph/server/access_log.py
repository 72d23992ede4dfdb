"""The log: a line of JSON for every request, without addresses of clients or texts of queries, and for every event."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AccessLog:
    """Middleware that writes down what was asked for and how it went."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write its line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        since = time.perf_counter()
        status, size = None, 0  # no status: the client left first

        async def counted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            milliseconds = round((time.perf_counter() - since) * 1000, 1)
            write_event(method=scope["method"], path=scope["path"], status=status, bytes=size, ms=milliseconds)


def write_event(**facts: object) -> None:
    """Write down what has happened: a request, or another event."""
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **facts}
    with contextlib.suppress(OSError, ValueError):  # a log that nobody reads any more is no reason to stop serving
        sys.stderr.write(json.dumps(line) + "\n")
        sys.stderr.flush()
