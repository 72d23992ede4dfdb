"""What becomes of a job that gets no answer."""

from __future__ import annotations

from typing import Any

from disputegraph.errors import UsageError

__all__ = ["Busy", "JobError", "Long", "Missing", "NotAcceptable", "Stopped"]


class Missing(UsageError):  # noqa: N818  # the state of things, told as 404
    """The data says nothing of what was asked for."""


class NotAcceptable(Exception):  # noqa: N818  # it is HTTP's name for the answer 406
    """No format that the client takes can hold the answer; the text lists those on offer."""


class JobError(Exception):
    """A job that failed.

    Attributes:
        kind: query, usage, missing, data, unacceptable, limit, time, memory, crash or bug.
        facts: what else is known, such as the line of a query.
    """

    def __init__(self, kind: str, message: str, facts: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.facts = facts or {}


class Busy(Exception):  # noqa: N818  # the state of the server, told as 503
    """Too much is under way.

    Attributes:
        seconds: after which it is worth coming back.
    """

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class Long(Exception):  # noqa: N818  # what was learned of a query that waits
    """Another of the same text has proved to be long; this one is to wait with the long ones."""


class Stopped(Exception):  # noqa: N818  # nobody waits for the answer any more
    """The client has gone."""
