"""The W3C's suites, run against the command line as a black box: it loses nothing of what the engine passes."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main

from .engine import bare_engine
from .judging import judged
from .suites import cases, suites_folder

pytestmark = [pytest.mark.suites, pytest.mark.timeout(900), pytest.mark.xdist_group("suites")]

# Suite -> how many tests it has: a reader of manifests that passes over some would let everything pass.
SUITES = {
    "turtle": 291, "trig": 335, "ntriples": 68, "nquads": 85, "rdfxml": 169, "jsonld": 443, "sparql10": 444,
    "sparql11": 348,
}  # fmt: skip

REASONS = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))["reason"]


@pytest.fixture(scope="module")
def folder() -> Path:
    return suites_folder(Path(__file__).parents[2] / ".cache")


def in_process(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer the queries of files here: to start a worker for each, as the last test does, takes most of the time."""
    monkeypatch.setattr("disputegraph.process.in_worker", lambda: True)
    monkeypatch.setattr("disputegraph.process.isolate", lambda: True)
    monkeypatch.setattr("disputegraph.process.forget_secrets", lambda: None)


def in_a_process(*words: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "disputegraph", *words], capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def known(suite: str, *, engine: bool) -> set[str]:
    names = {name for reason in REASONS if reason["engine"] is engine for name in reason["tests"]}
    return {name for name in names if name.startswith(f"{suite}/")}


@pytest.mark.usefixtures("no_worker")
@pytest.mark.parametrize("suite", SUITES)
def test_suite(suite: str, folder: Path, tmp_path: Path) -> None:
    tests = list(cases(suite, folder))
    assert len({case.name for case in tests}) == len(tests) == SUITES[suite]
    said = {case: why for case in tests if (why := judged(case, in_process, tmp_path)) is not None}
    engine_fails = {case for case in said if judged(case, bare_engine, tmp_path) is not None}
    lost = {case.name: why for case, why in said.items() if case not in engine_fails}
    assert lost.keys() == known(suite, engine=False), lost
    failed = {case.name: said[case] for case in engine_fails}
    assert failed.keys() == known(suite, engine=True), failed


@pytest.mark.usefixtures("no_worker")
@pytest.mark.parametrize("suite", ["sparql10", "sparql11"])
def test_prefixes_of_the_data_make_no_bad_query_good(suite: str, folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "d.ttl"
    names = ("", "a", "b", "ex", "foaf", "ns", "s", "x", "xsd")
    data.write_text("".join(f"@prefix {name}: <http://x/{name}/> . " for name in names) + ":a :b :c .")
    bad = [case for case in cases(suite, folder) if case.kind == "query" and not case.good]
    assert len(bad) >= 30
    codes = {case.name: in_process("query", str(case.action), "-d", str(data), "-f", "json")[0] for case in bad}
    assert {name for name, code in codes.items() if code != 3} == codes.keys() & known(suite, engine=True)


def test_a_process_of_its_own_says_the_same(folder: Path, tmp_path: Path) -> None:
    sample = [case for suite in SUITES for case in list(cases(suite, folder))[::90]]
    kinds = Counter((case.kind, case.good) for case in sample)
    assert len(kinds) == 4
    fails = {name for reason in REASONS for name in reason["tests"]}
    for case in sample:
        said = judged(case, in_a_process, tmp_path)
        assert (said is not None) == (case.name in fails), (case.name, said)
        assert judged(case, in_process, tmp_path) == said, case.name
