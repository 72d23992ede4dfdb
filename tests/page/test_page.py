"""The page in a real browser: it opens by itself, and clicking, searching and filtering lead to the evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.page.compared_data import edge_name
from tests.page.conftest import press_line, said

pytestmark = pytest.mark.browser


def test_opens_from_a_file_with_the_network_off(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    assert page.locator("h1").inner_text() == "The junior doctors' contract dispute, England 2016"
    assert page.locator("#picture .node:visible").count() > 15
    assert page.locator("#picture .edge:visible").count() > 20


def test_a_click_on_a_node_shows_its_utterances(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    page.locator('.node[data-id="hunt"]').click()
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Jeremy Hunt"
    assert panel.locator(".card").count() >= 8
    assert "SHA-256" in panel.locator(".anchor").first.evaluate("e => e.textContent")
    assert page.locator(".node.on").count() > 1
    assert "select=hunt" in page.url


def test_a_click_on_a_line_shows_what_it_counts(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    page = open_page(bundled_file)
    name = "sivakumaran > hunt : critical"
    edge = next(one for one in bundled_data["views"]["whom"]["edges"] if edge_name(one) == name)
    told = page.locator(f'.edge[data-edge="{name}"] title').text_content()
    assert told == f"Krishna Sivakumaran → Jeremy Hunt: Critical, {len(edge['utterances'])} utterances"
    press_line(page, name)
    assert page.locator("#panel .card").count() == len(edge["utterances"])
    told = {bundled_data["utterances"][place]["id"] for place in edge["utterances"]}
    shown = page.locator("#panel .card").evaluate_all("all => all.map(e => e.dataset.utterance)")
    assert set(shown) == told


def test_hearsay_is_spelt_out(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, "view=claims&select=c-hunt-veto")
    chain = page.locator('#panel .card[data-utterance="u-sources-veto"] .chain').inner_text()
    assert "Hearsay: unnamed sources near the BMA → The Independent." in chain
    assert "Quoted by the document" in page.locator('#panel .card[data-utterance="u-siva-veto"] .chain').inner_text()
    assert "2 affirm · 0 deny" in page.locator("#panel .balance").inner_text()


def test_search_finds_other_names_and_selects(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    page.keyboard.press("/")
    page.keyboard.type("koshh")
    assert page.locator("#hits li").first.inner_text().startswith("Keep Our St Helier Hospital")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "Keep Our St Helier Hospital"
    page.keyboard.press("/")
    page.locator("#query").fill("veto")
    assert page.locator("#hits li").filter(has_text="Hunt vetoed compromise").count() == 1


def test_search_selects_what_is_not_drawn(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    page.locator("#query").fill("croydon")
    page.locator("#hits li").first.click()
    assert page.locator("#panel h2").inner_text() == "Croydon University Hospital"


def test_the_table_holds_every_utterance(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    page = open_page(bundled_file, "view=table")
    assert page.locator("#table tbody tr").count() == said(bundled_data)


def test_without_scripts_there_is_a_table(browser: Any, bundled_file: Path, bundled_data: dict[str, Any]) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(bundled_file.as_uri())
    assert page.locator("noscript tbody tr").count() == said(bundled_data)
    context.close()
