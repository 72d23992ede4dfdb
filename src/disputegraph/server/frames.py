"""Messages between the server and its workers: a head of JSON and a body of bytes.

JSON and not pickle: what a worker sends is shaped by queries that strangers wrote.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

__all__ = ["Frames", "encode", "pack"]

_LENGTHS = struct.Struct("!II")

Message = tuple[dict[str, Any], bytes]


def encode(head: Mapping[str, Any]) -> bytes:
    """Return a head as it travels."""
    return json.dumps(head, separators=(",", ":")).encode()


def pack(head: bytes, body: bytes = b"") -> bytes:
    """Return one message, of an encoded head and a body, as bytes."""
    return b"".join((_LENGTHS.pack(len(head), len(body)), head, body))


class Frames:
    """Messages cut from a stream that comes in pieces."""

    __slots__ = ("_data",)

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """Add a piece; return the messages that are whole now."""
        self._data += data
        found: list[Message] = []
        start, there = 0, len(self._data)
        while there - start >= _LENGTHS.size:
            head_length, body_length = _LENGTHS.unpack_from(self._data, start)
            body = start + _LENGTHS.size + head_length
            if there < body + body_length:
                break
            found.append(
                (json.loads(self._data[start + _LENGTHS.size : body]), bytes(self._data[body : body + body_length]))
            )
            start = body + body_length
        if start:
            del self._data[:start]
        return found
