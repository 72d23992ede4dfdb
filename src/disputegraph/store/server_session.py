"""HTTP with a SPARQL server: who we are, how long we wait, how often we try again, what is said when it fails."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from disputegraph.errors import DataError, DisputeGraphError, QueryError
from disputegraph.store.addresses import public_address
from disputegraph.store.credentials import PASSWORD, TOKENS, DiscreetSession, credentials_for
from disputegraph.store.waiting_times import seconds_to_wait

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

TIMEOUT = "DISPUTEGRAPH_SERVER_TIMEOUT"
"""Environment variable with the seconds to wait for a server to go on; 120 where it is not set."""

_CONNECT, _READ = 10.0, 120.0
_TRIES, _BACKOFF, _LONGEST_WAIT = 4, 0.5, 30.0
_PIECE = 1 << 16
_BUSY = (429, 503)
_PACKED, _MOST_PACKED = 64 << 20, 200  # bytes unpacked, and how many times those received, that are still believed
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "record layer failure", "wrong version number")
_SAID = 600  # characters of a server's complaint that are passed on


class RefusedError(DataError):
    """A request that the server answered by refusing it, so that nothing has changed there."""


class Server:
    """One server, spoken to through one session of kept connections.

    Attributes:
        address: its URL without user and password, for messages.
    """

    def __init__(self, address: str, *, user: str | None = None, timeout: float | None = None) -> None:
        self.address = public_address(address)
        self._wait = timeout or seconds_to_wait(TIMEOUT, _READ)
        self._session = DiscreetSession()
        retry = _Patience(
            total=_TRIES, connect=2, read=0, other=0, status=_TRIES, backoff_factor=_BACKOFF, status_forcelist=_BUSY,
            allowed_methods=None, raise_on_status=False,
        )  # fmt: skip
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        self._session.auth = credentials_for(address, user)

    def send(
        self,
        method: str,
        address: str,
        *,
        accept: str = "*/*",
        params: Mapping[str, str] | None = None,
        data: bytes | Mapping[str, str] | None = None,
        content_type: str | None = None,
    ) -> requests.Response:
        """Return the server's answer, its body not yet read.

        Raises:
            DataError: it cannot be reached, does not go on, wants another user, or fails.
            QueryError: it does not understand what was sent (400).
        """
        headers = {"Accept": accept, "User-Agent": "disputegraph"}
        if content_type:
            headers["Content-Type"] = content_type
        with self.talking():
            answer = self._session.request(
                method, address, params=params, data=data, headers=headers, stream=True,
                timeout=(_CONNECT, self._wait),
            )  # fmt: skip
        if answer.status_code >= 400:  # noqa: PLR2004  # HTTP
            with answer:
                raise self._complaint(answer)
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @contextmanager
    def talking(self) -> Iterator[None]:
        """Turn what may happen to a connection into a DataError that says what it was."""
        try:
            yield
        except DisputeGraphError:
            raise
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            raise DataError(self._broken(error), path=self.address) from None

    def body(self, answer: requests.Response) -> Body:
        """Return the body of an answer, unpacked."""
        return Body(self, answer)

    def _broken(self, error: Exception) -> str:
        text = _reason(error)
        if isinstance(error, requests.exceptions.Timeout | TimeoutError) or "timed out" in text.lower():
            return f"did not go on within {self._wait:g} s. Ask for less, or wait longer (${TIMEOUT})."
        if isinstance(error, requests.exceptions.SSLError):
            if any(mark in str(error) for mark in _NO_TLS):
                return "does not speak HTTPS at this port; write http:// instead."
            return f"its certificate is not accepted: {text}."
        if isinstance(error, requests.exceptions.ConnectionError) and "establish" in str(error):
            return f"cannot be reached: {text}. Is the address right, and is the server running?"
        return f"the connection broke off: {text}."

    def _complaint(self, answer: requests.Response) -> DataError:
        status = answer.status_code
        if status == 401:  # noqa: PLR2004  # HTTP
            return RefusedError(
                f"wants to know who asks (401). Name the user with --user, the password in ${PASSWORD} or ~/.netrc, "
                f"or put a token into ${TOKENS}.",
                path=self.address,
            )
        if status == 403:  # noqa: PLR2004  # HTTP
            return RefusedError("does not allow this (403); ask as another user (--user).", path=self.address)
        if status in (404, 405, 410):
            return RefusedError(
                f"there is no SPARQL endpoint at this address ({status}). It often ends in /sparql or /query.",
                path=self.address,
            )
        said = self._said(answer)
        if status == 400:  # noqa: PLR2004  # HTTP
            return QueryError(f"the server does not take the query: {said}", path=self.address)
        if status in _BUSY:
            return RefusedError(f"is too busy ({status}), even after {_TRIES} more tries. {said}", path=self.address)
        if status < 500:  # noqa: PLR2004  # HTTP
            return RefusedError(f"the server refuses ({status}): {said}", path=self.address)
        return DataError(f"the server failed ({status}): {said}", path=self.address)

    def _said(self, answer: requests.Response) -> str:
        text = ""
        with contextlib.suppress(DataError, UnicodeDecodeError), self.talking():
            text = answer.raw.read(_PIECE, decode_content=True).decode(errors="replace")
        if "html" in answer.headers.get("Content-Type", ""):
            text = re.sub(r"<[^>]*>", " ", text)
        text = text.partition("\nSPARQL query:")[0]  # Virtuoso gives the query back
        text = " ".join(text.split())
        return text[:_SAID] or "it does not say why."


class Body:
    """The body of an answer, read piece by piece."""

    def __init__(self, server: Server, answer: requests.Response) -> None:
        self._server, self._answer = server, answer
        self._raw: BaseHTTPResponse = answer.raw
        self._buffer, self._place = b"", 0
        # Virtuoso calls blank nodes what no RDF syntax allows, and writes true as 1.
        self._mends = "virtuoso" in answer.headers.get("Server", "").lower()
        self._tail = b""
        self._ended = False
        self._unpacked = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next piece; raises DataError when the connection breaks off."""
        if size < 0:
            pieces = []
            while piece := self.read(_PIECE):
                pieces.append(piece)
            return b"".join(pieces)
        self._fill()
        piece = self._buffer[self._place : self._place + size]
        self._place += len(piece)
        if self._place == len(self._buffer):
            self._buffer, self._place = b"", 0
        return piece

    def peek(self) -> bytes:
        """Return the beginning of the next piece without taking it; empty at the end only."""
        self._fill()
        return self._buffer[self._place :]

    def _fill(self) -> None:
        if not self._buffer and not self._ended:
            self._buffer, self._place = self._next(), 0

    def _next(self) -> bytes:
        while True:
            with self._server.talking():
                piece = self._raw.read(_PIECE, decode_content=True)
            self._unpacked += len(piece)
            if self._unpacked > _PACKED and self._unpacked > _MOST_PACKED * self._raw.tell():
                self._answer.close()
                raise DataError(
                    f"sends little that unpacks to much ({self._raw.tell():,} bytes to {self._unpacked:,} and more): "
                    "this is not an answer to a query.",
                    path=self._server.address,
                )
            if not piece:
                self._ended = True
                self._answer.close()
            if not self._mends:
                return piece
            text = _VIRTUOSO_BLANK.sub(rb'\1"', self._tail + piece)
            text = _VIRTUOSO_TRUTH.sub(lambda found: found[1] + (b'"true"' if found[2] == b"1" else b'"false"'), text)
            keep = 0 if self._ended else _TAIL
            cut = max(0, len(text) - keep)
            piece, self._tail = text[:cut], text[cut:]
            if piece or self._ended:
                return piece


_VIRTUOSO_BLANK = re.compile(rb'("type":\s*"bnode"\s*,\s*"value":\s*)"nodeID://')
_VIRTUOSO_TRUTH = re.compile(rb'("datatype":\s*"http://www\.w3\.org/2001/XMLSchema#boolean"\s*,\s*"value":\s*)"([01])"')
_TAIL = 160


class _Patience(Retry):
    """Waits as long as a busy server asks for, but not for ever."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        asked = super().get_retry_after(response)
        return None if asked is None else min(asked, _LONGEST_WAIT)


def _reason(error: Exception) -> str:
    """Return the innermost reason of a chain of errors, without the library's object names."""
    text = str(error)
    for pattern in (r"\[Errno -?\d+\] ([^'\")]+)", r"(Connection broken: [^']+|[Tt]imed out|[Rr]ead timed out)"):
        if match := re.search(pattern, text):
            return match[1].strip()
    return re.sub(r"<[^>]*>:?\s*", "", text).strip("() '\"") or type(error).__name__
