"""Connections that do not wait for ever: a slow or endless head, and a client that does not read its answer.

uvicorn bounds idle time between two requests only. Here a request's head has to be whole within some seconds and some
kilobytes, and a client has to take what is sent to it; else the connection is cut.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from disputegraph.server.options import Limits

__all__ = ["connection_class"]

_HEAD = 1 << 16
"""Bytes of a request's head, its address with the query included. Longer queries are sent by POST."""

_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n"
    b"The head of the request is longer than 65,536 bytes; send long queries by POST.\n"
)


def connection_class(limits: Limits) -> type[asyncio.Protocol]:  # noqa: C901  # a class of small methods
    """Return uvicorn's protocol with these bounds; on httptools where that is installed, else on h11."""
    base: Any = H11Protocol
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

        base = HttpToolsProtocol
    except ImportError:
        pass  # h11 is slower, and does as well otherwise

    class Connection(base):  # type: ignore[misc]  # chosen above
        _head_timer: asyncio.TimerHandle | None = None
        _read_timer: asyncio.TimerHandle | None = None
        _head_bytes = 0

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._expect_head()

        def data_received(self, data: bytes) -> None:
            if not self._in_request():
                if self._head_timer is None:
                    self._expect_head()
                self._head_bytes += len(data)
            super().data_received(data)
            if self._in_request():
                self._head_is_there()
            elif self._head_bytes > _HEAD and not self.transport.is_closing():
                self.transport.write(_TOO_LONG)
                self.transport.close()

        def connection_lost(self, exc: Exception | None) -> None:
            self._head_is_there()
            self.resume_reading_client()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            self._read_timer = asyncio.get_running_loop().call_later(limits.write_seconds, self.transport.abort)
            super().pause_writing()

        def resume_writing(self) -> None:
            self.resume_reading_client()
            super().resume_writing()

        def resume_reading_client(self) -> None:
            if self._read_timer is not None:
                self._read_timer.cancel()
                self._read_timer = None

        def timeout_keep_alive_handler(self) -> None:
            super().timeout_keep_alive_handler()
            # Closing waits until what is left has been sent, and the client may never take it.
            asyncio.get_running_loop().call_later(limits.write_seconds, self.transport.abort)

        def _in_request(self) -> bool:
            cycle = getattr(self, "cycle", None)
            return cycle is not None and not cycle.response_complete

        def _expect_head(self) -> None:
            self._head_bytes = 0
            self._head_timer = asyncio.get_running_loop().call_later(limits.body_seconds, self._cut)

        def _head_is_there(self) -> None:
            if self._head_timer is not None:
                self._head_timer.cancel()
                self._head_timer = None

        def _cut(self) -> None:
            self._head_timer = None
            if not self._in_request() and not self.transport.is_closing():
                self.transport.abort()

    return Connection
