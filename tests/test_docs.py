"""The manual tells the truth: its commands run and print what it shows, its Python runs.

In a ```console block a line that begins with "$ " is a command, run by bash in a fresh folder that one document's
blocks share; what follows is its output, where a line "…" stands for any lines and "…" within a line for any text.
A command without output shown only has to succeed; one whose shown output ends in "[exit N]" exits so. Blocks of
other languages are shown, not run.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
_BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w-]*)[^\n]*\n(?P<body>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL
)


def blocks(path: Path, language: str) -> list[tuple[int, str]]:
    """Return the blocks of one language in a Markdown file, each with the line it begins on."""
    text = path.read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, match.start()) + 2, re.sub(rf"(?m)^{match['indent']}", "", match["body"]))
        for match in _BLOCK.finditer(text)
        if match["language"] == language
    ]


def commands(body: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a console block, each with the lines shown below it."""
    found: list[tuple[str, list[str]]] = []
    lines = iter(body.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command = command[:-1] + next(lines).removeprefix("> ").strip()
            found.append((command, []))
        elif found and (line.strip() or found[-1][1]):
            found[-1][1].append(line.rstrip())
    return found


def matches(shown: list[str], printed: list[str]) -> bool:
    """Tell whether the printed lines are those shown, "…" standing for anything."""
    while shown and not shown[-1]:
        shown = shown[:-1]
    pattern = ""
    for line in shown:
        if line.strip() == "…":
            pattern += r"(?:[^\n]*\n)*"
        else:
            pattern += "[^\n]*".join(re.escape(part) for part in line.split("…")) + r"[ ]*\n"
    text = "".join(line.rstrip() + "\n" for line in printed).rstrip("\n") + "\n"
    return re.fullmatch(pattern, text) is not None


def _with_its_files(path: Path, folder: Path) -> None:
    """Lay the files that a document's reader is told to take, those in the folder of its name, into a folder."""
    if path.with_suffix("").is_dir():
        shutil.copytree(path.with_suffix(""), folder, dirs_exist_ok=True)


def ending(shown: list[str]) -> tuple[int, list[str]]:
    """Return the exit code that a command is to have, and the output that is shown."""
    told = re.fullmatch(r"\[exit (\d+)\]", shown[-1].strip()) if shown else None
    return (int(told[1]), shown[:-1]) if told else (0, shown)


def runs(path: Path, folder: Path) -> Iterator[tuple[int, str, list[str], subprocess.CompletedProcess[str]]]:
    """Run a document's commands in a folder; yield the line of each block, the command, what is shown, what came."""
    _with_its_files(path, folder)
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DISPUTEGRAPH_DATA": "",
        "COLUMNS": "200",
    }
    for line, body in blocks(path, "console"):
        for command, shown in commands(body):
            yield (
                line,
                command,
                shown,
                subprocess.run(
                    ["bash", "-c", command],
                    cwd=folder,
                    env=env,
                    capture_output=True,
                    text=True,
                    timeout=120,
                    check=False,
                ),
            )


@pytest.mark.once
@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_commands_print_what_is_shown(path: Path, tmp_path: Path) -> None:
    for line, command, shown, done in runs(path, tmp_path):
        code, expected = ending(shown)
        place = f"{path.relative_to(ROOT)}, block at line {line}: $ {command}\n"
        assert done.returncode == code, place + done.stdout + done.stderr
        if expected:
            # What is shown may be what a person sees, both streams together, or the results alone.
            both = [done.stdout.splitlines(), (done.stderr + done.stdout).splitlines(), done.stderr.splitlines()]
            assert any(matches(expected, printed) for printed in both), place + done.stdout + done.stderr


@pytest.mark.once
@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_python_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _with_its_files(path, tmp_path)
    names: dict[str, object] = {}
    for line, body in blocks(path, "python") + blocks(path, "pycon"):
        if ">>>" in body:
            test = doctest.DocTestParser().get_doctest(body, names, path.name, str(path), line)
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            runner.run(test, clear_globs=False)
            assert runner.failures == 0, f"{path.relative_to(ROOT)}: block at line {line}"
            names.update(test.globs)
        else:
            exec(compile(body, f"{path.name}:{line}", "exec"), names)


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        # Pages under reference/ are generated; the site, built strictly, holds links to them.
        if "://" not in target and not target.startswith("mailto:") and "reference/" not in target:
            assert (path.parent / target).exists(), f"{path.name} links to {target}, which is not there"


def test_matching_itself_can_fail() -> None:
    assert matches(["a", "…", "z"], ["a", "b", "c", "z"])
    assert matches(["x … z"], ["x y z"])
    assert not matches(["a", "z"], ["a", "b", "z"])
    assert not matches(["a"], [])


def test_doctests_of_the_library() -> None:
    import importlib
    import pkgutil

    import disputegraph

    tried = 0
    for module in pkgutil.walk_packages(disputegraph.__path__, "disputegraph."):
        if (
            ".cli" in module.name
            or module.name.endswith("__main__")
            or ".bundled" in module.name
            or ".spark" in module.name
        ):
            continue
        result = doctest.testmod(importlib.import_module(module.name), optionflags=doctest.ELLIPSIS)
        assert result.failed == 0, module.name
        tried += result.attempted
    assert tried > 5
