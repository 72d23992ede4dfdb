"""What `show` says of people and statements."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main

DATA = """
@prefix ex: <https://example.org/s/> . @prefix dg: <https://w3id.org/disputegraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:ann a dg:Person ; skos:prefLabel "Ann" .
ex:bob a dg:Person ; skos:prefLabel "Bob" .
ex:deed a dg:Actor, dg:Document ; skos:prefLabel "Deed" .
ex:c a dg:Claim ; skos:prefLabel "Ann lied" ; dg:claimedAgent ex:ann .
ex:ann-no a dg:Utterance ; dg:speaker ex:ann ; dg:addressesClaim ex:c ; dg:polarity dg:denies .
ex:ann-heard a dg:ReportedUtterance ; dg:reportedSpeaker ex:ann ; dg:reportedClaim ex:c ;
  dg:reportedPolarity dg:affirms .
ex:relay a dg:Utterance ; dg:speaker ex:bob ; dg:reports ex:ann-heard .
ex:ann-misquoted a dg:Utterance ; dg:speaker ex:ann ; dg:addressesClaim ex:c ; dg:polarity dg:affirms .
ex:correction a dg:Withdrawal ; dg:supersedes ex:ann-misquoted ; skos:note "The paper corrected it."@en .
ex:later a dg:Utterance ; dg:speaker ex:deed ; dg:addressesClaim ex:c ; dg:polarity dg:affirms ;
  dg:saidOn "2024-05-02"^^xsd:date .
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("show") / "data.ttl"
    file.write_text(DATA, encoding="utf-8")
    return file


def shown(path: Path, name: str) -> str:
    done = CliRunner().invoke(main, ["show", name, "-d", str(path)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_nobody_says_what_others_say_they_said(path: Path) -> None:
    sections = shown(path, "Ann").split("\n\n")
    assert [section.splitlines()[0] for section in sections[1:]] == [
        "Says (1)",
        "Is said by others to say, not counted (1)",
        "Withdrawn, not counted (1)",
        "Others say of Ann (1)",
    ]
    assert "Ann denies: Ann lied" in sections[1]
    assert "Ann, according to Bob, affirms: Ann lied" in sections[2]
    assert "The paper corrected it." in sections[3]
    assert "Deed affirms: Ann lied" in sections[4]


def test_a_document_that_speaks_is_called_one(path: Path) -> None:
    assert shown(path, "Deed").startswith("Deed  (Document)")


@pytest.mark.parametrize("name", ["ann-no", "Ann-No"])
def test_a_statement_is_found_by_the_id_of_its_row(path: Path, name: str) -> None:
    assert "Ann denies: Ann lied" in shown(path, name)
