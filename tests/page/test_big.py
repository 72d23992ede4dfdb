"""A big dispute opens with its most active part, and all of it can be reached from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disputegraph.page import page_data, render_page
from disputegraph.page.dispute_views import claims_view, whom_view
from disputegraph.store import open_store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def big_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    actors = [f"actor {n}" for n in range(420)]
    claims = [{"id": f"claim {n}", "label": f"Claim {n}", "agents": [actors[n % 400]]} for n in range(900)]
    said = [(actors[(n * 7) % 390], n % 900) for n in range(2400)]
    said += [("actor 419", 5), *[("actor 1", n) for n in range(0, 800, 400)] * 4]
    utterances = [
        {
            "id": f"u{n}",
            "speaker": voice,
            "voice": voice,
            "claims": [f"claim {claim}"],
            "tone": "critical",
            "polarity": ("affirms", "denies")[n % 2],
            "date": f"2020-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "dated": "said",
        }
        for n, (voice, claim) in enumerate(said)
    ]
    data: dict[str, Any] = {
        "format": "disputegraph-page/1",
        "base": "",
        "title": "Big",
        "things": [{"id": one, "label": one.title(), "kind": "Person", "actor": True} for one in actors],
        "claims": claims,
        "utterances": utterances,
        **{name: [] for name in ("stances", "documents", "anchors", "coders", "changes")},
        **dict.fromkeys(("description", "licence", "licence_label", "coded"), ""),
    }
    data["views"] = {"whom": whom_view(data), "claims": claims_view(data)}
    path = tmp_path_factory.mktemp("big") / "big.html"
    path.write_text(render_page(data), encoding="utf-8")
    return path


def drawn(page: Any) -> int:
    return page.locator("#picture .node:visible").count()


@pytest.mark.parametrize("view", ["whom", "claims"])
def test_it_opens_with_an_aggregate_that_says_so(open_page: Callable[..., Any], big_file: Path, view: str) -> None:
    page = open_page(big_file, f"view={view}")
    assert 10 < drawn(page) <= 100
    says = {"whom": "by number of utterances", "claims": "those with most utterances"}[view]
    assert says in page.locator(".stage-note").inner_text()
    assert page.locator(".stage-note").is_visible()


def test_search_reaches_and_draws_everything(open_page: Callable[..., Any], big_file: Path) -> None:
    page = open_page(big_file)
    assert page.locator('.node[data-id="actor 419"]').count() == 0
    page.locator("#query").fill("actor 419")
    page.keyboard.press("Enter")
    assert page.locator('.node[data-id="actor 419"]').is_visible()
    assert page.locator("#panel .card").count() == 1


def test_neighbours_are_drawn_on_demand_and_linked(open_page: Callable[..., Any], big_file: Path) -> None:
    page = open_page(big_file, "view=whom&select=actor 300&min=1")
    before = drawn(page)
    page.locator("#panel button", has_text="neighbours not shown").first.click()
    after = drawn(page)
    assert after > before
    assert page.locator('#picture .edge[data-edge^="actor 300 > "]').count() >= 5
    again = open_page(big_file, page.url.split("#")[1])
    assert drawn(again) == after


def test_a_lower_count_draws_the_weaker_lines(open_page: Callable[..., Any], big_file: Path) -> None:
    page = open_page(big_file, "view=whom&min=2")
    before = page.locator("#picture .edge:visible").count()
    assert page.locator('[data-key="min"]').input_value() == "2"
    page.locator('[data-key="min"]').fill("1")
    page.locator('[data-key="min"]').press("Enter")
    assert page.locator("#picture .edge:visible").count() > before


def test_the_time_line_bins_many_utterances(open_page: Callable[..., Any], big_file: Path) -> None:
    page = open_page(big_file, "view=time")
    assert page.locator(".bin").count() > 50
    assert page.locator("#timeline .said").count() == 0


def test_a_tangle_of_coalitions_is_a_matrix(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """Thirty voices that affirm or deny ten claims: 435 pairs, each of which agrees or conflicts."""
    voices, claims = [f"v{n}" for n in range(30)], [f"c{n}" for n in range(10)]
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix ex: <https://e.example/> ."]
    lines += [f"ex:{voice} a dg:Person ." for voice in voices]
    lines += [
        f"ex:u{n}-{m} a dg:Utterance ; dg:speaker ex:{voice} ; dg:addressesClaim ex:{claim} ; "
        f"dg:polarity dg:{'affirms' if (n + m) % 3 else 'denies'} ."
        for n, voice in enumerate(voices)
        for m, claim in enumerate(claims)
    ]
    (tmp_path / "d.ttl").write_text("\n".join(lines), encoding="utf-8")
    with open_store([tmp_path / "d.ttl"]) as store:
        (tmp_path / "d.html").write_text(render_page(page_data(store, embed=False)), encoding="utf-8")
    page = open_page(tmp_path / "d.html", "view=coalitions")
    assert page.locator("#matrix .cell").count() == 300
    assert page.locator("#matrix .cell-denies").count() == 100
    assert "435 lines" in page.locator("#board").inner_text()
    page.locator('#matrix [data-id="c3"]').click()
    assert "c3" in page.locator("#panel").inner_text()
    page.locator('[data-key="min"]').fill("11")
    page.locator('[data-key="min"]').blur()
    assert page.locator("#matrix").is_hidden()
    assert page.locator("#picture").is_visible()
