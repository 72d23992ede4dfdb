"""The ontology's files and the case files beside these tests."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
EX = "https://example.org/case/"
DG = "https://w3id.org/disputegraph/ns#"


@pytest.fixture(scope="session")
def ontology(root: Path) -> Path:
    return root / "ontology"


@pytest.fixture(scope="session")
def good() -> Path:
    """A small dispute that uses every term and is in order."""
    return HERE / "cases" / "good.ttl"


@pytest.fixture(autouse=True)
def _quiet_rdflib() -> None:
    # rdflib prints a traceback for each malformed date, and some cases are full of them.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
