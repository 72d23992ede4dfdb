from __future__ import annotations

import pytest

from disputegraph.coding import coder_versions
from disputegraph.drafting import ReviewedDraft, documents_named, draft_documents
from disputegraph.errors import UsageError
from disputegraph.projects import Project, open_project
from tests.drafting.conftest import TEXT, Fake, places


@pytest.fixture
def drafts(project: Project) -> list[ReviewedDraft]:
    list(draft_documents(project, Fake(), documents_named(project, ())))
    return project.drafts("gazette")


def states(project: Project) -> list[str]:
    return [one.state for one in project.drafts("gazette")]


def fields(project: Project, iri: str) -> dict[str, list[object]]:
    found = project.entry(iri)["fields"]
    assert isinstance(found, dict)
    return found


def test_an_accepted_draft_is_a_statement_of_the_coders(project: Project, drafts: list[ReviewedDraft]) -> None:
    iri = project.accept(drafts[2].iri)
    said = fields(project, iri)
    assert said["speaker"] == [project.graph.find("Port authority").value]
    assert said["claim"] == [project.graph.find("Authority kept a report to itself").value]
    assert (said["polarity"], said["cue"], said["quotation_mode"]) == (["denies"], ["denied"], ["indirect"])
    assert (said["derived_from"], said["drafted_by"]) == ([drafts[2].iri], ["rules 9"])
    assert [project.graph.label(project.graph.find(str(coder))) for coder in said["coded_by"]] == ["MK"]
    assert states(project) == ["open", "open", "accepted", "open", "open"]
    accepted = project.drafts("gazette", state="accepted")[0]
    assert (accepted.statements, accepted.as_proposed) == ((iri,), True)
    assert not [f for f in project.findings() if f.severity == "violation" and f.check != "claim-without-paraphrase"]


def test_undo_brings_the_draft_back(project: Project, drafts: list[ReviewedDraft]) -> None:
    project.accept(drafts[2].iri)
    assert project.undo().startswith("accept the draft “it had kept")
    assert set(states(project)) == {"open"}
    project.redo()
    assert states(project)[2] == "accepted"


def test_a_changed_one_tells_that_it_was_changed(project: Project, drafts: list[ReviewedDraft]) -> None:
    iri = project.accept(drafts[0].iri, speaker="Port authority", claim="They knew", polarity="affirms")
    assert fields(project, iri)["speech_act"] == ["accusing"]
    assert project.drafts("gazette")[0].as_proposed is False
    with pytest.raises(UsageError, match="accepted already"):
        project.accept(drafts[0].iri)
    with pytest.raises(UsageError, match="accepted already"):
        project.reject(drafts[0].iri)


def test_without_a_side_no_claim_is_taken(project: Project, drafts: list[ReviewedDraft]) -> None:
    iri = project.accept(drafts[1].iri)
    assert not {"claim", "polarity"} & fields(project, iri).keys()
    with pytest.raises(UsageError, match="which side"):
        project.accept(drafts[0].iri, claim="Authority kept a report to itself")
    with pytest.raises(UsageError, match="who speaks"):
        project.accept(drafts[0].iri, speaker=None)


def test_hearsay_is_passed_on_by_who_tells_it(project: Project, drafts: list[ReviewedDraft]) -> None:
    iri = project.accept(drafts[4].iri, claim="Cranes are safe", polarity="affirms")
    (told,) = [u for u in project.model.utterances if u.iri == iri]
    assert told.hearsay
    assert [ref.label for ref in told.via] == ["Radio Nord"]


def test_hearsay_leans_on_the_outer_statement_once_it_is_coded(project: Project, drafts: list[ReviewedDraft]) -> None:
    outer = project.accept(drafts[3].iri)
    inner = project.accept(drafts[4].iri, claim="Cranes are safe", polarity="affirms")
    assert fields(project, outer)["reports"] == [inner]
    assert len(project.graph.nodes("Utterance")) == 1


def test_a_split_is_one_change(project: Project, drafts: list[ReviewedDraft]) -> None:
    parts = [places(TEXT, "They knew"), places(TEXT, "about the cranes")]
    made = project.split(drafts[0].iri, parts)
    assert len(made) == 2
    assert [fields(project, iri)["evidence"][0]["start"] for iri in made] == [part[0][0] for part in parts]  # type: ignore[index]
    one = project.drafts("gazette")[0]
    assert (one.state, one.as_proposed, sorted(one.statements)) == ("accepted", False, sorted(made))
    project.undo()
    assert set(states(project)) == {"open"}
    with pytest.raises(UsageError, match="two parts or more"):
        project.split(drafts[0].iri, parts[:1])


def test_a_rejection_is_kept_beside_and_taken_back(project: Project, drafts: list[ReviewedDraft]) -> None:
    before = len(project.graph.store)
    project.put("Coder", label="MK")
    project.reject(drafts[1].iri, " nobody says it ")
    file = project.folder / "drafts" / "gazette.rejected.ttl"
    assert "nobody says it" in file.read_text()
    assert len(project.graph.store) == before + 2  # the coder
    one = open_project(project.folder).drafts("gazette")[1]
    assert one.state == "rejected"
    assert one.rejection is not None
    assert (one.rejection.by, one.rejection.reason) == ("MK", "nobody says it")
    project.reject(drafts[1].iri, "another reason")
    assert file.read_text().count("rejectionReason") == 1
    project.restore(drafts[1].iri)
    assert states(project)[1] == "open"
    assert not file.exists()
    with pytest.raises(UsageError, match="was not rejected"):
        project.restore(drafts[1].iri)
    assert project.undo().startswith("take back the draft")
    assert states(project)[1] == "rejected"
    assert project.undo() == project.redo()
    project.undo()
    assert project.undo().startswith("reject the draft")
    assert states(project)[1] == "open"


def test_a_rejection_stays_when_the_text_is_drafted_anew(project: Project, drafts: list[ReviewedDraft]) -> None:
    project.reject(drafts[0].iri, "no")
    project.accept(drafts[1].iri)
    list(draft_documents(project, Fake(version="10"), documents_named(project, ())))
    assert states(project)[:3] == ["rejected", "accepted", "open"]


def test_others_see_a_rejection(project: Project, drafts: list[ReviewedDraft]) -> None:
    other = open_project(project.folder, coder="AB")
    project.reject(drafts[0].iri)
    before = other.revision
    assert states(other)[0] == "rejected"
    assert other.touched_since(before) == [project.graph.find("MK").value, drafts[0].iri]


def test_what_is_coded_by_hand_is_no_longer_open(project: Project, drafts: list[ReviewedDraft]) -> None:
    iri = project.add(
        document="gazette",
        speaker="Ada Osei",
        claim="They knew",
        polarity="affirms",
        quote='"They knew about the cranes,"',
    )
    one = project.drafts("gazette")[0]
    assert (one.state, one.statements) == ("coded", (iri,))
    assert states(project)[1:] == ["open"] * 4


def test_of_two_programs_the_better_one_is_shown(project: Project, drafts: list[ReviewedDraft]) -> None:
    list(draft_documents(project, Fake(program="spacy"), documents_named(project, ())))
    both = project.drafts("gazette")
    assert len(both) == 10
    assert {one.draft.program for one in both if one.state == "open"} == {"spacy"}
    assert {one.draft.program for one in both if one.state == "doubled"} == {"rules"}  # nothing is coded yet
    project.accept(drafts[0].iri)  # the draft of the rules
    assert [one.state for one in project.drafts("gazette")[:2]] in (["accepted", "coded"], ["coded", "accepted"])


def test_an_unknown_draft(project: Project, drafts: list[ReviewedDraft]) -> None:
    with pytest.raises(UsageError, match="there is no draft"):
        project.reject("https://example.org/draft")


def test_a_draft_of_an_actor_that_is_gone_takes_the_name(project: Project, drafts: list[ReviewedDraft]) -> None:
    project.remove("Port authority")
    iri = project.accept(drafts[2].iri)
    (speaker,) = fields(project, iri)["speaker"]
    assert project.graph.label(project.graph.find(str(speaker))) == "Port authority"


def test_accepted_drafts_survive_a_round_trip(project: Project, drafts: list[ReviewedDraft]) -> None:
    project.accept(drafts[2].iri)
    turtle = (project.folder / "codings" / "gazette.ttl").read_text()
    assert "prov:wasDerivedFrom d:draft-" in turtle
    assert 'dg:draftedBy "rules 9"' in turtle


def test_who_codes_apart_decides_apart(project: Project, drafts: list[ReviewedDraft]) -> None:
    apart = Project(project.folder, coder="AB", independent=True)
    apart.reject(drafts[0].iri, "no")
    apart.accept(drafts[1].iri)
    assert states(apart)[:2] == ["rejected", "accepted"]
    assert set(states(project)) == {"open"}
    assert states(Project(project.folder, coder="AB", independent=True))[:2] == ["rejected", "accepted"]
    assert (project.folder / "independent" / "ab" / "gazette.rejected.ttl").is_file()
    other = Project(project.folder, coder="CD", independent=True)
    other.reject(drafts[0].iri)
    other.accept(drafts[2].iri)
    versions = coder_versions(project.folder)
    (by,) = versions.coded.values()
    assert {coder: len(told) for coder, told in by.items()} == {"ab": 1, "cd": 1}
    apart.undo()
    apart.undo()
    assert set(states(apart)) == {"open"}
