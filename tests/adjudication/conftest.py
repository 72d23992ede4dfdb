"""A project that two coders coded apart: the ferry of docs/agreement.md."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from disputegraph.projects import Project, new_project, open_project

FERRY = "ferry-2025-03-12"


def ferry_coded_twice(root: Path, at: Path) -> Path:
    """Make the project of docs/agreement.md in a folder; return its own."""
    folder = root / "docs" / "agreement"
    made = new_project(at / "ferry", title="The night ferry")
    made.add_document(folder / f"{FERRY}.txt", date="2025-03-12")
    for coder in ("Ada", "Ben"):
        apart = open_project(made.folder, coder=coder, independent=True)
        with (folder / f"{coder.lower()}.csv").open(encoding="utf-8", newline="") as sheet:
            for row in csv.DictReader(sheet):
                apart.add(document=FERRY, **{field: value for field, value in row.items() if value})
    return made.folder


@pytest.fixture(scope="module")
def coded_ferry(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Coding it takes a second; each test has a copy."""
    return ferry_coded_twice(root, tmp_path_factory.mktemp("coded"))


@pytest.fixture
def ferry(coded_ferry: Path, tmp_path: Path) -> Project:
    """The project, opened by who decides."""
    return open_project(shutil.copytree(coded_ferry, tmp_path / "ferry"), coder="Eva")
