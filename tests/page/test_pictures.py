"""The drawing looks as it did: loosely compared with small stored pictures, so that a broken one is noticed.

A stored picture is a grid of 48 × 32 cells, each the darkness of its part of the stage. Fonts differ between machines,
so correlation is asked for, not identity. To store the pictures anew, look at the page, and then run
``RENEW_PICTURES=1 pytest tests/page/test_pictures.py``.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from disputegraph.page import page_data, render_page
from disputegraph.store import open_store
from tests.page.conftest import press_line

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
VIEWS = ("whom", "claims", "coalitions", "time")
SIZES = {"wide": (1280, 800), "phone": (390, 844)}


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.html"
    with open_store([HERE / "cases" / "small.ttl"]) as store:
        path.write_text(render_page(page_data(store)), encoding="utf-8")
    return path


def seen(page: Any, browser: Any) -> np.ndarray[Any, Any]:
    """Return the stage as a grid of darkness, smoothed over neighbouring cells."""
    picture = base64.b64encode(page.locator("#stage").screenshot()).decode()
    blank = browser.new_page()
    script = (HERE / "scripts" / "thumbnail.js").read_text(encoding="utf-8")
    cells = np.array(blank.evaluate(script, f"data:image/png;base64,{picture}")).reshape(32, 48)
    blank.close()
    padded = np.pad(cells, 1)
    return sum(padded[y : y + 32, x : x + 48] for y in range(3) for x in range(3)) / 9


def alike(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> float:
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures(open_page: Callable[..., Any], browser: Any, small_file: Path, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    store = HERE / "pictures" / f"{size}.json"
    stored = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    found = {}
    for view in VIEWS:
        page = open_page(small_file, f"view={view}", width=width, height=height, color_scheme=scheme)
        found[view] = seen(page, browser)
    if os.environ.get("RENEW_PICTURES") and scheme == "light":
        store.parent.mkdir(exist_ok=True)
        text = json.dumps({view: np.round(cells, 3).ravel().tolist() for view, cells in found.items()})
        store.write_text(text.replace("], ", "],\n") + "\n", encoding="utf-8")
        return
    pictures = {view: np.array(cells).reshape(32, 48) for view, cells in stored.items()}
    for view, cells in found.items():
        likeness = {other: alike(cells, picture) for other, picture in pictures.items()}
        assert likeness[view] > 0.7, (view, likeness)
        assert max(likeness, key=lambda other: likeness[other]) == view, "another view is more like it"
        ink = cells.sum() / pictures[view].sum()
        assert 0.5 < ink < 2, "much less or much more is drawn than was"


def test_what_the_small_dispute_shows(open_page: Callable[..., Any], small_file: Path) -> None:
    page = open_page(small_file)
    told = page.locator('.edge[data-edge="friends > council : critical"] title').text_content()
    assert told.endswith(": Critical, 2 utterances"), "u6 is withdrawn"
    page.locator('#views a[data-view="coalitions"]').click()
    assert page.locator("#picture .edge.line-mixed").count() == 1, "friends and mayor agree on work, conflict on safety"
    press_line(page, "friends = mayor")
    text = page.locator("#panel").inner_text()
    assert "Agree on (1)" in text
    assert "Conflict over" in text
    page.locator('#views a[data-view="time"]').click()
    page.keyboard.press("Escape")
    assert page.locator(".stance.changed").count() == 2
    text = page.locator("#panel").inner_text()
    assert "Ada Mayor: affirms → denies The bridge is safe" in text
    assert "Ada Mayor: favours → opposes the new bridge" in text
    assert page.locator(".chip.is-lost").count() == 0
    page.locator('.said[data-id="u6"]').click()
    assert "not counted" in page.locator("#panel").inner_text()
    page.locator('[data-key="document"]').select_option("morning")
    assert page.locator("#timeline .said").count() == 4
    page.locator('.said[data-id="u1"]').click()
    assert "Link to this utterance" in page.locator("#panel").inner_text()
