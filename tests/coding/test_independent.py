"""Coding apart from the others: nobody sees another's codings, the codebook is shared, one text is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from disputegraph import open_project
from disputegraph.coding import Project, coder_versions
from disputegraph.errors import DataError, UsageError

DOCUMENT = "gazette-2024-05-03"
CRANES = {"document": DOCUMENT, "claim": "Authority hid the report", "polarity": "affirms"}


def apart(project: Project, coder: str) -> Project:
    return open_project(project.folder, coder=coder, independent=True)


def both(project: Project) -> None:
    """Two coders who agree on one utterance."""
    for coder in ("Ada", "Ben"):
        apart(project, coder).add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")


def test_nobody_sees_what_another_coded(project: Project) -> None:
    project.add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    before = (project.folder / "codings" / f"{DOCUMENT}.ttl").read_bytes()
    ada = apart(project, "Ada")
    assert not ada.model.utterances
    assert not ada.history()
    ada.add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    ben = apart(project, "Ben")
    assert not ben.model.utterances
    assert not ben.history()
    assert len(ada.model.utterances) == 1
    assert (project.folder / "codings" / f"{DOCUMENT}.ttl").read_bytes() == before
    assert (project.folder / "independent" / "ada" / f"{DOCUMENT}.ttl").exists()
    project.refresh()
    assert len(project.model.utterances) == 1  # what was made apart does not count
    with pytest.raises(UsageError, match="nothing to undo"):
        ben.undo()


def test_the_codebook_is_shared_and_only_grows(project: Project) -> None:
    ada, ben = apart(project, "Ada"), apart(project, "Ben")
    ada.add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    ben.refresh()
    (claim,) = ben.model.claims
    assert claim.label == "Authority hid the report"
    assert claim.affirms == 0  # the claim is there, and not who made it
    with pytest.raises(UsageError, match="only grows"):
        ben.change(claim.iri, label="Authority lied")
    ben.add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    with pytest.raises(UsageError, match="another coder has used it"):
        ada.undo()  # would take the claim away by which Ben has coded
    ada.refresh()
    assert len(ada.model.utterances) == 1
    ada.add(
        document=DOCUMENT, speaker="Eva Lund", claim="Cranes are safe", polarity="denies", quote="the cranes were safe"
    )
    ada.undo()  # that was Ada's alone
    assert len(ada.model.utterances) == 1
    assert [each.label for each in apart(project, "Ben").model.claims] == ["Authority hid the report"]


def test_a_coder_apart_has_a_name(project: Project) -> None:
    with pytest.raises(UsageError, match="say who you are"):
        apart(project, "…")


def test_a_folder_has_one_coder(project: Project) -> None:
    apart(project, "Ada").add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    assert apart(project, "Ada").notes == []
    same = apart(project, "ADA")
    assert len(same.model.utterances) == 1
    assert ["holds codings by 'Ada' too: 'ADA' is taken for the same coder" in note for note in same.notes] == [True]
    with pytest.raises(UsageError, match="independent/ada/ is Ada's"):
        apart(project, "Ada!")


def test_a_crash_is_finished_by_whom_it_met(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = apart(project, "Ada")
    with monkeypatch.context() as broken:

        def stop(_edits: object) -> None:
            raise KeyboardInterrupt

        broken.setattr(ada, "_write", stop)
        with pytest.raises(KeyboardInterrupt):
            ada.add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    assert not apart(project, "Ben").model.utterances
    assert not open_project(project.folder).model.utterances
    assert not (project.folder / "independent" / "ada").exists()
    assert len(apart(project, "Ada").model.utterances) == 1
    assert not list((project.folder / "codings").iterdir())


def test_versions_are_read_by_document_and_coder(project: Project) -> None:
    both(project)
    project.add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    versions = coder_versions(project.folder)
    assert versions.coders == ("ada", "ben")
    (document,) = versions.documents
    assert {coder: len(said) for coder, said in versions.coded[document].items()} == {"ada": 1, "ben": 1}
    assert versions.lengths[document] == len(versions.texts[document])
    assert {u.iri for said in versions.coded[document].values() for u in said}.isdisjoint(
        u.iri for u in project.model.utterances
    )
    assert coder_versions(project.folder, ["Ben", "ada"]).coders == ("ada", "ben")


def test_a_chain_of_hearsay_is_one_utterance(project: Project) -> None:
    for coder in ("Ada", "Ben"):
        apart(project, coder).add(
            document=DOCUMENT, speaker="Eva Lund", claim="Cranes are safe", polarity="affirms",
            quote="the cranes were safe", passed_on_by=["A colleague", "Radio Nord"],
        )  # fmt: skip
    for those in coder_versions(project.folder).coded.values():
        for (said,) in those.values():
            assert said.hearsay


def test_an_empty_file_says_that_nothing_was_found(project: Project) -> None:
    apart(project, "Ada").add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    empty = project.folder / "independent" / "ben" / f"{DOCUMENT}.ttl"
    empty.parent.mkdir()
    empty.touch()
    (by,) = coder_versions(project.folder).coded.values()
    assert {coder: len(said) for coder, said in by.items()} == {"ada": 1, "ben": 0}


def test_one_coder_is_not_enough(project: Project) -> None:
    with pytest.raises(DataError, match="nobody coded here"):
        coder_versions(project.folder)
    apart(project, "Ada").add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    with pytest.raises(DataError, match="only ada coded here"):
        coder_versions(project.folder)
    with pytest.raises(UsageError, match="'bne' coded nothing"):
        coder_versions(project.folder, ["ada", "bne"])


def test_coders_of_different_documents_have_nothing_to_compare(project: Project, tmp_path: Path) -> None:
    second = tmp_path / "second.txt"
    second.write_text("The port stays shut.\n", encoding="utf-8")
    project.add_document(second)
    apart(project, "Ada").add(**CRANES, speaker="Ada Osei", quote="They knew about the cranes")
    apart(project, "Ben").add(
        document="second", speaker="Ada Osei", claim="Port stays shut", polarity="affirms", quote="stays shut"
    )
    with pytest.raises(DataError, match=r"nothing to compare \(documents: ada: 1; ben: 1\)"):
        coder_versions(project.folder)


def test_different_texts_under_one_name_are_refused(project: Project) -> None:
    both(project)
    source = project.folder / "sources" / f"{DOCUMENT}.txt"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("cranes", "piers"), encoding="utf-8")
    with pytest.raises(DataError, match="another text than the one"):
        coder_versions(project.folder)
    source.unlink()  # without the text, what the codings say of it is compared
    coder_versions(project.folder)
    path = project.folder / "independent" / "ben" / f"{DOCUMENT}.ttl"
    mine = path.read_text(encoding="utf-8")
    wrong = "\n".join(
        line.split(" dg:exactDigest ")[0] + f' dg:exactDigest "{"0" * 64}" .' if "dg:exactDigest" in line else line
        for line in mine.splitlines()
    )
    path.write_text(wrong + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="ada and ben have different words at the same places"):
        coder_versions(project.folder)
    document = project.document_named(DOCUMENT).value
    path.write_text(mine + f'\n<{document}> <https://w3id.org/disputegraph/ns#textDigest> "{"1" * 64}" .\n', "utf-8")
    with pytest.raises(DataError, match=r"different texts: digests 1111.*\(ben\)"):
        coder_versions(project.folder)


def test_a_file_of_no_document_is_refused(project: Project) -> None:
    both(project)
    folder = project.folder / "independent" / "ben"
    (folder / f"{DOCUMENT}.ttl").rename(folder / "gazete-2024-05-03.ttl")
    with pytest.raises(DataError, match="named after no document"):
        coder_versions(project.folder)


def test_drafts_are_not_reviewed_apart(project: Project) -> None:
    ada = apart(project, "Ada")
    with pytest.raises(UsageError, match="changes independent/ada/ alone"):
        ada.changing("reject", lambda change: change.beside("drafts/x.rejected.ttl", come=list(ada.graph.about(
            project.document_named(DOCUMENT)))))  # fmt: skip
