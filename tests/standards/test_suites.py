"""The W3C's suites, run against the command line as a black box: it loses nothing of what the engine passes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main

from .engine import bare_engine
from .judging import judged
from .suites import cases, suites_folder

pytestmark = [pytest.mark.suites, pytest.mark.timeout(900), pytest.mark.xdist_group("suites")]

# Suite -> its tests, and how many pass at the least. What fails is the engine's: spellings of values it does not keep
# ("01" as an integer), entailment, XML literals that it does not canonicalise.
FIGURES = {
    "turtle": (291, 291), "trig": (335, 335), "ntriples": (68, 68), "nquads": (85, 85), "rdfxml": (169, 164),
    "sparql10": (444, 413), "sparql11": (348, 286),
}  # fmt: skip

# What is SPARQL, and is refused all the same: it would use the network.
REFUSED = {
    "sparql10/syntax-sparql2/syntax-dataset-01", "sparql10/syntax-sparql2/syntax-dataset-02",
    "sparql11/service/service7", "sparql11/syntax-fed/test_1", "sparql11/syntax-fed/test_2",
    "sparql11/syntax-fed/test_3",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Path:
    return suites_folder(Path(__file__).parents[2] / ".cache")


def in_process(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.stdout, result.stderr


def in_a_process(*words: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "disputegraph", *words], capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("suite", FIGURES)
def test_suite(suite: str, folder: Path, tmp_path: Path) -> None:
    tests = list(cases(suite, folder))
    failed = {case.name: case for case in tests if judged(case, in_process, tmp_path) is not None}
    refused = REFUSED & failed.keys()
    assert refused == {name for name in REFUSED if name.startswith(f"{suite}/")}
    lost = [name for name in failed.keys() - refused if judged(failed[name], bare_engine, tmp_path) is None]
    assert not lost
    total, passing = FIGURES[suite]
    assert len(tests) == total
    assert total - len(failed) >= passing


def test_a_process_of_its_own_says_the_same(folder: Path, tmp_path: Path) -> None:
    sample = [case for suite in FIGURES for case in list(cases(suite, folder))[::90]]
    kinds = Counter((case.kind, case.good) for case in sample)
    assert len(kinds) == 4
    for case in sample:
        assert judged(case, in_process, tmp_path) == judged(case, in_a_process, tmp_path), case.name
