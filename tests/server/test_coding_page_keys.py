"""The coding page in a real browser: what its keys and its mouse do, and what becomes of what was typed."""

from __future__ import annotations

import os
import signal
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import disputegraph.server
from disputegraph.coding import Project, new_project
from tests.server.coding_keyboard import Keyboard, forms_of, open_coding_page
from tests.server.conftest import Running

pytestmark = pytest.mark.browser

TEXT = """Cranes stand still

"They knew about the cranes," said Ada Osei for the Harbour Workers' Union. "We will not go back to work."

The port authority denied that it had kept a report to itself. According to Radio Nord, director Eva Lund has told
colleagues that the cranes were safe.
"""
KNEW = (TEXT.index("They knew"), TEXT.index(',"'))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = new_project(tmp_path / "harbour", title="Harbour", coder="MK")
    (tmp_path / "gazette.txt").write_text(TEXT, encoding="utf-8")
    project.add_document(tmp_path / "gazette.txt", title="Cranes stand still", date="2024-05-03")
    project.put("Person", label="Ada Osei")
    project.put("Claim", label="Authority hid the report")
    return project.folder


@pytest.fixture
def coded(folder: Path) -> Path:
    """The same with one statement that fills many fields."""
    Project(folder, coder="MK").add(
        document="gazette",
        speaker="Ada Osei",
        on_behalf_of="Harbour Workers' Union",
        claim="Authority hid the report",
        polarity="affirms",
        certainty="probable",
        speech_act="accusing",
        cue="said",
        note="her own words",
        date="2024-05-02",
        spans=[KNEW],
    )
    return folder


@pytest.fixture
def keyboard(code: Callable[..., Running], window: Any) -> Callable[[Path], Keyboard]:
    def begin(project: Path) -> Keyboard:
        running = code(project)
        return Keyboard(open_coding_page(window, running), forms_of(running))

    return begin


def state(keyboard: Keyboard, name: str) -> Any:
    return keyboard.look()[name]


def statements(folder: Path) -> list[dict[str, Any]]:
    project = Project(folder)
    return [project.entry(node) for node in project.graph.nodes("Utterance", "ReportedUtterance")]


def told(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: values for name, values in entry["fields"].items() if name != "evidence"}


def places(entry: dict[str, Any]) -> list[tuple[int, int]]:
    return [(place["start"], place["end"]) for place in entry["fields"].get("evidence", [])]


def new_statement(keyboard: Keyboard, speaker: str = "Ada Osei", claim: str = "Authority hid the report") -> None:
    keyboard.press("Shift+Enter")
    keyboard.fill("Utterance", {"speaker": [speaker], "claim": [claim], "polarity": ["affirms"]})


def test_what_is_saved_is_undone_and_done_again(keyboard: Callable[[Path], Keyboard], folder: Path) -> None:
    keys = keyboard(folder)
    keys.select(*KNEW)
    new_statement(keys)
    keys.save()
    (entry,) = statements(folder)
    assert places(entry) == [KNEW]
    assert not state(keys, "alert")
    for key, count in (("u", 0), ("U", 1), ("Control+z", 0), ("Control+y", 1)):
        keys.press(key)
        keys.wait(lambda seen: seen["saved"] == "saved")
        assert len(statements(folder)) == count
        has = ":has(li)" if count else ":not(:has(li))"
        keys.page.wait_for_selector(f"#list ol:not(:has(> li + li)){has}", state="attached")
        assert state(keys, "focus") == "div#text"


def test_digits_choose_what_is_likely(keyboard: Callable[[Path], Keyboard], coded: Path) -> None:
    """A statement of a known speaker with a known claim is seven keys beside the selection."""
    keys = keyboard(coded)
    keys.select(TEXT.index("We will not"), TEXT.index(' work."') + 5)
    before = keys.keys
    keys.press("Shift+Enter", "1", "1", "d", "Control+Enter")
    keys.wait(lambda seen: seen["form"] is None and seen["saved"] == "saved")
    assert keys.keys - before == 7
    assert [entry["fields"]["polarity"] for entry in statements(coded)].count(["denies"]) == 1
    new = next(entry for entry in statements(coded) if entry["fields"]["polarity"] == ["denies"])
    old = next(entry for entry in statements(coded) if entry["fields"]["polarity"] == ["affirms"])
    for name in ("speaker", "on_behalf_of", "claim", "speech_act"):  # the last two are carried over
        assert new["fields"][name] == old["fields"][name]


def test_several_statements_on_the_same_words(keyboard: Callable[[Path], Keyboard], folder: Path) -> None:
    keys = keyboard(folder)
    keys.select(*KNEW)
    new_statement(keys)
    keys.press("Shift+Enter")
    keys.wait(lambda seen: seen["form"] is not None and seen["form"]["claim"] == [] and seen["saved"] == "saved")
    assert state(keys, "form")["evidence"][0]["start"] == KNEW[0]
    keys.fill("Utterance", {"speaker": ["Ada Osei"], "polarity": ["denies"]})
    keys.reach("claim")
    keys.type("Cranes are safe")
    keys.press("Enter")
    keys.save()
    assert [places(entry) for entry in statements(folder)] == [[KNEW], [KNEW]]
    reached = set()
    for _ in range(2):
        keys.press("e")
        reached.add(state(keys, "editing"))
    assert reached == {entry["label"] for entry in statements(folder)}


def test_one_statement_on_several_stretches(keyboard: Callable[[Path], Keyboard], folder: Path) -> None:
    keys = keyboard(folder)
    other = (TEXT.index("denied"), TEXT.index(" to itself") + 10)
    keys.mark([other, KNEW])
    new_statement(keys)
    keys.save()
    (entry,) = statements(folder)
    assert places(entry) == [KNEW, other]


def test_a_resized_stretch_keeps_all_else(keyboard: Callable[[Path], Keyboard], coded: Path) -> None:
    (before,) = statements(coded)
    keys = keyboard(coded)
    keys.press("n")
    keys.wait(lambda seen: seen["editing"] is not None)
    keys.press("l", "v", "h", "h", ",", ";")
    keys.save()
    (after,) = statements(coded)
    assert after["iri"] == before["iri"]
    assert told(after) == told(before)
    assert places(after) == [(TEXT.index("knew") - 1, TEXT.index("cranes,") - 2)]


def test_words_are_cut_out_of_a_stretch(keyboard: Callable[[Path], Keyboard], coded: Path) -> None:
    (before,) = statements(coded)
    keys = keyboard(coded)
    keys.press("n")
    about = TEXT.index("about")
    keys.select(about, about + 5)
    keys.press("s")
    keys.save()
    (after,) = statements(coded)
    assert told(after) == told(before)
    assert places(after) == [(KNEW[0], about - 1), (about + 6, KNEW[1])]


def test_hearsay_is_a_chain(keyboard: Callable[[Path], Keyboard], folder: Path) -> None:
    keys = keyboard(folder)
    start = TEXT.index("According")
    keys.select(start, TEXT.index("safe.") + 5)
    keys.press("Shift+Enter")
    for name, words in (("speaker", "Eva Lund"), ("claim", "Cranes are safe"), ("passed_on_by", "colleagues of hers")):
        keys.reach(name)
        keys.type(words)
        keys.press("Enter")
    keys.type("Radio Nord")
    keys.press("Alt+k", "Enter", "Alt+a")
    keys.save()
    project = Project(folder)
    (outer,) = project.graph.nodes("Utterance")
    entry = project.entry(outer)
    said = []
    while True:
        speaker = (entry["fields"].get("speaker") or entry["fields"]["reported_speaker"])[0]
        said.append((entry["kind"], project.entry(speaker)["label"], project.entry(speaker)["kind"]))
        assert places(entry) == [(start, TEXT.index("safe.") + 5)]
        if not entry["fields"].get("reports"):
            break
        (inner,) = entry["fields"]["reports"]
        entry = project.entry(inner)
    assert said == [
        ("Utterance", "Radio Nord", "Organization"),
        ("ReportedUtterance", "colleagues of hers", "Person"),
        ("ReportedUtterance", "Eva Lund", "Person"),
    ]
    assert entry["fields"]["reported_polarity"] == ["affirms"]
    keys.press("u")
    keys.wait(lambda seen: seen["saved"] == "saved")
    assert statements(folder) == []


def test_keys_that_can_do_nothing_say_so(keyboard: Callable[[Path], Keyboard], folder: Path, tmp_path: Path) -> None:
    """For eyes too: without drafts, with a form open beside the text, and in another view."""
    keys = keyboard(folder)
    told = keys.page.locator("#told")
    for key in "xfFrac1":
        keys.press(key)
        told.filter(has_text="There are no drafts of this text").wait_for(timeout=5_000)
        assert told.bounding_box()["width"] > 100  # type: ignore[index]
        keys.press("j")
    keys.press("Shift+Enter")
    keys.page.wait_for_selector("#desk:not([hidden])")
    keys.press("F6")
    for key in "xr":
        keys.press(key)
        told.filter(has_text="A new statement is open").wait_for(timeout=5_000)
        keys.press("F6", "F6")
    keys.page.screenshot(path=str(tmp_path / "told.png"))
    keys.press("F6", "Escape", "R", "x")
    told.filter(has_text="This key is for drafts").wait_for(timeout=5_000)


def test_a_judgement_has_a_direction_that_is_the_claims(keyboard: Callable[[Path], Keyboard], coded: Path) -> None:
    """The field is there where the act is to evaluate, and says what the claim says already."""
    keys = keyboard(coded)
    for words, judgement, hidden in (("They knew", "negative", True), ("We will not", "mixedEvaluation", False)):
        start = TEXT.index(words)
        keys.select(start, start + len(words))
        keys.press("Shift+Enter")
        for name, value in (("speaker", "Ada Osei"), ("claim", "Authority hid the report")):
            keys.reach(name)
            keys.type(value)
            keys.press("Enter")
        keys.page.wait_for_timeout(200)
        field = keys.page.locator("[data-field=evaluation]")
        assert field.is_hidden() is hidden
        for name, value in (("polarity", "1"), ("speech_act", "evaluating"), ("evaluation", judgement)):
            keys.reach(name)
            if name == "evaluation" and not hidden:
                assert "negative" in field.inner_text()
                keys.press("Backspace")
            keys.type(value[:5])
            if name != "polarity":
                keys.press("Enter")
        keys.save()
        project = Project(coded)
        (claim,) = project.graph.nodes("Claim")
        assert project.entry(claim)["fields"]["evaluation"] == [judgement]
    assert len(statements(coded)) == 3


def test_a_second_tab_notices(keyboard: Callable[[Path], Keyboard], coded: Path, window: Any) -> None:
    keys = keyboard(coded)
    other = Keyboard(window.new_page(), keys.forms)
    other.page.goto(keys.page.url)
    other.page.wait_for_selector("#trouble:not([hidden])")  # an address without the token opens nothing
    other.page.close()
    running_token = keys.page.evaluate("sessionStorage.getItem('disputegraph.token')")
    other = Keyboard(window.new_page(), keys.forms)
    other.page.goto(f"{keys.page.url}#{running_token}")
    other.page.wait_for_selector("html[data-ready]")
    assert running_token not in other.page.url
    keys.select(TEXT.index("We will not"), TEXT.index(" go back"))
    new_statement(keys)
    keys.save()
    other.page.bring_to_front()
    other.page.wait_for_selector("#list li + li")
    assert other.page.locator("#list li").count() == 2


def test_a_change_meanwhile_is_refused_and_the_form_kept(keyboard: Callable[[Path], Keyboard], coded: Path) -> None:
    keys = keyboard(coded)
    # The page is not told of what the other program writes.
    keys.page.route("**/code/changes*", lambda route: None)
    keys.press("n", "Enter")
    (entry,) = statements(coded)
    # The question that is on its way is answered by a change of something else.
    Project(coded).put("Person", label="Somebody")
    keys.wait(lambda seen: seen["told"].startswith("The project was changed"))
    Project(coded, coder="LB").change(entry["iri"], polarity="denies", cue="added")
    keys.reach("note")
    keys.type("mine, ")
    keys.press("Control+Enter")
    seen = keys.wait(lambda seen: bool(seen["alert"]) and seen["focus"] == "button#")
    assert "changed meanwhile" in seen["alert"]
    assert seen["form"]["note"] != entry["fields"]["note"]
    keys.press("Enter")
    keys.wait(lambda seen: "save again" in seen["alert"] and seen["field"] == "speaker")
    keys.press("Control+Enter")
    keys.wait(lambda seen: seen["form"] is None and seen["saved"] == "saved")
    (after,) = statements(coded)
    assert after["fields"]["polarity"] == ["denies"]
    assert after["fields"]["cue"] == ["added"]
    assert after["fields"]["note"] == seen["form"]["note"]


def test_saving_goes_on_when_the_server_was_killed(code: Callable[..., Running], window: Any, folder: Path) -> None:
    running = code(folder)
    keys = Keyboard(open_coding_page(window, running), forms_of(running))
    keys.select(*KNEW)
    new_statement(keys)
    keys.reach("note")
    keys.type("typed before the crash")
    filled = state(keys, "form")
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    keys.type(" and after")
    keys.press("Control+Enter")
    seen = keys.wait(lambda seen: seen["saved"] == "unreachable")
    assert seen["form"] == {**filled, "note": seen["form"]["note"]}
    assert "Nothing is lost" in seen["alert"]
    assert statements(folder) == []
    code(folder, "--port", str(running.port))
    keys.wait(lambda seen: seen["form"] is None and seen["saved"] == "saved", 30)
    (entry,) = statements(folder)
    assert "".join(entry["fields"]["note"]) == "typed before the crash and after"
    assert not state(keys, "alert")
    keys.select(TEXT.index("We will not"), TEXT.index(" go back"))
    new_statement(keys)
    keys.save()
    assert len(statements(folder)) == 2


def test_every_key_is_listed(keyboard: Callable[[Path], Keyboard], folder: Path) -> None:
    texts = Path(disputegraph.server.__file__).parent / "coding_texts"
    wanted = tomllib.loads((texts / "keys.toml").read_text(encoding="utf-8"))
    for language in ("en", "de"):
        words = tomllib.loads((texts / f"{language}.toml").read_text(encoding="utf-8"))
        assert {f"key_{action}" for action in wanted} == {word for word in words if word.startswith("key_")}
    words = tomllib.loads((texts / "en.toml").read_text(encoding="utf-8"))
    keys = keyboard(folder)
    keys.press("?")
    keys.page.wait_for_selector("#help[open]")
    rows = keys.page.evaluate(
        "() => [...document.querySelectorAll('#help tr')].map((row) => [row.querySelector('th').textContent, "
        "[...row.querySelectorAll('kbd')].map((key) => key.textContent)])"
    )
    assert rows == [[words[f"key_{action}"], names.split()] for action, names in wanted.items()]
    keys.press("Escape")
    assert state(keys, "focus") == "div#text"


def test_the_focus_is_never_lost(keyboard: Callable[[Path], Keyboard], coded: Path) -> None:
    keys = keyboard(coded)

    def press(*names: str) -> None:
        for name in names:
            keys.press(name)
            # What comes late must not take the focus away either.
            keys.page.evaluate("() => new Promise((done) => setTimeout(done, 60))")
            keys.wait(lambda seen: seen["saved"] != "saving")
            assert state(keys, "focus") is not None, f"the focus is lost after {name}"

    press("j", "Shift+Enter", "Escape", "n", "Enter", "F6", "F6", "Escape")
    assert state(keys, "focus") == "div#text"
    press("g", "Escape", "?", "Escape", "Z", "Escape")
    assert state(keys, "focus") == "div#text"
    for view in ("texts", "codebook", "review", "search"):
        press("Control+k")
        keys.type(view)
        press("Enter")
        if view == "search":
            keys.type("cranes")
            keys.page.wait_for_selector("#search li")
            press("ArrowDown", "Enter")
            assert state(keys, "focus") == "div#text"
    # Removed, brought back, removed again; and a withdrawal that is thought better of.
    press("n", "Delete", "u", "U", "u", "n", "w", "Escape", "Escape")
    assert state(keys, "focus") == "div#text"
    # In the codebook the focus stays with the row.
    press("C")
    keys.type("authority")
    press("ArrowDown", "ArrowRight", "Enter")
    keys.page.keyboard.press("Control+a")
    keys.type("The authority hid the report")
    press("Enter")
    assert state(keys, "focus") == "button#"
    assert Project(coded).graph.find("The authority hid the report") is not None
    press("ArrowRight", "Enter")
    keys.type("Hidden report")
    press("Enter")
    assert state(keys, "focus") == "button#"
