"""Stores on disk: whole or not at all, read while they are written, and never made where they do not belong."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from disputegraph.cli import main
from disputegraph.errors import DataError, OutputError
from disputegraph.rdf import source_of_bytes, source_of_path
from disputegraph.resources import bundled_dispute
from disputegraph.store import open_store
from disputegraph.store.disk_store import open_disk_store
from disputegraph.store.store_backup import back_up, restore
from disputegraph.store.store_loading import load_into
from disputegraph.store.store_locks import LOCK, only_writer
from disputegraph.store.store_marker import MARKER, listing

ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
BLANK = b'@prefix x: <http://x/> . x:a x:p [ x:q "1" ] , 01 .'


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code != 70, result.output
    return result


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    load_into(folder, [source_of_path(bundled_dispute())])
    return folder


def state(folder: Path) -> Path:
    """Return the sub-folder that is the store."""
    return folder / json.loads((folder / MARKER).read_text())["folder"]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if not path.name.startswith("LOG")}


def test_a_store_answers_as_its_file_does(store: Path) -> None:
    for command in (["claims", "-f", "csv"], ["check"], ["query", "SELECT * { ?s a dg:Claim } ORDER BY ?s"]):
        here, there = run(*command, "-d", store), run(*command, "-d", bundled_dispute())
        assert here.stdout == there.stdout
        assert here.stdout.strip()
        assert here.exit_code == 0
    with open_store([store]) as found, open_store([bundled_dispute()]) as file:
        assert dict(found.prefixes) == dict(file.prefixes)
        assert len(found) == len(file) == len(list(found.quads()))


def test_the_sub_folder_that_the_marker_names_is_an_oxigraph_store(store: Path) -> None:
    import pyoxigraph

    assert len(pyoxigraph.Store.read_only(str(state(store)))) == json.loads((store / MARKER).read_text())["quads"]


def test_loading_the_same_again_changes_nothing(tmp_path: Path) -> None:
    folder, file = tmp_path / "s", tmp_path / "a.ttl"
    file.write_bytes(BLANK)
    assert run("load", file, "--into", folder).exit_code == 0
    before = (folder / MARKER).read_bytes()
    again = run("load", file, "--into", folder)
    assert again.exit_code == 0
    assert "Already in the store, not loaded again" in again.stderr
    assert "0 triples added, 3 in all" in again.stderr
    assert (folder / MARKER).read_bytes() == before
    # The same content under another name has another base, and is another document.
    other = tmp_path / "b.ttl"
    other.write_bytes(BLANK)
    assert load_into(folder, [source_of_path(other)]).quads == 5
    assert load_into(folder, [source_of_path(file)], replace=True).quads == 3


def test_compressed_files_standard_input_and_folders(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.nt.gz").write_bytes(gzip.compress(b'<a:a> <a:b> "1" .\n'))
    (tmp_path / "in" / "b.nq").write_bytes(b'<a:a> <a:b> "2" <a:g> .\n')
    result = CliRunner().invoke(
        main, ["load", str(tmp_path / "in"), "-", "--into", str(tmp_path / "s")], input='<a:a> <a:b> "3" .'
    )
    assert result.exit_code == 0, result.output
    assert "Loaded 3 files" in result.stderr
    with open_store([tmp_path / "s"]) as found:
        assert sorted(str(quad.graph_name) for quad in found.quads()) == ["<a:g>", "DEFAULT", "DEFAULT"]


def test_a_broken_file_leaves_all_as_it_was(store: Path, tmp_path: Path) -> None:
    broken = tmp_path / "b.ttl"
    broken.write_bytes(BLANK + b"\nx:b x:p")
    before, marker = names(store), (store / MARKER).read_bytes()
    result = run("load", broken, "--into", store)
    assert result.exit_code == 3
    assert "b.ttl:2" in result.stderr
    assert names(store) == before
    assert (store / MARKER).read_bytes() == marker
    fresh = run("load", broken, "--into", tmp_path / "fresh")
    assert fresh.exit_code == 3
    assert not (tmp_path / "fresh").exists()


def test_a_store_is_never_made_where_it_does_not_belong(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("mine")
    result = run("load", bundled_dispute(), "--into", tmp_path / "docs")
    assert result.exit_code == 2
    assert "holds other things (a.txt)" in result.stderr
    assert names(tmp_path / "docs") == {"a.txt"}
    assert run("query", ALL, "-d", tmp_path / "docs").exit_code == 3
    assert run("query", ALL, "-d", tmp_path / "none").exit_code == 3
    assert names(tmp_path / "docs") == {"a.txt"}
    assert not (tmp_path / "none").exists()
    assert run("load", bundled_dispute(), "--into", tmp_path / "no" / "where").exit_code == 2
    assert run("load", bundled_dispute(), "--into", tmp_path / "docs" / "a.txt").exit_code == 2


def test_an_oxigraph_store_of_others_is_told_apart_and_can_be_brought_in(tmp_path: Path) -> None:
    import pyoxigraph

    engine = pyoxigraph.Store(str(tmp_path / "theirs"))
    engine.load(BLANK, pyoxigraph.RdfFormat.TURTLE)
    engine.flush()
    del engine
    before = names(tmp_path / "theirs")
    result = run("query", ALL, "-d", tmp_path / "theirs")
    assert result.exit_code == 3
    assert "did not make. 'disputegraph restore'" in result.stderr
    assert run("load", bundled_dispute(), "--into", tmp_path / "theirs").exit_code == 3
    assert names(tmp_path / "theirs") == before
    assert run("restore", tmp_path / "theirs", "--into", tmp_path / "ours").exit_code == 0
    assert len(open_disk_store(tmp_path / "ours")) == 3


def test_one_writer_and_many_readers(store: Path, tmp_path: Path) -> None:
    readers = [open_disk_store(store) for _ in range(3)]
    with only_writer(store):
        result = run("load", bundled_dispute(), "--into", store, "--replace")
        assert result.exit_code == 2
        assert f"in use by process {os.getpid()}, writing since 2" in result.stderr
        assert len(open_disk_store(store)) == len(readers[0])
    other = tmp_path / "o.nt"
    other.write_text("<a:a> <a:b> <a:c> .\n")
    before = len(readers[0])
    assert load_into(store, [source_of_path(other)], replace=True).quads == 1
    # Who was reading reads on, who opens it now sees the new state.
    assert {len(list(reader.quads())) for reader in readers} == {before}
    assert len(open_disk_store(store)) == 1
    assert len(list(store.glob("data-*"))) == 2
    for reader in readers:
        reader.close()
    load_into(store, [source_of_bytes(BLANK, name="x")])
    assert list(store.glob("data-*")) == [state(store)]


def test_a_store_without_its_marker_is_not_taken_for_an_empty_folder(store: Path, tmp_path: Path) -> None:
    (store / MARKER).unlink()
    for command in (["load", bundled_dispute(), "--into", store], ["query", ALL, "-d", store]):
        assert run(*command).exit_code == 3
    assert "has lost its marker file" in run("load", bundled_dispute(), "--into", store).stderr
    assert run("restore", store / "data-1", "--into", tmp_path / "again").exit_code == 0
    assert run("check", "-d", tmp_path / "again").exit_code == 0
    assert run("load", bundled_dispute(), "--into", store, "--replace").exit_code == 0
    assert list(store.glob("data-*")) == [state(store)]


def test_a_store_of_an_earlier_version_is_told_apart_and_can_be_brought_in(store: Path, tmp_path: Path) -> None:
    # Version 0.1 kept the engine's files beside the marker.
    old = tmp_path / "old"
    shutil.copytree(state(store), old)
    marker = json.loads((store / MARKER).read_text())
    (old / MARKER).write_text(json.dumps({**marker, "format": 1, "folder": ""}))
    for command in (["query", ALL, "-d", old], ["load", bundled_dispute(), "--into", old, "--replace"]):
        result = run(*command)
        assert result.exit_code == 3
        assert "'disputegraph restore'" in result.stderr
    assert run("restore", old, "--into", tmp_path / "new").exit_code == 0
    assert len(open_disk_store(tmp_path / "new")) == marker["quads"]


def test_files_that_nobody_needs_any_more_go(store: Path) -> None:
    load_into(store, [source_of_bytes(BLANK, name="x")])
    load_into(store, [source_of_bytes(BLANK, name="x", base="http://y/")])
    assert listing(state(store)).keys() == json.loads((store / MARKER).read_text())["files"].keys()
    assert {path.name for path in store.iterdir()} == {MARKER, LOCK, state(store).name}


@pytest.mark.parametrize("harm", ["truncated", "missing", "gone", "grown", "marker", "count", "current", "flipped"])
def test_damage_is_found_and_the_way_back_told(store: Path, harm: str, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backup")
    table = max(state(store).glob("*.sst"), key=lambda path: path.stat().st_size)
    if harm == "truncated":
        os.truncate(table, table.stat().st_size // 2)
    elif harm == "missing":
        table.unlink()
    elif harm == "gone":
        shutil.rmtree(state(store))
    elif harm == "grown":
        table.write_bytes(table.read_bytes() + b"x")
    elif harm == "marker":
        (store / MARKER).write_text("{")
    elif harm == "count":
        value = json.loads((store / MARKER).read_text())
        (store / MARKER).write_text(json.dumps({**value, "quads": value["quads"] + 1}))
    elif harm == "current":
        current = state(store) / "CURRENT"
        current.write_text("x" * current.stat().st_size)
    else:
        data = bytearray(table.read_bytes())
        for place in range(0, len(data), 97):
            data[place] ^= 0x10
        table.write_bytes(data)
    result = run("query", "SELECT * { ?s ?p ?o }", "-d", store)
    assert result.exit_code == 3, result.output
    assert "disputegraph restore" in result.stderr
    assert "--replace" in result.stderr
    assert not result.stdout
    # Both ways lead back.
    assert run("restore", tmp_path / "backup", "--into", store, "--replace").exit_code == 0
    assert run("check", "-d", store).exit_code == 0
    shutil.rmtree(store)
    assert run("restore", tmp_path / "backup", "--into", store).exit_code == 0
    assert run("load", bundled_dispute(), "--into", store, "--replace").exit_code == 0
    assert run("check", "-d", store).exit_code == 0


def test_a_backup_is_checked_when_it_comes_back(store: Path, tmp_path: Path) -> None:
    quads = back_up(store, tmp_path / "b")
    assert quads == len(open_disk_store(store)) == len(open_disk_store(tmp_path / "b"))
    with pytest.raises(OutputError, match="holds a store already; name a new"):
        back_up(store, tmp_path / "b")
    with pytest.raises(OutputError, match="holds a store already; --replace"):
        restore(tmp_path / "b", store)
    table = max(state(tmp_path / "b").glob("*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    before = (store / MARKER).read_bytes()
    with pytest.raises(DataError, match="is not what it was when the backup was made"):
        restore(tmp_path / "b", store, replace=True)
    assert (store / MARKER).read_bytes() == before
    with pytest.raises(DataError, match="is not what it was"):
        restore(tmp_path / "b", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    with pytest.raises(DataError, match="is not a disputegraph store"):
        restore(tmp_path, tmp_path / "new")


def test_a_store_beside_files_is_copied_into_memory(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "o.ttl"
    other.write_bytes(BLANK)
    with open_store([store, other, store]) as both:
        assert len(both) == len(open_disk_store(store)) + 3
        assert "dg" in both.prefixes


READER = """
import sys
from disputegraph.store import open_store
while True:
    with open_store([sys.argv[1]]) as store:
        print(len(list(store.quads())), flush=True)
"""


def test_readers_see_the_old_or_the_new_and_nothing_between(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    small = source_of_bytes(b"<a:a> <a:b> 1 .", name="small")
    big = source_of_bytes(b"".join(b"<a:a> <a:b> %d ." % n for n in range(500)), name="big")
    load_into(folder, [small])
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reader.stdout is not None
    reader.stdout.readline()
    for _ in range(8):
        load_into(folder, [big], replace=True)
        load_into(folder, [small], replace=True)
    assert reader.poll() is None, reader.communicate()[1].decode()
    reader.kill()
    seen = {int(line) for line in reader.communicate()[0].splitlines()}
    assert seen <= {1, 500}
    assert seen
