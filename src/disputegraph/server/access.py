"""The access log: one line of JSON for every request, without addresses of clients or texts of queries."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from typing import TextIO

from disputegraph.server.safety import App, Message, Receive, Scope, Send

__all__ = ["AccessLog"]


class AccessLog:
    """Writes down what was asked for and how it went."""

    def __init__(self, app: App, stream: TextIO | None = None) -> None:
        self._app = app
        self._stream = stream or sys.stderr

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write its line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status, size = 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "method": scope["method"],
                "path": scope["path"],
                "status": status or None,  # none: the client left first
                "bytes": size,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            }
            self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._stream.flush()
