"""The keys of docs/coding.md do what it says, and its pictures are made on the way.

`DISPUTEGRAPH_PICTURES=1 pytest tests/server/test_coding_tutorial.py` writes the pictures anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from disputegraph.coding import Project, new_project
from tests.server.conftest import Running

SAVED = "All changes are on disk"


def test_the_first_statement_by_the_keys_of_the_manual(
    browser: Any, code: Callable[..., Running], root: Path, tmp_path: Path
) -> None:
    pictures = root / "docs" / "pictures" if os.environ.get("DISPUTEGRAPH_PICTURES") else tmp_path
    project = new_project(tmp_path / "harbour", title="Harbour", coder="MK")
    project.add_document(
        root / "docs" / "coding" / "gazette-2024-05-03.txt", title="Dockers walk out", date="2024-05-03",
        publisher="Harbour Gazette",
    )  # fmt: skip
    project.put("Organization", label="Harbour Workers' Union", aliases=["HWU"])
    project.put("Person", label="Ada Osei")
    project.put("Organization", label="Port authority")
    for claim in ("All reports are public", "Cranes were never checked", "Dockers walked out"):
        project.put("Claim", label=claim)
    running = code(project.folder)
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{running.address}/code/#{running.token}")
    page.get_by_text("Dockers walk out at north quay").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("option").first.wait_for()
    page.screenshot(path=pictures / "coding-form.png")
    page.keyboard.press("1")
    page.keyboard.type("Authority hid the report")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.get_by_text(SAVED).wait_for()
    page.get_by_role("list").get_by_text("Authority hid the report").first.wait_for()
    (utterance,) = Project(project.folder).model.utterances
    assert (utterance.speaker.label, utterance.claim.label, utterance.polarity) == (
        "Ada Osei", "Authority hid the report", "affirms",
    )  # fmt: skip
    (anchor,) = utterance.anchors
    words = project.text(anchor.document)[anchor.start : anchor.end]
    assert words.startswith('"They knew about the cranes')
    page.keyboard.press("u")
    page.get_by_role("list").get_by_text("Authority hid the report").first.wait_for(state="detached")
    page.keyboard.press("U")
    page.get_by_role("list").get_by_text("Authority hid the report").first.wait_for()
    page.keyboard.press("C")
    page.get_by_role("button", name="Likely doubles").wait_for()
    page.get_by_role("cell", name="Authority hid the report").wait_for()
    page.screenshot(path=pictures / "coding-codebook.png")
    context.close()
    assert said == []
