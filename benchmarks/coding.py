"""What coding costs: keys and seconds a statement, a long text in the browser, and kill -9 during saves.

    python benchmarks/coding.py [KILLS]

Seconds of a person are those of the keystroke-level model (Card, Moran & Newell 1980, "The keystroke-level model for
user performance time with interactive systems", Communications of the ACM 23): a key 0.2 s, pointing 1.1, homing the
hand 0.4, thinking before a unit of work 1.35. Seconds of the machine stand beside their goals, which are for two idle
cores.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measure import machine

from disputegraph.coding import NewEntry, Project, new_project

KEY, POINT, HOME, THINK = 0.2, 1.1, 0.4, 1.35
TEXT = """The harbour stands still.

"They hid the report on the cranes from us," said Ada Osei.

"We will not go back to work," said Ada Osei.
"""
STATEMENTS = (
    ("likely speaker and claim, by digits", "j Enter 1 1 a Enter", 2, "<= 6 keys, <= 6 s (a draft)"),
    (
        "known speaker and claim, three letters of each",
        "j Enter =ada Enter =hid Enter a Enter",
        3,
        "<= 12 keys, <= 15 s",
    ),
    (
        "the same, both ends of the words moved by three steps",
        "j v v v h h h Enter =ada Enter =hid Enter a Enter",
        4,
        "<= 12 keys, <= 15 s",
    ),
)
"""What is done, the keys in order (words that are typed behind =), units of work to think before, and the goal."""

PARAGRAPHS, UTTERANCES = 1000, 2000
CODER = """
import sys
from disputegraph.coding import Project
project, number = Project(sys.argv[1]), int(sys.argv[2])
while True:
    number += 1
    project.put("Person", label=f"Person {number}")
    print(number, flush=True)
"""


def main(kills: int) -> None:
    """Measure all, and print Markdown."""
    print(f"## Coding ({machine()})\n")
    with tempfile.TemporaryDirectory() as folder:
        _statements(Path(folder))
        _killed(Path(folder), kills)
        _long_text(Path(folder))


def _statements(folder: Path) -> None:
    """Code statements with the keys, see that they are on disk, and print keys and the model's seconds."""
    print("| a statement | keys beside typed text | letters typed | pointer | thoughts | model, s | goal |")
    print("|---|---:|---:|---:|---:|---:|---|")
    for number, (what, keys, thoughts, goal) in enumerate(STATEMENTS):
        project = new_project(folder / f"statement-{number}")
        (folder / "text.txt").write_text(TEXT)
        project.add_document(folder / "text.txt")
        project.put("Person", label="Ada Osei")
        project.put("Claim", label="Authority hid the report", paraphrase="A report on the cranes was hidden.")
        with _serving(project.folder) as address, _browser() as browser:
            page = browser.new_page()
            page.goto(address)
            page.wait_for_selector("html[data-ready]")
            page.keyboard.press("j")
            for key in keys.split():
                page.wait_for_timeout(300)  # a person is no faster
                page.keyboard.type(key[1:]) if key.startswith("=") else page.keyboard.press(key)
            page.wait_for_selector("#list li")
        said = [(u.speaker, u.claim) for u in Project(project.folder).model.utterances]
        labels = [tuple(ref.label if ref else None for ref in pair) for pair in said]
        assert labels == [("Ada Osei", "Authority hid the report")], labels
        pressed = [key for key in keys.split() if not key.startswith("=")]
        typed = sum(len(key) - 1 for key in keys.split() if key.startswith("="))
        model = KEY * (len(pressed) + typed) + THINK * thoughts
        print(f"| {what} | {len(pressed)} | {typed} | 0 | {thoughts} | {model:.1f} | {goal} |")
    dna = KEY * 17 + POINT * 5 + HOME * 4 + THINK * 6
    print(f"| Discourse Network Analyzer, keys and pointer as they were counted | 17 | | 5 | 6 | {dna:.1f} | |\n")


def _killed(folder: Path, kills: int) -> None:
    project = new_project(folder / "killed")
    chance, number, told = random.Random(1), 0, set[int]()
    torn = 0
    for _ in range(kills):
        command = [sys.executable, "-c", CODER, str(project.folder), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as coder:
            assert coder.stdout is not None
            lines = [coder.stdout.readline()]
            time.sleep(chance.random() * 0.1)
            os.kill(coder.pid, signal.SIGKILL)
            lines += coder.stdout
        told |= {int(line) for line in lines if line.strip()}
        number = max(told) + 1
        try:
            Project(project.folder)
        except Exception as error:  # noqa: BLE001  # counted, whatever it is
            torn += 1
            print(error, file=sys.stderr)
    again = Project(project.folder)
    people = {again.graph.label(node) for node in again.graph.nodes("Person")}
    lost = len({f"Person {n}" for n in told} - people)
    print("| kill -9 during saves | acknowledged | lost | torn | goal |\n|---:|---:|---:|---:|---|")
    print(f"| {kills} | {len(told):,} | {lost} | {torn} | 0 lost, 0 torn |\n")


def _long_text(folder: Path) -> None:
    project = _long_project(folder)
    with _serving(project.folder) as address, _browser() as browser:
        page = browser.new_page()
        opened = []
        for _ in range(5):
            page.goto("about:blank")
            began = time.perf_counter()
            page.goto(address)
            page.wait_for_selector("html[data-ready]")
            page.wait_for_selector("#text p")
            opened.append(time.perf_counter() - began)
        moves = [_painted(page, key) for key in "jjjjllllhhhhbbbbvvvvkkkknnnnpppp" * 2]
        page.keyboard.press("j")
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(1000)
        typed = [_painted(page, key) for key in "person number claim statement of somebody" if key != " "]
    print(f"A text of {50 * PARAGRAPHS:,} words with {UTTERANCES:,} utterances, in Chromium:\n")
    print("| what | median | 95 % | goal |\n|---|---:|---:|---|")
    opened.sort()
    print(f"| opening, s (slowest of five for 95 %) | {opened[2]:.2f} | {opened[-1]:.2f} | <= 1.5 |")
    for what, times in (("moving, key to paint, ms", moves), ("typing, key to paint, ms", typed)):
        times.sort()
        print(f"| {what} | {times[len(times) // 2]:.0f} | {times[int(len(times) * 0.95)]:.0f} | <= 50 |")


def _painted(page: Any, key: str) -> float:
    """Press a key, and return the milliseconds from its event to the next frame, by the page's own clock."""
    page.evaluate(
        """() => { window.spent = new Promise((done) => addEventListener("keydown", (event) =>
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp))),
            { once: true, capture: true })); }"""
    )
    page.keyboard.press(key)
    return float(page.evaluate("() => window.spent"))


def _long_project(folder: Path) -> Project:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(2, 9))) for _ in range(3000)]
    text = "".join(" ".join(chance.choices(words, k=50)).capitalize() + ".\n\n" for _ in range(PARAGRAPHS))
    (folder / "long.txt").write_text(text)
    project = new_project(folder / "long")
    document = project.add_document(folder / "long.txt")
    new = [NewEntry(f"a{n}", "Person", {"label": f"Person {n}"}) for n in range(100)]
    new += [NewEntry(f"c{n}", "Claim", {"label": f"Claim {n}", "paraphrase": f"It is so, {n}."}) for n in range(200)]
    for n in range(UTTERANCES):
        start = chance.randrange(len(text) - 100)
        place = {"document": document, "start": start, "end": start + 60}
        fields = {
            "speaker": f"a{n % 100}",
            "claim": f"c{chance.randrange(200)}",
            "polarity": "affirms",
            "evidence": [place],
        }
        new.append(NewEntry(f"u{n}", "Utterance", fields))
    project.put("Person", label="Somebody", new=new)
    return project


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "disputegraph", "code", str(folder), "--port", "0", "--no-open"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        for line in server.stderr:
            if match := re.match(r"Code at (\S+)", line):
                break
        try:
            yield match[1] if match else ""
        finally:
            server.send_signal(signal.SIGINT)


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
