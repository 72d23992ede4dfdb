"""A worker cannot open a socket and sees no secrets; a query file runs in one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from disputegraph.process import Reply, Worker, WorkerError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="seccomp is of Linux")


@pytest.fixture
def canary() -> Iterator[tuple[int, list[bytes]]]:
    """A server on the loopback that notes whoever asks it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        stopping = threading.Event()

        def serve() -> None:
            while not stopping.is_set():
                try:
                    connection, _ = listening.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(2)
                    asked.append(connection.recv(4096))

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1], asked
        stopping.set()
        thread.join()


def attempts(head: dict[str, int], _: bytes) -> Reply:
    told: dict[str, object] = {"secrets": [name for name, value in os.environ.items() if value == "open sesame"]}
    for name, attempt in {
        "connect": lambda: socket.create_connection(("127.0.0.1", head["port"]), timeout=2).close(),
        "socketpair": lambda: [end.close() for end in socket.socketpair()],
        "below": lambda: subprocess.run(
            [sys.executable, "-c", f"import socket; socket.create_connection(('127.0.0.1', {head['port']}))"],
            check=True, capture_output=True,
        ),
    }.items():  # fmt: skip
        try:
            attempt()
            told[name] = "done"
        except (OSError, subprocess.CalledProcessError) as error:
            told[name] = type(error).__name__
    return told, b""


@pytest.mark.parametrize("isolated", [True, False])
def test_a_worker_cannot_open_a_socket(canary, isolated: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPUTEGRAPH_TOKEN", "DISPUTEGRAPH_PASSWORD", "DISPUTEGRAPH_OTHER_TOKEN_2"):
        monkeypatch.setenv(name, "open sesame")
    port, asked = canary
    worker = Worker(lambda: attempts, isolated=isolated)
    told, _ = worker.ask({"port": port}, timeout=30)
    worker.kill()
    if isolated:
        assert told == {
            "secrets": [], "connect": "PermissionError", "socketpair": "PermissionError", "below": "CalledProcessError",
        }  # fmt: skip
        assert asked == []
    else:
        assert (told["connect"], told["below"], len(told["secrets"])) == ("done", "done", 3)
        assert len(asked) == 2


def test_the_engine_reaches_nobody_from_a_worker(canary) -> None:
    """The fence behind the guard: even a query that the guard does not see is not sent."""
    port, asked = canary

    def start():
        import pyoxigraph

        store = pyoxigraph.Store()

        def work(_: dict[str, int], body: bytes) -> Reply:
            try:
                return {"rows": len(list(store.query(body.decode())))}, b""
            except OSError as error:
                return {"error": str(error)}, b""

        return work

    query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}".encode()
    for isolated in (True, False):
        worker = Worker(start, isolated=isolated)
        head, _ = worker.ask({}, query, timeout=30)
        worker.kill()
        assert "rows" not in head
        assert len(asked) == (not isolated)


def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "disputegraph", "query", *arguments]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, timeout=60, check=False)


PROBE = "SELECT (COUNT(*) AS ?n) { ?s a dg:Hospital }"


def test_query_files_run_in_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from disputegraph.cli import main

    seen = tmp_path / "seen"

    def note(*_: object) -> bool:
        state = Path("/proc/self/task").joinpath(str(threading.get_native_id()), "status").read_text()
        with seen.open("a") as stream:
            stream.write(state.partition("Seccomp:")[2].split()[0] + "\n")
        return False

    monkeypatch.setattr("disputegraph.cli.query.limit_rows", note)
    file = tmp_path / "query.rq"
    file.write_text(PROBE)
    for arguments, stdin, filtered in (
        ([str(file)], None, "2"),
        (["-"], PROBE, "2"),
        ([str(file), "--timeout", "50"], None, "2"),
        ([str(file), "--allow-network"], None, "0"),
        ([PROBE], None, "0"),
        ([PROBE, "--timeout", "50"], None, "2"),
        (["timeline"], None, "0"),
    ):
        seen.unlink(missing_ok=True)
        result = CliRunner().invoke(main, ["query", *arguments], input=stdin)
        assert result.exit_code == 0, result.stderr
        assert seen.read_text().split() == [filtered], arguments


def test_a_query_file_is_answered_as_its_text(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(PROBE)
    told = [run(PROBE), run(str(tmp_path / "q.rq")), run("-", stdin=PROBE)]
    assert {(one.returncode, one.stdout, one.stderr) for one in told} == {(0, told[0].stdout, told[0].stderr)}
    assert "5" in told[0].stdout
    (tmp_path / "bad.rq").write_text("SELECT {")
    bad = run(str(tmp_path / "bad.rq"))
    assert bad.returncode == 3
    assert "bad.rq:1" in bad.stderr


def test_a_job_that_raises_is_a_crash() -> None:
    def broken(_: dict[str, int], __: bytes) -> Reply:
        raise ValueError

    with pytest.raises(WorkerError, match="exit code 70") as caught:
        Worker(lambda: broken).ask({})
    assert caught.value.kind == "crash"
