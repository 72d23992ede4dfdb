"""What shells complete."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import require


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(run, shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_DISPUTEGRAPH_COMPLETE" in result.stdout
    assert f"{shell}_complete" in result.stdout


def complete(words: str, place: int) -> list[str]:
    code = "from disputegraph.cli import main; main(prog_name='disputegraph')"
    env = {**os.environ, "_DISPUTEGRAPH_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_and_options_are_completed() -> None:
    assert complete("disputegraph que", 1) == ["query", "queries"]
    assert "--parameter" in complete("disputegraph query --", 2)
    assert complete("disputegraph query x -f js", 4) == ["json", "jsonl", "jsonld"]


def test_bash_takes_the_script(run, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    require(bash, "bash")
    script = tmp_path / "completion.bash"
    script.write_text(run("completion", "bash").stdout)
    done = subprocess.run([bash, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
