"""From what coders coded apart to what counts: taken, mixed, rejected, taken back; nothing is decided twice."""

from __future__ import annotations

from collections import Counter

import pytest

from disputegraph.errors import DataError, UsageError
from disputegraph.projects import Project, open_project
from tests.adjudication.conftest import FERRY


def states(project: Project) -> Counter[str]:
    return Counter(unit.state for unit in project.coded_units())


def test_the_units_are_those_of_the_agreement(ferry: Project) -> None:
    units, measured = ferry.coded_units(), ferry.agreement(draws=0)
    assert len(units) == measured.units
    assert sum(not unit.absent for unit in units) == measured.matched
    assert states(ferry) == {"agreed": 2, "open": 6}
    (ben_alone,) = [unit for unit in units if unit.absent]
    assert (ben_alone.absent, [one.coder for one in ben_alone.versions]) == (("ada",), ["ben"])
    differing = Counter(name for unit in units for name in unit.differs)
    of = measured.measures
    for name in ("claim", "polarity", "certainty"):
        assert differing[name] == sum(cell.count for cell in of[name].confusions if not cell.agrees)


def test_one_version_counts_and_says_where_it_comes_from(ferry: Project) -> None:
    unit = next(unit for unit in ferry.coded_units() if "claim" in unit.differs)
    ada, ben = unit.versions
    made = ferry.adjudicate(unit.key, "ben")
    fields = ferry.entry(made)["fields"]
    assert fields["claim"] == ben.fields["claim"]
    assert fields["evidence"] == ben.fields["evidence"]
    assert set(fields["derived_from"]) == {ada.iri, ben.iri}
    assert [ferry.entry(coder)["label"] for coder in fields["coded_by"]] == ["Eva"]
    assert states(ferry) == {"agreed": 2, "open": 5, "adjudicated": 1}
    with pytest.raises(UsageError, match="decided on already"):
        ferry.adjudicate(unit.key, "ada")
    ferry.undo()
    assert states(ferry) == {"agreed": 2, "open": 6}


def test_versions_are_mixed_field_by_field(ferry: Project) -> None:
    unit = next(unit for unit in ferry.coded_units() if {"claim", "polarity"} <= set(unit.differs))
    ada, ben = unit.versions
    fields = ferry.entry(ferry.adjudicate(unit.key, "ada", polarity="ben"))["fields"]
    assert (fields["claim"], fields["polarity"]) == (ada.fields["claim"], ben.fields["polarity"])
    assert ada.fields["polarity"] != ben.fields["polarity"]


def test_what_is_alike_is_taken_over_at_once(ferry: Project) -> None:
    made = ferry.adjudicate_agreed(FERRY)
    assert len(made) == 2
    assert len(ferry.dispute.utterances()) == 2
    assert ferry.adjudicate_agreed(FERRY) == []
    ferry.undo()
    assert states(ferry) == {"agreed": 2, "open": 6}


def test_hearsay_keeps_who_passed_it_on(ferry: Project) -> None:
    unit = next(unit for unit in ferry.coded_units() if "passed_on_by" in unit.versions[0].fields)
    made = ferry.adjudicate(unit.key, "ada")
    (said,) = [one for one in ferry.model.utterances if one.iri == made]
    assert (said.hearsay, [ref.label for ref in said.via]) == (True, ["Skarvik Post"])


def test_the_teller_who_says_something_too_is_one_statement(ferry: Project) -> None:
    ada = open_project(ferry.folder, coder="Ada", independent=True)
    text = ada.text(ada.document_named(FERRY)) or ""
    quote = text[: text.index("\n")]
    outer = ada.add(document=FERRY, speaker="Skarvik Post", claim="Ferries run", polarity="affirms", quote=quote)
    ada.add(
        document=FERRY, speaker="Odd Lien", claim="Ferries run", polarity="denies", quote=quote, passed_on_by=[outer]
    )
    told = [unit for unit in ferry.coded_units() if unit.versions[0].iri == outer or unit.versions[0].inside == outer]
    assert [unit.versions[0].inside for unit in told] == [None, outer]  # who passes on comes first
    first = ferry.adjudicate(told[0].key, "ada")
    second = ferry.adjudicate(told[1].key, "ada")
    assert ferry.entry(first)["fields"]["reports"] == [second]
    assert len([u for u in ferry.model.utterances if u.iri in (first, second)]) == 2


def test_no_utterance_is_on_record_and_can_be_taken_back(ferry: Project) -> None:
    (unit,) = [unit for unit in ferry.coded_units() if unit.absent]
    ferry.reject_unit(unit.key, "a question of the reporter's")
    (unit,) = [one for one in ferry.coded_units() if one.state == "rejected"]
    assert unit.rejection is not None
    assert (unit.rejection.by, unit.rejection.reason) == ("Eva", "a question of the reporter's")
    assert not ferry.dispute.utterances()
    again = open_project(ferry.folder, coder="Eva")
    assert states(again)["rejected"] == 1
    again.restore_unit(unit.key)
    assert states(again) == {"agreed": 2, "open": 6}
    again.undo()
    assert states(again)["rejected"] == 1
    again.undo()
    assert states(again)["rejected"] == 0


def test_what_somebody_coded_by_hand_is_not_asked_again(ferry: Project) -> None:
    unit = next(unit for unit in ferry.coded_units() if unit.state == "agreed")
    fields = unit.versions[0].fields
    made = ferry.add(
        document=FERRY, speaker=fields["speaker"][0], claim=fields["claim"][0], polarity="affirms", spans=unit.spans
    )
    (coded,) = [one for one in ferry.coded_units() if one.state == "coded"]
    assert (coded.key, coded.statements) == (unit.key, (made,))


def test_bad_requests_are_told(ferry: Project) -> None:
    unit = ferry.coded_units()[0]
    with pytest.raises(UsageError, match="carl does not have this utterance"):
        ferry.adjudicate(unit.key, "carl")
    with pytest.raises(UsageError, match="not there any more"):
        ferry.reject_unit("none")
    with pytest.raises(UsageError, match="nobody found"):
        ferry.restore_unit(unit.key)
    with pytest.raises(UsageError, match="no document"):
        ferry.coded_units("nowhere")


def test_one_coder_is_none_to_decide_between(ferry: Project) -> None:
    for file in (ferry.folder / "independent" / "ben").glob("*"):
        file.unlink()
    with pytest.raises(DataError, match="only ada"):
        ferry.coded_units()
