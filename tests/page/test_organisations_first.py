"""People are drawn with their organisation in a dispute of many voices, and it is said how many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disputegraph.page import render_page
from disputegraph.page.dispute_views import claims_view, whom_view
from disputegraph.page.organisations_first import MANY_VOICES, folds


def dispute(people: int) -> dict[str, Any]:
    """Each person affirms that the firm is late; the even ones belong to the union, the odd ones to the firm."""
    persons = [f"p{n}" for n in range(people)]
    things = [
        {
            "id": one,
            "label": one.upper(),
            "kind": "Person",
            "actor": True,
            "facts": [{"relation": "holds", "text": "member", "at": ("union", "firm")[n % 2]}],
        }
        for n, one in enumerate(persons)
    ]
    things += [{"id": one, "label": one.title(), "kind": "Organization", "actor": True} for one in ("union", "firm")]
    return {
        "format": "disputegraph-page/1",
        "base": "",
        "title": "Folded",
        "things": things,
        "claims": [{"id": "late", "label": "The firm is late", "agents": ["firm"]}],
        "utterances": [
            {
                "id": f"u-{one}",
                "speaker": one,
                "voice": one,
                "claims": ["late"],
                "polarity": "affirms",
                "tone": "critical",
            }
            for one in [*persons, "union"]
        ],
        **{name: [] for name in ("stances", "documents", "anchors", "coders", "changes")},
        **dict.fromkeys(("description", "licence", "licence_label", "coded"), ""),
    }


def test_few_voices_are_not_folded() -> None:
    assert folds(dispute(MANY_VOICES - 1)) == {}
    assert len(folds(dispute(MANY_VOICES))) == MANY_VOICES


def test_whom_one_speaks_for_comes_before_what_one_belongs_to() -> None:
    data = dispute(MANY_VOICES)
    said = {"claims": ["late"], "tone": "neutral", "voice": "firm"}
    data["utterances"] += [{"id": "w", "speaker": "p0", **said}, {"id": "x", "speaker": "p2", "relay": True, **said}]
    found = folds(data)
    assert found["p0"] == "firm"
    assert found["p2"] == "union", "passing on is no speaking for"


def test_who_belongs_to_several_stands_alone() -> None:
    data = dispute(MANY_VOICES)
    data["things"][4]["facts"].append({"relation": "worksAt", "text": "firm", "to": "firm"})
    assert folds(data).keys() == {f"p{n}" for n in range(MANY_VOICES)} - {"p4"}


def folded(people: int) -> dict[str, Any]:
    data = dispute(people)
    data["folds"] = folds(data)
    return data | {"views": {"whom": whom_view(data), "claims": claims_view(data)}}


def test_views_place_organisations_and_keep_all_edges() -> None:
    data = folded(44)
    for name, there in (("whom", {"union", "firm"}), ("claims", {"union", "firm", "late"})):
        view = data["views"][name]
        assert {node["id"] for node in view["nodes"]} == there
        assert sum(len(edge["utterances"]) for edge in view["edges"]) == 45
    assert {node["id"]: node["value"] for node in data["views"]["whom"]["nodes"]} == {"union": 23, "firm": 45}


@pytest.mark.browser
def test_the_page_says_what_it_folds_and_draws_it_apart(open_page: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "folded.html"
    path.write_text(render_page(folded(44)), encoding="utf-8")
    page = open_page(path)
    note = page.locator(".stage-note")
    assert note.inner_text().startswith("44 people are drawn with 2 organisations")
    assert page.locator("#picture .node:visible").count() == 2
    assert "+ 22 people" in page.locator('.node[data-id="union"] text').text_content()
    line = page.locator('.edge[data-edge="union > firm : critical"]')
    assert line.locator("title").text_content().endswith("23 utterances")
    page.locator('.node[data-id="union"]').click()
    page.locator("#panel .group", has_text="Lines").locator("summary").last.click()
    page.locator("#panel .ref", has_text="Union → Firm").click()
    assert "Sums, with (22 people)" in page.locator("#panel").inner_text()
    assert page.locator("#panel .group").first.locator("li").count() == 23
    page.locator("#query").fill("p6")
    page.keyboard.press("Enter")
    assert page.locator('.node[data-id="p6"]').is_visible(), "who is sought is drawn apart"
    assert "+ 21 people" in page.locator('.node[data-id="union"] text').text_content()
    assert line.locator("title").text_content().endswith("22 utterances")
    page.locator('.node[data-id="union"]').click()
    page.locator("#panel button", has_text="Draw its people apart").click()
    assert page.locator("#picture .node:visible").count() == 24
    note.locator("button", has_text="Draw all apart").click()
    assert page.locator("#picture .node:visible").count() == 46
    again = open_page(path, page.url.split("#")[1])
    assert again.locator("#picture .node:visible").count() == 46
