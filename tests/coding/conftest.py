"""A small project with a text of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from disputegraph.coding import Project, new_project

TEXT = """Cranes stand still

"They knew about the cranes," said Ada Osei for the Harbour Workers' Union. "We will not go back to work."

The port authority denied that it had kept a report to itself. According to Radio Nord, director Eva Lund has told
colleagues that the cranes were safe.
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one document and nothing coded."""
    text = tmp_path / "gazette-2024-05-03.txt"
    text.write_text(TEXT, encoding="utf-8")
    made = new_project(tmp_path / "harbour", title="Harbour", coder="MK")
    made.add_document(text, title="Cranes stand still", date="2024-05-03", publisher="Harbour Gazette")
    return made


@pytest.fixture
def coded(project: Project) -> Project:
    """The same with two claims, of which one is affirmed, and denied."""
    project.put("Organization", label="Harbour Workers' Union", aliases=["HWU"])
    project.put("Person", label="Ada Osei")
    common = {"document": "gazette-2024-05-03", "claim": "Authority hid the report"}
    project.add(
        **common, speaker="Ada Osei", on_behalf_of="HWU", polarity="affirms", quote="They knew about the cranes"
    )
    project.add(
        **common, speaker="Port authority", polarity="denies", quote="denied that it had kept a report to itself"
    )
    return project
