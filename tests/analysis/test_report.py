"""A report: all there is, the same bytes, options passed on, reasons for what is missing, whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from disputegraph.cli.analyse import analyse
from disputegraph.cli.analyse_report import _arguments

pytestmark = pytest.mark.once  # every analysis and every figure


def data(folder: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    for number, (who, what, side, day) in enumerate(rows):
        said = f'"{day}"^^<http://www.w3.org/2001/XMLSchema#date>'
        lines.append(
            f":u{number} a dg:Utterance ; dg:speaker :{who} ; dg:addressesClaim :{what} ; dg:polarity dg:{side} ; "
            f"dg:saidOn {said} ; dg:documentedIn :d{number % 4} ."
        )
    (folder / "d.ttl").write_text("\n".join(lines), encoding="utf-8")
    return folder / "d.ttl"


def blocs(folder: Path) -> Path:
    sides = {who: "affirms" if who in "abc" else "denies" for who in "abcdef"}
    rows = [(who, what, sides[who], f"2020-01-{1 + n:02}") for n, what in enumerate("xyz") for who in "abcdef"]
    return data(folder, [*rows, ("a", "w", "denies", "2020-01-09"), ("f", "w", "affirms", "2020-01-09")])


def run(folder: Path, source: Path, *more: str) -> Result:
    few = ["--null", "5", "--bootstrap", "5"]
    return CliRunner().invoke(analyse, ["--report", str(folder), "-d", str(source), *few, *more])


def test_a_report_holds_everything_and_is_the_same_twice(tmp_path: Path) -> None:
    source = blocs(tmp_path)
    for name in ("one", "two"):
        done = run(tmp_path / name, source, "--exclude", "voice=c", "--positive", "f", "--no-figures")
        assert done.exit_code == 0, done.output
    files = {path.relative_to(tmp_path / "one"): path for path in sorted((tmp_path / "one").rglob("*.*"))}
    assert all(path.read_bytes() == (tmp_path / "two" / name).read_bytes() for name, path in files.items())
    text = files[Path("report.md")].read_text(encoding="utf-8")
    assert "17 statements of 5 voices on 4 claims in 4 documents count, from 2020-01-01 to 2020-01-09." in text
    assert "| exclude | voice=c |" in text
    assert "5 shuffles" in text
    with files[Path("tables/support.csv")].open(encoding="utf-8", newline="") as stream:
        assert {row["claim"]: row["affirms"] for row in csv.DictReader(stream)}["x"] == "2"
    for name in ("coalitions", "polarisation", "ideal-points"):
        assert json.loads(files[Path(f"results/{name}.json")].read_text(encoding="utf-8"))["reading"] in text
    told = json.loads(files[Path("results/ideal-points.json")].read_text(encoding="utf-8"))
    assert told["named"]
    assert told["positive"] == "urn:x:f"
    assert not (tmp_path / "one" / "figures").exists()
    links = {part.split(")")[0] for part in text.split("](")[1:]}
    assert {str(name) for name in files} >= links


def test_what_cannot_be_computed_is_named_with_its_reason(tmp_path: Path) -> None:
    source = data(tmp_path, [("a", "x", "affirms", "2020-01-01")])
    done = run(tmp_path / "r", source)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "r" / "report.md").read_text(encoding="utf-8")
    missing = text.split("## Not computed")[1].split("\n## ")[0]
    said = {
        name: why
        for line in missing.split("\n- ")[1:]
        for names, why in [line.split(": ", 1)]
        for name in names.split(", ")
    }
    assert said["ideal-points"].startswith("there are no ideal points: 0 actors")
    assert said["figure polarisation"].startswith("no time slice has an index")
    assert "Clinton" not in text
    for kind in ("claims", "matrix"):
        assert (tmp_path / "r" / "figures" / f"{kind}.pdf").read_bytes().startswith(b"%PDF")
        assert f"![{kind}](figures/{kind}.svg)" in text
    assert "could not be made" in done.stderr


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    source = blocs(tmp_path)
    done = run(tmp_path, source)
    assert done.exit_code != 0
    assert "name a new folder" in str(done.exception or "") + done.output
    wrong = run(tmp_path / "r", source, "--include", "voice=nobody")
    assert wrong.exit_code != 0
    assert [path.name for path in tmp_path.iterdir()] == ["d.ttl"]


def test_options_are_passed_on_to_the_analyses_that_have_them() -> None:
    chosen = {"contradictions": False, "include": ("voice=a", "via=b"), "duplicates": "week", "over": None, "null": 7}
    with click.Context(analyse):
        given = _arguments(analyse.commands["coalitions"], chosen)
        assert {"--no-contradictions"} <= set(given)
        parsed = analyse.commands["coalitions"].make_context("coalitions", given).params
        assert {name: parsed[name] for name in chosen} == chosen
        assert "--null" not in _arguments(analyse.commands["contested"], chosen)
        assert "--no-contradictions" not in _arguments(analyse.commands["coalitions"], {"contradictions": True})
