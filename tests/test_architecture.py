"""The house: floors, faces and no circles, as docs/architecture.md draws them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

FLOORS = {
    "archives": 0, "errors": 0, "json_island": 0, "vocabulary": 0.5, "resources": 0.5,
    "process": 0.75,  # the lowest of floor 1: rdf labels blank nodes in a worker
    "rdf": 1, "sparql": 1,
    "store": 2, "tables": 2,
    "model": 3, "evidence": 3, "checks": 3,
    "importers": 4, "networks": 4,
    "identity": 5, "analysis": 5, "spark": 5, "coding": 5,
    "page": 6, "drafting": 6, "adjudication": 6,
    "figures": 6.5,  # places nodes as the page does
    "results": 6.75,
    "site": 6.75,  # holds the page
    "dispute": 7, "projects": 7.5,
    "server": 8, "assistant": 8,
    "cli": 9,
}  # fmt: skip


_BY_NAME = {Path("__init__.py"), Path("cli/group.py"), Path("coding/text_reading.py")}
"""Files that import what is asked for, by a table of names; the last, its own package's."""


def imports(root: Path) -> Iterator[tuple[Path, int, tuple[str, ...], tuple[str, ...]]]:
    """Yield every import of our own: file, line, the importing module, the imported one; lazy imports included."""
    package = root / "src" / "disputegraph"
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package).with_suffix("").parts
        if inside in {("__init__",), ("__main__",)}:
            continue
        if inside[-1] == "__init__":
            inside = inside[:-1]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "disputegraph":
                module = node.module.split(".")[1:]
                for alias in node.names:
                    further = package.joinpath(*module, alias.name)
                    is_module = further.is_dir() or further.with_suffix(".py").is_file()
                    named = is_module or not module  # of the facade, what is taken from it
                    yield path, node.lineno, inside, (*module, alias.name) if named else tuple(module)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name.split(".")[0] == "disputegraph":
                        yield path, node.lineno, inside, tuple(alias.name.split(".")[1:])


def test_a_file_imports_only_from_its_own_package_or_a_lower_floor(root: Path) -> None:
    wrong = []
    for path, line, inside, imported in imports(root):
        assert inside[0] in FLOORS, f"{path} has no floor: name it here and in docs/architecture.md"
        where = f"{path.relative_to(root)}:{line}"
        if imported == ("__version__",):
            continue
        if not imported or imported[0] not in FLOORS:
            wrong.append(f"{where} imports the facade")
        elif imported[0] != inside[0] and FLOORS[imported[0]] >= FLOORS[inside[0]]:
            wrong.append(f"{where} imports {'.'.join(imported)} from its own floor or above")
    assert not wrong, "\n".join(wrong)


def test_packages_are_entered_by_their_face(root: Path) -> None:
    wrong = [
        f"{path.relative_to(root)}:{line} imports {'.'.join(imported)}"
        for path, line, inside, imported in imports(root)
        if len(imported) > 1 and imported[0] != inside[0]
    ]
    assert not wrong, "\n".join(wrong)


def test_no_circles_lazy_ones_included(root: Path) -> None:
    graph: nx.DiGraph = nx.DiGraph()
    for _, _, inside, imported in imports(root):
        # A package's face imports what is inside it; what is inside imports its neighbours, never the face.
        if imported and inside != imported:
            graph.add_edge(inside, imported)
    circles = [found for found in nx.strongly_connected_components(graph) if len(found) > 1]
    assert not circles, "\n".join(", ".join(sorted(map(".".join, circle))) for circle in circles)


def test_no_import_escapes_the_tests_of_imports(root: Path) -> None:
    """Relative imports, and our own modules by a text, would not be seen by the tests above."""
    package = root / "src" / "disputegraph"
    wrong = []
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        relative = any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(ast.parse(text)))
        by_name = "import_module" in text and re.search(r"""f?["']disputegraph\.""", text)
        if relative or (by_name and path.relative_to(package) not in _BY_NAME):
            wrong.append(str(path.relative_to(root)))
    assert not wrong, "\n".join(wrong)


def test_slow_libraries_are_imported_where_they_are_used(root: Path) -> None:
    """`scipy.sparse` and the rest of numpy come with the model; these would cost every command."""
    slow = {
        "csgraph",
        "linalg",
        "matplotlib",
        "networkx",
        "optimize",
        "pandas",
        "pyshacl",
        "rdflib",
        "spacy",
        "special",
        "stats",
    }
    wrong = []
    for path in sorted((root / "src").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [each.name for each in getattr(node, "names", ())] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{path.relative_to(root)}:{node.lineno}" for name in names if slow.intersection(name.split("."))]
    assert not wrong, "\n".join(wrong)


def test_file_names_are_unique_and_say_their_subject(root: Path) -> None:
    names = Counter(path.name for path in (root / "src").rglob("*.py") if not path.name.startswith("__"))
    assert [name for name, count in names.items() if count > 1] == []
    assert not {"utils.py", "helpers.py", "common.py", "misc.py"} & set(names)


def test_no_file_is_long(root: Path) -> None:
    lengths: dict[str, int] = defaultdict(int)
    for path in (root / "src").rglob("*.py"):
        lengths[str(path.relative_to(root))] = len(path.read_text(encoding="utf-8").splitlines())
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_lines_of_scripts_fit_as_those_of_programs_do(root: Path) -> None:
    """The formatter cuts neither comments nor texts."""
    scripts = [path for path in (root / "src").rglob("*.js") if not path.name.startswith("codemirror")]
    long = [path.name for path in scripts if max(map(len, path.read_text(encoding="utf-8").splitlines())) > 120]
    assert scripts
    assert long == []


def test_every_dependency_is_used_and_justified(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    called = {"python-docx": "docx", "python-sat": "pysat"}
    core = {re.split(r"[><=]", each)[0] for each in project["dependencies"]}
    extras = {re.split(r"[><=]", each)[0] for group in project["optional-dependencies"].values() for each in group}
    imported = set()
    for path in (root / "src" / "disputegraph").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {each.name.split(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    # markupsafe comes with jinja2 and py4j with pyspark; _typeshed is only for types.
    foreign = imported - set(sys.stdlib_module_names) - {"disputegraph", "markupsafe", "py4j", "_typeshed"}
    assert foreign >= {called.get(name, name) for name in core}
    assert foreign <= {called.get(name, name) for name in core | extras}
    section = (root / "docs" / "architecture.md").read_text(encoding="utf-8").split("## What the core depends on")[1]
    assert set(re.findall(r"^\| ([a-z][a-z0-9-]+) \|", section.split("\n## ")[0], re.MULTILINE)) - {"package"} == core
