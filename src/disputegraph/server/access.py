"""The log: one line of JSON for every request, without addresses of clients or texts of queries, and for every event.

Lines are written together a few times a second: a write for each would cost more than many a query.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

from disputegraph.server.safety import App, Message, Receive, Scope, Send

__all__ = ["AccessLog"]

_TOGETHER = 0.2
"""Seconds after which a line is written at the latest."""


class AccessLog:
    """Writes down what was asked for and how it went."""

    def __init__(self, app: App, stream: TextIO | None = None) -> None:
        self._app = app
        self._stream = stream or sys.stderr
        self._lines: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write its line."""
        if scope["type"] != "http":
            try:
                await self._app(scope, receive, send)
            finally:
                self.flush()  # the end of the lifespan is the end of the log
            return
        since = time.perf_counter()
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
            # No status: the client left first.
            since = scope.get("state", {}).get("since", since)
            self.note(scope["method"], scope["path"], status or None, size, since)

    def note(self, method: str, path: str, status: int | None, size: int, since: float) -> None:
        """Write down a request that came at `since` (`time.perf_counter`) and is answered now."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        milliseconds = round((time.perf_counter() - since) * 1000, 1)
        line = {"time": now, "method": method, "path": path, "status": status, "bytes": size, "ms": milliseconds}
        self._write(line)

    def tell(self, event: str, **facts: object) -> None:
        """Write down what has happened beside requests."""
        self._write({"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts})

    def _write(self, line: Mapping[str, object]) -> None:
        self._lines.append(json.dumps(line) + "\n")
        if len(self._lines) == 1:
            asyncio.get_running_loop().call_later(_TOGETHER, self.flush)

    def flush(self) -> None:
        """Write what has come together; a log that nobody takes any more is no reason to stop serving."""
        lines, self._lines = self._lines, []
        with contextlib.suppress(OSError, ValueError):
            self._stream.write("".join(lines))
            self._stream.flush()
