"""Nothing says more than its evidence: the rail strike, read as a journalist would."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.evidence import Sources
from disputegraph.model import Model
from disputegraph.page import page_data, render_page
from disputegraph.store import open_store
from tests.page.rail_strike import RAIL, SAID, coded


@pytest.fixture(scope="module")
def rail(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return coded(tmp_path_factory.mktemp("rail"))


@pytest.fixture(scope="module")
def data(rail: list[str]) -> dict[str, Any]:
    with open_store(rail) as store:
        return page_data(store, sources=Sources(RAIL / "sources"))


@pytest.fixture
def opened(data: dict[str, Any], tmp_path: Path, open_page: Callable[..., Any]) -> Callable[..., Any]:
    path = tmp_path / "rail.html"
    path.write_text(render_page(data), encoding="utf-8")

    def open_rail(view: str = "", **options: Any) -> Any:
        return open_page(path, view, **options)

    return open_rail


def run(rail: list[str], *words: str) -> str:
    done = CliRunner().invoke(main, [*words, *(part for file in rail for part in ("-d", file))])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_passing_on_is_no_statement(rail: list[str]) -> None:
    with open_store(rail) as store:
        model = Model(store)
        assert len(model.utterances) == SAID
        assert all(utterance.claims for utterance in model.utterances)
        said = {actor.label: actor.utterances for actor in model.actors}
        assert [said[name] for name in ("Marta Quill", "Radio Valley", "Passengers' League")] == [5, 0, 3]
        assert [ref.label for one in model.utterances if one.iri.endswith("/hostage") for ref in one.via] == [
            "Radio Valley"
        ]
    assert len(json.loads(run(rail, "utterances", "-f", "json"))) == SAID
    listed = json.loads(run(rail, "query", "actors", "-f", "json"))
    rows = {row["actor"]["value"]: row["says"]["value"] for row in listed["results"]["bindings"]}
    assert [rows.get(name) for name in ("Marta Quill", "Radio Valley")] == ["5", "0"]
    assert "passes on 1" not in run(rail, "show", "Marta Quill")


def test_show_names_documents_and_through_whom(rail: list[str]) -> None:
    shown = run(rail, "show", "Valley Rail", "--sources", str(RAIL / "sources"))
    assert "according to Radio Valley, affirms: The union holds travellers hostage" in shown
    assert "superseded by Valley Rail denies: The union holds travellers hostage (2024-06-25)" in shown
    assert "evidence: herald-2024-06-20, characters" in shown
    assert "document-herald" not in shown
    one = run(rail, "show", "https://example.org/rail/hostage")
    assert "Valley Rail (by Jonas Brandt), according to Radio Valley, affirms" in one
    assert "withdrawn: superseded by" in one


def test_what_is_not_sure_is_not_called_proven(rail: list[str], data: dict[str, Any]) -> None:
    told = run(rail, "analyse", "coalitions")
    reading, table = told.split("\n", 1)
    assert "proven" not in reading
    assert "most hangs on the document 'herald-2024-06-20'" in reading
    assert any(
        "The company broke the rest rules" in line and "Rail Workers' Union" in line for line in table.splitlines()
    )
    assert "100%" not in table
    assert "Government, a driver, a second driver rest on a single statement each." in reading
    assert "Government" in next(line for line in table.splitlines() if line.endswith("single statement"))
    assert "high" not in run(rail, "analyse", "polarisation")
    told = data["views"]["coalitions"]["analysis"]
    assert (told["proven"], told["firm"]) == (True, False)
    members = {node["label"]: node for node in data["views"]["coalitions"]["nodes"]}
    assert members["Government"]["single"]
    assert max(node["sure"] for node in members.values()) < 1


def test_the_page_counts_what_is_said(data: dict[str, Any]) -> None:
    said = [one for one in data["utterances"] if not one.get("relay")]
    assert len(said) == SAID
    passed = [edge for edge in data["views"]["whom"]["edges"] if edge["kind"] == "reports"]
    assert passed
    drawn = {place for view in data["views"].values() for edge in view["edges"] for place in edge["utterances"]}
    assert not any(data["utterances"][place].get("relay") for place in drawn)


def test_no_more_of_a_source_travels_than_is_shown(
    rail: list[str], data: dict[str, Any], opened: Callable[..., Any]
) -> None:
    text = (RAIL / "sources" / "courier-2024-06-18.txt").read_text(encoding="utf-8")
    told = {document["label"]: document.get("words", 0) for document in data["documents"]}
    assert 0 < told["courier-2024-06-18"] < len(text.split())
    assert max(len(one.get("before", "")) + len(one.get("after", "")) for one in data["anchors"]) < 200
    page = opened()
    assert f"courier-2024-06-18 ({told['courier-2024-06-18']})" in page.locator("#source-words").text_content()
    with open_store(rail) as store:
        bare = page_data(store, sources=Sources(RAIL / "sources"), context="none")
        whole = page_data(store, sources=Sources(RAIL / "sources"), context="paragraph")
    assert not any("before" in one or "after" in one for one in bare["anchors"])
    words = [sum(document.get("words", 0) for document in one["documents"]) for one in (bare, data, whole)]
    assert words == sorted(words)
    assert words[0] < words[1] < words[2]


def test_quotes_that_the_graph_keeps_are_shown(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    files = [str(RAIL / "statements.csv"), "--actors", str(RAIL / "actors.csv"), "--sources", str(RAIL / "sources")]
    done = CliRunner().invoke(main, ["import", "sheet", *files, "--keep-quotes", "-o", str(tmp_path / "kept.ttl")])
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(main, ["page", "-d", str(tmp_path / "kept.ttl"), "-o", str(tmp_path / "kept.html")])
    assert done.exit_code == 0, done.output
    page = open_page(tmp_path / "kept.html", "view=table")
    assert "I have promised nothing" in page.locator("#table").inner_text()
    assert "courier-2024-06-18 (" in page.locator("#source-words").text_content()


def test_the_page_shows_passing_on_as_a_link(opened: Callable[..., Any]) -> None:
    page = opened("view=table", width=1600)
    assert page.locator("tbody tr").count() == SAID
    assert f"{SAID} utterances" in page.locator("#panel .figures").inner_text()
    heard = page.locator("#panel ol.busiest").first.inner_text()
    assert "Radio Valley" not in heard
    assert "the members" not in heard
    page = opened("view=time")
    assert page.locator("#timeline .said").count() == SAID
    assert "Radio Valley" not in page.locator("#timeline").text_content()


def test_the_table_goes_by_date_and_says_through_whom(opened: Callable[..., Any]) -> None:
    page = opened("view=table", width=1920)
    heads = page.locator("#table thead th").all_inner_texts()
    rows = [
        dict(zip(heads, row.locator("td").all_inner_texts(), strict=True)) for row in page.locator("tbody tr").all()
    ]
    assert [row["Date"] for row in rows] == sorted(row["Date"] for row in rows)
    (promise,) = [row for row in rows if row["Via"] == "Marta Quill"]
    assert (promise["Who"], promise["Counted"]) == ("Piet Aalto", "no")
    (hostage,) = [row for row in rows if row["Counted"] == "withdrawn"]
    assert (hostage["Who"], hostage["In the words of"], hostage["Via"]) == (
        "Valley Rail",
        "Jonas Brandt",
        "Radio Valley",
    )


def test_a_card_says_according_to_whom(opened: Callable[..., Any], data: dict[str, Any]) -> None:
    minister = next(thing["id"] for thing in data["things"] if thing["label"] == "Piet Aalto")
    page = opened(f"select={minister}")
    cards = page.locator("#panel .card .who").all_inner_texts()
    assert "Piet Aalto, according to Marta Quill" in cards


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_hulls_stay_on_the_stage_and_days_apart(
    opened: Callable[..., Any], open_page: Callable[..., Any], bundled_file: Path, width: int
) -> None:
    for page in (opened("view=coalitions", width=width), open_page(bundled_file, "view=coalitions", width=width)):
        stage = page.locator("#stage").bounding_box()
        for hull in page.locator("#picture .hull").all():
            box = hull.bounding_box()
            assert box["x"] >= stage["x"]
            assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1
            assert box["y"] >= stage["y"]
            assert box["y"] + box["height"] <= stage["y"] + stage["height"] + 1
    page = opened("view=time", width=width)
    names = sorted((box["x"], box["x"] + box["width"]) for box in (
        name.bounding_box() for name in page.locator(".tick-name").all()
    ))  # fmt: skip
    assert all(one[1] <= other[0] for one, other in pairwise(names))
    assert page.locator("#timeline .said.uncounted").count() == 4


def test_what_others_tell_and_what_is_withdrawn_stand_apart(opened: Callable[..., Any], data: dict[str, Any]) -> None:
    """What Brandt is said to have said was withdrawn; what he denies later is his own."""
    brandt = next(thing["id"] for thing in data["things"] if thing["label"] == "Jonas Brandt")
    page = opened(f"select={brandt}")
    titles = page.locator("#panel h3").all_inner_texts()
    assert any(title.startswith("Says (") for title in titles)
    assert "Withdrawn (1)" in titles
    minister = next(thing["id"] for thing in data["things"] if thing["label"] == "Piet Aalto")
    page = opened(f"select={minister}")
    assert any(title.startswith("As others tell it (") for title in page.locator("#panel h3").all_inner_texts())


def test_a_dead_link_says_so(opened: Callable[..., Any]) -> None:
    page = opened("select=utterance-that-was-renamed")
    assert "utterance-that-was-renamed" in page.locator("#panel .warning").inner_text()


def test_the_table_is_no_picture(opened: Callable[..., Any]) -> None:
    page = opened("view=table")
    for tool in ("save_png", "save_svg"):
        page.locator("summary", has_text="Save").click()
        page.locator(f'[data-tool="{tool}"]').click()
        assert "The table is no picture" in page.locator("#status").inner_text()


def test_what_you_see_is_what_passes_the_filters(opened: Callable[..., Any], data: dict[str, Any]) -> None:
    critical = sum(one["tone"] == "critical" for one in data["utterances"])
    page = opened("hide=tone.neutral&hide=tone.supportive")
    seen = page.locator("#panel").inner_text()
    assert f"{critical} utterances\n" in seen
    assert f"{critical} of {SAID} utterances pass the filters" in seen
    assert "11 claims" not in seen


def test_close_to_is_not_works_at(opened: Callable[..., Any], data: dict[str, Any]) -> None:
    (edge,) = [one for one in data["views"]["whom"]["edges"] if one.get("relation") == "closeTo"][:1]
    page = opened(f"select={edge['from']} > {edge['to']} : tie".replace(" ", "%20"))
    assert page.locator("#panel .kind").first.inner_text() == "Close to"


def test_one_statement_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text(
        "@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix ex: <https://e.example/> . "
        "ex:u a dg:ReportedUtterance ; dg:reportedSpeaker ex:ann ; "
        "dg:reportedClaim ex:c ; dg:reportedPolarity dg:affirms . "
        "ex:v a dg:Utterance ; dg:speaker ex:bob ; dg:reports ex:u .",
        encoding="utf-8",
    )
    done = CliRunner().invoke(main, ["analyse", "contested", "-d", str(tmp_path / "d.ttl")])
    assert done.stderr.startswith("Note: 1 statement is not counted: ")


def test_hearsay_is_drawn_apart(opened: Callable[..., Any]) -> None:
    page = opened("view=claims")
    (tag,) = page.locator("#picture .badge.via").all()
    assert tag.text_content() == "via"
    (line,) = page.locator("#picture .edge.via .line").all()
    own = page.locator("#picture .edge.line-denies:not(.via) .line").first
    dashes = [one.evaluate("e => getComputedStyle(e).strokeDasharray") for one in (line, own)]
    assert dashes[0] != "none"
    assert dashes[1] == "none"
    assert "4 utterances are hearsay; 3 of them are not counted" in page.locator("#panel").inner_text()
    page.locator('[data-key="line.via"]').uncheck()
    assert page.locator("#picture .edge.via").count() == 0


@pytest.mark.parametrize(("rule", "uncounted", "lines"), [("news", 3, 1), ("all", 0, 4), ("none", 4, 0)])
def test_which_hearsay_counts(tmp_path: Path, rule: Any, uncounted: int, lines: int) -> None:
    with open_store(coded(tmp_path)) as store:
        data = page_data(store, hearsay=rule, embed=False)
    assert sum(bool(one.get("uncounted")) for one in data["utterances"]) == uncounted
    assert sum(bool(edge.get("via")) for edge in data["views"]["claims"]["edges"]) == lines
    assert data["hearsay"] == rule


def test_no_coalition_is_outlined_on_one_claim(opened: Callable[..., Any]) -> None:
    page = opened("view=coalitions")
    assert page.locator("#picture .hull-name").all_text_contents() == ["Valley Rail, Piet Aalto and 3 more"]
    told = page.locator("#panel").inner_text()
    assert "Rail Workers' Union, a driver and 1 more share one claim only: The company broke the rest rules." in told
    assert "The minister pays for the night shifts without it these drop out: Government" in told
    assert "against Rail Workers' Union, a driver and 1 more, over: The company broke the rest rules" in told


def test_a_phone_gets_claims_as_a_list_and_rows_as_cards(opened: Callable[..., Any]) -> None:
    page = opened("view=claims", width=390, height=844)
    assert page.locator("#picture").is_hidden()
    claim = page.locator("#claim-list li", has_text="The minister pays")
    assert claim.locator("p").all_inner_texts() == [
        "The minister pays for the night shifts",
        "Denies: Piet Aalto, Government (via)",
    ]
    page.locator('#views a[data-view="table"]').click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    table = page.locator("#table .scroll")
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")
    page.locator('#views a[data-view="whom"]').click()
    assert page.locator("#picture").is_visible()
