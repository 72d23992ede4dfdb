"""Tests are dealt out and left out as they say: those of a group share a worker, slow ones are named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.mark.xdist_group("together")
def test_xdist_knows_the_groups(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ and request.config.getoption("loadgroup", False):
        assert request.node.nodeid.endswith("@together")


def test_every_slow_test_that_is_named_is_there(root: Path) -> None:
    named = (root / "tests" / "slow_tests.txt").read_text(encoding="utf-8").split()
    assert named == sorted(set(named))
    for line in named:
        path, _, test = line.partition("::")
        text = (root / "tests" / path).read_text(encoding="utf-8")
        assert f"def {test}(" in text if test else "def test_" in text, line
