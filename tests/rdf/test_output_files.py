"""Output files are whole or not there, and what the killed leave behind goes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from disputegraph.rdf import open_output, write_text

KILLED = """
import os, sys
from disputegraph.rdf import open_output
with open_output(sys.argv[1]) as stream:
    stream.write(b"half")
    stream.flush()
    os.kill(os.getpid(), 9)
"""


def age(path: Path) -> None:
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 3600))


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    write_text(tmp_path / "x[1].ttl", "before")
    with pytest.raises(ZeroDivisionError), open_output(tmp_path / "x[1].ttl") as stream:
        stream.write(b"half" * (1 // 0))
    assert [path.name for path in tmp_path.iterdir()] == ["x[1].ttl"]
    assert (tmp_path / "x[1].ttl").read_text() == "before"


def test_what_a_killed_process_left_goes_with_the_next_output(tmp_path: Path) -> None:
    target = tmp_path / "x[1].ttl"
    assert subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False).returncode == -9
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".x[1].ttl.")
    write_text(target, "what is written and not locked belongs to nobody")
    assert list(tmp_path.iterdir()) == [target]
    left.touch()
    write_text(target, "young empty files may belong to somebody who has just begun")
    assert left.exists()
    age(left)
    write_text(target, "whole")
    assert list(tmp_path.iterdir()) == [target]


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    target = tmp_path / "x.ttl"
    with open_output(target) as stream:
        stream.write(b"slow")
        (beside,) = tmp_path.iterdir()
        age(beside)
        write_text(target, "quick")
    assert target.read_text() == "slow"
