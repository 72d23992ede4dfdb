"""The command as a whole: its list, its help, its exit codes."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from disputegraph.cli.group import COMMANDS


def test_help_lists_every_command(run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, (_, _, line) in COMMANDS.items():
        assert name in result.stdout
        assert line.split()[0] in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_there_and_its_line_is_its_own(name: str, run) -> None:
    module, attribute, line = COMMANDS[name]
    command = getattr(import_module(module), attribute)
    assert isinstance(command, click.Command)
    assert command.get_short_help_str(limit=200) == line
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


def test_floors(root: Path) -> None:
    """A file imports only from its own floor or a lower one, and never the facade."""
    floors = {
        "errors": 0, "vocabulary": 0, "formats": 0, "resources": 0, "terms": 0, "outputs": 0, "jsonld": 0,
        "garbage": 0, "termchains": 0, "sparql": 1, "reading": 1, "writing": 1, "conversion": 1, "canonical": 1,
        "screening": 1, "nquads": 1, "sorting": 1, "store": 1, "limits": 1, "rdf": 1, "records": 2, "queries": 2,
        "evidence": 2, "checks": 2, "importers": 2, "identity": 2, "portrait": 2, "networks": 3, "analysis": 4,
        "spark": 4, "page": 5, "dispute": 6, "demonstration": 6, "server": 6, "cli": 7,
    }  # fmt: skip
    import ast

    package = root / "src" / "disputegraph"
    for path in package.rglob("*.py"):
        inside = path.relative_to(package).with_suffix("").parts
        if inside in {("__init__",), ("__main__",)}:
            continue
        assert inside[0] in floors, f"{path} has no floor: name it here and in docs/architecture.md"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = []
            if isinstance(node, ast.ImportFrom) and node.module:
                modules = [node.module]
            elif isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            for module in modules:
                first, _, rest = module.partition(".")
                if first != "disputegraph":
                    continue
                if not rest:
                    names = {alias.name for alias in getattr(node, "names", [])}
                    assert names == {"__version__"}, f"{path}:{node.lineno} imports the facade"
                    continue
                below = rest.split(".")[0]
                assert floors[below] <= floors[inside[0]], f"{path}:{node.lineno} imports {module} from above"


def test_the_entry_point_runs() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("disputegraph"), "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("disputegraph, version 0.")


def test_output_into_a_closed_pipe_is_no_error() -> None:
    command = Path(sys.executable).with_name("disputegraph")
    script = f"'{command}' ontology core | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout.splitlines()[-1] in ("0", "1", "141")


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
