"""Drafts in the coding page: walked, accepted, changed, split and rejected with keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.drafting import HeldBack, documents_named, draft_documents, note_passed
from disputegraph.projects import Project, new_project, open_project
from disputegraph.vocabulary import DCTERMS, DG, RDF
from tests.drafting.conftest import TEXT, Fake
from tests.server.coding_keyboard import Keyboard, forms_of, open_coding_page
from tests.server.conftest import Running

PAGE = Path(__file__).parents[1] / "page"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a drafted text."""
    (tmp_path / "gazette.txt").write_text(TEXT, encoding="utf-8")
    made = new_project(tmp_path / "harbour", title="Harbour", coder="MK")
    made.add_document(tmp_path / "gazette.txt", title="Cranes stand still", date="2024-05-03")
    made.put("Person", label="Ada Osei")
    made.put("Organization", label="Port authority")
    made.put("Claim", label="Authority kept a report to itself")
    list(draft_documents(made, Fake(), documents_named(made, ())))
    return made


@pytest.fixture
def passed(project: Project) -> Project:
    """The same after the coder has read it once, so that no draft is held back."""
    note_passed(project, project.document_named("gazette").value, len(TEXT))
    return project


@pytest.fixture
def ask(code: Callable[..., Running], project: Project) -> Callable[..., Any]:
    running = code(project.folder)
    headers = {"X-Disputegraph-Token": running.token}

    def asked(path: str, body: dict[str, Any] | None = None, status: int = 200) -> Any:
        answer = (
            running.get(f"/code/{path}", headers=headers)
            if body is None
            else running.post(f"/code/{path}", headers=headers, json=body)
        )
        assert answer.status_code == status, answer.text
        return answer.json()

    return asked


def states(project: Project) -> list[str]:
    return [one.state for one in project.drafts("gazette")]


# ---- the routes


def test_drafts_are_told_and_decided_on(ask: Callable[..., Any], project: Project) -> None:
    document = project.document_named("gazette").value
    told = ask(f"drafts?document={document}")
    assert [one["state"] for one in told["drafts"]] == ["open"] * 5
    assert told["drafts"][4]["passed_on_by"] == ["Radio Nord"]
    first, _, denial, *_ = (one["iri"] for one in told["drafts"])
    answer = ask("accept_draft", {"iri": denial, "spans": told["drafts"][2]["content"]})
    assert answer["entries"][-1]["fields"]["derived_from"] == [denial]
    again = ask("accept_draft", {"iri": denial}, status=400)
    assert "accepted already" in again["message"]
    answer = ask("reject_draft", {"iri": first, "reason": "nobody says it"})
    assert first in answer["removed"]
    figures = ask("draft_figures")
    assert [figures["counts"][0][name] for name in ("open", "as_proposed", "changed", "rejected")] == [3, 1, 0, 1]
    ask("undo", {})
    assert states(project)[0] == "open"
    ask("undo", {})
    assert set(states(project)) == {"open"}


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("accept_draft", {}),
        ("reject_draft", {"iri": "https://example.org/x"}),
        ("split_draft", {"iri": "https://example.org/x", "parts": [[{"start": "a"}]]}),
        ("pass_place", {"document": 3}),
        ("accept_draft", {"iri": "no iri", "spans": 3}),
    ],
)
def test_what_is_not_understood_is_refused(ask: Callable[..., Any], action: str, body: dict[str, Any]) -> None:
    assert ask(action, body, status=400)["message"]


def test_how_far_the_coder_has_come_is_kept(ask: Callable[..., Any], project: Project) -> None:
    document = project.document_named("gazette").value
    assert ask("pass_place", {"document": document, "place": 60}) == {"passed": 60}
    assert ask("pass_place", {"document": document, "place": 20}) == {"passed": 60}
    assert ask("pass_place", {"document": document, "place": 10**9}) == {"passed": len(TEXT)}
    assert ask(f"drafts?document={document}")["passed"] == len(TEXT)


def test_the_token_is_asked_for(code: Callable[..., Running], project: Project) -> None:
    running = code(project.folder)
    assert running.get("/code/drafts?document=x").status_code == 401
    assert running.post("/code/accept_draft", json={}).status_code == 401
    assert running.post("/code/pass_place", json={}).status_code == 401


# ---- the page


@pytest.fixture
def keys(code: Callable[..., Running], window: Any, passed: Project) -> Keyboard:
    running = code(passed.folder)
    keyboard = Keyboard(open_coding_page(window, running), forms_of(running))
    keyboard.page.wait_for_selector("#drafts-count:not([hidden])")
    return keyboard


def saved(keys: Keyboard) -> None:
    keys.wait(lambda seen: seen["saved"] == "saved" and seen["form"] is None)


def waiting(keys: Keyboard, count: int) -> None:
    keys.page.wait_for_selector(f'#drafts-count:text-is("{count} drafts wait")')


def told(project: Project) -> dict[str, Any]:
    """Return the fields of the last statement by the place of its words."""
    fresh = open_project(project.folder)
    entries = [fresh.entry(node) for node in fresh.graph.nodes("Utterance", "ReportedUtterance")]
    return {entry["fields"]["evidence"][0]["start"]: entry["fields"] for entry in entries}


def test_accept_is_two_keys_and_goes_on(keys: Keyboard, project: Project) -> None:
    keys.press("f")
    keys.page.wait_for_selector("#draft:not([hidden])")
    assert "Ada Osei" in keys.page.inner_text("#draft")
    assert keys.page.inner_text("#drafts-count") == "5 drafts wait"
    keys.press("a")
    saved(keys)
    assert keys.page.inner_text("#draft blockquote") == "We will not go back to work"
    fields = told(project)[TEXT.index("They knew")]
    assert (fields["speech_act"], fields["cue"], "claim" in fields) == (["accusing"], ["said"], False)
    assert states(project) == ["accepted", *["open"] * 4]
    keys.press("u")
    waiting(keys, 5)
    assert set(states(project)) == {"open"}


def test_a_proposed_claim_is_taken_or_left(keys: Keyboard, project: Project) -> None:
    keys.press("f", "f", "f")
    assert "Authority kept a report" in keys.page.inner_text("#draft fieldset")
    keys.press("0", "a")
    saved(keys)
    place = TEXT.index("it had kept")
    assert "claim" not in told(project)[place]
    keys.press("u")
    waiting(keys, 5)
    keys.press("Home", "f", "f", "f")
    keys.press("1", "a")
    saved(keys)
    assert told(project)[place]["polarity"] == ["denies"]


def test_change_opens_the_form_with_all_that_is_proposed(keys: Keyboard, project: Project) -> None:
    keys.press("f", "l", "l", "Enter")  # two words more
    keys.wait(lambda seen: seen["form"] is not None)
    assert keys.look()["field"] == "claim"
    keys.type("authority kept")
    keys.wait(lambda seen: bool(seen["rows"]) and seen["rows"][0].startswith("Authority"))
    keys.press("Enter", "a", "Control+Enter")
    saved(keys)
    fields = told(project)[TEXT.index("They knew")]
    assert fields["evidence"][0]["end"] > TEXT.index('," said')
    assert (fields["cue"], fields["drafted_by"]) == (["said"], ["rules 9"])
    (one,) = [one for one in project.drafts("gazette") if one.state == "accepted"]
    assert one.as_proposed is False
    assert keys.page.is_hidden("#draft")


def test_hearsay_is_filled_in_with_who_passes_it_on(keys: Keyboard, project: Project) -> None:
    keys.press("f", "f", "f", "f", "f", "c")
    keys.wait(lambda seen: seen["form"] is not None)
    assert "Radio Nord" in keys.page.inner_text("[data-field=passed_on_by]")
    assert keys.look()["field"] == "claim"
    keys.type("authority kept")
    keys.wait(lambda seen: bool(seen["rows"]) and seen["rows"][0].startswith("Authority"))
    keys.press("Enter", "a", "Control+Enter")
    saved(keys)
    fresh = open_project(project.folder)
    (hearsay,) = (fresh.entry(node)["fields"] for node in fresh.graph.nodes("ReportedUtterance"))
    assert hearsay["derived_from"] == [project.drafts("gazette")[4].iri]
    (passing,) = (fresh.entry(node)["fields"] for node in fresh.graph.nodes("Utterance"))
    assert "derived_from" not in passing
    assert states(project)[4] == "accepted"


def test_reject_asks_why(keys: Keyboard, project: Project) -> None:
    keys.press("f", "r")
    keys.page.wait_for_selector("#asking[open]")
    keys.type("nobody says it")
    keys.press("Enter")
    saved(keys)
    waiting(keys, 4)
    one = project.drafts("gazette")[0]
    assert one.rejection is not None
    assert one.rejection.reason == "nobody says it"
    assert keys.page.inner_text("#draft blockquote") == "We will not go back to work"
    keys.press("R")
    keys.page.wait_for_selector("#review table")
    assert "100 % rejected" in keys.page.inner_text("#review")
    keys.page.click("#review details summary")
    keys.page.click("#review details button")
    keys.page.wait_for_selector("#review details li", state="detached")
    assert states(project)[0] == "open"


def test_split_at_the_selected_part(keys: Keyboard, project: Project) -> None:
    keys.press("f", "h", "h", "x")
    saved(keys)
    waiting(keys, 4)
    one = project.drafts("gazette")[0]
    assert (one.state, len(one.statements)) == ("accepted", 2)
    keys.press("u")
    waiting(keys, 5)


def test_a_click_reaches_a_draft_and_another_the_one_around_it(keys: Keyboard) -> None:
    box = keys.page.evaluate(
        """() => {
        const node = document.querySelector("#text p:last-child").firstChild;
        const range = document.createRange();
        const at = node.data.indexOf("cranes");
        range.setStart(node, at);
        range.setEnd(node, at + 6);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return [(left + right) / 2, (top + bottom) / 2];
    }"""
    )
    for words in ("the cranes were safe", "director Eva Lund"):
        keys.page.mouse.click(*box)
        keys.page.wait_for_selector(f'#draft blockquote:has-text("{words}")')
    keys.page.wait_for_selector('#draft blockquote:has-text("colleagues that")')


def test_a_sentence_that_is_held_back_shows_its_draft_once_it_is_passed(
    code: Callable[..., Running], window: Any, tmp_path: Path
) -> None:
    for number in range(400):
        iri = f"https://example.org/{number}"
        held = HeldBack(iri, TEXT)
        if sum(held.held) == 1 and held.until(TEXT.index("They knew")):
            break
    made = new_project(tmp_path / "other", title="Other", coder="MK")
    (made.sources / "gazette.txt").write_text(TEXT, encoding="utf-8")
    node = NamedNode(iri)
    made.take_in([Quad(node, RDF.type, DG.Document), Quad(node, DCTERMS.identifier, Literal("gazette"))], "a document")
    list(draft_documents(made, Fake(), [node]))
    running = code(made.folder)
    keys = Keyboard(open_coding_page(window, running), forms_of(running))
    keys.page.wait_for_selector("#drafts-count:not([hidden])")
    assert keys.page.inner_text("#drafts-count") == "4 drafts wait"
    keys.press("f")
    assert keys.page.inner_text("#drafts-count") == "5 drafts wait"  # it was passed
    keys.press("F")
    assert keys.page.inner_text("#draft blockquote") == "They knew about the cranes"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(code: Callable[..., Running], browser: Any, project: Project, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    page = open_coding_page(context, code(project.folder))
    page.wait_for_selector("#drafts-count:not([hidden])")
    page.evaluate((PAGE / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    rules = (PAGE / "scripts" / "violations.js").read_text(encoding="utf-8")
    for keys in ("f", "f f", "c", "Escape Escape", "f r", "Escape", "R"):
        for key in keys.split():
            page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert page.evaluate(rules) == [], keys
    context.close()
