from __future__ import annotations

from disputegraph.drafting import (
    HeldBack,
    compare_coding,
    count_drafts,
    documents_named,
    draft_documents,
    note_passed,
    passed_places,
)
from disputegraph.projects import Project
from tests.drafting.conftest import TEXT, Fake

TEXTS = [f"Sentence number {number} says something." for number in range(4000)]


def test_one_sentence_in_ten_is_held_back_whatever_stands_around_it() -> None:
    document = "https://example.org/document"
    held = HeldBack(document, " ".join(TEXTS))
    assert len(held.sentences) == 4000
    assert 0.085 < sum(held.held) / 4000 < 0.115
    other = HeldBack(document, "\n\n".join(["Another heading.", *TEXTS]))
    assert other.held[1:] == held.held
    assert HeldBack("https://example.org/other", " ".join(TEXTS)).held != held.held


def test_a_draft_is_shown_from_the_end_of_its_sentence() -> None:
    held = HeldBack("https://example.org/document", " ".join(TEXTS))
    number = held.held.index(True)
    start, end = held.sentences[number]
    assert held.until(start + 3) == end
    assert held.until(held.sentences[held.held.index(False)][0]) is None
    assert held.until(10**9) is None


def test_statements_are_counted_with_and_without_drafts(project: Project) -> None:
    list(draft_documents(project, Fake(), documents_named(project, ())))
    document = project.document_named("gazette").value
    assert compare_coding(project).shown == 0  # nothing is passed yet
    note_passed(project, document, len(TEXT))
    told = compare_coding(project)
    assert told.shown + told.held == len(HeldBack(document, TEXT).sentences)
    held = HeldBack(document, TEXT)
    for one in project.drafts("gazette"):
        project.accept(one.iri)
    told = compare_coding(project)
    starts = [one.draft.content[0][0] for one in project.drafts("gazette")]
    # Who passes words on is no second statement, nor is one that came from a draft which was held back.
    outer = project.drafts("gazette")[3].draft.content[0][0]
    assert told.shown_statements == sum(held.until(start) is None for start in starts if start != outer)
    assert told.held_statements == 0


def test_a_broken_note_is_none(project: Project) -> None:
    document = project.document_named("gazette").value
    assert note_passed(project, document, 40) == 40
    assert passed_places(project) == {document: 40}
    for text in ("[1]", "{", '{"a": "b"}'):
        (project.folder / ".disputegraph" / "passed.json").write_text(text)
        assert passed_places(project) == {}


def test_what_became_of_drafts_is_counted(project: Project) -> None:
    list(draft_documents(project, Fake(), documents_named(project, ())))
    drafts = project.drafts("gazette")
    project.accept(drafts[0].iri)
    project.accept(drafts[1].iri, speaker="Port authority")
    project.reject(drafts[2].iri)
    (counts,) = count_drafts(project)
    assert (counts.program, counts.open, counts.as_proposed, counts.changed, counts.rejected, counts.coded) == (
        "rules", 2, 1, 1, 1, 0,
    )  # fmt: skip
