from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode

from disputegraph import open_data
from disputegraph.drafting import Draft, ProposedClaim, ProposedSpeaker, read_drafted, write_drafted
from disputegraph.errors import DataError
from disputegraph.projects import Project
from tests.drafting.conftest import TEXT, drafts_in


def node(project: Project) -> NamedNode:
    return project.document_named("gazette")


def written(project: Project, drafts: list[Draft], version: str = "1") -> bytes:
    assert write_drafted(project, node(project), drafts, program="rules", version=version) == len(drafts)
    return (project.folder / "drafts" / "gazette.rules.ttl").read_bytes()


def test_drafts_come_back_as_they_were(project: Project) -> None:
    claim = ProposedClaim("https://example.org/c", "A claim", 0.25)
    drafts = [replace(draft, program="rules", version="1 of a day") for draft in drafts_in(TEXT)]
    speaker = ProposedSpeaker("X", 1.0, "", "https://example.org/x")
    drafts[0] = replace(drafts[0], claims=(claim, replace(claim, label="B", score=0.2)), speaker=speaker)
    written(project, drafts, "1 of a day")
    (found,) = read_drafted(project, node(project))
    assert list(found.drafts.values()) == drafts
    assert (found.program, found.version, found.refused) == ("rules", "1 of a day", 0)


def test_the_same_drafts_are_the_same_bytes_in_any_order(project: Project) -> None:
    drafts = drafts_in(TEXT)
    first = written(project, drafts)
    assert written(project, drafts) == first
    other_order = [drafts[0], drafts[3], replace(drafts[4], inside=1), drafts[1], drafts[2]]
    assert written(project, other_order) == first
    assert b"cranes were safe" not in first


def test_a_draft_whose_words_are_gone_is_left_out_and_counted(project: Project) -> None:
    written(project, drafts_in(TEXT))
    source = project.source(node(project))
    assert source is not None
    source.path.write_text(TEXT.replace("denied", "stated"), encoding="utf-8")
    (found,) = read_drafted(project, node(project))
    assert found.refused == 1
    assert [draft.inside for draft in found.drafts.values()] == [None, None, None, 2]
    notes: list[str] = []
    project.notes = notes
    assert len(project.drafts("gazette")) == 4
    assert "1 of 5 drafts by rules" in project.notes[0]


def test_words_that_are_told_inside_refused_ones_stand_alone(project: Project) -> None:
    written(project, drafts_in(TEXT))
    source = project.source(node(project))
    assert source is not None
    source.path.write_text(TEXT.replace("Radio Nord", "Radio Sout"), encoding="utf-8")
    (found,) = read_drafted(project, node(project))
    assert found.refused == 1  # no letter has moved: the words of all others stand where they stood
    assert list(found.drafts.values())[-1].inside is None


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (Draft(()), "draft 0 has no content"),
        (Draft(((0, 7),)), "0-7, is not a piece"),  # ends in a space
        (Draft(((5, 5),)), "is not a piece"),
        (Draft(((0, 10_000),)), "is not a piece"),
        (Draft(((-5, 6),)), "is not a piece"),
        (Draft(((7, 12), (0, 6))), "not in the order of the text"),
        (Draft(((0, 6),), cue=((6, 7),)), "the cue of draft 0"),
        (Draft(((0, 6),), polarity="yes"), "'yes' of draft 0"),
    ],
)
def test_what_is_no_piece_of_the_text_is_not_written(project: Project, draft: Draft, message: str) -> None:
    with pytest.raises(DataError, match=message):
        written(project, [draft])
    assert not (project.folder / "drafts").exists()


def test_a_text_that_is_not_at_hand(project: Project) -> None:
    written(project, drafts_in(TEXT))
    source = project.source(node(project))
    assert source is not None
    source.path.unlink()
    (found,) = read_drafted(project, node(project))
    assert (len(found.drafts), found.refused) == (0, 5)
    with pytest.raises(DataError, match="put it there to draft it"):
        written(project, [])


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("dg:draftedBy", "dg:cue", "draft it again"),
        ("@prefix d:", "@prefix", "rules.ttl"),
    ],
)
def test_a_file_that_is_not_understood(project: Project, before: str, after: str, message: str) -> None:
    written(project, drafts_in(TEXT))
    path = project.folder / "drafts" / "gazette.rules.ttl"
    path.write_text(path.read_text().replace(before, after))
    with pytest.raises(DataError, match=message):
        read_drafted(project, node(project))


def test_hostile_places_are_refused(project: Project) -> None:
    written(project, drafts_in(TEXT))
    path = project.folder / "drafts" / "gazette.rules.ttl"
    text, count = re.subn('oa:end "47"', f'oa:end "{"9" * 6000}"', path.read_text())
    assert count == 1, text
    path.write_text(text)
    (found,) = read_drafted(project, node(project))
    assert found.refused == 1


def test_drafts_are_no_part_of_the_dispute(project: Project) -> None:
    before = len(project.graph.store)
    written(project, drafts_in(TEXT))
    project.refresh()
    assert len(project.graph.store) == before
    with open_data(project.folder) as dispute:
        assert len(dispute.utterances()) == 0
    # Nor does anything take them for utterances if somebody loads their file.
    with open_data(project.folder, project.folder / "drafts" / "gazette.rules.ttl") as dispute:
        assert len(dispute.utterances()) == 0
        assert not [finding for finding in dispute.check() if "utterance" in finding.check]
