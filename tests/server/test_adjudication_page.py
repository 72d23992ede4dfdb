"""Adjudication in the coding page, with keys alone: a version taken, mixed, written anew, or none; names hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from disputegraph.projects import Project
from tests.adjudication.conftest import FERRY, coded_ferry, ferry
from tests.server.coding_keyboard import Keyboard, forms_of, open_coding_page
from tests.server.conftest import Running

__all__ = ["coded_ferry", "ferry"]  # fixtures


@pytest.fixture
def keys(code: Callable[..., Running], window: Any, ferry: Project) -> Keyboard:
    """The page of who decides, where the coders differ."""
    running = code(ferry.folder, "--as", "Eva")
    keyboard = Keyboard(open_coding_page(window, running), forms_of(running))
    keyboard.press("A")
    keyboard.page.wait_for_selector("#unit")
    return keyboard


def shown(keys: Keyboard, number: int) -> None:
    """Wait until an utterance is looked at."""
    keys.page.wait_for_selector(f'#unit h2:has-text("Utterance {number} of 8")')


def test_a_conflict_is_one_key(keys: Keyboard, ferry: Project) -> None:
    shown(keys, 2)  # the first that the coders do not agree on
    panel = keys.page.inner_text("#unit")
    assert "The council should pay" in panel
    assert "The lights are missing" in panel
    assert keys.page.locator("#unit-text mark.unit-here").count()
    keys.press("2")
    shown(keys, 3)
    unit = ferry.coded_units()[1]
    assert unit.state == "adjudicated"
    assert ferry.entry(unit.statements[0])["fields"]["claim"] == unit.versions[1].fields["claim"]
    keys.press("u")
    keys.page.wait_for_selector('#unit-panel p:has-text("0 of 8 decided")')
    assert ferry.coded_units()[1].state == "open"


def test_versions_are_mixed_field_by_field(keys: Keyboard, ferry: Project) -> None:
    shown(keys, 2)
    keys.press("j", "j", "j")
    shown(keys, 5)
    before = ferry.coded_units()[4]
    assert before.differs == ("claim", "polarity", "certainty")
    keys.press("q")
    keys.page.wait_for_selector("#unit tr:nth-child(2).mixing")
    keys.press("w", "q")
    shown(keys, 6)
    (made,) = ferry.coded_units()[4].statements
    ada, ben = before.versions
    fields = ferry.entry(made)["fields"]
    assert (fields["claim"], fields["polarity"]) == (ada.fields["claim"], ben.fields["polarity"])


def test_another_version_is_written_in_the_form(keys: Keyboard, ferry: Project) -> None:
    shown(keys, 2)
    keys.press("c")
    keys.wait(lambda seen: seen["form"] is not None)
    keys.press("Alt+y", "n", "Control+Enter")
    shown(keys, 3)
    unit = ferry.coded_units()[1]
    fields = ferry.entry(unit.statements[0])["fields"]
    assert fields["polarity"] == ["neutral"]
    assert set(fields["derived_from"]) == {one.iri for one in unit.versions}


def test_no_utterance_and_all_that_is_alike(keys: Keyboard, ferry: Project) -> None:
    shown(keys, 2)
    keys.press("j", "j", "j", "j")
    shown(keys, 6)
    keys.press("r")
    keys.page.wait_for_selector("#asking[open]")
    keys.page.keyboard.type("reported by nobody")
    keys.press("Enter")
    keys.page.wait_for_selector('#unit-panel p:has-text("1 of 8 decided")')
    assert ferry.coded_units()[5].state == "rejected"
    keys.press("a")
    keys.page.wait_for_selector('#unit-panel p:has-text("3 of 8 decided")')
    shown(keys, 8)
    keys.press("k", "k")
    assert "Found to be no utterance by Eva" in keys.page.inner_text("#unit")
    keys.press("r")
    keys.page.wait_for_selector('#unit-panel p:has-text("2 of 8 decided")')


def test_names_are_hidden(keys: Keyboard) -> None:
    shown(keys, 2)
    assert "ada" in keys.page.inner_text("#unit thead")
    keys.press("b")
    assert "Coder A" in keys.page.inner_text("#unit thead")
    assert "ada" not in keys.page.inner_text("#adjudication")
    keys.press("b")
    assert "ada" in keys.page.inner_text("#unit thead")


def test_who_codes_apart_sees_no_adjudication(code: Callable[..., Running], window: Any, ferry: Project) -> None:
    page = open_coding_page(window, code(ferry.folder, "--as", "Ada", "--independent"))
    assert page.locator('#views [data-view="adjudication"]').count() == 0


@pytest.mark.parametrize(
    ("action", "body"),
    [("adjudicate", {}), ("adjudicate", {"key": "x", "coder": "ada", "fields": 3}), ("reject_unit", {"key": "x"})],
)
def test_what_is_not_understood_is_refused(
    code: Callable[..., Running], ferry: Project, action: str, body: dict[str, Any]
) -> None:
    running = code(ferry.folder)
    headers = {"X-Disputegraph-Token": running.token}
    assert running.post(f"/code/{action}", json=body).status_code == 401
    answer = running.post(f"/code/{action}", headers=headers, json=body)
    assert (answer.status_code, bool(answer.json()["message"])) == (400, True)
    document = ferry.document_named(FERRY).value
    assert len(running.get(f"/code/units?document={document}", headers=headers).json()["units"]) == 8
