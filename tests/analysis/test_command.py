"""`disputegraph analyse` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from disputegraph.cli import main
from disputegraph.resources import bundled_dispute

ANALYSES = ("coalitions", "balance", "polarisation", "contested", "brokers", "change", "centrality")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["analyse", *arguments])


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_begins_with_a_reading(name: str, tmp_path: Path) -> None:
    shown = run(name, "-d", str(bundled_dispute()))
    assert shown.exit_code == 0, shown.output
    first = shown.stdout.splitlines()[0]
    assert first.endswith(".")
    told = json.loads(run(name, "-d", str(bundled_dispute()), "-f", "json").stdout)
    assert told["reading"] == first
    for suffix in ("json", "txt"):
        path = tmp_path / f"{name}.{suffix}"
        assert run(name, "-d", str(bundled_dispute()), "-o", str(path)).exit_code == 0
        assert first in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ANALYSES)
@pytest.mark.parametrize(
    "text", ["", "<urn:u> dg:speaker <urn:a> ; dg:addressesClaim <urn:c> ; dg:polarity dg:neutral ."]
)
def test_little_data_is_said_and_not_counted(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "little.ttl"
    path.write_text(f"@prefix dg: <https://w3id.org/disputegraph/ns#> .\n{text}\n", encoding="utf-8")
    result = run(name, "-d", str(path))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0].endswith(".")
    assert json.loads(run(name, "-d", str(path), "-f", "json").stdout)["reading"]


def test_signed_edge_lists(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text("source,target,sign\na,b,1\nb,c,1\na,c,-1\nc,d,-1\n", encoding="utf-8")
    told = json.loads(run("balance", "--edges", str(path), "-f", "json").stdout)
    assert (told["frustration_index"], told["proven"], told["triangles"], told["balanced_triangles"]) == (1, True, 1, 0)
    told = json.loads(run("coalitions", "--edges", str(path), "-f", "json").stdout)
    assert told["index"] == 1
    assert len(told["misfits"]) == 1
    path.write_text("source,target,sign\na,b,x\n", encoding="utf-8")
    result = run("balance", "--edges", str(path))
    assert result.exit_code == 3
    assert "edges.csv:2: the sign 'x' is not a number" in result.stderr


def test_polarisation_over_time() -> None:
    told = json.loads(run("polarisation", "-d", str(bundled_dispute()), "--window", "months", "-f", "json").stdout)
    assert [each["first"] for each in told["results"]] == ["2016-01-01", "2016-02-01"]


def test_wrong_requests_are_one_line() -> None:
    for arguments, says in (
        (("coalitions", "--coalitions", "1"), "is not a number of coalitions"),
        (("coalitions", "--coalitions", "0", "--relaxed"), "needs a number"),
        (("centrality", "--kind", "signed"), "not negative"),
        (("polarisation", "--window", "year"), "Did you mean 'years'"),
        (("balance", "--edges", "missing.csv"), "cannot be read"),
        (("coalitions", "--between", "voicez"), "Did you mean 'voice'"),
    ):
        result = run(*arguments, *([] if "--edges" in arguments else ["-d", str(bundled_dispute())]))
        assert result.exit_code == (3 if "missing.csv" in arguments else 2), result.output
        assert says in result.stderr, result.stderr
        assert "Traceback" not in result.output
