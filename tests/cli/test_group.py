"""The command as a whole: its list, its help, its exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from disputegraph.cli.group import COMMANDS, main


def test_help_lists_every_command(run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, line in COMMANDS.items():
        assert name in result.stdout
        assert line.split()[0] in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_there_and_its_line_is_its_own(name: str, run) -> None:
    command = main.get_command(click.Context(main), name)
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.get_short_help_str(limit=200) == COMMANDS[name]
    assert run(name, "--help").exit_code == 0


def test_an_unknown_command_names_the_nearest(run) -> None:
    result = run("qurey")
    assert result.exit_code == 2
    assert "Did you mean 'query'" in result.stderr


def test_help_imports_nothing_heavy() -> None:
    heavy = ["rdflib", "networkx", "pyvis", "numpy", "scipy", "pyshacl", "rich", "jinja2", "pyoxigraph"]
    code = (
        "import sys\nfrom disputegraph.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_the_entry_point_runs() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("disputegraph"), "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("disputegraph, version 0.")


def test_output_into_a_closed_pipe_ends_quietly(root: Path) -> None:
    # More rows than a pipe holds, so that the command is still writing when `head` has gone.
    command = f"'{sys.executable}' -m disputegraph query 'SELECT * {{ ?s ?p ?o . ?s ?q ?r }}' -f csv"
    command += f" -d '{root / 'data' / 'junior-doctors-2016' / 'dispute.ttl'}'"
    script = f"{command} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("o,p,q,r,s\n1\n", "")


def test_a_bug_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from disputegraph.cli import main
    from disputegraph.cli import queries as module

    monkeypatch.delenv("DISPUTEGRAPH_DEBUG", raising=False)
    monkeypatch.setattr(module, "named_queries", lambda: 1 / 0)
    result = CliRunner().invoke(main, ["queries"])
    assert result.exit_code == 70
    assert "This is a bug in disputegraph" in result.stderr
    assert "Traceback" not in result.output
