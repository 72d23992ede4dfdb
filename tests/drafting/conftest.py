"""A small project with a text of our own, and a drafter that finds what a test tells it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from disputegraph.drafting import Draft, ProposedSpeaker
from disputegraph.projects import Project, new_project, open_project

TEXT = """Cranes stand still

"They knew about the cranes," said Ada Osei for the Harbour Workers' Union. "We will not go back to work."

The port authority denied that it had kept a report to itself. According to Radio Nord, director Eva Lund has told
colleagues that the cranes were safe.
"""


def places(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(part), text.index(part) + len(part)) for part in words)


def drafts_in(text: str) -> list[Draft]:
    """Return what a reader finds in TEXT."""
    ada = ProposedSpeaker("Ada Osei", 0.9, "named beside the words")
    return [
        Draft(
            places(text, "They knew about the cranes"), places(text, "Ada Osei"), places(text, "said"), "direct", ada,
            speech_act="accusing",
        ),
        Draft(places(text, "We will not go back to work"), kind="direct", speaker=replace(ada, score=0.6)),
        Draft(
            places(text, "it had kept a report to itself"), places(text, "The port authority"), places(text, "denied"),
            speaker=ProposedSpeaker("Port authority", 0.9, "named beside the words"), polarity="denies",
        ),
        Draft(
            places(text, "director Eva Lund has told\ncolleagues that the cranes were safe"),
            places(text, "Radio Nord"), places(text, "According to"),
            speaker=ProposedSpeaker("Radio Nord", 0.9, "named beside the words"),
        ),
        Draft(
            places(text, "the cranes were safe"), places(text, "director Eva Lund"), places(text, "told"),
            speaker=ProposedSpeaker("Eva Lund", 0.8, "named beside the words"), inside=3,
        ),
    ]  # fmt: skip


@dataclass
class Fake:
    """A drafter that counts its calls, and fails at a text if it is told to."""

    program: str = "rules"
    version: str = "9"
    found: Sequence[Draft] | None = None
    fails_at: str | None = None
    texts: list[str] = field(default_factory=list)

    def draft(self, text: str) -> list[Draft]:
        self.texts.append(text)
        if self.fails_at is not None and self.fails_at in text:
            raise KeyboardInterrupt
        return drafts_in(text) if self.found is None else list(self.found)


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Project:
    """A project with one document, two actors and a claim; each test has a copy."""
    shutil.copytree(made_project, tmp_path, dirs_exist_ok=True)
    return open_project(tmp_path / "harbour")


@pytest.fixture(scope="session")
def made_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    text = folder / "gazette.txt"
    text.write_text(TEXT, encoding="utf-8")
    made = new_project(folder / "harbour", title="Harbour", coder="MK")
    made.add_document(text, title="Cranes stand still", date="2024-05-03", publisher="Harbour Gazette")
    made.put("Person", label="Ada Osei")
    made.put("Organization", label="Port authority", aliases=["The port authority"])
    made.put("Claim", label="Authority kept a report to itself", paraphrase="It had kept a report to itself.")
    return folder
