"""Small answers, kept while the data stays as it is: the same question to the same data has the same answer."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b

from disputegraph.server.pool import Pool, Result

__all__ = ["Kept", "key_of"]

_LARGEST = 1 << 18
_ALL = 1 << 25
_EACH = 500
"""Bytes that an answer takes beside its own."""


def key_of(head: bytes, body: bytes) -> bytes:
    """Return by what a question is known again: the head and body of its job."""
    return blake2b(head + b"\0" + body, digest_size=16).digest()


class Kept:
    """The answers to the latest questions."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._answers: OrderedDict[bytes, Result] = OrderedDict()
        self._bytes = 0
        self._version = 0

    def recall(self, key: bytes) -> Result | None:
        """Return the answer to a question that was asked before, if it is here."""
        if self._version != self._pool.version:
            self._answers.clear()
            self._bytes, self._version = 0, self._pool.version
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def keep(self, key: bytes, result: Result) -> None:
        """Keep an answer, unless it is large or of an old state; the oldest make room."""
        if result.file is not None or len(result.body) > _LARGEST or result.version != self._version:
            return
        before = self._answers.pop(key, None)
        self._answers[key] = result
        self._bytes += len(result.body) + _EACH - (0 if before is None else len(before.body) + _EACH)
        while self._bytes > _ALL:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest.body) + _EACH
