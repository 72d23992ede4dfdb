"""Query results become pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from disputegraph.errors import UsageError
from disputegraph.page import notebook_html, page_of_rows, page_of_triples, render_page
from disputegraph.resources import bundled_dispute
from disputegraph.store import open_store

HUNT = "https://w3id.org/disputegraph/data/junior-doctors-2016/hunt"


def test_a_graph_with_utterances_is_a_dispute() -> None:
    with open_store([bundled_dispute()]) as store:
        triples = list(
            store.construct(f"CONSTRUCT {{ ?u ?p ?o }} WHERE {{ ?u dg:speaker|dg:reportedSpeaker <{HUNT}> ; ?p ?o }}")
        )
        data = page_of_triples(triples, store=store, title="Hunt")
    assert data["title"] == "Hunt"
    assert len(data["utterances"]) == 3
    assert "Jeremy Hunt" in {thing["label"] for thing in data["things"]}
    assert set(data["views"]) == {"whom", "claims", "coalitions"}


def test_any_other_graph_is_drawn_as_it_is() -> None:
    with open_store([bundled_dispute()]) as store:
        data = page_of_triples(
            store.construct("CONSTRUCT { ?a dg:worksAt ?b } WHERE { ?a dg:worksAt ?b }"), store=store
        )
    view = data["views"]["graph"]
    assert {edge["relation"] for edge in view["edges"]} == {"worksAt"}
    assert len(view["edges"]) == 2
    assert {node["kind"] for node in view["nodes"]} == {"Person", "Hospital"}


def test_rows_are_drawn_by_their_columns() -> None:
    a, b = NamedNode("https://e.example/a"), NamedNode("https://e.example/b")
    rows = [(a, b, Literal("3"), Literal("A")), (b, a, None, None), (None, a, None, None), (a, a, Literal("x"), None)]
    data = page_of_rows(["source", "target", "count", "sourceLabel"], rows)
    edges = {(edge["from"], edge["to"]): edge["weight"] for edge in data["views"]["graph"]["edges"]}
    assert edges == {("a", "b"): 3.0, ("b", "a"): 1.0, ("a", "a"): 1.0}
    assert {thing["label"] for thing in data["things"]} == {"A", "b"}


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match=r"need a column \?source.*'sourc'"):
        page_of_rows(["sourc", "target"], [])
    with pytest.raises(UsageError, match="nothing to draw"):
        page_of_rows(["source", "target"], [])
    with pytest.raises(UsageError, match="nothing to draw"):
        page_of_triples([])


@pytest.mark.browser
def test_a_result_opens(open_page: Callable[..., Any], tmp_path: Path) -> None:
    with open_store([bundled_dispute()]) as store:
        answer = store.select("SELECT ?source ?target (dg:worksAt AS ?relation) WHERE { ?source dg:worksAt ?target }")
        names = [variable.value for variable in answer.variables]
        data = page_of_rows(names, [[row[n] for n in range(len(names))] for row in answer], store=store)
    path = tmp_path / "result.html"
    path.write_text(render_page(data), encoding="utf-8")
    page = open_page(path)
    assert page.locator("#picture .edge:visible").count() == 2
    assert page.locator(".badge", has_text="works at").count() == 2
    page.locator(".node", has_text="Krishna").click()
    assert "St Helier Hospital" in page.locator("#panel").inner_text()
    page.locator('#views a[data-view="table"]').click()
    assert page.locator("#table tbody tr").count() == 4


@pytest.mark.browser
def test_a_page_that_has_no_room_at_first_is_drawn_when_it_has(
    browser: Any, bundled_file: Path, tmp_path: Path
) -> None:
    host = tmp_path / "hidden.html"
    host.write_text(
        f'<!doctype html><body><iframe src="{bundled_file.as_uri()}" style="display:none"></iframe></body>',
        encoding="utf-8",
    )
    context = browser.new_context(offline=True, viewport={"width": 1100, "height": 720})
    page = context.new_page()
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    page.evaluate("document.querySelector('iframe').style = 'width:1000px;height:640px'")
    frame.locator('.node[data-id="hunt"] .shape').click()
    assert frame.locator("#panel h2").inner_text() == "Jeremy Hunt"
    context.close()


def test_a_page_in_a_notebook_is_shut_in(browser: Any, bundled_file: Path, tmp_path: Path) -> None:
    host = tmp_path / "notebook.html"
    inner = bundled_file.read_text(encoding="utf-8")
    host.write_text(f"<!doctype html><body>{notebook_html(inner)}</body>", encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1100, "height": 720})
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.locator('.node[data-id="hunt"] .shape').click()
    assert frame.locator("#panel h2").inner_text() == "Jeremy Hunt"
    inside = next(one for one in page.frames if one != page.main_frame)
    reached = inside.evaluate("() => { try { return parent.document.title || 'read'; } catch { return 'refused'; } }")
    assert reached == "refused"
    assert said == []
    context.close()
