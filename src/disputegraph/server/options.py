"""What the server is told when it starts."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Limits", "ServerOptions"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use, and how many may be under way.

    Attributes:
        seconds: wall-clock time of a query; its process is killed then.
        rows: rows or triples of an answer.
        megabytes: memory a query may take beside the data itself (MiB, enforced by the kernel as RLIMIT_AS).
        workers: processes that stand ready for short queries.
        slow: queries that may run for longer than `slice` at the same time.
        waiting: queries that may wait for a worker; more are told to come back.
        slice: seconds after which a query counts as long and leaves the ready workers to others.
        request: bytes of a request's body.
        body_seconds: seconds in which a request's head, and then its body, has to arrive.
        write_seconds: seconds a client may take to read the next piece of an answer.
        connections: connections at the same time.
    """

    seconds: float = 30.0
    rows: int = 100_000
    megabytes: int = 1024
    workers: int = 2
    slow: int = 2
    waiting: int = 256
    slice: float = 0.25
    request: int = 1_000_000
    body_seconds: float = 10.0
    write_seconds: float = 30.0
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
    many: int = 100_000
    limits: Limits = field(default_factory=Limits)


def ready_workers() -> int:
    """Return how many ready workers suit this machine: one a core, at least two and at most eight."""
    return min(8, max(2, os.cpu_count() or 2))
