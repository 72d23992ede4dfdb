"""The short way of plain questions: GET /sparql, as most programs ask it, from the socket to a worker and back.

It does for the commonest request what the long way (ASGI) does for every one, in a fraction of the time: the same
checks, the same job, the same headers. Whatever is the least bit unusual goes the long way from the start: another
method or address, a header that is not on the list, an origin, a condition. And what turns out unusual later, an error
or a query that takes long, goes on there with its job under way.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import NamedTuple

from disputegraph.server.access import AccessLog
from disputegraph.server.endpoint import CACHING, request_head, with_charset
from disputegraph.server.errors import Busy
from disputegraph.server.job import Job
from disputegraph.server.kept import Kept, key_of
from disputegraph.server.pool import Pool, Result
from disputegraph.server.safety import FENCES, Gate, Headers

__all__ = ["Asked", "Quick"]

_START, _END = b"GET /sparql?", b" HTTP/1.1\r\n"
_TARGET = re.compile(rb"[!\"$-~]+")
_HEADERS = re.compile(rb"(?:[A-Za-z-]+: ?[!-~]?[ -~]*\r\n)+\r\n")
_HARMLESS = frozenset(
    (b"host", b"user-agent", b"accept", b"accept-encoding", b"accept-language", b"connection", b"cache-control",
     b"pragma")
)  # fmt: skip
_REMEMBERED = 256
_LONGEST = 1 << 14


class Asked(NamedTuple):
    """A question under way.

    Attributes:
        data: the request as it came.
        job: the job.
        since: when it came (`time.perf_counter`).
    """

    data: bytes
    job: Job
    since: float


class Quick:
    """Knows plain questions from others, and answers them."""

    def __init__(self, pool: Pool, kept: Kept, gate: Gate, log: AccessLog) -> None:
        self._pool, self._kept, self._gate, self._log = pool, kept, gate, log
        self._heads: dict[bytes, bytes | None] = {}
        self._start = _lines([*CACHING, *FENCES])
        self._dated: Headers | None = None
        self._date = b""

    def ask(self, data: bytes, then: Callable[[], None], answer: Callable[[Result, Asked], None]) -> Asked | None:
        """Begin to answer a request.

        Args:
            data: what has come from the client.
            then: called when the job has become slow or is done.
            answer: called at once when the answer is known already.

        Returns:
            The question under way; None where the request has to go the long way. Both are told apart from a question
            that was answered at once by its job being done.
        """
        end = data.find(_END)
        if end < 0 or len(data) > _LONGEST or not data.startswith(_START):
            return None
        target, rest = data[len(_START) : end], data[end + len(_END) :]
        if rest in self._heads:
            head = self._heads[rest]
        else:
            head = self._read(rest)
            if len(self._heads) >= _REMEMBERED:
                self._heads.clear()
            self._heads[rest] = head
        if head is None or _TARGET.fullmatch(target) is None:
            return None
        since = time.perf_counter()
        key = key_of(head, target)
        job = Job(head, target, key)
        asked = Asked(data, job, since)
        known = self._kept.recall(key)
        if known is not None:
            job.reply = ({}, b"")
            answer(known, asked)
            return asked
        try:
            if not self._pool.submit(job):
                return None
        except Busy:
            return None
        job.then = then
        return asked

    def _read(self, headers: bytes) -> bytes | None:
        """Return the head of the job for a request with these headers, or None when they are not all harmless."""
        if _HEADERS.fullmatch(headers) is None:
            return None
        found: dict[bytes, str] = {}
        for line in headers[:-4].split(b"\r\n"):
            name, _, value = line.partition(b":")
            name = name.lower()
            if name in found or name not in _HARMLESS:
                return None
            found[name] = value.strip().decode("ascii")
        host = found.get(b"host", "")
        if not self._gate.is_ours(host) or found.get(b"connection", "keep-alive").lower() != "keep-alive":
            return None
        return request_head(found.get(b"accept"), found.get(b"accept-encoding"), f"http://{host}/sparql")

    def result(self, asked: Asked) -> Result | None:
        """Return the answer of a job, or None where the long way has to tell what became of it."""
        job = asked.job
        if job.slow or job.reply is None or "error" in job.reply[0] or "file" in job.reply[0]:
            return None
        result = self._pool.result(job)
        self._kept.keep(job.key, result)
        return result

    def answer(self, result: Result, asked: Asked, dated: Headers) -> bytes:
        """Return the answer as it goes to the client, and write it down in the log."""
        if dated is not self._dated:
            self._dated, self._date = dated, _lines(dated)
        media_type = with_charset(result.type)
        packed = b"content-encoding: gzip\r\n" if result.encoding else b""
        self._log.note("GET", "/sparql", 200, len(result.body), asked.since)
        return b"".join((
            b"HTTP/1.1 200 OK\r\n", self._date, self._start,
            f'etag: "{result.version}-{asked.job.key.hex()}"\r\ncontent-type: {media_type}\r\n'.encode(), packed,
            b"content-length: %d\r\n\r\n" % len(result.body), result.body,
        ))  # fmt: skip


def _lines(headers: Headers) -> bytes:
    return b"".join(b"%b: %b\r\n" % pair for pair in headers)
