"""What the server is told when it starts."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


def _cores() -> int:
    return min(8, max(2, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use, and how many may be under way.

    Attributes:
        seconds: wall-clock time of a query; its process is killed then.
        rows: rows or triples of an answer.
        megabytes: memory (MiB) that a query may take; bounded on Linux.
        workers: processes that are ready for short queries: one a core, at least two and at most eight.
        slice: seconds after which a query counts as long and leaves the ready workers to others.
        slow: long queries at the same time.
        waiting: queries that may wait for a worker; more are told to come back.
        request: bytes of a request's body.
        requests: bytes of all bodies that are being received.
        body_seconds: seconds in which a request's body has to arrive.
        connections: connections at the same time.
    """

    seconds: float = 30.0
    rows: int = 100_000
    megabytes: int = 1024
    workers: int = field(default_factory=_cores)
    slice: float = 0.5
    slow: int = 2
    waiting: int = 256
    request: int = 1_000_000
    requests: int = 16_000_000
    body_seconds: float = 10.0
    connections: int = 1000


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """How a dispute is served.

    Attributes:
        locations: the data, as `open_store` takes it.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        sources: folder of source texts, from which the page shows its quotes.
        title: title of the page; None takes the dispute's.
        writable: take SPARQL updates from whoever knows the token.
        token: what an update must bear; needed with `writable`.
        cors: origins whose scripts may read answers; "*" is all.
        allowed_hosts: names by which the server may be called beside its address and localhost.
        watch: load the data again when its files change.
        coding: the project to code in the browser, if any; then `token` is the session's.
        coder: who codes.
        independent: whether the coder codes apart from the others.
        many: triples from which the page leaves details out and asks for them when they are looked at.
        limits: what queries may use.
    """

    locations: tuple[str, ...]
    host: str = "127.0.0.1"
    port: int = 8765
    sources: Path | None = None
    title: str | None = None
    writable: bool = False
    token: str | None = None
    cors: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    watch: bool = False
    coding: Path | None = None
    coder: str | None = None
    independent: bool = False
    many: int = 100_000
    limits: Limits = field(default_factory=Limits)
