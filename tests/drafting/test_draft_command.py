"""`disputegraph draft` with a drafter of our own in place of the programs'."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from disputegraph import drafting
from disputegraph.cli import main
from disputegraph.errors import UsageError
from disputegraph.projects import Project
from tests.drafting.conftest import TEXT, Fake, drafts_in


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake()
    monkeypatch.setattr(drafting, "drafter_named", lambda *_, **__: made)
    monkeypatch.setattr(drafting, "choose_program", lambda: ("rules", "Drafted with rules."))
    return made


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["draft", *map(str, arguments)])


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_project(fake: Fake, project: Project) -> None:
    done = run(project.folder)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1].split() == ["Cranes", "stand", "still", "5", "1", "3", "1"]
    assert "Note: Drafted with rules." in done.stderr
    assert "5 drafts by rules 9" in done.stderr
    done = run(project.folder, "gazette", "--with", "rules")
    assert "Note: Cranes stand still: passed over; drafted already." in done.stderr
    assert "Drafted with" not in done.stderr
    assert len(fake.texts) == 1
    assert run(project.folder, "--again").exit_code == 0
    assert len(fake.texts) == 2
    (row,) = json.loads(run(project.folder, "-f", "json").stdout)
    assert (row["label"], row["program"], row["drafts"], row["passed_over"]) == (
        "Cranes stand still", "rules", 5, "drafted already",
    )  # fmt: skip


def test_lines_of_a_project_are_its_drafts(fake: Fake, project: Project, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    done = run(project.folder, "-o", output)
    assert done.exit_code == 0, done.output
    (line,) = lines(output.read_text())
    assert line["id"] == "gazette"
    assert TEXT[slice(*line["attributions"][0]["content"][0])] == "They knew about the cranes"


def test_text_files_count_as_they_stand(fake: Fake, tmp_path: Path) -> None:
    """Line ends and marks of the file are not normalised."""
    path = tmp_path / "odd.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").replace("told\r\ncoll", "told\ncoll").encode())
    done = run(path, "-f", "jsonl")
    assert done.exit_code == 0, done.output
    (line,) = lines(done.stdout)
    text = path.read_bytes().decode()
    first = line["attributions"][0]
    assert line["id"] == "odd"
    assert [text[slice(*first[part][0])] for part in ("source", "cue", "content")] == [
        "Ada Osei", "said", "They knew about the cranes",
    ]  # fmt: skip
    assert (first["kind"], first["speaker"]["name"]) == ("direct", "Ada Osei")
    table = run(path).stdout
    assert "They knew about the cranes" in table
    assert "odd.txt" in table


def test_another_language_is_said(fake: Fake, tmp_path: Path) -> None:
    path = tmp_path / "hafen.txt"
    path.write_text("Die Behörde hat den Bericht nicht herausgegeben, und das ist auch nicht geplant, sagte sie. " * 3)
    fake.found = ()
    done = run(path)
    assert done.exit_code == 0
    assert "the text is in German by its words" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing"], "'disputegraph draft . nothing'"),
        (["{folder}"], "is not a project"),
        (["{project}", "gazet"], "no document 'gazet'"),
        (["{binary}"], "is not UTF-8 text"),
        (["{project}", "-o", "x.xlsx"], "not a suffix"),
        (["{text}", "--evaluate", "{text}"], "name no others"),
        (["{project}", "--with", "magic"], "magic"),
    ],
)
def test_what_cannot_be_drafted(
    fake: Fake, project: Project, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "text.txt").write_text("Nobody speaks.")
    places = {
        "folder": tmp_path / "empty",
        "project": project.folder,
        "binary": tmp_path / "binary.txt",
        "text": tmp_path / "text.txt",
    }
    done = run(*(argument.format(**places) for argument in arguments))
    assert done.exit_code in (2, 3), done.output
    assert message in done.stderr
    assert "Traceback" not in done.output


def test_a_project_without_documents(fake: Fake, tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["new", str(tmp_path / "bare")]).exit_code == 0
    done = run(tmp_path / "bare")
    assert done.exit_code == 2
    assert "has no document yet" in done.stderr


def test_a_text_without_anybody_who_speaks(fake: Fake, tmp_path: Path) -> None:
    fake.found = ()
    path = tmp_path / "silent.txt"
    path.write_text("It rained.")
    assert lines(run(path, "-f", "jsonl").stdout) == [{"id": "silent", "attributions": []}]


@pytest.mark.parametrize(
    ("program", "options", "message"),
    [
        ("rules", {"endpoint": "http://localhost:1"}, "asks no model"),
        ("llm", {}, "--endpoint URL --model NAME"),
        ("lmm", {}, "Did you mean 'llm'"),
    ],
)
def test_programs_say_what_they_lack(program: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        drafting.drafter_named(program, **options)


def test_drafts_are_measured_against_a_gold_file(fake: Fake, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    marked = drafting.attribution_line("a", drafts_in(TEXT)) | {"text": TEXT}
    gold.write_text(json.dumps(marked) + "\n")
    done = run("--evaluate", gold)
    assert done.exit_code == 0, done.output
    assert "rules 9, gold.jsonl" in done.stdout
    (figures,) = lines(run("--evaluate", gold, "-f", "jsonl").stdout)
    assert (figures["program"], figures["gold"], figures["partial_f"]) == ("rules", 5, 100)
    gold.write_text('{"id": "a", "text": "x"}\n')
    done = run("--evaluate", gold)
    assert done.exit_code == 3
    assert "gold.jsonl" in done.stderr
