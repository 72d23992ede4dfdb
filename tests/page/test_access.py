"""Everyone can read the page: axe-core finds nothing, the keyboard reaches everything, focus is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).parent / "scripts"
AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
LABELS = (SCRIPTS / "labels.js").read_text(encoding="utf-8")
RULES = (SCRIPTS / "violations.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "fragment",
    [
        "view=whom",
        "view=whom&select=hunt",
        "view=claims&select=c-hunt-veto",
        "view=coalitions",
        "view=time&select=u-hunt-marr",
        "view=table",
        "view=table&rows=claims",
    ],
)
def test_axe_finds_nothing(open_page: Callable[..., Any], bundled_file: Path, fragment: str, scheme: str) -> None:
    page = open_page(bundled_file, fragment, color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(AXE)
    assert page.evaluate(RULES) == []


@pytest.mark.parametrize("fragment", ["view=whom", "view=claims&select=hunt"])
def test_axe_finds_nothing_on_a_phone(open_page: Callable[..., Any], bundled_file: Path, fragment: str) -> None:
    page = open_page(bundled_file, fragment, width=390, height=844, reduced_motion="reduce")
    page.evaluate(AXE)
    assert page.evaluate(RULES) == []
    page.locator("summary", has_text="Save").click()
    assert page.evaluate(RULES) == []
    page.locator('[data-tool="filters_button"]').click()
    assert page.evaluate(RULES) == []


def test_the_keyboard_walks_the_graph(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.node')"):
            break
    else:
        pytest.fail("Tab never reached the graph")
    start = page.evaluate("document.activeElement.dataset.id")
    ring = page.evaluate("getComputedStyle(document.activeElement.querySelector('.shape')).strokeWidth")
    assert float(ring.removesuffix("px")) >= 3, "the focus is not seen"
    visited = {start}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        visited.add(page.evaluate("document.activeElement.dataset.id"))
    assert len(visited) > 2
    at = page.evaluate("document.activeElement.dataset.id")
    page.keyboard.press("Enter")
    assert f"select={at}" in page.url
    assert page.locator("#panel .panel-head").count() == 1
    page.keyboard.press("Escape")
    assert "select=" not in page.url
    assert page.evaluate("document.activeElement.dataset.id") == at
    # Exactly one node of the graph is a stop on the way of the Tab key.
    assert page.locator('.node[tabindex="0"]').count() == 1


def test_a_neighbour_comes_before_a_stranger(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    page = open_page(bundled_file)
    joined: dict[str, set[str]] = {}
    for edge in bundled_data["views"]["whom"]["edges"]:
        joined.setdefault(edge["from"], set()).add(edge["to"])
        joined.setdefault(edge["to"], set()).add(edge["from"])
    places = {node["id"]: (node["x"], node["y"]) for node in bundled_data["views"]["whom"]["nodes"]}
    page.locator('.node[data-id="hunt"]').focus()
    page.keyboard.press("ArrowRight")
    to = page.evaluate("document.activeElement.dataset.id")
    assert to in joined["hunt"]
    assert places[to][0] > places["hunt"][0]


def test_edges_are_reached_from_the_panel(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, "select=hunt")
    page.locator("#panel summary", has_text="Lines").press("Enter")
    line = page.locator("#panel details li a", has_text="→ Jeremy Hunt").first
    line.press("Enter")
    assert "→" in page.locator("#panel h2").inner_text()
    assert page.locator("#panel .card").count() >= 1


def test_names_are_at_least_eleven_pixels_and_apart(open_page: Callable[..., Any], bundled_file: Path) -> None:
    for width, height in ((1280, 800), (1920, 1080), (390, 844)):
        for view in ("whom", "claims", "coalitions"):
            page = open_page(bundled_file, f"view={view}", width=width, height=height)
            found = page.evaluate(LABELS)
            assert found["sizes"] >= 11, (width, view)
            assert found["over"] == [], (width, view)
            assert found["out"] == [], (width, view)
            if width > 1000:
                assert found["shown"] >= 0.95 * found["all"], (width, view, found)


def test_a_link_goes_past_the_heading_to_the_graph(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, "view=claims")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('node')")
    assert "view=claims" in page.url
