"""Why a job got no answer, in the worker and in the server."""

from __future__ import annotations

import errno
from typing import Any

from disputegraph.errors import DisputeGraphError, FormatError, LimitError, OutputError, QueryError, UsageError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Missing(UsageError):  # noqa: N818  # the state of things, told as 404
    """The data says nothing of what was asked for."""


class Conflict(UsageError):  # noqa: N818  # told as 409
    """The file was changed by another program since it was loaded."""


class NotAcceptable(UsageError):  # noqa: N818  # it is HTTP's name for the answer 406
    """No format that the client takes can hold the answer; the text lists those on offer."""


class JobError(Exception):
    """A job that failed.

    Attributes:
        kind: query, usage, missing, conflict, data, unacceptable, limit, time, memory, full, crash or bug.
        facts: what else is known, such as the line of a query.
    """

    def __init__(self, kind: str, message: str, facts: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.facts = facts or {}


class Busy(Exception):  # noqa: N818  # the state of the server, told as 503
    """Too much is under way, or the server is stopping.

    Attributes:
        seconds: after which it is worth coming back.
    """

    def __init__(self, message: str, seconds: int = 5) -> None:
        super().__init__(message)
        self.seconds = seconds


_KINDS: dict[type[Exception], str] = {  # the first that fits counts
    Missing: "missing",
    Conflict: "conflict",
    NotAcceptable: "unacceptable",
    FormatError: "unacceptable",
    LimitError: "limit",
    QueryError: "query",
    UsageError: "usage",
    DisputeGraphError: "data",
}


def told(error: Exception) -> dict[str, Any]:
    """Return an error of a job as the head of an answer, from which the server makes a `JobError`."""
    head: dict[str, Any] = {"message": str(error)}
    cause = error.__context__ if isinstance(error, OutputError) else error
    if isinstance(cause, OSError) and cause.errno in _FULL:
        return {"error": "full", "message": f"the disk is full: {error}"}
    head["error"] = next((name for kind, name in _KINDS.items() if isinstance(error, kind)), "bug")
    if head["error"] == "bug":
        head["message"] = f"{type(error).__name__}: {error}"
    if isinstance(error, QueryError):
        head |= {name: value for name in ("line", "column") if (value := getattr(error, name)) is not None}
    return head
