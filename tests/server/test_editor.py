"""The query editor in a real browser, with a watch on everything it says or asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(browser: Any, bundled) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda one: None if one.url.startswith((bundled.address, "blob:")) else said.append(one.url))
    page.goto(bundled.address + "/query")
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    yield page
    context.close()
    assert [line for line in said if "400 (Bad Request)" not in line] == []


def write(page: Any, text: str) -> None:
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text)


def written(page: Any) -> str:
    return page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_a_query_and_its_table(editor: Any) -> None:
    write(editor, "SELECT ?h ?name { ?h a dg:Hospital ; skos:prefLabel ?name } ORDER BY ?name")
    editor.click("#run")
    editor.wait_for_selector("#table tbody tr")
    assert editor.locator("#table tbody tr").count() == 5
    assert editor.locator("#table th").all_inner_texts() == ["h", "name"]
    assert "5 rows" in editor.locator("#status").inner_text()
    first = editor.locator("#table tbody tr").first.inner_text()
    editor.locator("#table th").nth(1).click()
    editor.locator("#table th").nth(1).click()
    assert editor.locator("#table tbody tr").last.inner_text() == first
    editor.locator("#table tbody a").first.click()
    editor.wait_for_selector("main.thing h1")
    assert "dg:Hospital" in editor.locator(".kind").all_inner_texts()


def test_a_named_query_with_its_parameter(editor: Any) -> None:
    assert editor.locator("#named button").count() >= 12
    editor.fill("#find", "sources of a claim")
    editor.locator("#named button:visible").first.click()
    assert "claim-sources" in editor.url
    editor.fill("#parameters input", "Hunt vetoed compromise")
    editor.keyboard.press("Enter")
    editor.wait_for_selector("#table tbody tr")
    assert editor.locator("#table tbody tr").count() == 2
    assert "The Independent" in editor.locator("#table").inner_text()
    write(editor, "ASK { ?a ?b ?c }")  # the parameter stays filled, and is no longer one of the query
    editor.click("#run")
    editor.wait_for_selector("#table p")
    editor.locator("#named button:visible").first.click()
    editor.fill("#parameters input", "Hunt vetoed compromise")
    editor.click("#run")
    editor.wait_for_selector("#table tbody tr")
    with editor.expect_download() as download:
        editor.locator("#downloads a", has_text="csv").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert len(text.splitlines()) == 3


def test_triples_are_a_table_with_downloads_of_their_own(editor: Any) -> None:
    write(editor, "CONSTRUCT { ?a dg:member ?o } WHERE { ?m org:member ?a ; org:organization ?o }")
    editor.click("#run")
    editor.wait_for_selector("#table tbody tr")
    assert editor.locator("#table th").all_inner_texts() == ["subject", "property", "value"]
    assert editor.locator("#table tbody tr").first.locator("td").nth(1).inner_text() == "dg:member"
    assert editor.locator("#downloads a").all_inner_texts() == ["turtle", "jsonld", "ntriples", "rdfxml"]


def test_an_edited_query_is_no_longer_the_named_one(editor: Any) -> None:
    editor.fill("#find", "sources of a claim")
    editor.locator("#named button:visible").first.click()
    assert editor.locator("#title").inner_text() == "The sources of a claim"
    assert editor.locator("#parameters input:visible").count() == 1
    write(editor, "ASK { ?a ?b ?c }")
    assert editor.locator("#title").inner_text() == "The sources of a claim, changed"
    assert editor.locator("#parameters input:visible").count() == 0


def test_yes_and_no(editor: Any) -> None:
    write(editor, "ASK { ?h a dg:Hospital }")
    editor.locator(".CodeMirror textarea").focus()
    editor.keyboard.press("Control+Enter")
    editor.wait_for_selector("#table p")
    assert editor.locator("#table").inner_text() == "Yes"


def test_an_error_is_shown_at_its_line(editor: Any) -> None:
    write(editor, "SELECT *\nWHERE { ?s ?p }")
    editor.click("#run")
    editor.wait_for_selector("#status.wrong")
    assert "query" in editor.locator("#status").inner_text().lower()
    assert editor.locator(".wrong-line").count() == 1


def test_completion_and_prefixes(editor: Any) -> None:
    write(editor, "")
    editor.locator(".CodeMirror textarea").focus()
    editor.keyboard.type("SELECT * { ?c dg:addressesC", delay=20)
    editor.wait_for_selector(".CodeMirror-hint")
    assert "dg:addressesClaim" in editor.locator(".CodeMirror-hint").first.inner_text()
    editor.keyboard.press("Enter")
    assert "dg:addressesClaim" in written(editor)
    assert written(editor).startswith("PREFIX dg: <https://w3id.org/disputegraph/ns#>")
    write(editor, "# title: x\nSELECT * { ?s skos:prefLabel ?l . ?s ex:p 'foaf:no' }")
    editor.click("#prefixes")
    assert "PREFIX skos:" in written(editor)
    assert "PREFIX ex:" in written(editor)
    assert "PREFIX foaf:" not in written(editor)


def test_the_address_holds_the_query(editor: Any) -> None:
    write(editor, "ASK { ?a ?b ?c }")
    editor.click("#run")
    editor.wait_for_selector("#table p")
    address = editor.url
    editor.goto("about:blank")
    editor.goto(address)
    editor.wait_for_selector("html[data-ready]")
    assert written(editor) == "ASK { ?a ?b ?c }"


def test_hostile_labels_stay_text(editor: Any) -> None:
    write(editor, "SELECT ?x { BIND('<img src=x onerror=alert(1)>' AS ?x) }")
    editor.click("#run")
    editor.wait_for_selector("#table td")
    assert editor.locator("#table td").inner_text() == "<img src=x onerror=alert(1)>"
    assert editor.locator("#table img").count() == 0


def test_javascript_addresses_are_never_links(editor: Any) -> None:
    write(editor, "SELECT ?x { BIND(IRI('javascript:alert(1)') AS ?x) }")
    editor.click("#run")
    editor.wait_for_selector("#table td a")
    assert editor.locator("#table td a").get_attribute("href").startswith("/resource?iri=javascript%3A")


def test_on_a_telephone(editor: Any) -> None:
    editor.set_viewport_size({"width": 390, "height": 800})
    assert editor.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("many", ["100000", "10"])
def test_the_live_page(browser: Any, serve, tmp_path, many: str) -> None:
    """With few triples all stands in the page; with many the evidence comes when it is looked at."""
    from disputegraph.resources import bundled_dispute

    file = tmp_path / "dispute.ttl"
    file.write_bytes(bundled_dispute().read_bytes())
    server = serve("-d", str(file), "--watch", "--many", many)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.goto(server.address + "/#select=hunt")
    page.wait_for_selector("html[data-ready][data-live]", timeout=30_000)
    assert page.locator("#server-links a").all_inner_texts() == ["Query", "Turtle"]
    assert page.locator("#panel .card").count() >= 8
    if many == "10":
        page.wait_for_selector(".card .live-quote")
        assert "SHA-256" in page.locator(".live-quote").first.inner_text()
    else:
        assert page.locator(".live-quote").count() == 0
    good = file.read_text()
    if many == "10":  # a page looks every two seconds, and once is enough
        file.write_text(good + "\nthis is no Turtle\n")
        page.wait_for_selector("#server-trouble:has-text('last good state')", timeout=60_000)
        assert page.locator("#panel .card").count() >= 8
    file.write_text(good.replace("Jeremy Hunt", "Somebody Else"))
    page.wait_for_selector("#panel h2:has-text('Somebody Else')", timeout=60_000)
    page.wait_for_selector("#server-trouble", state="detached", timeout=20_000)
    context.close()
    assert said == []
