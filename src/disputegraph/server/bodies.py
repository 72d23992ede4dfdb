"""Bodies in both directions: a request's within its size and time, an answer's to clients that may be slow."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from disputegraph.server.protocol import ProtocolError
from disputegraph.server.safety import Message, Receive, Scope, Send, header

__all__ = ["Disconnected", "read_body", "send_file", "until_gone"]

_PIECE = 1 << 18


class Disconnected(Exception):  # noqa: N818  # what happened, not an error of ours
    """The client left before its request was whole."""


async def read_body(scope: Scope, receive: Receive, *, most: int, seconds: float) -> bytes:
    """Return the whole body of a request.

    Raises:
        ProtocolError: it is larger than `most` bytes (413), or has not come within `seconds` (408).
        Disconnected: the client left.
    """
    too_large = ProtocolError(413, f"The request is larger than {most:,} bytes.", {"Connection": "close"})
    announced = header(scope, b"content-length")
    if announced is not None and announced.isdecimal() and int(announced) > most:
        raise too_large
    parts, size = [], 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Disconnected
                part = message.get("body", b"")
                size += len(part)
                if size > most:
                    raise too_large
                parts.append(part)
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError:
        raise ProtocolError(408, f"The request did not come within {seconds:g} s.", {"Connection": "close"}) from None


async def until_gone(receive: Receive) -> None:
    """Wait until the client has left; to be called when the request's body has been read."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def send_file(send: Send, path: Path, start: Message, *, keep: bool = False) -> None:
    """Send a file piece by piece, and delete it unless it is to be kept."""

    def read(stream: Any) -> bytes:
        data: bytes = stream.read(_PIECE)
        return data

    with path.open("rb") as stream:
        if not keep:
            path.unlink()  # open it stays until it is sent; after a crash nothing is left
        await send(start)
        piece = await asyncio.to_thread(read, stream)
        while piece:
            following = await asyncio.to_thread(read, stream)
            await send({"type": "http.response.body", "body": piece, "more_body": bool(following)})
            piece = following
            if not piece:
                return
        await send({"type": "http.response.body", "body": b""})
