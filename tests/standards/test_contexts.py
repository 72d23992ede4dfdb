"""JSON-LD contexts that stand by reference: what belongs to a term, what leads back to itself, what is no context."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from disputegraph.cli import main

HOME = "https://e.org/"


def converted(tmp_path: Path, document: object, **contexts: object) -> Result:
    path = tmp_path / "d.jsonld"
    path.write_text(json.dumps(document))
    words = []
    for name, context in contexts.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(context))
        words += ["--context-file", f"{HOME}{name}={tmp_path / name}.json"]
    return CliRunner().invoke(main, ["convert", str(path), "--to", "nquads", "--base", HOME + "d", *words])


def test_the_context_of_a_term_may_lead_back_to_where_it_stands(tmp_path: Path) -> None:
    scoped = {"@context": {"@version": 1.1, "in": {"@id": "a:in", "@type": "@id", "@context": "c"}, "n": "a:n"}}
    document: dict[str, object] = {"@id": "a:9", "n": "deep"}
    for number in range(8, 0, -1):
        document = {"@id": f"a:{number}", "in": document}
    result = converted(tmp_path, {"@context": "c", **document}, c=scoped)
    assert result.exit_code == 0, result.stderr
    assert '<a:9> <a:n> "deep" .' in result.stdout.splitlines()
    assert result.stdout.count("<a:in>") == 8


def test_terms_that_lead_back_in_many_ways_are_written_out_no_further_than_they_are_used(tmp_path: Path) -> None:
    terms = {f"t{n}": {"@id": f"a:t{n}", "@context": "c"} for n in range(50)}
    document = {"@context": "c", "@id": "a:s", "t1": {"t1": {"t1": {"t1": {"t1": "x"}}}}}
    result = converted(tmp_path, document, c={"@context": {"@version": 1.1, **terms}})
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("<a:t1>") == 5


def test_contexts_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    terms = {f"t{n}": {"@id": f"a:t{n}", "@context": "c"} for n in range(50)}
    every = dict.fromkeys(terms, "x")
    document: object = every
    for _ in range(20):
        document = {**every, "t1": document}
    result = converted(tmp_path, {"@context": "c", "t0": document}, c={"@context": {"@version": 1.1, **terms}})
    assert result.exit_code == 4
    assert "written out where they are used" in result.stderr


def test_values_that_are_json_have_no_contexts(tmp_path: Path) -> None:
    value = {"@context": "no:context", "x": 1}
    document = {
        "@context": ["c", {"j": {"@id": "a:j", "@type": "@json"}}],
        "@id": "a:s",
        "j": value,
        "a:k": {"@type": "@json", "@value": value},
        "l": value,
    }
    result = converted(tmp_path, document, c={"@context": {"@version": 1.1, "l": {"@id": "a:l", "@type": "@json"}}})
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("no:context") == 3


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ({"@context": ["c", {"a": "a:a"}]}, "includes itself"),
        ({"@context": {"@import": "c"}}, "includes itself"),
        ({"a": "a:a"}, "holds no @context"),
        ([], "holds no @context"),
    ],
)
def test_what_is_no_context(tmp_path: Path, context: object, said: str) -> None:
    result = converted(tmp_path, {"@context": "c", "@id": "a:s"}, c=context)
    assert result.exit_code == 3
    assert said in result.stderr
