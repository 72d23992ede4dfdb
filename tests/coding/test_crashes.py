"""Whatever kills the program, and whenever: no change that was acknowledged is lost, and no file is torn."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disputegraph.coding import Project
from disputegraph.errors import OutputError

KILLS = int(os.environ.get("DISPUTEGRAPH_KILLS", "12"))
"""How often the program is killed; `benchmarks/coding.py` does it 200 times."""

CODER = """
import sys
from disputegraph.coding import Project
project = Project(sys.argv[1])
number = int(sys.argv[2])
while True:
    number += 1
    project.put("Person", label=f"Person {number}")
    project.add(document="gazette-2024-05-03", speaker=f"Person {number}", claim="Authority hid the report",
                polarity="affirms", spans=[(number % 100, number % 100 + 5)])
    print(number, flush=True)
"""


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(coded: Project) -> None:
    chance = random.Random(1)
    number = 0
    known: set[str] = set()
    for _ in range(KILLS):
        coder = subprocess.Popen(
            [sys.executable, "-c", CODER, str(coded.folder), str(number)], stdout=subprocess.PIPE, text=True
        )
        first = coder.stdout.readline()  # it has begun
        time.sleep(chance.random() * 0.15)
        os.kill(coder.pid, signal.SIGKILL)
        told = [first, *coder.stdout]
        coder.stdout.close()
        coder.wait()
        known |= {f"Person {line.strip()}" for line in told}
        number = int(told[-1])
        again = Project(coded.folder)
        people = {again.graph.label(node) for node in again.graph.nodes("Person")}
        said = {u.speaker.label for u in again.model.utterances}
        assert known <= people
        assert known <= said
        assert not list(coded.folder.rglob(".disputegraph/pending.json"))
        number += 1  # which may be there in part: a person whose statement was not acknowledged


def dying(step: int) -> str:
    """Return a program that changes codebook and coding, and dies before its n-th renaming of a file."""
    return f"""
import os, sys
from pathlib import Path
from disputegraph.coding import Project
project = Project(sys.argv[1])
replace, count = Path.replace, 0
def dying(path, target):
    global count
    count += 1
    if count == {step}:
        os._exit(9)
    return replace(path, target)
Path.replace = dying
project.add(document="gazette-2024-05-03", speaker="Eva Lund", claim="All is well", polarity="affirms", spans=[(0, 6)])
print("done")
"""


@pytest.mark.parametrize("step", range(1, 8))
def test_a_change_is_whole_though_the_program_dies_between_two_of_its_writes(coded: Project, step: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", dying(step), str(coded.folder)], capture_output=True, text=True, check=False
    )
    again = Project(coded.folder)
    there = "Eva Lund" in {u.speaker.label for u in again.model.utterances}
    claims = {again.graph.label(node) for node in again.graph.nodes("Claim")}
    assert ("All is well" in claims) == there
    if "done" in ended.stdout:
        assert there
    assert not list(again.folder.rglob("pending.json"))
    if there:
        again.undo()
        assert "All is well" not in {again.graph.label(node) for node in again.graph.nodes("Claim")}


@pytest.mark.parametrize("step", [2, 3])
def test_what_another_program_left_half_done_is_finished_before_the_next_change(coded: Project, step: int) -> None:
    """Also by one that had opened the project before the other died."""
    ended = subprocess.run(
        [sys.executable, "-c", dying(step), str(coded.folder)], capture_output=True, text=True, check=False
    )
    assert "done" not in ended.stdout
    assert (coded.folder / ".disputegraph" / "pending.json").exists()
    coded.put("Person", label="Bo Berg")
    again = Project(coded.folder)
    for project in (coded, again):
        assert "All is well" in {project.graph.label(node) for node in project.graph.nodes("Claim")}
        assert "Eva Lund" in {u.speaker.label for u in project.model.utterances}
    assert [step.label for step, _ in again.history()][-2:] == ["add Eva Lund: All is well", "add Bo Berg"]


@pytest.mark.parametrize("write", [1, 2, 3, 4])
def test_a_full_disk_leaves_everything_as_it_was(coded: Project, monkeypatch: pytest.MonkeyPatch, write: int) -> None:
    """The note of the change, codebook, coding or journal is what no longer fits."""
    files = {path: path.read_bytes() for path in coded.folder.rglob("*.ttl")}
    count = 0

    def full(handle: int) -> None:
        nonlocal count
        count += 1
        if count == write:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        coded.add(
            document="gazette-2024-05-03", speaker="Eva Lund", claim="All is well", polarity="affirms", spans=[(0, 6)]
        )
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in coded.folder.rglob("*.ttl")} == files
    assert "All is well" not in {claim.label for claim in coded.model.claims}
    coded.put("Person", label="Eva Lund")
    assert Project(coded.folder).graph.find("Eva Lund") is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read(coded: Project) -> None:
    for folder in (coded.folder, coded.folder / ".disputegraph"):
        folder.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            coded.put("Person", label="Eva Lund")
    finally:
        for folder in (coded.folder, coded.folder / ".disputegraph"):
            folder.chmod(0o700)


def test_a_line_that_a_crash_cut_off_is_left_out(coded: Project) -> None:
    journal: Path = coded.folder / ".disputegraph" / "history.jsonl"
    steps = len(coded.history())
    with journal.open("ab") as stream:
        stream.write(b'{"number": 99, "kind": "do", "lab')
    again = Project(coded.folder)
    assert len(again.history()) == steps
    again.put("Person", label="Eva Lund")
    assert len(Project(coded.folder).history()) == steps + 1


def test_clones_that_code_different_documents_merge_in_git(coded: Project, tmp_path: Path) -> None:
    """Both add actors and claims to the codebook too."""

    def git(*words: str, folder: Path) -> str:
        names = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
        return subprocess.run(["git", *names, *words], cwd=folder, capture_output=True, text=True, check=True).stdout

    for number in (2, 3):
        text = tmp_path / f"report-{number}.txt"
        text.write_text(f"Report {number}. All is well, said Eva Lund.\n")
        coded.add_document(text)
    git("init", folder=coded.folder)
    git("add", "-A", folder=coded.folder)
    git("commit", "-m", "one", folder=coded.folder)
    git("clone", str(coded.folder), "other", folder=tmp_path)
    other_folder = tmp_path / "other"
    shutil.copytree(coded.folder / "sources", other_folder / "sources")  # the texts are not in git
    for name, folder, claims in (("report-2", coded.folder, "AMZ"), ("report-3", other_folder, "BNY")):
        project = Project(folder)
        for claim in claims:
            project.add(
                document=name, speaker=f"{claim} person", claim=f"Claim {claim}", polarity="affirms", spans=[(0, 8)]
            )
    Project(coded.folder).rename("HWU", "Union of Harbour Workers")
    for folder in (coded.folder, other_folder):
        git("add", "-A", folder=folder)
        git("commit", "-m", "two", folder=folder)
    git("pull", "--no-rebase", str(other_folder), folder=coded.folder)
    assert "CONFLICT" not in git("status", folder=coded.folder)
    merged = Project(coded.folder)
    claims = {merged.graph.label(node) for node in merged.graph.nodes("Claim")}
    assert {f"Claim {claim}" for claim in "AMZBNY"} <= claims
    assert merged.graph.find("Union of Harbour Workers") is not None
    assert not [f for f in merged.findings() if f.severity == "violation" and f.check != "claim-without-paraphrase"]
