"""A worker: a forked process that answers one job after another and never outlives a limit.

Three things end a query that takes too much: the server kills the worker when time is up; the kernel refuses memory
beyond the limit, which the engine does not survive; and should the server be too busy to look, the worker's own alarm
goes off a little later. A worker that has grown is replaced between two jobs.
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disputegraph.errors import DisputeGraphError, LimitError, QueryError
from disputegraph.server.errors import Missing, NotAcceptable
from disputegraph.server.frames import Frames, encode, pack
from disputegraph.server.jobs import Jobs
from disputegraph.server.protocol import ProtocolError

__all__ = ["work"]

_IN_MESSAGE = 1 << 20
"""Bytes of an answer that travel in the message; a larger one travels as a file."""

_LOOK, _SHORT = 32, 0.005
"""After how many jobs, and after a job of how many seconds, a worker looks whether it has grown."""


def work(number: int, settings: Mapping[str, Any], store: Any, *, free: bool = False) -> int:
    """Answer jobs until the server closes the connection; returns the exit code. A `free` one may use any memory."""
    if not free:
        _limit_memory(settings["megabytes"])
    folder = Path(settings["folder"])
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(folder / "workers"))
        connection.sendall(pack(encode({"worker": number, "process": os.getpid()})))
        jobs = Jobs(settings, store)
        frames = Frames()
        grown = _size() + settings["megabytes"] * 2**20 // 4
        done = 0
        while data := connection.recv(1 << 18):
            for head, body in frames.feed(data):
                seconds = head.get("seconds", settings["seconds"]) + 3
                signal.setitimer(signal.ITIMER_REAL, seconds)
                answer, data = _answer(jobs, head, body)
                left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
                done += 1
                if (done % _LOOK == 0 or seconds - left > _SHORT) and _size() > grown:
                    answer["retire"] = True
                if len(data) > _IN_MESSAGE:
                    name = f"answer-{number}-{done}"
                    (folder / name).write_bytes(data)
                    connection.sendall(pack(encode(answer | {"file": name})))
                else:
                    connection.sendall(pack(encode(answer), data))
    return 0


def _answer(jobs: Jobs, head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return jobs.do(head, body)
    except ProtocolError as error:
        return {"error": "protocol", "message": str(error)}, b""
    except NotAcceptable as error:
        return {"error": "unacceptable", "message": str(error)}, b""
    except Missing as error:
        return {"error": "missing", "message": str(error)}, b""
    except LimitError as error:
        return {"error": "limit", "message": str(error)}, b""
    except QueryError as error:
        return {"error": "query", "message": str(error), "line": error.line, "column": error.column}, b""
    except DisputeGraphError as error:
        return {"error": "usage" if error.exit_code == 2 else "data", "message": str(error)}, b""  # noqa: PLR2004
    except MemoryError:
        return {"error": "limit", "message": "the query needs more memory than it may have.", "retire": True}, b""
    except Exception as error:  # noqa: BLE001  # the server logs it as a bug and lives on
        return {"error": "bug", "message": f"{type(error).__name__}: {error}"}, b""


def _limit_memory(megabytes: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = _size() + megabytes * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _size() -> int:
    """Return the bytes of address space in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123  # read between jobs, so as cheap as can be
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
