"""Hostile strings in every field run nothing, whatever is selected, opened or saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disputegraph.page import page_data, render_page
from tests.page.hostile import ATTACKS, HostileSources, hostile_store

SCRIPTS = Path(__file__).parent / "scripts"
UNTOUCHED = (SCRIPTS / "untouched.js").read_text(encoding="utf-8")
SELECT_EVERYTHING = (SCRIPTS / "select_everything.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hostile_html() -> str:
    with hostile_store() as store:
        return render_page(page_data(store, sources=HostileSources(), title=ATTACKS[2]))


def test_nothing_in_the_source_breaks_out(hostile_html: str) -> None:
    assert "<script>window" not in hostile_html
    assert "<img" not in hostile_html.split('id="data"', maxsplit=1)[0]
    # Three script elements: the two islands and the page's own.
    assert len(re.findall(r"<script\b", hostile_html)) == 3
    assert len(re.findall(r"</script", hostile_html)) == 3


@pytest.mark.browser
@pytest.mark.parametrize("view", ["whom", "claims", "coalitions", "time", "table"])
def test_nothing_runs_in_any_view(open_page: Callable[..., Any], hostile_html: str, tmp_path: Path, view: str) -> None:
    path = tmp_path / "hostile '\"<b>&.html"
    path.write_text(hostile_html, encoding="utf-8")
    page = open_page(path, f"view={view}")
    assert page.evaluate(UNTOUCHED)
    # Every node, edge and hit is selected, by the click a reader would make.
    count = page.evaluate(SELECT_EVERYTHING)
    assert count > 20
    page.locator("#query").fill("window")
    assert page.locator("#hits li").count() > 0
    assert page.evaluate(UNTOUCHED)
    bad_links = page.locator("a[href]").evaluate_all(
        "all => all.map(a => a.getAttribute('href')).filter(h => !/^(https?:|mailto:|#)/.test(h))"
    )
    assert bad_links == []


@pytest.mark.browser
def test_unseen_characters_are_shown(open_page: Callable[..., Any], hostile_html: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(hostile_html, encoding="utf-8")
    page = open_page(path, "view=table&rows=things")
    text = page.locator("#table").inner_text()
    assert "⟨U+202E⟩" in text
    assert "⟨U+200B⟩" in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", text)
    with page.expect_download() as download:
        page.locator("summary", has_text="Save").click()
        page.locator('[data-tool="save_csv"]').click()
    saved = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert not re.search(r'(^|,)"?[=@]', saved, re.MULTILINE)  # a spreadsheet computes nothing
