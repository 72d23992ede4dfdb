"""Closed and full standard streams, and Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

DG = f"'{sys.executable}' -m disputegraph"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROWLESS = f"SELECT * {{ {LONG[26:-2]} FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) > 9999) }}"


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("query 'ASK {}' >&-", 2, "standard output is closed"),
        ("query 'ASK {}' --timeout 30 >&-", 2, "standard output is closed"),
        ("--help >&-", 2, "standard output is closed"),
        ("query 'ASK {}' -o out.json >&-", 0, ""),
        ("query - <&-", 3, "standard input is closed"),
        ("convert - <&-", 3, "standard input is closed"),
        ("query 'ASK {}' 2>&-", 0, "true"),
        ("query 'ASK {}' <&- 2>&-", 0, "true"),
        ("query 'ASK {}' 2>/dev/full", 0, "true"),
        ("--help >/dev/full", 2, "No space left"),
        ("query --help >/dev/full", 2, "No space left"),
        ("completion bash >/dev/full", 2, "No space left"),
        ("query 'ASK {}' >/dev/full", 2, "No space left"),
    ],
)
def test_streams(command: str, code: int, said: str, tmp_path: Path) -> None:
    done = subprocess.run(
        f"{DG} {command}", shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


# Whoever started the tests in the background has told all that they start to ignore Ctrl-C.
FOREGROUND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from disputegraph.cli import main; main()"
)


def until_at_work(process: int, seconds: float = 1.0) -> None:
    """Wait until a process and the one below it have worked for so long: it started, and is at its query."""
    if not Path("/proc/self/stat").exists():
        time.sleep(3)
        return
    worked, end = 0.0, time.monotonic() + 60
    while worked < seconds:
        assert time.monotonic() < end, "the query does not begin"
        time.sleep(0.05)
        worked = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if process in (int(stat.parent.name), int(fields[1])):
                    worked += sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("query", [LONG, ROWLESS])
@pytest.mark.parametrize("options", [(), ("--timeout", "60"), ("-o", "out.csv", "-f", "csv")])
def test_an_interrupt_ends_a_query(query: str, options: tuple[str, ...], tmp_path: Path) -> None:
    command = [sys.executable, "-c", FOREGROUND, "query", query, *options]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        try:
            until_at_work(running.pid)
            assert running.poll() is None
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=5) == 130
        finally:
            running.kill()
    assert not list(tmp_path.iterdir())
