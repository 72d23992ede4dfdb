"""A project that two coders coded apart: the ferry of docs/agreement.md."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from disputegraph.projects import Project, new_project, open_project

FERRY = "ferry-2025-03-12"


def ferry_coded_twice(root: Path, at: Path) -> Project:
    """Return the project of docs/agreement.md, opened by who decides."""
    folder = root / "docs" / "agreement"
    made = new_project(at / "ferry", title="The night ferry")
    made.add_document(folder / f"{FERRY}.txt", date="2025-03-12")
    for coder in ("Ada", "Ben"):
        apart = open_project(made.folder, coder=coder, independent=True)
        with (folder / f"{coder.lower()}.csv").open(encoding="utf-8", newline="") as sheet:
            for row in csv.DictReader(sheet):
                apart.add(document=FERRY, **{field: value for field, value in row.items() if value})
    return open_project(made.folder, coder="Eva")


@pytest.fixture
def ferry(root: Path, tmp_path: Path) -> Project:
    return ferry_coded_twice(root, tmp_path)
