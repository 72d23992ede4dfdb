"""What all tests share: where this checkout is, and reference data that may stand beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference data beside the checkout (source texts, matrices); what needs it is skipped where it is not."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the reference data folder ../shared/data is not here")
    return folder


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of input files and expected output."""
    return ROOT / "tests" / "cases"


def require(present: object, what: str) -> None:
    """Skip where a real component is missing; in CI, where all is installed, fail instead."""
    if not present:
        if os.environ.get("CI"):
            pytest.fail(f"{what} is missing, and in CI it must be there")
        pytest.skip(f"{what} is not installed")
