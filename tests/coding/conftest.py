"""A small project with a text of our own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from disputegraph.coding import Project, new_project

TEXT = """Cranes stand still

"They knew about the cranes," said Ada Osei for the Harbour Workers' Union. "We will not go back to work."

The port authority denied that it had kept a report to itself. According to Radio Nord, director Eva Lund has told
colleagues that the cranes were safe.
"""


@pytest.fixture(scope="session")
def made_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text, and a project with it and nothing coded, in a folder."""
    folder = tmp_path_factory.mktemp("made")
    text = folder / "gazette-2024-05-03.txt"
    text.write_text(TEXT, encoding="utf-8")
    made = new_project(folder / "harbour", title="Harbour", coder="MK")
    made.add_document(text, title="Cranes stand still", date="2024-05-03", publisher="Harbour Gazette")
    return folder


@pytest.fixture(scope="session")
def made_coded(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with two claims, of which one is affirmed, and denied."""
    folder = shutil.copytree(made_project, tmp_path_factory.mktemp("made") / "coded")
    made = Project(folder / "harbour")
    made.put("Organization", label="Harbour Workers' Union", aliases=["HWU"])
    made.put("Person", label="Ada Osei")
    common = {"document": "gazette-2024-05-03", "claim": "Authority hid the report"}
    made.add(**common, speaker="Ada Osei", on_behalf_of="HWU", polarity="affirms", quote="They knew about the cranes")
    made.add(**common, speaker="Port authority", polarity="denies", quote="denied that it had kept a report to itself")
    return folder


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Project:
    """A project with one document and nothing coded; each test has a copy."""
    shutil.copytree(made_project, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path / "harbour")


@pytest.fixture
def coded(project: Project, made_coded: Path, tmp_path: Path) -> Project:
    """The same with two claims, of which one is affirmed, and denied; it stands in place of the other."""
    shutil.copytree(made_coded, tmp_path, dirs_exist_ok=True)
    return Project(project.folder)
