"""Everyone can read a site: axe-core finds nothing, the search finds, and nothing needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAGE = Path(__file__).parents[1] / "page"
AXE = (PAGE / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# The style is a file, which axe would fetch once more, and may not.
RULES = (
    (PAGE / "scripts" / "violations.js")
    .read_text(encoding="utf-8")
    .replace("{ resultTypes", "{ preload: false, resultTypes")
)
PAGES = ("index", "search", "codebook", "method", "data", "404", "hunt", "c-hunt-veto", "doc", "strike-1")


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open files without a network; at the end nothing may have been complained of or asked for."""
    contexts, said = [], []

    def open_files(**options: Any) -> Any:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda one: None if one.url.startswith(("file:", "data:")) else said.append(one.url))
        return page

    yield open_files
    for context in contexts:
        context.close()
    assert said == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    opened: Callable[..., Any], bundled_site: Path, tmp_path: Path, scheme: str, width: int
) -> None:
    page = opened(color_scheme=scheme, viewport={"width": width, "height": 844})
    for name in PAGES:
        path = bundled_site / f"{name}.html"
        if name == "404":  # its links are those of the host, and lead nowhere from a file
            text = path.read_text(encoding="utf-8").replace(
                'href="/disputes/doctors/', f'href="{bundled_site.as_uri()}/'
            )
            path = tmp_path / path.name
            path.write_text(text, encoding="utf-8")
        page.goto(path.as_uri())
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.evaluate(AXE)
        assert page.evaluate(RULES) == [], name


def test_the_search_finds_by_name_alias_and_words(opened: Callable[..., Any], bundled_site: Path) -> None:
    page = opened()
    page.goto((bundled_site / "search.html").as_uri())
    wanted, hits = page.get_by_label("Name, alias or words of a claim"), page.locator("#hits a")
    assert page.locator("#list a").first.is_visible()
    for text, first in (("mr hu", "Jeremy Hunt"), ("vetoed", "Hunt vetoed compromise"), ("JÉREMY", "Jeremy Hunt")):
        wanted.fill(text)
        assert hits.first.inner_text() == first
        assert not page.locator("#list").is_visible()
    wanted.fill("no such thing anywhere")
    assert page.get_by_role("status").inner_text().startswith("Nothing found")
    wanted.fill("hunt vet")
    hits.first.click()
    assert page.locator("h1").inner_text() == "Hunt vetoed compromise"
    page.go_back()
    assert page.locator("#hits a").first.inner_text() == "Hunt vetoed compromise"  # the address holds what was asked


def test_without_scripts_everything_is_there(opened: Callable[..., Any], bundled_site: Path) -> None:
    page = opened(java_script_enabled=False)
    page.goto((bundled_site / "search.html").as_uri())
    assert not page.locator("#search").is_visible()
    page.locator("#list a", has_text="Jeremy Hunt").first.click()
    assert page.locator("h1").inner_text() == "Jeremy Hunt"
    assert page.get_by_text("What others say of it (").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.get_by_text("Hunt vetoed compromise").first.is_visible()


def test_nothing_hostile_runs(opened: Callable[..., Any], hostile_site: Path) -> None:
    page = opened()
    own = [hostile_site / f"{name}.html" for name in ("index", "codebook", "method", "data", "search")]
    for path in [*sorted((hostile_site / "other").glob("*.html"))[::8], *own]:
        page.goto(path.as_uri())
        assert page.evaluate("window.pwned") is None, path.name
    page.get_by_label("Name").fill("img")
    assert page.locator("#hits a").count() > 0
    assert page.locator("#hits img").count() == 0
    assert page.evaluate("window.pwned") is None
