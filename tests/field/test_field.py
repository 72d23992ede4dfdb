"""Run the cases of `cases/NN-name/`, faults that were found in the field, and compare with what must come out.

A case is a folder with its input files and

* `cmd`: command lines that begin with `disputegraph`, one a line, run one after the other in a copy of the folder, and
* `expect.json`: what the last of them must give: `code`, the exit code; `stdout` and `stderr`, texts that must occur;
  `stdout_not` and `stderr_not`, texts that must not; `files`, file names, each with the texts that must occur in it, or
  null if there must not be such a file.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/cmd"))
KEYS = {"code", "stdout", "stdout_not", "stderr", "stderr_not", "files"}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path, tmp_path: Path) -> None:
    expected = json.loads((case / "expect.json").read_text(encoding="utf-8"))
    assert "code" in expected, "expect.json names no exit code"
    assert set(expected) <= KEYS, f"expect.json has unknown keys: {set(expected) - KEYS}"
    folder = tmp_path / case.name
    shutil.copytree(case, folder)
    for line in (case / "cmd").read_text(encoding="utf-8").splitlines():
        program, *arguments = shlex.split(line)
        assert program == "disputegraph", line
        done = subprocess.run(
            [sys.executable, "-m", "disputegraph", *arguments],
            cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    streams = {"stdout": done.stdout.decode(), "stderr": done.stderr.decode()}
    shown = "\n".join([f"exit code {done.returncode}", *streams.values()])
    assert done.returncode == expected["code"], shown
    for name, text in streams.items():
        for words in expected.get(name, []):
            assert words in text, f"{words!r} is not in {name}\n{shown}"
        for words in expected.get(f"{name}_not", []):
            assert words not in text, f"{words!r} is in {name}\n{shown}"
    for name, texts in expected.get("files", {}).items():
        path = folder / name
        assert path.is_file() == (texts is not None), f"{name}: {shown}"
        for words in texts or []:
            assert words in path.read_text(encoding="utf-8"), f"{words!r} is not in {name}\n{shown}"
