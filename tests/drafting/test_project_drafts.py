from __future__ import annotations

import pytest

from disputegraph.drafting import documents_named, draft_documents
from disputegraph.errors import UsageError
from disputegraph.projects import Project
from tests.drafting.conftest import TEXT, Fake


def drafted(project: Project, drafter: Fake, *names: str, **how: bool):
    return list(draft_documents(project, drafter, documents_named(project, names), **how))


def test_counts_speakers_of_the_project_and_likely_claims(project: Project) -> None:
    (one,) = drafted(project, Fake())
    assert (one.label, one.drafts, one.hearsay, one.speakers) == ("Cranes stand still", 5, 1, 3)
    drafts = [one.draft for one in project.drafts("gazette")]
    assert [draft.speaker and draft.speaker.name for draft in drafts] == [
        "Ada Osei", "Ada Osei", "Port authority", "Radio Nord", "Eva Lund",
    ]  # fmt: skip
    iris = [draft.speaker.iri for draft in drafts if draft.speaker]
    assert iris[0] == project.graph.find("Ada Osei").value
    assert iris[3:] == [None, None]
    assert [claim.label for claim in drafts[2].claims] == ["Authority kept a report to itself"]
    assert 0 < drafts[2].claims[0].score <= 1
    assert drafts[1].claims == ()  # nothing likens them


def test_a_name_that_several_bear_is_left_to_a_person(project: Project) -> None:
    project.put("Organization", label="Eva Lund")
    project.put("Person", label="Eva Lund")
    drafted(project, Fake())
    (hearsay,) = [one for one in project.drafts("gazette") if one.inside]
    assert hearsay.draft.speaker is not None
    assert hearsay.draft.speaker.iri is None


def test_what_was_drafted_is_passed_over_until_text_or_version_change(project: Project) -> None:
    drafter = Fake()
    drafted(project, drafter)
    (one,) = drafted(project, drafter)
    assert (one.passed_over, one.drafts, len(drafter.texts)) == ("drafted already", 5, 1)
    (one,) = drafted(project, drafter, again=True)
    assert (one.passed_over, len(drafter.texts)) == (None, 2)
    drafter.version = "10"
    (one,) = drafted(project, drafter)
    assert (one.passed_over, len(drafter.texts)) == (None, 3)
    source = project.source(project.document_named("gazette"))
    assert source is not None
    source.path.write_text(TEXT + "\nMore.\n", encoding="utf-8")
    (one,) = drafted(project, drafter)
    assert (one.passed_over, len(drafter.texts)) == (None, 4)


def test_an_interrupted_run_goes_on_where_it_stopped(project: Project, tmp_path) -> None:
    for name in ("b", "c"):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{TEXT}\nCopy {name}.\n", encoding="utf-8")
        project.add_document(path)
    drafter = Fake(fails_at="Copy c")
    with pytest.raises(KeyboardInterrupt):
        drafted(project, drafter, "gazette", "b", "c")
    drafter.fails_at = None
    told = drafted(project, drafter, "gazette", "b", "c")
    assert [one.passed_over for one in told] == ["drafted already", "drafted already", None]
    assert not list((project.folder / "drafts").glob("*.part"))


@pytest.mark.parametrize("said", [True, False])
def test_another_language_is_said_and_not_guessed_at(project: Project, tmp_path, said: bool) -> None:
    path = tmp_path / "hafen.txt"
    path.write_text(
        "Die Hafenbehörde hat den Bericht nicht herausgegeben, und das ist auch nicht geplant, sagte die Sprecherin am "
        "Montag, weil er noch von der Aufsicht geprüft wird.\n",
        encoding="utf-8",
    )
    iri = project.add_document(path)
    if said:
        project.put("Document", iri=iri, language=["de"])
    drafter = Fake(found=())
    (one,) = drafted(project, drafter, "hafen")
    assert one.passed_over == f"it is in {'de' if said else 'German'}, and the programs read English"
    assert drafter.texts == []
    (one,) = drafted(project, drafter, "hafen", any_language=True)
    assert one.passed_over is None


def test_a_missing_text_and_an_unknown_document(project: Project) -> None:
    source = project.source(project.document_named("gazette"))
    assert source is not None
    source.path.unlink()
    (one,) = drafted(project, Fake())
    assert one.passed_over == "its text is not in sources/"
    with pytest.raises(UsageError, match="no document 'gazet'"):
        drafted(project, Fake(), "gazet")


def test_a_model_that_was_asked_yesterday_is_not_asked_again(project: Project) -> None:
    drafted(project, Fake(program="llm", version="m, prompt 1f, 2026-11-28"))
    (one,) = drafted(project, Fake(program="llm", version="m, prompt 1f, 2026-11-29"))
    assert one.passed_over == "drafted already"
    (one,) = drafted(project, Fake(program="llm", version="m, prompt 2e, 2026-11-29"))
    assert one.passed_over is None
