"""What was coded elsewhere is taken into a project, and a project leaves for elsewhere, without loss."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.coding import Project, new_project
from disputegraph.resources import bundled_dispute
from disputegraph.store import open_store
from tests.coding.conftest import TEXT

SHEET = """document,speaker,on_behalf_of,via,claim,paraphrase,polarity,quote
gazette-2024-05-03,Ada Osei,HWU,,Authority hid the report,It kept the report.,affirms,They knew about the cranes
gazette-2024-05-03,Eva Lund,,Radio Nord,Cranes are safe,The cranes were safe.,affirms,the cranes were safe
"""


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == code, done.output
    return done.output


def test_a_sheet_is_taken_into_a_project_and_can_be_undone(project: Project, tmp_path: Path) -> None:
    sheet = tmp_path / "statements.csv"
    sheet.write_text(SHEET)
    told = run("import", "sheet", str(sheet), "--into", str(project.folder))
    assert "triples are new in" in told
    again = Project(project.folder)
    assert {(u.voice.label, u.hearsay) for u in again.model.utterances if u.claim} == {
        ("HWU", False),
        ("Eva Lund", True),
    }
    # The document is the one that the project has, and the words were found in its text.
    assert len(again.graph.nodes("Document")) == 1
    assert sorted(path.name for path in (project.folder / "codings").iterdir()) == ["gazette-2024-05-03.ttl"]
    assert "0 triples are new" in run("import", "sheet", str(sheet), "--into", str(project.folder))
    again.undo()
    assert again.model.utterances == ()
    run("import", "sheet", str(sheet), "--into", str(project.folder), "-o", "x.ttl", code=2)


@pytest.mark.parametrize("form", ["folder", "book.xlsx"])
def test_a_dispute_goes_through_sheets_into_a_project_and_back(tmp_path: Path, form: str) -> None:
    one, other = str(tmp_path / f"one-{form}"), str(tmp_path / f"other-{form}")
    base = "https://w3id.org/disputegraph/data/junior-doctors-2016/"
    run("export", "sheet", "-d", str(bundled_dispute()), "-o", one)
    new_project(tmp_path / "project", base=base).undo()
    run("import", "sheet", one, "--into", str(tmp_path / "project"))
    original = {str(quad.triple) for quad in open_store([bundled_dispute()]).quads()}
    assert {str(quad.triple) for quad in open_store([tmp_path / "project"]).quads()} == original
    run("export", "sheet", "-d", str(tmp_path / "project"), "-o", other)
    run("import", "sheet", other, "--base", base, "-o", str(tmp_path / "back.ttl"))
    assert {str(quad.triple) for quad in open_store([tmp_path / "back.ttl"]).quads()} == original


def test_a_project_is_read_as_data_without_what_does_not_count(coded: Project) -> None:
    apart = coded.folder / "independent" / "LB"
    apart.mkdir(parents=True)
    coding = next((coded.folder / "codings").iterdir())
    (apart / coding.name).write_text(coding.read_text().replace("utterance-", "utterance-other-"))
    assert "2" in run("query", "SELECT (COUNT(*) AS ?n) { ?u a dg:Utterance }", "-d", str(coded.folder), "-f", "csv")


def test_texts_are_taken_in_from_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    run("new", str(folder), "--title", "Mine", "--coder", "MK")
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "two.html").write_text(
        f"<html lang=en><title>Two</title><p>{TEXT.replace(chr(10) * 2, '</p><p>')}</p></html>"
    )
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02" * 40)
    told = run(
        "add",
        str(tmp_path / "one.txt"),
        str(tmp_path / "bad.txt"),
        str(tmp_path / "two.html"),
        "-d",
        str(folder),
        code=2,
    )
    assert "1 of 3 were not taken" in told
    assert "bad.txt" in told
    assert sorted(path.name for path in (folder / "sources").iterdir()) == ["one.txt", "two.txt"]
    assert "--title" in run(
        "add", str(tmp_path / "one.txt"), str(tmp_path / "two.html"), "--title", "x", "-d", str(folder), code=2
    )
    run("new", str(folder), code=2)
    run("add", str(tmp_path / "one.txt"), "-d", str(tmp_path), code=3)
