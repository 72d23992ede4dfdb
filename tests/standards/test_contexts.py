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


def test_a_term_may_have_a_context_of_its_own_that_stands_by_reference(tmp_path: Path) -> None:
    outer = {"@context": {"@version": 1.1, "in": {"@id": "a:in", "@type": "@id", "@context": "d"}}}
    document = {"@context": "c", "@id": "a:s", "in": {"@id": "a:o", "n": "x"}}
    result = converted(tmp_path, document, c=outer, d={"@context": {"n": "a:n"}})
    assert result.exit_code == 0, result.stderr
    assert sorted(result.stdout.splitlines()) == ['<a:o> <a:n> "x" .', "<a:s> <a:in> <a:o> ."]


def test_the_context_of_a_term_may_not_lead_back_to_where_it_stands(tmp_path: Path) -> None:
    scoped = {"@context": {"@version": 1.1, "in": {"@id": "a:in", "@context": "c"}, "n": "a:n"}}
    result = converted(tmp_path, {"@context": "c", "@id": "a:s", "n": "x"}, c=scoped)
    assert result.exit_code == 3
    assert "includes itself" in result.stderr


def test_contexts_that_multiply_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Of the whole three million, writing them out takes a quarter of a minute; these multiply to 20**9.
    monkeypatch.setattr("disputegraph.rdf.jsonld_contexts.MAX_DEFINITIONS", 100_000)
    levels = {
        f"c{n}": {"@context": {f"t{m}": {"@id": "a:t", "@context": f"c{n + 1}"} for m in range(20)}} for n in range(9)
    }
    result = converted(tmp_path, {"@context": "c0", "a:p": "x"}, **levels, c9={"@context": {"n": "a:n"}})
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
