"""Kill it at any moment, fill its disk, give it half a file: what was acknowledged is there, and nothing torn."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from disputegraph.resources import bundled_dispute
from disputegraph.store.disk_store import open_disk_store

COMMAND = [sys.executable, "-c", "from disputegraph.cli import main; main(prog_name='disputegraph')"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120)


def triples(path: Path, start: int, count: int) -> Path:
    path.write_text("".join(f'<http://x/{n}> <http://x/p> "{n}" .\n' for n in range(start, start + count)))
    return path


def numbers(folder: Path) -> set[int]:
    with open_disk_store(folder) as store:
        return {int(quad.object.value) for quad in store.quads()}  # type: ignore[union-attr]  # all are literals


def strays(folder: Path) -> list[str]:
    return [path.name for path in folder.parent.iterdir() if path.name.startswith(f".{folder.name}")]


def test_killed_while_loading(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    first, second = triples(tmp_path / "a.nt", 0, 1_000), triples(tmp_path / "b.nt", 1_000, 40_000)
    assert run("load", first, "--into", folder).returncode == 0
    old, new = set(range(1_000)), set(range(41_000))
    rng = random.Random(6)
    outcomes = set()
    for moment in [*(0.15 + rng.random() * 0.8 for _ in range(14)), 20.0]:
        process = subprocess.Popen(
            [*COMMAND, "load", str(second), "--into", str(folder)], stderr=subprocess.PIPE, text=True
        )
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
        said = process.communicate()[1]
        found = numbers(folder)
        assert found in (old, new)
        if "Loaded 1 file" in said:
            assert found == new
        outcomes.add(len(found))
        if found == new:
            assert run("load", first, "--into", folder, "--replace").returncode == 0
            assert numbers(folder) == old
    assert outcomes == {1_000, 41_000}
    assert not strays(folder)


def test_killed_while_a_new_store_is_made(tmp_path: Path) -> None:
    data = triples(tmp_path / "a.nt", 0, 30_000)
    for number in range(8):
        folder = tmp_path / f"s{number}"
        process = subprocess.Popen([*COMMAND, "load", str(data), "--into", str(folder)], stderr=subprocess.DEVNULL)
        time.sleep(0.1 + number * 0.09)
        process.kill()
        process.wait()
        asked = run("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "-d", folder, "-f", "csv")
        if asked.returncode == 0:
            assert asked.stdout.split() == ["n", "30000"]
        else:
            assert asked.returncode == 3
        assert run("load", data, "--into", folder).returncode == 0
        assert numbers(folder) == set(range(30_000))


@pytest.mark.parametrize("where", ["rename", "write_marker", "unlink"])
def test_killed_while_the_first_state_gets_its_name(tmp_path: Path, where: str) -> None:
    """Before and behind each step between a built state and a store, of which nothing was acknowledged yet."""
    data, folder = triples(tmp_path / "a.nt", 0, 100), tmp_path / "s"
    dying = f"""
import os, sys
from pathlib import Path
from disputegraph.cli import main
from disputegraph.store import generations
def die(*words, **options):
    if {where!r} == "write_marker" or ".first" in str(words[0]) or ".next" in str(words[0]):
        os._exit(9)
    return kept(*words, **options)
owner = generations if {where!r} == "write_marker" else Path
kept = getattr(owner, {where!r})
setattr(owner, {where!r}, die)
main(["load", sys.argv[1], "--into", sys.argv[2]])
"""
    assert subprocess.run([sys.executable, "-c", dying, str(data), str(folder)], check=False).returncode == 9
    assert run("load", data, "--into", folder).returncode == 0
    assert numbers(folder) == set(range(100))
    assert not (folder / ".first").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    little, much = triples(tmp_path / "a.nt", 0, 500), triples(tmp_path / "b.nt", 500, 400_000)
    folder = small_disk / "store"
    full = run("load", much, "--into", folder)
    assert full.returncode == 2, full.stderr
    assert "the disk is full; the store is as it was before" in full.stderr
    assert not folder.exists()
    assert run("load", little, "--into", folder).returncode == 0
    assert run("load", much, "--into", folder).returncode == 2
    assert numbers(folder) == set(range(500))
    converted = run("convert", much, much, "--to", "nt", "-o", small_disk / "o.nt")
    assert converted.returncode == 2
    assert "No space left" in converted.stderr
    assert sorted(path.name for path in small_disk.iterdir()) == ["store"]
    assert run("query", "SELECT * { ?s ?p ?o }", "-d", folder, "-o", small_disk / "o.csv").returncode == 0


def test_a_mount_point_as_store(small_disk: Path, tmp_path: Path) -> None:
    little = triples(tmp_path / "a.nt", 0, 500)
    assert run("load", little, "--into", small_disk).returncode == 0
    assert run("load", triples(tmp_path / "b.nt", 500, 500), "--into", small_disk).returncode == 0
    assert numbers(small_disk) == set(range(1_000))


def test_a_file_system_that_cannot_be_written(tmp_path: Path) -> None:
    folder, place = tmp_path / "store", tmp_path / "place"
    assert run("load", triples(tmp_path / "a.nt", 0, 500), "--into", folder).returncode == 0
    place.mkdir()
    bind = subprocess.run(["mount", "--bind", str(folder), str(place)], capture_output=True, check=False)
    if bind.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        assert numbers(place) == set(range(500))
        refused = run("load", tmp_path / "a.nt", "--into", place, "--replace")
        assert refused.returncode == 2
        assert "Read-only file system" in refused.stderr
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


@pytest.mark.parametrize("harm", ["a bit", "a byte", "a block", "the rest"])
def test_harm_to_any_file(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "store"
    assert run("load", triples(tmp_path / "a.nt", 0, 20_000), "--into", folder).returncode == 0
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_size and not path.name.startswith("LOG")
    ]
    assert len(files) >= 8
    rng, told = random.Random(harm), 0
    for path in files:
        whole = path.read_bytes()
        place = rng.randrange(len(whole))
        data = bytearray(whole)
        if harm == "a bit":
            data[place] ^= 1 << rng.randrange(8)
        elif harm == "a byte":
            data[place] = rng.randrange(256)
        elif harm == "a block":
            data[place : place + 512] = bytes(len(data[place : place + 512]))
        else:
            del data[place:]
        path.write_bytes(data)
        asked = run("query", "SELECT ?s ?o { ?s ?p ?o }", "-d", folder, "-f", "csv", "-o", tmp_path / "o.csv")
        if asked.returncode:
            assert asked.returncode == 3, asked.stderr
            assert "disputegraph restore" in asked.stderr
            assert not (tmp_path / "o.csv").exists()
            told += 1
        else:  # something that this query has no need of, or that is padding
            rows = {tuple(line.split(",")) for line in (tmp_path / "o.csv").read_text().splitlines()[1:]}
            assert rows == {(f"http://x/{n}", str(n)) for n in range(20_000)}
            (tmp_path / "o.csv").unlink()
        path.write_bytes(whole)
    assert told >= (len(files) if harm == "the rest" else 3)
    assert numbers(folder) == set(range(20_000))


READER = """
import sys, time
from disputegraph.store import open_store
end, number = time.monotonic() + float(sys.argv[2]), 0
while time.monotonic() < end:
    with open_store([sys.argv[1]]) as store:
        found = [row["o"].value for row in store.select("SELECT ?o { ?s ?p ?o }")]
        assert len(found) in (300, 700) and len(found) == len(store), len(found)
    number += 1
print(number)
"""


def test_readers_while_the_store_is_replaced_again_and_again(tmp_path: Path) -> None:
    from disputegraph.rdf import source_of_path
    from disputegraph.store.store_loading import load_into

    folder, seconds = tmp_path / "store", 6
    sources = [source_of_path(triples(tmp_path / f"{n}.nt", 0, n)) for n in (300, 700)]
    load_into(folder, sources[:1])
    readers = [
        subprocess.Popen([sys.executable, "-c", READER, str(folder), str(seconds)],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(8)
    ]  # fmt: skip
    written = 0
    while any(reader.poll() is None for reader in readers):
        load_into(folder, [sources[(written + 1) % 2]], replace=True)
        written += 1
    ended = [(*reader.communicate(), reader.returncode) for reader in readers]
    assert [code for _, _, code in ended] == [0] * len(readers), ended
    assert written >= 5
    assert all(int(said) >= 2 for said, _, _ in ended)
    assert not strays(folder)


@pytest.mark.parametrize("suffix", ["ttl", "nq", "rdf", "jsonld", "ttl.gz", "nt.bz2", "trig.xz"])
def test_truncated_documents(tmp_path: Path, suffix: str) -> None:
    plain, _, packing = suffix.partition(".")
    made = tmp_path / f"whole.{plain}"
    assert run("convert", bundled_dispute(), "-o", made).returncode == 0
    pack = {"": bytes, "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[packing]
    whole = pack(made.read_bytes())
    rng, target = random.Random(suffix), tmp_path / "store"
    for keep in (rng.randrange(20, len(whole) - 20) for _ in range(3)):
        # Lines, and statements of Turtle, are whole by themselves: not between two of them.
        while not packing and whole[keep - 1 : keep].isspace():
            keep -= 1  # noqa: PLW2901  # the next place inwards
        if not packing and whole[keep - 1 : keep] == b".":
            keep -= 1  # noqa: PLW2901  # the same
        (tmp_path / f"cut.{suffix}").write_bytes(whole[:keep])
        result = run("load", tmp_path / f"cut.{suffix}", "--into", target)
        assert result.returncode == 3, (keep, result.stderr)
        assert f"cut.{suffix}" in result.stderr
        assert "Traceback" not in result.stderr
        assert not target.exists()


def test_truncated_input(tmp_path: Path) -> None:
    whole = triples(tmp_path / "a.nt", 0, 300).read_bytes()
    for keep in (0, 1, 7, len(whole) // 2, len(whole) - 2):
        (tmp_path / "b.nt").write_bytes(whole[:keep])
        result = run("load", tmp_path / "b.nt", "--into", tmp_path / "s")
        cut_within = keep and whole[keep - 1 : keep] != b"\n"
        assert result.returncode == (3 if cut_within else 0), result.stderr
        assert (tmp_path / "s").exists() is not bool(cut_within)
        if not cut_within:
            subprocess.run(["rm", "-r", str(tmp_path / "s")], check=True)


def test_two_writers(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    files = [triples(tmp_path / f"{n}.nt", n * 20_000, 20_000) for n in range(4)]
    writers = [
        subprocess.Popen([*COMMAND, "load", str(file), "--into", str(folder)], stderr=subprocess.PIPE, text=True)
        for file in files
    ]
    ended = [(writer.communicate()[1], writer.returncode) for writer in writers]
    done = {n for n, (_, code) in enumerate(ended) if code == 0}
    assert done
    for said, code in ended:
        assert code == 0 or (code == 2 and "in use by process" in said), said
    assert numbers(folder) == {n for file in done for n in range(file * 20_000, (file + 1) * 20_000)}


def test_killed_between_the_steps_of_a_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from disputegraph.rdf import source_of_path
    from disputegraph.store import generations, store_loading

    folder = tmp_path / "store"
    store_loading.load_into(folder, [source_of_path(triples(tmp_path / "a.nt", 0, 100))])
    more = source_of_path(triples(tmp_path / "b.nt", 100, 50))
    for step, held in (("sync_folder", 100), ("write_marker", 100), ("_remove_unused", 150)):
        real, calls = getattr(generations, step), []

        def killed(*given: object) -> None:
            calls.append(step)  # noqa: B023  # called within this round
            if calls == ["_remove_unused"]:  # noqa: B023  # the same
                return real(*given)  # noqa: B023  # before the work begins
            os._exit(9)

        if (child := os.fork()) == 0:
            monkeypatch.setattr(generations, step, killed)
            store_loading.load_into(folder, [more])
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        assert numbers(folder) == set(range(held))
    # What the dead left behind goes with the next writer.
    store_loading.load_into(folder, [source_of_path(triples(tmp_path / "c.nt", 150, 50))])
    assert numbers(folder) == set(range(200))
    assert len(list(folder.iterdir())) == 3
