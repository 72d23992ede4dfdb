"""What shells complete, and the manual pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from disputegraph.cli.group import COMMANDS
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


def test_a_manual_page_for_every_command(run, tmp_path: Path) -> None:
    result = run("man", "--dir", str(tmp_path / "man1"))
    assert result.exit_code == 0
    there = {path.name for path in (tmp_path / "man1").iterdir()}
    assert {"disputegraph.1", *(f"disputegraph-{name}.1" for name in COMMANDS)} <= there
    assert "disputegraph-import-dna.1" in there
    page = (tmp_path / "man1" / "disputegraph-query.1").read_text()
    assert page.startswith('.TH "DISPUTEGRAPH-QUERY" "1"')
    assert "\\-\\-parameter" in page
    assert ".SH SEE ALSO" in page


def test_manual_pages_are_valid_roff(run, tmp_path: Path) -> None:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed")
    run("man", "--dir", str(tmp_path))
    for path in tmp_path.iterdir():
        done = subprocess.run([groff, "-man", "-Tutf8", "-ww", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, path
        assert "macro" not in done.stderr, done.stderr
    command = [groff, "-man", "-Tascii", str(tmp_path / "disputegraph-serve.1")]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "--port" in re.sub(".\b", "", shown)  # bold is a letter struck twice


def test_an_unknown_page_names_the_nearest(run) -> None:
    result = run("man", "qurey")
    assert result.exit_code == 2
    assert "query" in result.stderr
