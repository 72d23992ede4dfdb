"""What all tests share: where this checkout is, and reference data that may stand beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
# On a busy machine, or while coverage is measured, a single example may take long without being wrong.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Folders and files whose tests start processes of their own or wait for limits: they are run on one system alone.
ONCE = {"docs", "faults", "field", "install", "interoperability", "process", "server"}
ONCE |= {
    "test_credentials.py",
    "test_deep_queries.py",
    "test_disk.py",
    "test_misbehaving.py",
    "test_reasoning.py",
    "test_screening.py",
}

# Files and tests that take a tenth of a second or more, one a line; what they do, they do on every system.
SLOW = frozenset((ROOT / "tests" / "slow_tests.txt").read_text(encoding="utf-8").split())

LONG = ("slow", "browser", "server", "spark", "suites", "xdist_group")

# Measuring coverage makes a test take up to twice as long. What these run, and random examples, others run too.
UNMEASURED = {
    *("docs", "faults", "field", "install", "interoperability", "ontology", "process", "spark", "standards", "store"),
    *("test_crashes.py", "test_deep_queries.py", "test_docs.py", "test_hostile_texts.py", "test_over_coders.py"),
    *("data", "golden", "test_readings.py", "test_screening.py", "test_standard_streams.py", "test_text_reading.py"),
}

# Folders and files whose tests share what takes a second or more to make: one worker makes it, and runs them all.
TOGETHER = {"site", "test_agreement.py", "test_hostile.py", "test_rail_strike.py", "test_spacy_drafting.py"}
TOGETHER |= {"test_whole_dispute.py"}


@pytest.hookimpl(tryfirst=True)  # before xdist, which reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that are slow, need a browser, or are not measured; those that take long come first."""
    for item in items:
        parts = item.path.relative_to(ROOT / "tests").parts
        name = "/".join(parts)
        if ONCE.intersection(parts):
            item.add_marker("once")
        if item.get_closest_marker("once") or SLOW & {name, f"{name}::{item.originalname}"}:
            item.add_marker("slow")
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        random = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if random or UNMEASURED.intersection(parts) or item.get_closest_marker("browser"):
            item.add_marker("no_cover")
        if (shared := TOGETHER.intersection(parts)) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(f"all of {min(shared)}"))
    # A long test that began last would leave all workers but one with nothing to do.
    items.sort(key=lambda item: not any(map(item.get_closest_marker, LONG)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Where coverage is not measured, it is not in the processes of a test either."""
    left_out = item.get_closest_marker("no_cover")
    setting = os.environ.pop("COVERAGE_PROCESS_CONFIG", None) if left_out else None
    try:
        return (yield)
    finally:
        if setting is not None:
            os.environ["COVERAGE_PROCESS_CONFIG"] = setting


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def dna_samples(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """DNA's sample, and the one whose days are spread over years, each imported; by the names of the references."""
    from disputegraph.cli import main

    folder, reference = tmp_path_factory.mktemp("dna"), shared / "dna" / "reference-2"
    found = {}
    for name in ("sample", "spread"):
        copyfile(shared / "dna" / "sample.dna", folder / f"{name}.dna")
        if name == "spread":
            with closing(sqlite3.connect(folder / "spread.dna")) as database:
                database.executescript((reference / "spread.sql").read_text(encoding="utf-8"))
        found[name] = folder / f"{name}.ttl"
        done = CliRunner().invoke(main, ["import", "dna", str(folder / f"{name}.dna"), "-o", str(found[name])])
        assert done.exit_code == 0, done.output
    return found


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference data that cannot be part of the project, such as the text of the report.

    `DISPUTEGRAPH_SHARED` names the folder, which must then be there (`.ci/run` sets it). Without the variable it is
    `../shared/data`, and the tests that need it are skipped where it is missing.
    """
    named = os.environ.get("DISPUTEGRAPH_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        if named:
            pytest.fail(f"DISPUTEGRAPH_SHARED names the folder {named}, which is not there")
        pytest.skip("the reference data folder ../shared/data is not here")
    return folder


@pytest.fixture(scope="session")
def harbour(root: Path) -> Path:
    """A dispute of our own invention with the text it is coded from: `dispute.ttl` and `sources/meeting.txt`."""
    return root / "tests" / "evidence" / "harbour"


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


ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium, one for all tests of a worker: a second would need a second event loop."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        require(None, "playwright")
    # The shell is the same engine without a window's frame; a page takes a third of the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    require(path, "chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()
