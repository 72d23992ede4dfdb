"""Answers over HTTP: what a worker made, and problems."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from disputegraph.server.job_errors import Busy, JobError
from disputegraph.server.negotiation import choose
from disputegraph.server.pool import Result
from disputegraph.server.protocol import ProtocolError

TEMPLATES = Path(__file__).parent / "templates"

# SPARQL 1.1 Protocol, sections 2.1.6 and 2.2.5: 4xx for what the client got wrong, 5xx for what the server refuses.
_STATUS = {
    "query": (400, "The query cannot be understood"),
    "usage": (400, "The request cannot be met"),
    "missing": (404, "Not known here"),
    "unacceptable": (406, "No acceptable format"),
    "conflict": (409, "The data has changed"),
    "data": (500, "The data cannot be read"),
    "limit": (500, "A limit was hit"),
    "memory": (500, "The query took too much memory"),
    "crash": (500, "The query could not be answered"),
    "bug": (500, "A bug in disputegraph"),
    "time": (504, "The query took too long"),
    "full": (507, "The disk is full"),
}


def respond(
    request: Request, result: Result, *, kept: bool = False, headers: Mapping[str, str] | None = None
) -> Response:
    """Return what a worker made as an answer; 304 where the client has it already.

    The ETag is a digest of the bytes, so it never names other bytes; it is weak, since they may be sent compressed.

    Args:
        request: what was asked.
        result: what was made.
        kept: the file of the result stays, for the next who asks.
        headers: further headers.
    """
    etag = f'W/"{result.digest}"'
    sent = {"etag": etag, "vary": "Accept, Accept-Encoding", "cache-control": "no-cache", **(headers or {})}
    gone = None if kept or result.file is None else BackgroundTask(result.file.unlink, missing_ok=True)
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or result.digest in known:
        return Response(status_code=304, headers=sent, background=gone)
    if result.file is not None:
        return FileResponse(result.file, media_type=result.type, headers=sent, background=gone)
    return Response(result.body, media_type=result.type, headers=sent)


def problem(
    status: int, title: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """Return a problem (RFC 9457): what was wrong, and what to do."""
    text = json.dumps({"title": title, "status": status, "detail": detail, **more}, ensure_ascii=False, indent=1) + "\n"
    sent = {"cache-control": "no-store", **(headers or {})}
    return Response(text, status, media_type="application/problem+json", headers=sent)


def reads_html(request: Request) -> bool:
    """Tell whether somebody reads the answer: browsers ask for HTML by name."""
    return choose(request.headers.get("accept"), ["application/octet-stream", "text/html"]) == "text/html"


def _failed(request: Request, error: Exception) -> Response:
    """Return why there is no answer; as a page to whom wants to read it in a browser."""
    headers: Mapping[str, str] = {}
    more: dict[str, object] = {}
    detail = str(error)
    if isinstance(error, Busy):
        status, title, headers = 503, "The server is busy", {"retry-after": str(error.seconds)}
    elif isinstance(error, ProtocolError):
        status, title, headers = error.status, "No SPARQL operation", error.headers
    elif isinstance(error, HTTPException):
        status, title, headers = error.status_code, str(error.detail), error.headers or {}
        detail = f"{request.method} {request.url.path}: {error.detail}."
    else:
        assert isinstance(error, JobError)  # noqa: S101  # see HANDLERS
        status, title = _STATUS[error.kind]
        more = {"kind": error.kind, **error.facts}
    detail = f"{detail[:1].upper()}{detail[1:]}"
    if not reads_html(request) or request.url.path.startswith("/sparql"):
        return problem(status, title, detail, headers=headers, **more)
    text = Template((TEMPLATES / "problem.html").read_text(encoding="utf-8"))
    body = text.substitute(title=escape(title), detail=escape(detail))
    return Response(body, status, media_type="text/html", headers={"cache-control": "no-store", **headers})


HANDLERS = dict.fromkeys((JobError, Busy, ProtocolError, HTTPException), _failed)
"""What Starlette makes of each exception."""
