"""The site of the bundled dispute, written once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from disputegraph.resources import bundled_dispute
from disputegraph.site import write_site
from disputegraph.store import open_store
from tests.page.hostile import HostileSources, hostile_store

BASE = "https://example.org/disputes/doctors/"


@pytest.fixture(scope="session")
def bundled_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "doctors"
    with open_store([bundled_dispute()]) as store:
        write_site(store, folder, base=BASE)
    return folder


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which every text of the data tries to run something."""
    folder = tmp_path_factory.mktemp("site") / "hostile"
    with hostile_store() as store:
        done = write_site(store, folder, sources=HostileSources())  # type: ignore[arg-type]  # as good as
    assert done.pages > 30
    return folder
