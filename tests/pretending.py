"""A small server on loopback that answers as a test wants, well or badly."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """What the server was asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def authorization(self) -> str:
        """What it was given to let the asker in."""
        return self.headers.get("authorization", "")

    @property
    def json(self) -> dict[str, Any]:
        """The body, which is JSON."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def question(self) -> str:
        """The part of a prompt that holds the text."""
        found: str = self.json["messages"][-1]["content"]
        return found


Reply = Callable[[http.server.BaseHTTPRequestHandler], None]


@contextmanager
def pretending(*replies: Reply, path: str = "/sparql") -> Iterator[tuple[str, list[Request]]]:
    """Run a server that gives these replies in turn, the last for ever; yields its address and what it was asked."""
    asked: list[Request] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = min(len(asked), len(replies) - 1)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked.append(Request(self.command, self.path, headers, body))
            replies[place](self)

        do_POST = do_GET  # noqa: N815  # so the library calls it

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Quiet(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # whoever asked has gone away

    running = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}{path}", asked
    finally:
        running.shutdown()
        running.server_close()


def reply(status: int, body: bytes, kind: str = "application/sparql-results+json", **headers: str) -> Reply:
    """Answer with this body; a header ``length`` tells another length than it has."""
    length = headers.pop("length", str(len(body)))

    def give(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", length)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return give


def streamed(pieces: Callable[[], Iterator[bytes]], **headers: str) -> Reply:
    """Answer with JSON results that come piece by piece, without a length."""

    def give(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Connection", "close")
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        for piece in pieces():
            handler.wfile.write(piece)

    return give


def hang_up(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Close the connection without a word."""
    import socket

    handler.connection.shutdown(socket.SHUT_RDWR)
