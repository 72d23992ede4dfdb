"""The coded dispute, its README and the text it is coded from."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import rdflib

from tests.data.coded_dispute import CASE


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(CASE / "dispute.ttl")


@pytest.fixture(scope="module")
def readme() -> str:
    return (CASE / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def report(shared: Path) -> str:
    """The text the dispute is coded from, normalised as the document node says."""
    path = shared / "junior-doctors-article.txt"
    return unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
