"""Messages between the server and its workers: a JSON head and a body of bytes.

JSON and not pickle: what a worker sends is shaped by queries that strangers wrote.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

__all__ = ["Frames", "pack", "receive"]

_LENGTHS = struct.Struct("!II")


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return one message as bytes."""
    text = json.dumps(head, separators=(",", ":")).encode()
    return b"".join((_LENGTHS.pack(len(text), len(body)), text, body))


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message from a blocking socket, or None when the other side has closed it."""
    lengths = _exactly(connection, _LENGTHS.size)
    if lengths is None:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    head, body = _exactly(connection, head_length), _exactly(connection, body_length)
    if head is None or body is None:
        return None
    return json.loads(head), body


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    parts = []
    while length:
        part = connection.recv(min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


class Frames:
    """Messages cut from a stream that comes in pieces."""

    __slots__ = ("_data",)

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> tuple[dict[str, Any], bytes] | None:
        """Add a piece; return the message that it completes, or None. A worker sends one message at a time."""
        self._data += data
        if len(self._data) < _LENGTHS.size:
            return None
        head_length, body_length = _LENGTHS.unpack_from(self._data)
        start = _LENGTHS.size + head_length
        if len(self._data) < start + body_length:
            return None
        head, body = json.loads(self._data[_LENGTHS.size : start]), bytes(self._data[start : start + body_length])
        del self._data[: start + body_length]
        return head, body
