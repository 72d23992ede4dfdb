"""Addresses of servers: which text is one, and how one may be shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

from disputegraph.errors import UsageError


def is_address(location: str | Path) -> bool:
    """Return whether `location` is the address of a server."""
    return str(location).lower().startswith(("http://", "https://"))


def split_address(address: str) -> SplitResult:
    """Return the parts of an address, which has a host and perhaps a port.

    Raises:
        UsageError: it is not the address of a server.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        # The text may hold a password, so it is not repeated.
        raise UsageError(f"this is not the address of a server: {_because(error)}.") from None
    if not parts.hostname:
        raise UsageError("this is not the address of a server: it names no host.")
    return parts


def public_address(address: str) -> str:
    """Return an address as it may be shown: without user and password.

    Raises:
        UsageError: it is not the address of a server.
    """
    parts = split_address(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme.lower(), host + port, parts.path, parts.query, ""))


def _because(error: ValueError) -> str:
    if str(error).startswith("Port"):
        return "its port is not a number from 0 to 65535"
    return "its host is malformed (an IPv6 address stands in brackets, as in http://[::1]:3030/)"
