"""The W3C's tests of RDF to JSON-LD 1.1, asked of the bytes that the command writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from tests.conftest import require

from .suites import suites_folder

pytestmark = [pytest.mark.suites, pytest.mark.xdist_group("suites")]

# Options that the command does not have.
_OPTIONS = {"useNativeTypes", "useRdfType", "rdfDirection"}


def cases(folder: Path) -> list[tuple[str, Path, Path]]:
    """Return name, input and expected document of each test that needs no option and is not of JSON-LD 1.0."""
    manifest = json.loads((folder / "fromRdf-manifest.jsonld").read_text(encoding="utf-8"))
    return [
        (test["@id"], folder / test["input"], folder / test["expect"])
        for test in manifest["sequence"]
        if "expect" in test
        and not _OPTIONS & test.get("option", {}).keys()
        and test.get("option", {}).get("specVersion") != "json-ld-1.0"
    ]


def unordered(value: Any, key: str = "") -> Any:
    """Return expanded JSON-LD in which arrays stand in one order, but those of lists and JSON literals."""
    if isinstance(value, list):
        inner = [unordered(item) for item in value]
        return inner if key == "@list" else sorted(inner, key=json.dumps)
    if isinstance(value, dict):
        is_json = value.get("@type") == "@json"
        return {name: inner if is_json else unordered(inner, name) for name, inner in sorted(value.items())}
    return value


def test_from_rdf() -> None:
    try:
        from pyld import jsonld
    except ImportError:
        require(None, "PyLD")
    tests = cases(suites_folder(Path(__file__).parents[2] / ".cache") / "jsonld" / "1.1")
    assert len(tests) == 39
    failed = []
    for name, data, expected in tests:
        result = CliRunner().invoke(main, ["convert", str(data), "--to", "jsonld"])
        assert result.exit_code == 0, (name, result.stderr)
        found = jsonld.expand(json.loads(result.stdout), {"documentLoader": None})
        if unordered(found) != unordered(json.loads(expected.read_text(encoding="utf-8"))):
            failed.append(name)
    assert failed == []
