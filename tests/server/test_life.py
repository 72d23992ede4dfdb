"""How the server starts, outlives its parts, keeps its log, and stops."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.server.conftest import children, start, until

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CHEAP = "SELECT ?s { ?s a dg:Hospital }"


def test_killed_workers_are_replaced(serve) -> None:
    """Also those that are killed while they have nothing to do: the next query does not suffer."""
    server = serve()
    for turn in range(3):
        for worker in children(server.process.pid):
            # A helper of a worker may end by itself while we look.
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if "socket:" in "".join(str(fd.readlink()) for fd in Path(f"/proc/{worker}/fd").iterdir()):
                    os.kill(worker, signal.SIGKILL)
        time.sleep(0.2)
        assert [server.ask(f"{CHEAP} # {turn}{n}").status_code for n in range(8)] == [200] * 8


# Beginning and end.


def test_it_stops_cleanly_and_leaves_nothing(tmp_path: Path) -> None:
    server = start(env={"TMPDIR": str(tmp_path)})
    server.get("/data.ttl")
    below = children(server.process.pid)
    assert below
    assert server.stop() in (0, -signal.SIGINT, 130)
    assert list(tmp_path.iterdir()) == []
    until(lambda: not [p for p in below if Path(f"/proc/{p}").exists()])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_while_queries_run(tmp_path: Path, how: signal.Signals) -> None:
    """Clients are told, at once, and no process is left behind, not even a dead one."""
    server = start("--timeout", "60", env={"TMPDIR": str(tmp_path)})
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(server.get, "/sparql", params={"query": f"{CROSS} # {n}"}) for n in range(2)]
        asked.append(threads.submit(server.ask, f"{CROSS} # form"))
        until(lambda: len(children(server.process.pid)) >= 4)
        time.sleep(1)
        below = children(server.process.pid)
        began = time.monotonic()
        server.process.send_signal(how)
        answers = [task.result() for task in asked[:2]]
        server.process.wait(10)
        assert time.monotonic() - began < 30  # where the queries would take sixty
    assert {answer.status_code for answer in answers} == {503}
    assert any("stopping" in answer.json()["detail"] for answer in answers)
    assert [process for process in below if Path(f"/proc/{process}").exists()] == []
    server.stop()
    assert "Traceback" not in "".join(server.lines)
    assert list(tmp_path.iterdir()) == []


def test_a_killed_server_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    server = start(env={"TMPDIR": str(tmp_path)})
    below = children(server.process.pid)
    server.process.kill()
    server.process.wait()
    server.stop()
    until(lambda: not [p for p in below if Path(f"/proc/{p}").exists()])
    until(lambda: list(tmp_path.iterdir()) == [])


def test_its_processes_do_not_import_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "select.py").write_text("raise SystemExit('imported from the wrong place')")
    (tmp_path / "gzip.py").write_text("raise SystemExit('imported from the wrong place')")
    command = [sys.executable, "-c", "import sys; sys.path.pop(0); from disputegraph.cli import main; main()", "serve"]
    with subprocess.Popen(
        [*command, "--port", "0"], cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stderr is not None
        said = [process.stderr.readline(), process.stderr.readline()]
        process.terminate()
    assert "Serving at" in said[1], said


def test_a_taken_port(bundled) -> None:
    done = run("--port", str(bundled.port))
    assert done.returncode == 2
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("-d", "nothing.ttl"), 3, "nothing.ttl"),
        (("-d", "-"), 2, "standard input"),
        (("--host", "no.such.host.invalid"), 2, "not an address"),
        (("-d", "http://127.0.0.1:9/sparql"), 3, "127.0.0.1:9"),
        (("--writable",), 2, "exactly one RDF file"),
        (("--port", "99999"), 2, "99999"),
    ],
)
def test_starts_that_fail(options: tuple[str, ...], code: int, said: str) -> None:
    done = run(*options)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "disputegraph", "serve", "--port", "0", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_listening_for_others_warns() -> None:
    server = start("--host", "0.0.0.0")
    try:
        assert any("Warning" in line and "others" in line for line in server.lines)
    finally:
        server.stop()


def test_the_access_log_is_json(bundled) -> None:
    bundled.get("/asked-by-no-other-test?mark")
    until(lambda: any('"/asked-by-no-other-test"' in line for line in bundled.lines))
    entry = json.loads(next(line for line in bundled.lines if '"/asked-by-no-other-test"' in line))
    assert entry["status"] == 404
    assert {"time", "method", "path", "bytes", "ms"} <= set(entry)


def test_a_log_that_nobody_takes_stops_nothing() -> None:
    command = [sys.executable, "-m", "disputegraph", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        process.stderr.readline()
        address = re.search(r"http://\S+/", process.stderr.readline())[0]
        process.stderr.close()
        for number in range(4):
            answer = httpx.get(address + "sparql", params={"query": f"ASK {{}} # {number}"})
            assert answer.status_code == 200
            time.sleep(0.3)
        process.terminate()
        assert process.wait(10) in (0, -signal.SIGTERM)
