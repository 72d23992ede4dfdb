"""SPARQL 1.1 Protocol: from an HTTP request to the operation it asks for.

W3C Recommendation of 21 March 2013, section 2: a query comes by GET, by POST of a form, or by POST as it is; an update
by POST of a form or as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MAX_FIELDS = 200


class ProtocolError(Exception):
    """A request that is not a SPARQL operation."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks for.

    Attributes:
        query: SPARQL query text, or None.
        update: SPARQL update text, or None. Neither of them: the service is to be described.
        default_graphs: IRIs after default-graph-uri (for updates using-graph-uri).
        named_graphs: IRIs after named-graph-uri (for updates using-named-graph-uri).
        bindings: values of query parameters, given as ``$name=value``; an addition of ours to the protocol.
        format: name of the wanted format, given as ``format=``, for links that cannot set Accept; ours too.
    """

    query: str | None = None
    update: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    bindings: tuple[tuple[str, str], ...] = ()
    format: str | None = None

    def head(self) -> dict[str, Any]:
        """Return what the head of a job says of the operation beside its text."""
        names = ("default_graphs", "named_graphs", "bindings", "format")
        return {name: value for name in names if (value := getattr(self, name))}


def read_request(method: str, query_string: bytes, content_type: str | None, body: bytes) -> Operation:
    """Return the operation that a request asks for.

    Raises:
        ProtocolError: the request is malformed; 400, 405 or 415.
    """
    fields = _fields(query_string)
    if method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in fields):
            raise ProtocolError(400, "An update is sent by POST, never by GET.")
        return _operation(fields)
    if method != "POST":
        raise ProtocolError(405, f"{method} is not for this address.", {"Allow": "GET, HEAD, POST, OPTIONS"})
    media_type, charset = _media_type(content_type)
    if media_type == FORM:
        return _operation(fields + _fields(body))
    if media_type not in (QUERY, UPDATE):
        found = f"'{media_type}'" if media_type else "missing"
        raise ProtocolError(
            415, f"The Content-Type is {found}; send {FORM}, {QUERY} or {UPDATE}.", {"Accept": f"{FORM}, {QUERY}"}
        )
    if charset not in ("", "utf-8", "utf8"):
        raise ProtocolError(415, f"The charset is '{charset}'; SPARQL is sent as UTF-8.")
    if any(name in ("query", "update") for name, _ in fields):
        raise ProtocolError(400, "There is an operation in the address and another in the body; send one.")
    text = _utf8(body)
    if not text.strip():
        raise ProtocolError(400, "The body is empty; it should hold the SPARQL text.")
    return _operation([*fields, ("query" if media_type == QUERY else "update", text)])


def _operation(fields: list[tuple[str, str]]) -> Operation:
    found: dict[str, list[str]] = {}
    bindings = []
    for name, value in fields:
        if name.startswith("$"):
            bindings.append((name[1:], value))
        else:
            found.setdefault(name, []).append(value)
    queries, updates = found.get("query", []), found.get("update", [])
    if len(queries) + len(updates) > 1:
        raise ProtocolError(400, f"There are {len(queries) + len(updates)} operations in the request; send one.")
    for text in (*queries, *updates):
        if not text.strip():
            raise ProtocolError(400, "The operation is empty.")
    prefix = "using" if updates else "default"
    named = "using-named-graph-uri" if updates else "named-graph-uri"
    return Operation(
        query=queries[0] if queries else None,
        update=updates[0] if updates else None,
        default_graphs=tuple(found.get(f"{prefix}-graph-uri", ())),
        named_graphs=tuple(found.get(named, ())),
        bindings=tuple(bindings),
        format=found.get("format", [None])[-1],
    )


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    if not encoded:
        return []
    try:
        text = encoded.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError:
        raise ProtocolError(400, "The parameters are not UTF-8.") from None
    except ValueError:
        raise ProtocolError(400, f"There are more than {_MAX_FIELDS} parameters.") from None


def _media_type(content_type: str | None) -> tuple[str, str]:
    media_type, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            charset = value.strip().strip('"')
    return media_type, charset


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"The body is no UTF-8 text (byte {error.start}).") from None
