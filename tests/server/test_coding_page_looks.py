"""The coding page is for everyone, counts as Python does, and runs nothing that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from disputegraph.coding import Project, new_project
from disputegraph.evidence import normalise
from tests.server.coding_keyboard import open_coding_page
from tests.server.conftest import Running

PAGE = Path(__file__).parents[1] / "page"
AXE = (PAGE / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = (PAGE / "scripts" / "violations.js").read_text(encoding="utf-8")
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'`${alert(3)}"
# Emoji with joiners, combining marks, a hard blank, a soft hyphen, CRLF, Hebrew and Arabic, mathematical letters.
ODD = (
    "Ana \U0001f469\u200d\U0001f692 and Zo\u0065\u0301\u00a0said\u00ad: \U0001d4d7ope.\r\n\r\n"
    "שלום עולם, قال Omar yesterday. End \U0001f1e9\U0001f1ea.\r\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = new_project(tmp_path / "odd", title=HOSTILE, coder="MK")
    (tmp_path / "odd.txt").write_bytes((ODD + HOSTILE + "\n").encode())
    project.add_document(tmp_path / "odd.txt", title=HOSTILE, date="2024-05-03")
    project.put("Person", label=HOSTILE, aliases=[HOSTILE + "2"])
    project.put("Claim", label=HOSTILE + " is so", paraphrase=HOSTILE)
    project.add(
        document="odd", speaker=HOSTILE, claim=HOSTILE + " is so", polarity="affirms", note=HOSTILE, spans=[(0, 3)]
    )
    return project.folder


@pytest.fixture
def open_page(code: Callable[..., Running], browser: Any, folder: Path) -> Iterator[Callable[..., Any]]:
    contexts = []
    said: list[str] = []

    def begin(**options: Any) -> Any:
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        context.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page = open_coding_page(context, code(folder))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield begin
    for context in contexts:
        context.close()
    assert said == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_in_any_view_and_nothing_hostile_runs(
    open_page: Callable[..., Any], width: int, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate(AXE)
    for keys in ("", "n", "Escape", "j Shift+Enter", "Escape Escape", "D", "C", "R", "T", "g", "Escape", "?"):
        for key in keys.split():
            page.keyboard.press(key)
        page.wait_for_timeout(400)
        assert page.evaluate(RULES) == [], keys
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), keys
    assert page.evaluate("document.querySelectorAll('img, #text script').length") == 0


def test_offsets_are_those_of_python(open_page: Callable[..., Any], folder: Path) -> None:
    """Each sentence that the page chooses, in UTF-16, is anchored where Python has it in code points."""
    page = open_page(viewport={"width": 1280, "height": 800})
    text = normalise(ODD + HOSTILE + "\n")
    assert Project(folder).text(Project(folder).graph.nodes("Document")[0]) == text
    look = """async () => {
        const [{ cursor }, { state }] = await Promise.all(
            ["text_cursor", "project_state"].map((name) => import(`/code/static/${name}.js`)));
        return [cursor.span.start, cursor.span.end].map((unit) => state.open.points.toPoint(unit));
    }"""
    seen = set()
    for key in ("j", "j", "j", "l", "b", "j", "j"):
        page.keyboard.press(key)
        start, end = page.evaluate(look)
        assert 0 <= start < end <= len(text)
        words = text[start:end]
        assert words == words.strip(), (key, words)
        seen.add(words)
    assert any("\U0001f469\u200d\U0001f692" in words for words in seen)
    assert any(words.startswith("שלום") for words in seen)
    # A selection of the mouse: from the first letter of "Omar" to its last, it snaps to the word.
    box = page.evaluate(
        """() => {
        const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf("yesterday");
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at + 2);
            range.setEnd(node, at + 6);
            const { left, right, top, height } = range.getBoundingClientRect();
            return { left, right, y: top + height / 2 };
        }
    }"""
    )
    for modifier, chosen in ((None, "yesterday"), ("Alt", "ster")):
        if modifier:
            page.keyboard.down(modifier)
        page.mouse.move(box["left"] + 1, box["y"])
        page.mouse.down()
        page.mouse.move(box["right"] - 1, box["y"], steps=4)
        page.mouse.up()
        if modifier:
            page.keyboard.up(modifier)
        page.wait_for_timeout(200)
        start, end = page.evaluate(look)
        assert text[start:end] == chosen
