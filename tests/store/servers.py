"""Real SPARQL servers on loopback, started for a test and stopped by their process."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Endpoint:
    """A running server: where to ask, where to load, which graph to load into, and its process."""

    query: str
    into: str
    graph: str | None
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def oxigraph_command() -> str | None:
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def virtuoso_command() -> str | None:
    return shutil.which("virtuoso-t")


@contextmanager
def oxigraph(folder: Path) -> Iterator[Endpoint]:
    command, port = oxigraph_command(), free_port()
    assert command is not None
    arguments = [command, "serve", "--location", str(folder / "ox"), "--bind", f"127.0.0.1:{port}"]
    with _running(arguments, folder, f"http://127.0.0.1:{port}/") as process:
        address = f"http://127.0.0.1:{port}/query"
        yield Endpoint(address, address, None, process)


@contextmanager
def virtuoso(folder: Path, *, max_rows: int = 10_000_000) -> Iterator[Endpoint]:
    command, sql, http = virtuoso_command(), free_port(), free_port()
    assert command is not None
    (folder / "virtuoso.ini").write_text(
        f"""[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
DirsAllowed = .
ServerThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = {max_rows}
"""
    )
    address = f"http://127.0.0.1:{http}/sparql"
    graph = "http://example.org/dispute"
    with _running([command, "+foreground", "+configfile", "virtuoso.ini"], folder, address) as process:
        yield Endpoint(f"{address}?default-graph-uri={graph}", address, graph, process)


@contextmanager
def _running(arguments: list[str], folder: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(arguments, cwd=folder, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 60
            while not _answers(address):
                assert process.poll() is None, (folder / "server.log").read_text(errors="replace")
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.1)
            yield process
        finally:
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
