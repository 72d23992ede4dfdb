"""A small server on loopback that answers like a language model's, well or badly, as a test wants."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Reply = Callable[[http.server.BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Asked:
    """What the server was asked."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def question(self) -> str:
        """The part of the prompt that holds the text."""
        found: str = self.body["messages"][-1]["content"]
        return found


@contextmanager
def stub(*replies: Reply) -> Iterator[tuple[str, list[Asked]]]:
    """Run a server that gives these replies in turn, the last for ever; yields its address and what it was asked."""
    asked: list[Asked] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            place = min(len(asked), len(replies) - 1)
            asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(body)))
            replies[place](self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Quiet(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # whoever asked has gone away

    running = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/v1", asked
    finally:
        running.shutdown()
        running.server_close()


def raw(status: int, body: bytes, kind: str = "application/json", **headers: str) -> Reply:
    """Answer with these bytes."""
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


def says(text: str, *, finish: str = "stop", usage: object = None) -> Reply:
    """Answer as OpenAI's chat completions do, with a model's words."""
    counted = {"prompt_tokens": 2_500, "completion_tokens": 100} if usage is None else usage
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return raw(200, json.dumps({"choices": [choice], "usage": counted}).encode())


def finds(*statements: dict[str, Any], **more: Any) -> Reply:
    """Answer with statements in the form asked for."""
    return says(json.dumps({"statements": list(statements)}), **more)


def statement(content: str | list[str], sentence: int = 1, **more: Any) -> dict[str, Any]:
    """Return a statement as a model gives it."""
    found: dict[str, Any] = {
        "number": 1, "sentence": sentence, "content": [content] if isinstance(content, str) else content,
        "source": None, "cue": None, "name": None, "actor": None, "kind": "indirect", "claims": [], "polarity": None,
        "speech_act": None, "inside": None,
    }  # fmt: skip
    return found | more
