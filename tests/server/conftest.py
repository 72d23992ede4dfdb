"""The server as it is run: a process of its own on a free port of the loopback, ended with the test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server.forking import Forked, Forker

# Servers of many tests are measured, whichever begins them; `tests/conftest.py` takes this away for some tests.
MEASURED = {name: os.environ[name] for name in ("COVERAGE_PROCESS_CONFIG",) if name in os.environ}
DATASET = """
<http://example.org/s> <http://example.org/p> "in the default graph" .
GRAPH <http://example.org/one> { <http://example.org/a> a <http://example.org/One> }
GRAPH <http://example.org/two> { <http://example.org/b> a <http://example.org/Two> }
"""


@dataclass
class Running:
    """A server under test.

    Attributes:
        address: where it is, without a slash at the end.
        process: it.
        lines: what it has written to standard error.
        token: what the coding page has to bear.
    """

    address: str
    process: subprocess.Popen[str] | Forked
    lines: list[str] = field(default_factory=list)
    token: str = ""
    client: httpx.Client = field(default_factory=httpx.Client)
    reader: threading.Thread | None = None

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def get(self, path: str, **options) -> httpx.Response:
        return self.client.get(self.address + path, timeout=30, **options)

    def post(self, path: str = "/sparql", **options) -> httpx.Response:
        return self.client.post(self.address + path, timeout=30, **options)

    def ask(self, query: str, accept: str = "application/sparql-results+json", **options) -> httpx.Response:
        return self.post(data={"query": query}, headers={"Accept": accept}, **options)

    def rows(self, query: str) -> list[dict[str, str]]:
        answer = self.ask(query)
        assert answer.status_code == 200, answer.text
        return [{k: v["value"] for k, v in row.items()} for row in answer.json()["results"]["bindings"]]

    def stop(self) -> int:
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.reader is not None:
            self.reader.join(5)
        if self.process.stderr is not None:
            self.process.stderr.close()
        return self.process.returncode


def start(
    *options: str,
    env: dict[str, str] | None = None,
    command: str = "serve",
    program: tuple[str, str] = ("-m", "disputegraph"),
    forker: Forker | None = None,
) -> Running:
    """Start a server, afresh or from a process that forks."""
    words = [command, "--port", "0", *options]
    env = {**os.environ, **(env or {})}
    process: subprocess.Popen[str] | Forked
    if forker is not None:
        process = forker.start(*words, env=env)
    else:
        process = subprocess.Popen(
            [sys.executable, *program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=env
        )
    assert process.stderr is not None
    lines: list[str] = []
    for line in process.stderr:
        lines.append(line)
        if match := re.match(r"(?:Serving|Code) at (http://[^/\s]+)/(?:code/#(\S+))?", line):
            running = Running(match[1], process, lines, token=match[2] or "")
            running.reader = threading.Thread(target=lambda: lines.extend(process.stderr or ()), daemon=True)
            running.reader.start()
            return running
    process.wait()
    process.stderr.close()
    raise AssertionError("".join(lines))


@pytest.fixture(scope="session")
def forkers() -> Iterator[Callable[[], Forker]]:
    """What servers are forked from: one process in which coverage is measured, and one in which it is not."""
    found: dict[bool, Forker] = {}

    def forker() -> Forker:
        measured = "COVERAGE_PROCESS_CONFIG" in os.environ
        if measured not in found:
            found[measured] = Forker()
        return found[measured]

    yield forker
    for one in found.values():
        one.close()


@pytest.fixture
def serve(forkers: Callable[[], Forker]) -> Iterator[Callable[..., Running]]:
    """Start a server with these options; it ends with the test."""
    begun: list[Running] = []

    def one_more(*options: str, env: dict[str, str] | None = None) -> Running:
        begun.append(start(*options, env=env, forker=forkers()))
        return begun[-1]

    yield one_more
    for running in begun:
        running.stop()


@pytest.fixture
def code(forkers: Callable[[], Forker]) -> Iterator[Callable[..., Running]]:
    """Start the coding page over a folder; it ends with the test."""
    begun: list[Running] = []

    def one_more(folder: Path, *options: str) -> Running:
        begun.append(start(str(folder), "--no-open", *options, command="code", forker=forkers()))
        return begun[-1]

    yield one_more
    for running in begun:
        running.stop()


@pytest.fixture(scope="session")
def bundled() -> Iterator[Running]:
    """A server over the bundled dispute."""
    running = start("--timeout", "3", "--max-memory", "256", "--max-rows", "5000", env=MEASURED)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server over a default graph and two named ones."""
    path = tmp_path_factory.mktemp("dataset") / "data.trig"
    path.write_text(DATASET)
    running = start("-d", str(path), env=MEASURED)
    yield running
    running.stop()


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.05)


def children(process: int) -> list[int]:
    """Return the processes below one, from the system's own table."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            below.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, left = [], [process]
    while left:
        left += (new := below.get(left.pop(), []))
        found += new
    return found


@pytest.fixture
def window(browser: Any) -> Iterator[Any]:
    """A window of the browser in which nothing is complained of, and nothing but the server is asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    said: list[str] = []

    def watch(page: Any) -> None:
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda one: None if one.url.startswith("http://127.0.0.1:") else said.append(one.url))

    context.on("page", watch)
    yield context
    context.close()
    # What the server refuses, or does not answer, the browser says on its own.
    assert [line for line in said if "Failed to load resource" not in line] == []
