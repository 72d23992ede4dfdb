"""One HTTP request to a language model's server: how long we wait, how much we read, how often we try again.

A slow answer may come byte by byte, so that no time limit of a socket ever strikes: the exchange runs in a thread, and
is left when the time for the whole of it is over.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from time import sleep
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from disputegraph.errors import DataError, LimitError

TIMEOUT = "DISPUTEGRAPH_LLM_TIMEOUT"
"""Environment variable with the seconds that one answer of a model may take; 600 where it is not set."""

_CONNECT = 10.0
_TRIES, _LONGEST_WAIT = 5, 60.0
_BUSY = frozenset({429, 500, 502, 503, 504, 529})
_PIECE = 1 << 16
_MOST_BYTES = 4 << 20
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "record layer failure", "wrong version number")


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What a server answered.

    Attributes:
        status: the HTTP status.
        headers: its headers, their names in small letters.
        body: its body, unpacked.
        tries: how often it was asked.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    tries: int


class _BrokenError(Exception):
    """A connection that failed; its text says how."""


def post(address: str, body: bytes, headers: Mapping[str, str], *, seconds: float) -> HttpReply:
    """Return what a server answers, the last of its answers if it is busy again and again. Redirects are not followed.

    Raises:
        DataError: it cannot be reached, breaks off, or sends too much.
        LimitError: it takes too long, or asks to wait for long.
    """
    for tries in range(1, _TRIES + 1):
        try:
            reply = _in_time(address, body, headers, seconds, tries)
        except _BrokenError as error:
            if tries == _TRIES:
                raise DataError(str(error), path=_shown(address)) from None
            sleep(2.0 ** (tries - 1))
            continue
        if reply.status not in _BUSY or tries == _TRIES:
            return reply
        wait = _asked_to_wait(reply.headers.get("retry-after", ""))
        if wait is not None and wait > _LONGEST_WAIT:
            raise LimitError(
                f"{_shown(address)}: is busy ({reply.status}) and asks to wait {wait:,.0f} s; try again then."
            )
        sleep(2.0 ** (tries - 1) if wait is None else wait)
    raise AssertionError


def is_loopback(address: str) -> bool:
    """Return whether an address is one of this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _in_time(address: str, body: bytes, headers: Mapping[str, str], seconds: float, tries: int) -> HttpReply:
    """Return what a server answers, or leave it when its time is over."""
    outcome: list[HttpReply | Exception] = []
    until = time.monotonic() + seconds

    def exchange() -> None:
        try:
            outcome.append(_exchange(address, body, headers, until, tries))
        except Exception as error:  # noqa: BLE001  # raised again where it is waited for
            outcome.append(error)

    thread = threading.Thread(target=exchange, name="disputegraph-llm", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome or isinstance(outcome[0], TimeoutError):
        raise LimitError(
            f"{_shown(address)}: has not answered in whole within {seconds:g} s. A slow model needs more time "
            f"(${TIMEOUT}), a smaller one less."
        )
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _exchange(address: str, body: bytes, headers: Mapping[str, str], until: float, tries: int) -> HttpReply:
    left = max(0.001, until - time.monotonic())
    try:
        with requests.Session() as session:
            session.trust_env = not is_loopback(address)  # what is on this machine is reached through no proxy
            session.auth = _unchanged  # else requests would look into ~/.netrc
            with session.post(
                address, data=body, headers=dict(headers), stream=True, allow_redirects=False,
                timeout=(min(_CONNECT, left), left),
            ) as answer:  # fmt: skip
                return HttpReply(
                    answer.status_code,
                    {name.lower(): value for name, value in answer.headers.items()},
                    _whole(answer, address, until),
                    tries,
                )
    except (requests.exceptions.ReadTimeout, TimeoutError):
        raise TimeoutError from None
    except requests.exceptions.ConnectTimeout:
        raise DataError(f"cannot be reached: nobody answers within {_CONNECT:g} s.", path=_shown(address)) from None
    except (requests.exceptions.RequestException, HTTPError, OSError, ValueError) as error:
        if "timed out" in str(error).lower():
            raise TimeoutError from None
        raise _failure(error, address) from None


def _shown(address: str) -> str:
    """Return an address for messages: without its query, in which some put a key."""
    return address.partition("?")[0]


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _whole(answer: requests.Response, address: str, until: float) -> bytes:
    pieces, size = list[bytes](), 0
    while piece := answer.raw.read1(_PIECE, decode_content=True):
        size += len(piece)
        if time.monotonic() > until:
            raise TimeoutError
        if size > _MOST_BYTES:
            raise DataError(
                f"sends more than {_MOST_BYTES >> 20} MB for an answer of a few thousand words; nothing of it is used.",
                path=_shown(address),
            )
        pieces.append(piece)
    return b"".join(pieces)


def _failure(error: Exception, address: str) -> Exception:
    """Return what is wrong; a connection that broke may be tried again, one that was never there may not."""
    text = _reason(error)
    if isinstance(error, requests.exceptions.SSLError):
        if any(mark in str(error) for mark in _NO_TLS):
            return DataError("does not speak HTTPS at this port; write http:// instead.", path=_shown(address))
        return DataError(f"its certificate is not accepted: {text}.", path=_shown(address))
    if isinstance(error, requests.exceptions.ConnectionError) and re.search("establish|resolve", str(error)):
        return DataError(
            f"cannot be reached: {text}. Is the address right, and is the server running?", path=_shown(address)
        )
    if isinstance(error, requests.exceptions.InvalidSchema | requests.exceptions.InvalidURL):
        return DataError("is not an address that can be asked.", path=_shown(address))
    return _BrokenError(f"the connection broke off: {text}.")


def _reason(error: Exception) -> str:
    """Return the innermost reason of a chain of errors, without the library's object names and without any header."""
    text = str(error)
    for pattern in (r"\[Errno -?\d+\] ([^'\")]+)", r"(Connection broken: \w+)", r"(IncompleteRead)", r"'([^']+)'\)*$"):
        if match := re.search(pattern, text):
            return match[1].strip()
    return type(error).__name__


def _asked_to_wait(value: str) -> float | None:
    """Return the seconds that a header asks to wait: it has a number or a date."""
    if re.fullmatch(r"\d{1,9}(\.\d+)?", value.strip()):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
