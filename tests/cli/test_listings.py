"""`actors`, `claims`, `utterances`, `show`: what is known, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path


def test_claims_as_jsonl(run, small: Path) -> None:
    (line,) = run("claims", "-d", small, "-f", "jsonl").stdout.splitlines()
    claim = json.loads(line)
    assert claim["label"] == "Bob broke the deal"
    assert (claim["agent"], claim["action"], claim["target"]) == ("Bob", "breach", "the deal")
    assert claim["paraphrase"] == "Bob did not keep to it."
    first, second = claim["utterances"]
    assert (first["speaker"], first["voice"], first["polarity"], first["date"]) == (
        "Ann",
        "Ann",
        "affirms",
        "2020-01-02",
    )
    assert (second["speaker"], second["polarity"], second["date"], second["via"]) == ("Bob", "denies", None, [])


def test_actors(run, small: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("actors", "-d", small, "-f", "csv").stdout)))
    assert [(row["actor"], row["kind"], row["utterances"], row["claims_about"]) for row in rows] == [
        ("Ann", "Person", "1", "0"),
        ("Bob", "Person", "1", "1"),
    ]
    assert json.loads(run("actors", "-d", small, "-f", "json").stdout)[0]["aliases"] == ["A. Nother"]


def test_formulas_do_not_run_in_a_spreadsheet(run, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(
        '<a:x> a <https://w3id.org/disputegraph/ns#Person> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "=1+1" .'
    )
    assert "\n'=1+1," in run("actors", "-d", path, "-f", "csv").stdout.replace("\r", "")


def test_utterances_table_names_voice_and_claim(run, small: Path) -> None:
    table = run("utterances", "-d", small).stdout
    (line,) = [line for line in table.splitlines() if "2020-01-02" in line]
    assert "Ann" in line
    assert "affirms" in line
    assert "Bob broke the deal" in line


def test_show_tells_both_sides(run, small: Path) -> None:
    text = run("show", "bob", "-d", small).stdout
    assert "Bob  (Person)" in text
    assert "Bob denies: Bob broke the deal" in text
    assert "Ann affirms: Bob broke the deal" in text
    assert json.loads(run("show", "ex:c", "-d", small, "-f", "json").stdout)["type"] == "Claim"
    thing = run("show", "the deal", "-d", small).stdout
    assert "introducedBy: Bob broke the deal" in thing


def test_show_of_the_unknown_and_the_ambiguous(run, small: Path) -> None:
    unknown = run("show", "Bop", "-d", small)
    assert unknown.exit_code == 2
    assert "Did you mean 'Bob'" in unknown.stderr
    several = run("show", "o", "-d", small)  # in "Bob" and in "Bob broke the deal"
    assert several.exit_code == 2
    assert "may mean" in several.stderr
    nothing = run("show", "http://example.org/nothing", "-d", small)
    assert nothing.exit_code == 2
    assert "says nothing of" in nothing.stderr


def test_the_two_claims_on_the_card(run) -> None:
    claims = {claim["label"]: claim for claim in map(json.loads, run("claims", "-f", "jsonl").stdout.splitlines())}
    veto = claims["Hunt vetoed compromise"]
    assert len({utterance["speaker"] for utterance in veto["utterances"]}) == 2
    assert sorted(utterance["via"] for utterance in veto["utterances"]) == [[], ["The Independent"]]
    (acas,) = claims["BMA broke ACAS agreement"]["utterances"]
    assert len(acas["anchors"]) == 2
    assert len({anchor["sha256"] for anchor in acas["anchors"]}) == 1
    assert acas["voice"] == "Department of Health"


def test_nothing_is_listed_of_nothing(run, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<a:a> <a:b> <a:c> .")
    for command in ("actors", "claims", "utterances"):
        assert run(command, "-d", path, "-f", "json").stdout.strip() == "[]"
        assert run(command, "-d", path).exit_code == 0


def test_likely_doubles_are_listed_with_the_reason(run, small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(small.read_text().replace("ex:ann", "ex:anne").replace('"Ann"', '"Ann "'))
    found = json.loads(run("actors", "--duplicates", "-d", small, "-d", other, "-f", "json").stdout)
    assert [(pair["label"].strip(), pair["other_label"].strip()) for pair in found] == [("Ann", "Ann")]
    assert "same name" in found[0]["reason"]
    assert run("actors", "--duplicates", "-d", small, "-f", "csv").stdout.splitlines()[1:] == []
