"""What an import takes as it stands and tells: names that are nearly others, voices of two kinds, names of persons."""

from __future__ import annotations

import pytest

from .conftest import statement
from .sheet_values import ACTORS, Run, called, subjects


def test_a_claim_or_document_mistyped_by_a_word_is_told(run: Run) -> None:
    rows = [
        statement(claim="Authority hid the report", document="gazette of may"),
        statement(claim="Authority hid the report", document="gazette of may", speaker="Union"),
        statement(claim="Authority hid report", document="gazette of may", speaker="Dockers"),
        statement(claim="Authority hides the report", document="gazete of may", speaker="Radio Nord"),
        statement(claim="Authority never hid the report", document="herald of may"),
        statement(claim="The offer is fair"),
        statement(claim="The offer is unfair"),
        statement(claim="Strike 1 is lawful"),
        statement(claim="Strike 2 is lawful"),
    ]
    told = sorted((problem.row, problem.column, problem.message) for problem in run(rows).warnings if problem.column)
    assert [(row, column) for row, column, _ in told] == [(4, "claim"), (5, "claim"), (5, "document")]
    assert "Did you mean 'Authority hid the report' (2 rows)?" in told[0][2]
    assert "'gazete of may' is another document than 'gazette of may'" in told[2][2]
    rows[2]["contradicts"] = "Authority hid the report"
    assert [problem.row for problem in run(rows).warnings if problem.column == "claim"] == [5]


def test_one_speaker_with_and_without_an_organisation_is_told(run: Run) -> None:
    rows = [statement(on_behalf_of="Union"), statement(polarity="denies"), statement(speaker="Dockers")]
    (told,) = [problem for problem in run(rows).warnings if problem.column == "on_behalf_of"]
    assert told.row == 3
    assert "'Ada Osei' speaks for 'Union' in 1 row, and for nobody in this one: two voices" in told.message


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Eva Lund", "Actor"), ("J.-P. de la Cour", "Actor"), ("safety report", "Issue"), ("Cranes", "Issue"),
     ("Report 7", "Issue"), ("Port authority", "Issue")],
)  # fmt: skip
def test_a_person_as_target_is_an_actor(run: Run, name: str, kind: str) -> None:
    """By the way the name is written, where no sheet lists it; what it was made is told."""
    done = run([statement(target=name)], ACTORS[:1])
    assert subjects(done.triples, "rdf:type", f"dg:{kind}") == [called(done.triples, name)]
    assert any(name in str(problem) and "created as" in str(problem) for problem in done.warnings)
    listed = run([statement(target=name)], [*ACTORS[:1], {"name": name, "kind": "issue"}])
    assert subjects(listed.triples, "rdf:type", "dg:Issue") == [called(listed.triples, name)]
