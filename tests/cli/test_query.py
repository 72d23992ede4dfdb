"""`query`: every form and format, parameters, and what is said of bad ones."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import rdflib

NAMES = "SELECT ?name WHERE { ?p a dg:Person ; skos:prefLabel ?name } ORDER BY ?name"


def test_rows_in_each_format(run, small: Path) -> None:
    rows = run("query", NAMES, "-d", small, "-f", "csv").stdout.splitlines()
    assert rows == ["name", "Ann", "Bob"]
    assert run("query", NAMES, "-d", small, "-f", "tsv").stdout.splitlines() == ["?name", '"Ann"@en', '"Bob"@en']
    found = json.loads(run("query", NAMES, "-d", small, "-f", "json").stdout)
    assert found["head"]["vars"] == ["name"]
    assert found["results"]["bindings"][0]["name"] == {"type": "literal", "value": "Ann", "xml:lang": "en"}
    lines = run("query", NAMES, "-d", small, "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [{"name": "Ann"}, {"name": "Bob"}]
    table = run("query", NAMES, "-d", small).stdout
    assert [line.strip() for line in table.splitlines() if line.strip().isalpha()] == ["name", "Ann", "Bob"]


def test_ask(run, small: Path) -> None:
    assert run("query", "ASK { ?s a dg:Claim }", "-d", small).stdout == "true\n"
    assert json.loads(run("query", "ASK { ?s a dg:Dispute }", "-d", small, "-f", "json").stdout)["boolean"] is False


def test_graphs_are_turtle_unless_told_otherwise(run, small: Path, tmp_path: Path) -> None:
    query = "CONSTRUCT { ?u dg:speaker ?s } WHERE { ?u dg:speaker ?s }"
    turtle = run("query", query, "-d", small).stdout
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    assert len(graph) == 2
    assert "ex:u1 dg:speaker ex:ann ." in turtle
    assert len(run("query", query, "-d", small, "-f", "ntriples").stdout.splitlines()) == 2
    out = tmp_path / "out.jsonld"
    assert run("query", query, "-d", small, "-o", out).exit_code == 0
    assert len(rdflib.Graph().parse(out)) == 2
    refused = run("query", query, "-d", small, "-f", "csv")
    assert refused.exit_code == 2
    assert "a graph cannot be written as" in refused.stderr


def test_the_format_follows_the_suffix(run, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run("query", NAMES, "-d", small, "-o", out)
    assert list(csv.reader(io.StringIO(out.read_text()))) == [["name"], ["Ann"], ["Bob"]]


@pytest.mark.parametrize(
    "value", ["Ann", "a. nother", "ex:ann", "<http://example.org/d/ann>", "http://example.org/d/ann"]
)
def test_parameters_by_name_prefix_or_iri(run, small: Path, value: str) -> None:
    result = run("query", "SELECT ?u { ?u dg:speaker ?who }", "-p", f"who={value}", "-d", small, "-f", "csv")
    assert result.stdout.split() == ["u", "http://example.org/d/u1"]


def test_parameters_that_are_literals(run, small: Path) -> None:
    by_date = run("query", "SELECT ?u { ?u dg:saidOn ?day }", "-p", "day=2020-01-02", "-d", small, "-f", "csv")
    assert by_date.stdout.split() == ["u", "http://example.org/d/u1"]
    text = run("query", "SELECT ?p { ?p skos:altLabel ?t }", "-p", 't="A. Nother"', "-d", small, "-f", "csv")
    assert text.stdout.split() == ["p", "http://example.org/d/ann"]
    hostile = run("query", "SELECT ?p { ?p skos:altLabel ?t }", "-p", 't="x\\" } DROP ALL #"', "-d", small, "-f", "csv")
    assert hostile.stdout.split() == ["p"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nonsense"], 2, "there is no query named 'nonsense'"),
        (["SELECT * WHERE { ?s ?p }"], 3, "this is not a SPARQL query"),
        (["SELECT * { ?s exx:p 1 }"], 3, "the prefix 'exx:' is not declared. Did you mean 'ex'"),
        (["INSERT DATA { <a:a> <a:b> 1 }"], 3, "is an update"),
        (["missing.rq"], 3, "missing.rq: there is no such file"),
        (["SELECT ?u { ?u dg:speaker ?who }", "-p", "whom=Ann"], 2, "no parameter 'whom'. Did you mean 'who'"),
        (["SELECT ?u { ?u dg:speaker ?who }", "-p", "who=Anne"], 2, "nothing is called 'Anne'. Did you mean 'Ann'"),
        (["SELECT ?u { ?u dg:speaker ?who }", "-p", "who"], 2, "not of the form NAME=VALUE"),
        (["SELECT ?u { ?u dg:speaker ?who }", "-p", 'who="'], 2, "is not a literal"),
        (["SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }"], 3, "--allow-network"),
        (["ASK {}", "-f", "turtle"], 2, "rows cannot be written as"),
        (["ASK {}", "-o", "no/such/folder/x.csv"], 2, "does not exist; make it first"),
    ],
)
def test_what_is_said_of_mistakes(run, small: Path, arguments: list[str], code: int, said: str) -> None:
    result = run("query", *arguments, "-d", small)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert result.stderr.startswith("Error: ")


def test_the_query_may_come_from_standard_input_or_a_file(run, small: Path, tmp_path: Path) -> None:
    assert run("query", "-", "-d", small, "-f", "csv", stdin=NAMES).stdout.split() == ["name", "Ann", "Bob"]
    file = tmp_path / "names.rq"
    file.write_text("﻿" + NAMES, encoding="utf-8")
    assert run("query", file, "-d", small, "-f", "csv").stdout.split() == ["name", "Ann", "Bob"]
    broken = tmp_path / "broken.rq"
    broken.write_text("SELECT *\nWHERE {")
    assert f"{broken}:2:" in run("query", broken, "-d", small).stderr


def test_data_from_standard_input(run, small: Path) -> None:
    text = small.read_text()
    assert run("query", NAMES, "-d", "-", "-f", "csv", stdin=text).stdout.split() == ["name", "Ann", "Bob"]
    both = run("query", "-", "-d", "-", stdin=text)
    assert both.exit_code == 2
    assert "cannot be both" in both.stderr


def test_default_data_are_noted(run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("query", "ASK { ?c skos:prefLabel 'Hunt vetoed compromise'@en }")
    assert result.stdout == "true\n"
    assert "reading the bundled dispute" in result.stderr
    monkeypatch.setenv("DISPUTEGRAPH_DATA", str(small))
    result = run("query", NAMES, "-f", "csv")
    assert result.stdout.split() == ["name", "Ann", "Bob"]
    assert result.stderr == ""


def test_a_result_is_drawn(run, small: Path, tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    rows = "SELECT (?s AS ?source) (?a AS ?target) { ?u dg:speaker ?s ; dg:addressesClaim/dg:claimedAgent ?a }"
    assert run("query", rows, "-d", small, "--page", page).exit_code == 0
    assert '"Ann"' in page.read_text(encoding="utf-8")
    page.unlink()
    graph = "CONSTRUCT { ?u dg:speaker ?s } WHERE { ?u dg:speaker ?s }"
    assert run("query", graph, "-d", small, "--page", page).exit_code == 0
    assert page.exists()
    wrong = run("query", NAMES, "-d", small, "--page", tmp_path / "no.html")
    assert wrong.exit_code == 2
    assert "?source" in wrong.stderr
    assert not (tmp_path / "no.html").exists()
    assert run("query", "ASK {}", "-d", small, "--page", page).exit_code == 2


def test_a_function_that_nobody_knows_has_no_value_and_is_told_of(run) -> None:
    text = "SELECT ?x ?y { BIND(1 AS ?x) BIND(<http://e.org/f>(?x) AS ?y) FILTER(!<http://e.org/g>(?x) || ?x = 1) }"
    result = run("query", text, "-f", "csv")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["x,y", "1,"]
    for name in "fg":
        assert f"Note: there is no function <http://e.org/{name}>; calls of it had no value." in result.stderr


def test_inference_is_an_option_and_what_is_missed_is_told(run, small: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a a dg:Actor }"
    plain = run("query", query, "-d", small, "-f", "csv")
    assert plain.stdout.split() == ["n", "0"]
    assert (
        plain.stderr
        == "Note: 'a dg:Actor' does not match nodes of its sub-classes: dg:Person (2). With --infer it does.\n"
    )
    inferred = run("query", query, "-d", small, "-f", "csv", "--infer")
    assert (inferred.stdout.split(), inferred.stderr) == (["n", "2"], "")


def test_named_queries_infer_unless_told_not_to(run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from disputegraph.store import EmbeddedStore

    asked = []
    answer = EmbeddedStore._answer

    def noted(self: EmbeddedStore, query: str, *, infer: bool, **rest: object) -> object:
        asked.append(infer)
        return answer(self, query, infer=infer, **rest)

    monkeypatch.setattr(EmbeddedStore, "_answer", noted)
    for options, infers in (([], True), (["--no-infer"], False), (["--infer"], True)):
        assert run("query", "actors", "-d", small, *options).exit_code == 0
        assert asked.pop() is infers


def test_a_misspelt_term_is_told_of(run, small: Path) -> None:
    result = run("query", "ASK { ?u dg:speakr ?who }", "-d", small, "--infer")
    assert result.stdout == "false\n"
    assert result.stderr == "Note: the ontology has no term dg:speakr. Did you mean 'dg:speaker'?\n"


def test_a_bundled_dispute_is_named_and_what_is_there_wins(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    count = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a dg:Document }"
    printed = {
        name: int(run("query", count, "-d", name, "-f", "csv").stdout.split()[1])
        for name in ("junior-doctors", "junior-doctors-2016")
    }
    assert printed["junior-doctors"] > printed["junior-doctors-2016"] == 1
    (tmp_path / "junior-doctors").mkdir()
    (tmp_path / "junior-doctors" / "mine.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    assert run("query", count, "-d", "junior-doctors", "-f", "csv").stdout.split() == ["n", "0"]
