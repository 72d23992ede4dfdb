"""How long an answer of another machine is waited for: what the user has set, else what is usual."""

from __future__ import annotations

import os

from disputegraph.errors import UsageError


def seconds_to_wait(variable: str, usual: float, *, below: float | None = None) -> float:
    """Return the seconds that an environment variable says.

    Args:
        variable: its name.
        usual: the seconds where it is not set.
        below: what they must stay below.

    Raises:
        UsageError: it is no number of seconds.
    """
    given = os.environ.get(variable) or usual
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not seconds > 0 or (below is not None and seconds >= below):
        raise UsageError(f"${variable} is '{given}', and should be a number of seconds.")
    return seconds
