"""docs/coding-in-sheets.md is followed to the letter; docs/importing.md names no option that is not there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.cli.group import COMMANDS

_BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_coding_an_article_as_the_manual_tells(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    output = ""
    for kind, info, text in _BLOCK.findall((root / "docs" / "coding-in-sheets.md").read_text(encoding="utf-8")):
        if kind == "sh":
            for line in text.splitlines():
                words = shlex.split(line)
                assert words[0] == "disputegraph"
                if words[1] == "page":
                    continue  # has tests of its own, in a browser
                run = CliRunner().invoke(main, words[1:])
                assert run.exit_code == (int(info.split()[1]) if info else 0), f"{line}\n{run.output}"
                output = run.output
        elif info == "output":
            assert text.strip() in output
        else:
            path = Path(info.split()[0])
            before = path.read_text(encoding="utf-8") if info.endswith(" append") else ""
            path.write_text(before + text, encoding="utf-8")
    assert sorted(path.name for path in Path("harbour").glob("*.ttl")) == ["coded-2.ttl", "coded.ttl", "dispute.ttl"]


@pytest.mark.parametrize("page", ["coding-in-sheets.md", "importing.md"])
def test_every_command_and_option_exists(root: Path, page: str) -> None:
    context = click.Context(main)
    for kind, _, text in _BLOCK.findall((root / "docs" / page).read_text(encoding="utf-8")):
        for line in text.splitlines() if kind == "sh" else []:
            words = shlex.split(line)[1:]
            assert words[0] in COMMANDS, line
            command = main.get_command(context, words[0])
            if isinstance(command, click.Group):
                command = command.get_command(context, words[1])
            assert command is not None, line
            known = {option for parameter in command.params for option in parameter.opts}
            assert {word for word in words if re.match(r"--?[a-z]", word)} <= known, line
