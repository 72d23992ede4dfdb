"""`code --independent`: neither the page nor the dispute's page beside it shows what others coded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.coding import Project, new_project
from tests.server.coding_keyboard import open_coding_page
from tests.server.conftest import Running
from tests.server.test_coding_page_looks import AXE, RULES
from tests.server.test_coding_routes import TEXT, Page, statement

WORDS = "They knew about the cranes"


def harbour(at: Path) -> Path:
    """A project in which MK has coded a statement that counts, and Ben one apart."""
    made = new_project(at / "harbour", title="Harbour", coder="MK")
    (at / "gazette.txt").write_text(TEXT, encoding="utf-8")
    made.add_document(at / "gazette.txt", date="2024-05-03")
    made.add(document="gazette", speaker="Port authority", claim="Cranes are safe", polarity="denies", quote=WORDS)
    ben = Project(made.folder, coder="Ben", independent=True)
    ben.add(document="gazette", speaker="Port authority", claim="Cranes are safe", polarity="affirms", quote=WORDS)
    return made.folder


def test_one_codes_without_sight_of_the_others(code: Callable[..., Running], tmp_path: Path) -> None:
    folder = harbour(tmp_path)
    before = (folder / "codings" / "gazette.ttl").read_bytes()
    page = Page(code(folder, "--as", "Ada", "--independent"))
    project = page.get("project")
    assert project["apart"]
    assert project["coder"] == "Ada"
    (document,) = project["documents"]
    assert document["statements"] == 0
    assert page.get("document", iri=document["iri"])["entries"] == []
    assert page.get("history")["entries"] == []
    assert not [row for row in page.get("entries")["entries"] if row["kind"] == "Utterance"]
    found = page.post("suggest", document=document["iri"], start=TEXT.index(WORDS), end=TEXT.index(WORDS) + len(WORDS))
    reasons = {s["reason"] for s in (*found["claims"], *found["speakers"])}
    assert found["claims"]  # the codebook's claim, known by its label
    assert not {"same words", "words like earlier ones", "recent", "often speaks", "said before here"} & reasons
    made = statement(page, WORDS)
    assert (folder / "independent" / "ada" / "gazette.ttl").exists()
    assert (folder / "codings" / "gazette.ttl").read_bytes() == before
    assert len(page.get("document", iri=document["iri"])["entries"]) == 1
    assert made["iri"]


def test_the_dispute_s_page_beside_it_shows_the_codebook_alone(code: Callable[..., Running], tmp_path: Path) -> None:
    folder = harbour(tmp_path)
    apart, common = code(folder, "--as", "Ada", "--independent"), code(folder)
    assert "Cranes are safe" in apart.get("/").text
    query = "SELECT (COUNT(?u) AS ?n) { ?u <https://w3id.org/disputegraph/ns#evidence> ?a }"
    json_wanted = {"accept": "application/sparql-results+json"}
    counts = [running.get("/sparql", params={"query": query}, headers=json_wanted).text for running in (apart, common)]
    assert [json.loads(text)["results"]["bindings"][0]["n"]["value"] for text in counts] == ["0", "1"]


def test_a_page_left_open_does_not_go_on_with_another_s_server(code: Callable[..., Running], tmp_path: Path) -> None:
    folder = harbour(tmp_path)
    apart, common = code(folder, "--as", "Ada", "--independent"), code(folder)
    assert apart.token != common.token
    assert not Page(common).get("project")["apart"]
    assert common.get("/code/project", headers={"X-Disputegraph-Token": apart.token}).status_code == 401


def test_who_codes_apart_says_who_it_is(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["code", str(harbour(tmp_path)), "--independent", "--no-open"])
    assert result.exit_code == 2
    assert "--as NAME" in result.output


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_says_that_one_codes_apart(
    code: Callable[..., Running], browser: Any, tmp_path: Path, scheme: str
) -> None:
    running = code(harbour(tmp_path), "--as", "Ada", "--independent")
    context = browser.new_context(viewport={"width": 900, "height": 700}, color_scheme=scheme, reduced_motion="reduce")
    try:
        page = open_coding_page(context, running)
        assert "Ada codes apart" in page.locator("#apart").inner_text()
        page.evaluate(AXE)
        for key in ("T", "D", "R", "C"):  # the last takes the keys for its filter
            page.keyboard.press(key)
            page.wait_for_timeout(400)
            assert page.locator("#apart").is_visible(), key
            assert page.evaluate(RULES) == [], key
    finally:
        context.close()
