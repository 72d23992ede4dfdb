"""Connections that do not wait for ever, and that know a plain question when they see one.

uvicorn bounds idle time between two requests only. Here a request's head has to be whole within some seconds and some
kilobytes, and a client has to take what is sent to it; else the connection is cut. Plain questions to the endpoint go
the short way (see `quick`), if httptools is installed; all else is uvicorn's.
"""

from __future__ import annotations

import asyncio
from typing import Any

from disputegraph.server.options import Limits
from disputegraph.server.pool import Result
from disputegraph.server.quick import Asked, Quick

__all__ = ["connection_class"]

_HEAD = 1 << 16
"""Bytes of a request's head, its address with the query included. Longer queries are sent by POST."""

_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n"
    b"The head of the request is longer than 65,536 bytes; send long queries by POST.\n"
)


def connection_class(limits: Limits, quick: Quick) -> type[asyncio.Protocol]:
    """Return uvicorn's protocol with these bounds; on httptools where that is installed, else on h11."""
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    except ImportError:
        # It is slower, and does as well otherwise.
        from uvicorn.protocols.http.h11_impl import H11Protocol

        found: type[asyncio.Protocol] = _bounded(H11Protocol, limits)
    else:
        found = _quick(_bounded(HttpToolsProtocol, limits), limits, quick)
    return found


def _bounded(base: Any, limits: Limits) -> Any:  # noqa: C901  # a class of small methods
    class Bounded(base):  # type: ignore[misc]  # chosen above
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
            if self._in_request() or self.transport.is_closing():
                return
            if self._head_bytes:
                self.transport.abort()
            else:
                self.transport.close()  # browsers open connections in advance; these are told politely

    return Bounded


def _quick(base: Any, limits: Limits, quick: Quick) -> Any:  # noqa: C901  # a class of small methods
    class Connection(base):  # type: ignore[misc]  # made above
        _between = True  # no part of a request is in the parser
        _asked: Asked | None = None
        _last = 0.0
        _idle_timer: asyncio.TimerHandle | None = None

        def data_received(self, data: bytes) -> None:
            if self._asked is not None:
                self._go_the_long_way()  # the next request is here before the first is answered
            elif self._may_be_quick():
                asked = quick.ask(data, self._on_turn, self._answer)
                if asked is not None:
                    if not asked.job.done:
                        self._asked = asked
                        self._head_is_there()
                        self._unset_keepalive_if_required()
                    return
            super().data_received(data)

        def _may_be_quick(self) -> bool:
            return (
                self._between
                and not self._in_request()
                and not self.flow.write_paused
                and not self.transport.is_closing()
                and len(self.connections) < limits.connections
            )

        def _on_turn(self) -> None:
            asked = self._asked
            if asked is None:
                return
            result = quick.result(asked)
            if result is None:
                self._go_the_long_way()
            else:
                self._asked = None
                self._answer(result, asked)

        def _answer(self, result: Result, asked: Asked) -> None:
            self.transport.write(quick.answer(result, asked, self.server_state.default_headers))
            self._head_is_there()
            self._unset_keepalive_if_required()
            self._last = self.loop.time()
            if self._idle_timer is None:
                self._idle_timer = self.loop.call_later(self.timeout_keep_alive, self._look_if_idle)

        def _look_if_idle(self) -> None:
            """Close a connection that has asked nothing for a while; one timer for many questions."""
            self._idle_timer = None
            idle = self.loop.time() - self._last
            if self.transport.is_closing():
                return
            if idle >= self.timeout_keep_alive and self._asked is None and self._between and not self._in_request():
                self.timeout_keep_alive_handler()
            else:
                self._idle_timer = self.loop.call_later(max(1.0, self.timeout_keep_alive - idle), self._look_if_idle)

        def _go_the_long_way(self) -> None:
            """Let uvicorn read the request; the endpoint will find the job under way."""
            asked, self._asked = self._asked, None
            assert asked is not None  # noqa: S101  # asked for by the callers
            asked.job.then = None
            super().data_received(asked.data)
            self.scope["state"] |= {"job": asked.job, "since": asked.since}

        def on_message_begin(self) -> None:
            self._between = False
            super().on_message_begin()

        def on_message_complete(self) -> None:
            self._between = True
            self._last = self.loop.time()
            super().on_message_complete()

        def shutdown(self) -> None:
            if self._asked is not None:
                self._go_the_long_way()
            super().shutdown()

        def connection_lost(self, exc: Exception | None) -> None:
            if self._asked is not None:
                self._asked.job.then = None
                self._asked.job.give_up()
                self._asked = None
            if self._idle_timer is not None:
                self._idle_timer.cancel()
            super().connection_lost(exc)

    return Connection
