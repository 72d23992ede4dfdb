"""The tests of a group share a worker, so that a server or a site is made once."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("together")
def test_xdist_knows_the_groups(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ and request.config.getoption("loadgroup", False):
        assert request.node.nodeid.endswith("@together")
