"""Run the command in this process, its output and exit code at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

Run = Callable[..., Result]

SMALL = """
@prefix dg: <https://w3id.org/disputegraph/ns#> .
@prefix ex: <http://example.org/d/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:ann a dg:Person ; skos:prefLabel "Ann"@en ; skos:altLabel "A. Nother" .
ex:bob a dg:Person ; skos:prefLabel "Bob"@en .
ex:deal a dg:ClaimedThing ; dg:claimedKind dg:Arrangement ; skos:prefLabel "the deal"@en ; dg:introducedBy ex:c .
ex:c a dg:Claim ; skos:prefLabel "Bob broke the deal"@en ; dg:paraphrase "Bob did not keep to it."@en ;
  dg:claimedAgent ex:bob ; dg:claimedAction <https://w3id.org/disputegraph/action/breach> ; dg:claimedTarget ex:deal .
ex:u1 a dg:Utterance ; dg:speaker ex:ann ; dg:addressesClaim ex:c ; dg:polarity dg:affirms ; dg:speechAct dg:accusing ;
  dg:saidOn "2020-01-02"^^<http://www.w3.org/2001/XMLSchema#date> .
ex:u2 a dg:Utterance ; dg:speaker ex:bob ; dg:addressesClaim ex:c ; dg:polarity dg:denies .
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command with these arguments."""
    monkeypatch.delenv("DISPUTEGRAPH_DATA", raising=False)

    def invoke(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        from disputegraph.cli import main

        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
        assert "Traceback" not in result.output
        assert result.exit_code != 70, result.output
        return result

    return invoke


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small dispute of our own: one claim, affirmed by one and denied by the other."""
    path = tmp_path / "small.ttl"
    path.write_text(SMALL, encoding="utf-8")
    return path
