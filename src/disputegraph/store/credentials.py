"""Who asks a server: found out of sight of other users, told to that server alone, and shown in no message."""

from __future__ import annotations

import os
import urllib.parse
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import HTTPDigestAuth, _basic_auth_str

from disputegraph.errors import UsageError
from disputegraph.store.addresses import public_address, split_address

USER, PASSWORD, TOKENS = "DISPUTEGRAPH_USER", "DISPUTEGRAPH_PASSWORD", "DISPUTEGRAPH_SERVER_TOKENS"
"""Environment variables with the user, the password and the bearer tokens for servers.

A token is sent to the server that it names and to no other one. ``$DISPUTEGRAPH_TOKEN`` is something else, the token by
which `disputegraph serve --writable` knows who may write, and is sent nowhere.
"""

_MOVED, _MOVED_FOR_NOW, _MOVED_AS_IT_IS = 301, 302, 308
_UNAUTHORISED = 401


def credentials_for(address: str, user: str | None) -> requests.auth.AuthBase | None:
    """Return what to show to the server at `address`; None where nothing is known.

    Args:
        address: as the user wrote it, perhaps with user and password.
        user: the user's name; by default that of the address, else of the environment.

    Raises:
        UsageError: there is a name, and no password to it; or the variable with the tokens is malformed.
    """
    parts = split_address(address)
    host = public_address(address)
    name = user or urllib.parse.unquote(parts.username or "") or os.environ.get(USER) or ""
    name, colon, given = name.partition(":")
    inside = urllib.parse.unquote(parts.password) if parts.password is not None else None
    password = given if colon else inside or os.environ.get(PASSWORD)
    if token := _token_for(host):
        return _Bearer(token)
    if name and password is not None:
        return _BasicOrDigest(name, password, host)
    # requests itself would send what ~/.netrc has by Basic only.
    found = requests.utils.get_netrc_auth(host)
    if found and (not name or found[0] == name):
        return _BasicOrDigest(*found, host)
    if name:
        raise UsageError(f"no password for '{name}' at {host}. Put it into ${PASSWORD} or into ~/.netrc.")
    return None


def _token_for(host: str) -> str | None:
    """Return the bearer token for a server: the one behind its scheme, host and port in ``$…_SERVER_TOKENS``."""
    words = os.environ.get(TOKENS, "").split()
    if len(words) % 2 or any("://" not in address for address in words[::2]):
        raise UsageError(
            f'${TOKENS} has the form "ADDRESS TOKEN", or several such pairs, as "https://example.org abc".'
        )
    pairs = zip(words[::2], words[1::2], strict=True)
    return next((token for address, token in pairs if _server_of(public_address(address)) == _server_of(host)), None)


class DiscreetSession(requests.Session):
    """A session that shows credentials to the server they are for, and after a redirect to nobody else."""

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        """Take the credentials off a request that was sent on to another server."""
        if _server_of(prepared_request.url) != _server_of(response.request.url):
            prepared_request.headers.pop("Authorization", None)

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return where an answer sends us; a POST that is sent on stays one, since as a GET it would lose its text."""
        if resp.request.method == "POST" and resp.status_code in (_MOVED, _MOVED_FOR_NOW):
            resp.status_code = _MOVED_AS_IT_IS
        return super().get_redirect_target(resp)


def _server_of(address: str | None) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address or "")
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


class _Bearer(requests.auth.AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _BasicOrDigest(HTTPDigestAuth):
    """Answers the server's challenge by Digest or, where it asks for no more, by Basic."""

    def __init__(self, name: str, password: str, host: str) -> None:
        super().__init__(name, password)
        self._server = _server_of(host)

    def handle_401(self, r: requests.Response, **kwargs: Any) -> requests.Response:
        """Ask again with name and password, if it is our server that wants them."""
        if _server_of(r.request.url) != self._server:
            return r  # it was redirected there
        asked = r.headers.get("www-authenticate", "").lower()
        if r.status_code != _UNAUTHORISED or "digest" in asked or "basic" not in asked:
            by_digest: requests.Response = super().handle_401(r, **kwargs)  # type: ignore[no-untyped-call]
            return by_digest
        if "Authorization" in r.request.headers:
            return r
        _ = r.content
        r.close()
        again = r.request.copy()
        again.headers["Authorization"] = _basic_auth_str(self.username, self.password)
        answer: requests.Response = r.connection.send(again, **kwargs)
        answer.history.append(r)
        answer.request = again
        return answer
