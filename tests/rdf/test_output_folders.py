"""Output folders: whole or not there, and nothing of anybody else's is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from disputegraph.errors import OutputError
from disputegraph.rdf import open_output_folder

MARK = "made-here.json"


def write(folder: Path, **files: str) -> None:
    with open_output_folder(folder, mark=MARK) as out:
        for name, text in files.items():
            (out / name).write_text(text)


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.name != MARK}


def test_a_folder_appears_whole_and_is_replaced_whole(tmp_path: Path) -> None:
    write(tmp_path / "site", a="1", b="2")
    assert content(tmp_path / "site") == {"a": "1", "b": "2"}
    write(tmp_path / "site", a="3")
    assert content(tmp_path / "site") == {"a": "3"}
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", a="4")
    assert content(tmp_path / "empty") == {"a": "4"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "site"]


def test_what_goes_wrong_leaves_what_was_there(tmp_path: Path) -> None:
    write(tmp_path / "site", a="1")

    def fail(out: Path) -> None:
        (out / "a").write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), open_output_folder(tmp_path / "site", mark=MARK) as out:
        fail(out)
    assert content(tmp_path / "site") == {"a": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    theirs = tmp_path / "thesis"
    theirs.mkdir()
    (theirs / "chapter.txt").write_text("years of work")
    with pytest.raises(OutputError, match="did not write"):
        write(theirs, a="1")
    (theirs / MARK).write_text("[]")
    with pytest.raises(OutputError, match="did not write"):
        write(theirs, a="1")
    assert (theirs / "chapter.txt").read_text() == "years of work"


def test_a_strange_file_in_our_folder_is_not_lost(tmp_path: Path) -> None:
    write(tmp_path / "site", a="1")
    (tmp_path / "site" / "CNAME").write_text("example.org")
    with pytest.raises(OutputError, match="holds CNAME"):
        write(tmp_path / "site", a="2")
    assert content(tmp_path / "site") == {"a": "1", "CNAME": "example.org"}
    (tmp_path / "site" / "CNAME").unlink()
    # One that comes while the new folder is written is not lost either.
    with pytest.raises(OutputError, match="holds late"), open_output_folder(tmp_path / "site", mark=MARK):
        (tmp_path / "site" / "late").write_text("!")
    assert content(tmp_path / "site") == {"a": "1", "late": "!"}


def test_a_file_and_a_folder_that_is_nowhere(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        write(tmp_path / "file", a="1")
    with pytest.raises(OutputError, match="does not exist; make it first"):
        write(tmp_path / "no" / "where", a="1")


def test_a_link_keeps_pointing_where_it_does(tmp_path: Path) -> None:
    write(tmp_path / "site", a="1")
    (tmp_path / "current").symlink_to("site")
    write(tmp_path / "current", a="2")
    assert (tmp_path / "current").is_symlink()
    assert content(tmp_path / "site") == {"a": "2"}


def test_what_a_killed_process_left_is_removed_and_what_another_writes_is_not(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    for name in ("left", "held"):
        folder = tmp_path / f".site.{name}.part"
        (folder / "new").mkdir(parents=True)
        (folder / "lock").touch()
        os.utime(folder / "lock", (0, 0))
    with (tmp_path / ".site.held.part" / "lock").open("rb") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        write(tmp_path / "site", a="1")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.held.part", "site"]
