"""`disputegraph network` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from disputegraph.cli import main
from disputegraph.networks import KINDS
from disputegraph.resources import bundled_dispute


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["network", *arguments, "-d", str(bundled_dispute())])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["graphml", "gexf", "csv", "matrix", "json", "ucinet"])
def test_every_kind_in_every_format(kind: str, form: str) -> None:
    result = run(kind, "-f", form)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()


def test_the_suffix_tells_the_format(tmp_path: Path) -> None:
    for suffix, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        path = tmp_path / f"network{suffix}"
        assert run("signed", "-o", str(path)).exit_code == 0
        assert read(path).number_of_edges() > 3


def test_an_edge_explains_itself() -> None:
    edges = list(csv.DictReader(io.StringIO(run("signed", "--normalise", "average").stdout)))
    for edge in edges:
        names = [edge["source_label"], edge["target_label"]]
        result = run("signed", "--normalise", "average", "--explain", *names, "-f", "json")
        found = json.loads(result.stdout)
        assert sum(each["amount"] for each in found) == pytest.approx(float(edge["weight"]))
        assert len({each["utterance"] for each in found}) == int(edge["count"])
        assert all(each["document"] for each in found)
    shown = run("signed", "--explain", edges[0]["source"], edges[0]["target"]).stdout
    assert shown.startswith("Weight ")


def test_contradictions_count_unless_left_out() -> None:
    def edges(*options: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(run("signed", *options).stdout)))

    assert len(edges("--hearsay", "all")) == 13
    assert len(edges()) == 8
    assert len(edges("--hearsay", "all", "--no-contradictions")) == 6
    shown = run(
        "signed", "--hearsay", "all", "--explain", "UK Government", "Aislin Macklin-Doherty", "-f", "csv"
    ).stdout
    against = {row["contradicts"] for row in csv.DictReader(io.StringIO(shown))}
    assert against - {""}, shown


def test_time_slices(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("affiliation", "--window", "months").stdout)))
    assert {row["first"] for row in rows} >= {"2016-01-01", "2016-02-01"}
    result = run("affiliation", "--window", "months", "-o", str(tmp_path / "slice.graphml"))
    assert result.exit_code == 0
    assert len(list(tmp_path.glob("slice-2016-*.graphml"))) == len({row["first"] for row in rows})
    slices = json.loads(run("affiliation", "--window", "months", "-f", "json").stdout)
    assert [each["first"] for each in slices] == sorted(each["first"] for each in slices)


def test_filters_count() -> None:
    def total(*options: str) -> int:
        return sum(int(row["count"]) for row in csv.DictReader(io.StringIO(run("affiliation", *options).stdout)))

    everything = total()
    assert total("--first-hand") < everything
    assert total("--exclude", "via=BBC") == everything - 1
    assert total("--include", "polarity=denies") + total("--exclude", "polarity=denies") == everything
    assert total("--until", "2016-01") + total("--since", "2016-02") == everything
    assert total("--min-statements", "3") < everything


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["congruense"], 2, "Did you mean 'congruence'"),
        (["congruence", "-f", "graphm"], 2, "Did you mean 'graphml'"),
        (["congruence", "--window", "years", "--width", "9"], 2, "longer than the statements last"),
        (["congruence", "--window", "days", "-f", "gexf"], 2, "name them with -o"),
        (["congruence", "--window", "days", "--explain", "a", "b"], 2, "--since and --until"),
        (["congruence", "--exclude", "via"], 2, "FIELD=VALUE"),
        (["congruence", "--exclude", "viaa=BBC"], 2, "Did you mean 'via'"),
        (["congruence", "--include", "voice=Jeremy Hunnt"], 2, "Did you mean 'Jeremy Hunt'"),
        (["congruence", "--explain", "Jeremy Hunnt", "BBC"], 2, "Did you mean 'Jeremy Hunt'"),
        (["congruence", "--since", "yesterday"], 2, "not a date for since"),
        (["congruence", "--qualifier", "intensty"], 2, "Did you mean 'intensity'"),
        (["congruence", "--backbone", "7"], 2, "between 0 and 1"),
        (["signed", "--engine", "spark"], 2, "add --no-contradictions"),
        (["congruence", "-o", "/nowhere/at/all.graphml"], 2, "does not exist"),
    ],
)
def test_what_cannot_be_met_is_one_line(arguments: list[str], code: int, says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_nothing_left_is_said() -> None:
    result = run("congruence", "--since", "2030")
    assert result.exit_code == 0
    assert "no statement is left" in result.stderr
    assert result.stdout.splitlines() == ["source,target,source_label,target_label,weight,count"]
