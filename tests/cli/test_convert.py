"""`convert` and `ontology`: formats by name and suffix, and output that is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic


@pytest.mark.parametrize("form", ["turtle", "ttl", "trig", "ntriples", "nt", "nquads", "nq", "jsonld", "rdfxml", "rdf"])
def test_formats_by_name_and_suffix(run, small: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    assert run("convert", small, "--to", form, "-o", out).exit_code == 0
    names = {"ttl": "turtle", "ntriples": "nt", "nq": "nquads", "jsonld": "json-ld", "rdfxml": "xml", "rdf": "xml"}
    back = rdflib.Dataset(default_union=True).parse(out, format=names.get(form, form))
    graph = rdflib.Graph()
    for triple in back.triples((None, None, None)):
        graph.add(triple)
    assert isomorphic(graph, rdflib.Graph().parse(small))


def test_stable_turtle_is_the_same_from_any_order(run, small: Path, tmp_path: Path) -> None:
    one = run("convert", small, "--stable").stdout
    shuffled = tmp_path / "shuffled.nt"
    lines = run("convert", small, "--to", "nt").stdout.splitlines()
    shuffled.write_text("\n".join(reversed(lines)) + "\n")
    both = [run("convert", path, "--stable", "--to", "nq").stdout for path in (small, shuffled)]
    assert both[0] == both[1]
    assert one.startswith("@prefix act:")


def test_a_broken_input_leaves_what_stood_there(run, tmp_path: Path) -> None:
    broken, out = tmp_path / "broken.ttl", tmp_path / "out.nt"
    broken.write_text('<a:a> <a:b> "1" .\n' * 5000 + "oops")
    out.write_text("before")
    result = run("convert", broken, "-o", out)
    assert result.exit_code == 3
    assert f"{broken}:5001" in result.stderr
    assert out.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_standard_input_needs_its_format_told(run) -> None:
    result = run("convert", "-", "--from", "nt", "--to", "turtle", stdin='<a:a> <a:b> "1" .\n')
    assert result.stdout == '<a:a> <a:b> "1" .\n'


def test_mistakes(run, small: Path, tmp_path: Path) -> None:
    assert "unknown RDF format 'foo'" in run("convert", small, "--to", "foo").stderr
    assert run("convert", tmp_path / "none.ttl").exit_code == 3
    assert run("convert").exit_code == 2
    named = tmp_path / "x.trig"
    named.write_text("<a:g> { <a:a> <a:b> <a:c> }")
    refused = run("convert", named, "--to", "ttl")
    assert refused.exit_code == 2
    assert "Write trig" in refused.stderr


def test_the_kinds_of_acts_are_a_table_too(run) -> None:
    result = run("ontology", "actions", "-f", "table")
    words = [line.split("  ", 1) for line in result.stdout.splitlines()]
    assert any(word == "abolish" and "close, remove, scrap" in rest for word, *rests in words for rest in rests)
    assert run("ontology", "core", "-f", "table").exit_code == 2


@pytest.mark.parametrize("part", ["core", "health", "actions", "alignment", "german", "shapes", "context"])
def test_each_part_of_the_ontology_is_printed(run, root: Path, part: str) -> None:
    result = run("ontology", part)
    assert result.exit_code == 0
    assert result.stdout.strip()
