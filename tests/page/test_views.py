"""The views, their filters and addresses: what is chosen holds for graph, panel, table and time line alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.page import page_data, render_page
from tests.page.compared_data import edge_name
from tests.page.conftest import press_line, said
from tests.page.small_disputes import store_of

pytestmark = pytest.mark.browser


def shown_edges(page: Any) -> list[str]:
    return page.locator("#picture .edge:visible").evaluate_all("all => all.map(e => e.dataset.edge)")


def test_each_view_has_its_address(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    for view, needs in (
        ("claims", ".node.is-claim"),
        ("coalitions", "#picture .edge.line-conflict"),
        ("time", "#timeline .said"),
        ("table", "#table tbody tr"),
        ("whom", "#picture .edge.line-critical"),
    ):
        page.locator(f'#views a[data-view="{view}"]').click()
        assert page.locator(needs).first.is_visible(), view
        fragment = parse_qs(urlsplit(page.url).fragment)
        assert fragment.get("view", ["whom"]) == [view]
        assert page.locator("#views a[aria-current]").get_attribute("data-view") == view
    page.go_back()
    assert page.locator("#table tbody tr").count() > 10


def test_a_link_reopens_view_selection_and_filters(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    page.locator('[data-key="tone.neutral"]').uncheck()
    page.locator('[data-key="heard"]').select_option("first")
    page.locator('#views a[data-view="claims"]').click()
    page.locator('.node[data-id="koshh"]').click()
    before = (shown_edges(page), page.locator("#panel").inner_text(), page.locator("#status").inner_text())
    fragment = page.url.split("#")[1]
    again = open_page(bundled_file, fragment)
    assert (shown_edges(again), again.locator("#panel").inner_text(), again.locator("#status").inner_text()) == before
    assert (
        again.locator('[data-key="tone.neutral"]').count() == 0
        or not again.locator('[data-key="tone.neutral"]').is_checked()
    )


def test_links_of_version_0_1_open_the_same_view(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, "view=camps&select=hunt")
    assert page.locator("#views a[aria-current]").get_attribute("data-view") == "coalitions"
    assert page.locator("#picture .hull").count() == 1, "the two of the other coalition share no claim"
    assert "Coalition of Department of Health, Jeremy Hunt" in page.locator("#panel").inner_text()


def test_a_filter_holds_everywhere(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    critical = [one for one in bundled_data["utterances"] if one["tone"] == "critical"]
    page = open_page(bundled_file, "select=hunt")
    for tone in ("supportive", "neutral"):
        page.locator(f'[data-key="tone.{tone}"]').uncheck()
    assert {edge.rpartition(" : ")[2] for edge in shown_edges(page)} <= {"critical", "critical via", "reports", "tie"}
    assert page.locator("#panel .card:not(.tone-critical)").count() == 0
    assert page.locator("#panel .card").count() > 0
    assert f"{len(critical)} of {said(bundled_data)}" in page.locator("#status").inner_text()
    page.locator('#views a[data-view="table"]').click()
    assert page.locator("#table tbody tr").count() == len(critical)
    page.locator('#views a[data-view="time"]').click()
    assert page.locator("#timeline .said").count() == len([one for one in critical if one.get("date")])
    page.locator("#filters button", has_text="Reset").click()
    assert page.locator("#timeline .said").count() > len(critical)


def test_counts_on_edges_follow_the_filters(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    page = open_page(bundled_file, "heard=first")
    heard = {place for place, one in enumerate(bundled_data["utterances"]) if one.get("hearsay")}
    for edge in bundled_data["views"]["whom"]["edges"]:
        left = [place for place in edge["utterances"] if place not in heard]
        if edge["kind"] in ("critical", "supportive", "neutral"):
            assert (edge_name(edge) in shown_edges(page)) == bool(left), edge


@pytest.mark.parametrize("mode", ["direct", "indirect"])
def test_quoted_and_paraphrased_words_are_told_apart(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any], mode: str
) -> None:
    page = open_page(bundled_file, f"view=table&heard={mode}")
    told = [one for one in bundled_data["utterances"] if not one.get("hearsay") and not one.get("relay")]
    expected = [one for one in told if one.get("mode") == mode]
    assert 0 < len(expected) < len(told)
    assert page.locator("#table tbody tr").count() == len(expected)
    assert page.locator('[data-key="heard"]').input_value() == mode


def test_a_kind_can_be_switched_off(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    assert page.locator('.node[data-id="hunt"]').is_visible()
    page.locator('[data-key="kind.Person"]').uncheck()
    assert page.locator('.node[data-id="hunt"]').is_hidden()
    assert not [edge for edge in shown_edges(page) if "hunt >" in edge]
    assert "hide=kind.Person" in page.url


def test_least_count_leaves_the_strong_lines(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    page = open_page(bundled_file)
    page.locator('[data-key="min"]').fill("2")
    page.locator('[data-key="min"]').press("Enter")
    strong = {edge_name(edge) for edge in bundled_data["views"]["whom"]["edges"] if len(edge["utterances"]) >= 2}
    shown = {edge for edge in shown_edges(page) if not edge.endswith(": tie")}
    assert shown == strong
    assert "2 or more" in page.locator(".stage-note").inner_text()


def test_the_slider_filters_all_views(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    page = open_page(bundled_file, "view=time")
    end = page.locator('[data-key="slide to"]')
    end.evaluate("e => { e.value = +e.min + 27; for (const n of ['input', 'change']) e.dispatchEvent(new Event(n)); }")
    early = [one for one in bundled_data["utterances"] if one.get("date", "9") <= "2016-02-08"]
    assert "to=2016-02-08" in page.url
    assert page.locator("#timeline .said").count() == len(early)
    page.locator('#views a[data-view="table"]').click()
    assert page.locator("#table tbody tr").count() == len(early)
    page.locator('#views a[data-view="whom"]').click()
    assert {edge.split(" > ")[0] for edge in shown_edges(page) if not edge.endswith(": tie")} == {"hunt"}


def test_a_bundle_opens_into_its_utterances(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    name = "sivakumaran > hunt : critical"
    edge = next(one for one in bundled_data["views"]["whom"]["edges"] if edge_name(one) == name)
    page = open_page(bundled_file)
    before = len(shown_edges(page))
    press_line(page, name)
    page.locator("#panel button", has_text="one by one").click()
    assert len(shown_edges(page)) == before + len(edge["utterances"]) - 1
    assert "spread=" in page.url
    first = bundled_data["utterances"][edge["utterances"][0]]["id"]
    page.locator(f'.edge[data-edge="{first}"] .hit').dispatch_event("pointerdown", {"button": 0, "pointerId": 5})
    page.locator(f'.edge[data-edge="{first}"] .hit').dispatch_event("pointerup", {"button": 0, "pointerId": 5})
    assert page.locator("#panel .card").get_attribute("data-utterance") == first


def test_selecting_lights_the_neighbours(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    page = open_page(bundled_file, "select=bma")
    edges = bundled_data["views"]["whom"]["edges"]
    joined = {end for edge in edges if "bma" in (edge["from"], edge["to"]) for end in (edge["from"], edge["to"])}
    lit = page.locator(".node.on").evaluate_all("all => all.map(e => e.dataset.id)")
    assert set(lit) == joined
    page.keyboard.press("Escape")
    assert page.locator("#picture.has-focus").count() == 0


def test_contradictions_and_things_known_through_claims(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, "view=claims")
    signs = page.locator(".badge:visible").all_text_contents()
    assert signs.count("≠") >= 4
    assert set(signs) == {"≠", "via"}, "no count stands on a line"
    touching = page.evaluate((Path(__file__).parent / "scripts" / "line_ends.js").read_text(encoding="utf-8"))
    assert touching["ends"] > 60
    assert touching["off"] == [], "a line ends away from its box, or within it"
    assert page.locator('.node[data-id="compromise"] .known-claim').count() == 1
    dash = page.locator('.node[data-id="compromise"] .shape').evaluate("e => getComputedStyle(e).strokeDasharray")
    assert dash != "none"


def test_the_table_sorts_and_filters(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, "view=table&rows=claims")
    page.locator("#table th button", has_text="Affirmed").click()
    page.locator("#table th button", has_text="Affirmed").click()
    numbers = page.locator("#table tbody tr td:nth-child(3)").all_inner_texts()
    assert [int(n) for n in numbers] == sorted((int(n) for n in numbers), reverse=True)
    assert page.locator('th[aria-sort="descending"]').count() == 1
    page.locator('[data-key="find"]').fill("veto")
    assert page.locator("#table tbody tr").count() in range(1, 6)
    assert page.evaluate("document.activeElement.dataset.key") == "find"


def test_dragging_zooming_and_fitting(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    node = page.locator('.node[data-id="hunt"] .shape')
    before = node.bounding_box()
    page.mouse.move(before["x"] + 5, before["y"] + 5)
    page.mouse.down()
    page.mouse.move(before["x"] + 65, before["y"] + 45, steps=4)
    page.mouse.up()
    page.wait_for_timeout(100)
    after = node.bounding_box()
    assert abs(after["x"] - before["x"] - 60) < 8
    assert "select=" not in page.url, "a drag is no click"
    page.mouse.move(500, 400)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    zoomed = page.locator('.node[data-id="bma"]').get_attribute("transform")
    page.locator('[data-tool="fit"]').click()
    page.wait_for_timeout(100)
    assert page.locator('.node[data-id="bma"]').get_attribute("transform") != zoomed


def test_a_phone_shows_stage_then_panel(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, width=390, height=844, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator('.node[data-id="hunt"] .shape').tap()
    panel = page.locator("#panel").bounding_box()
    stage = page.locator("#stage").bounding_box()
    assert panel["y"] >= stage["y"] + stage["height"] - 1
    assert panel["y"] < 700, "the panel's head is in sight"
    page.locator('[data-tool="filters_button"]').tap()
    assert page.locator("#filters").is_visible()
    page.locator("#filters .close").tap()
    assert page.locator("#filters").is_hidden()


def test_light_and_dark(open_page: Callable[..., Any], bundled_file: Path) -> None:
    def paper(page: Any) -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light, dark = open_page(bundled_file, color_scheme="light"), open_page(bundled_file, color_scheme="dark")
    assert paper(light) != paper(dark)
    dark.locator('[data-tool="theme"]').click()
    assert paper(dark) == paper(light)


def test_an_empty_view_says_why_and_blames_no_filter(open_page: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "one-voice.html"
    path.write_text(render_page(page_data(store_of([("a", "c", "neutral", "affirms")], {"c": {}}))), encoding="utf-8")
    page = open_page(path)
    assert "No claim here is about an actor" in page.locator(".stage-note").inner_text()
    page.locator('#views a[data-view="coalitions"]').click()
    assert "No two voices here share or dispute a claim" in page.locator(".stage-note").inner_text()
    page.locator('#views a[data-view="claims"]').click()
    page.locator('[data-key="heard"]').select_option("hearsay")
    assert "The filters leave nothing here." in page.locator(".stage-note").inner_text()


def test_a_claim_that_contradicts_nothing_shows_no_stray_figure(
    open_page: Callable[..., Any], bundled_file: Path
) -> None:
    page = open_page(bundled_file, "view=claims&select=c-bma-broke-acas")
    bare = "all => all.flatMap(e => [...e.childNodes]).filter(n => n.nodeType === 3 && n.data.trim()).map(n => n.data)"
    assert page.locator("#panel dl.facts").count()
    assert page.locator("#panel dl.facts").evaluate_all(bare) == []


def test_a_context_without_sources_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["page", "-o", str(tmp_path / "p.html"), "--context", "paragraph"])
    assert "needs their folder (--sources)" in done.stderr


def test_marks_of_one_day_stand_below_each_other(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, "view=time")
    marks = page.locator("#timeline .said").evaluate_all(
        "all => all.map(e => [e.ariaLabel.slice(-10), ...e.getAttribute('transform').match(/[\\d.]+/g)])"
    )
    across: dict[str, set[str]] = {}
    for day, x, _ in marks:
        across.setdefault(day, set()).add(x)
    assert max(len([1 for day, *_ in marks if day == one]) for one in across) > 8
    assert all(len(places) == 1 for day, places in across.items() if day != max(across)), across
    assert len({(x, y) for _, x, y in marks}) == len(marks), "no mark covers another"
    assert page.locator(".tick-name").first.text_content() == "12 Jan 2016"
