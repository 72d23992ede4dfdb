"""A coder who uses the coding page with the keyboard alone, and counts the keys."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Keyboard", "forms_of", "open_coding_page"]

# Everything a coder sees of the page, read from its own modules; nothing of it is changed.
LOOK = """async () => {
    const [{ openForm }, { cursor }, { state }] = await Promise.all(
        ["form_desk", "text_cursor", "project_state"].map((name) => import(`/code/static/${name}.js`)));
    const at = document.activeElement;
    const form = openForm();
    const told = (value) => (typeof value === "string" ? state.catalogue.get(value)?.label ?? value : value);
    const list = at?.getAttribute("role") === "combobox" && document.getElementById(at.getAttribute("aria-controls"));
    const rows = list && !list.hidden ? [...list.children] : [];
    const points = state.open?.points;
    return {
        field: at?.closest("[data-field]")?.dataset.field ?? null,
        typing: Boolean(at?.matches("input, textarea")),
        focus: at && at !== document.body ? `${at.tagName.toLowerCase()}#${at.id}` : null,
        quote: Boolean(at?.matches("li > button")),
        rows: rows.map((row) => row.querySelector("span").textContent),
        active: rows.findIndex((row) => row.getAttribute("aria-selected") === "true"),
        span: [cursor.span.start, cursor.span.end],
        kept: cursor.kept.length,
        chosen: cursor.active,
        form: form && Object.fromEntries([...form.editors].map(([name, one]) => [name, one.get().map(told)])),
        editing: form?.original?.label ?? null,
        alert: [form?.alert, ...document.querySelectorAll("#refused:not([hidden]), #trouble:not([hidden])")]
            .map((one) => one?.textContent ?? "").join(" ").trim(),
        saved: document.getElementById("saved").className,
        told: document.getElementById("told").textContent,
    };
}"""

# Sentences, parts of sentences and words of the open text, as the moves of the selection go over them.
STEPS = """async () => {
    const { state } = await import("/code/static/project_state.js");
    const { map } = state.open;
    const all = (what) => map.paragraphs.flatMap((_, number) => map[what](number)).map((one) => [one.start, one.end]);
    return { sentences: all("sentences"), clauses: all("clauses"), tokens: all("tokens"), length: map.text.length };
}"""

NAMES = """async (kind) => {
    const { state } = await import("/code/static/project_state.js");
    return [...state.catalogue.values()].filter((row) => row.kind === kind).map((row) => row.label);
}"""

EDGES = {
    "end": {"tokens": "hl", "clauses": "HL", "sentences": "KJ", "letter": ",."},
    "start": {"tokens": "bv", "clauses": "BV", "letter": ";:"},
}
KEPT = ("evidence", "coded_by", "reports", "passed_on_by", "text_digest", "text_length", "text_normalization")
POLARITY = {"affirms": "Alt+a", "denies": "Alt+d", "neutral": "Alt+n", "asks": "Alt+q"}


def open_coding_page(context: Any, running: Any) -> Any:
    """Open the coding page at the address that the command printed."""
    page = context.new_page()
    page.goto(f"{running.address}/code/#{running.token}")
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    return page


def forms_of(running: Any) -> dict[str, Any]:
    """Return the forms that the server tells the page of."""
    return running.get("/code/project", headers={"X-Disputegraph-Token": running.token}).json()["forms"]


@dataclass
class Keyboard:
    """The keyboard of a coding page.

    Attributes:
        page: the page.
        forms: the forms of the project, by kind.
        keys: how many keys were pressed; modifiers count.
    """

    page: Any
    forms: Mapping[str, Any]
    keys: int = 0
    _steps: dict[str, Any] = field(default_factory=dict)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1 if len(key) == 1 else len(key.split("+"))

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def paste(self, words: str) -> None:
        self.page.keyboard.insert_text(words)
        self.keys += 2

    def look(self) -> dict[str, Any]:
        return self.page.evaluate(LOOK)

    def names(self, kind: str) -> list[str]:
        """Return what the nodes of a kind are called on the page."""
        return self.page.evaluate(NAMES, kind)

    def wait(self, until: Callable[[dict[str, Any]], bool], seconds: float = 10) -> dict[str, Any]:
        """Wait until what is seen is so."""
        end = time.monotonic() + seconds
        while not until(seen := self.look()):
            if time.monotonic() > end:
                raise AssertionError(f"it did not come to be: {seen}")
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        return seen

    def add_text(self, title: str, text: str) -> None:
        """Add a text in the view of texts, and open it."""
        self.press("D")
        self._to("input[name=title]")
        self.type(title)
        self._to("textarea")
        self.paste(text)
        self.press("Tab", "Enter")
        self.page.wait_for_selector("#documents tbody button:focus")
        self.press("Enter")
        self.wait(lambda seen: seen["focus"] == "div#text")
        self.forget_steps()

    def _to(self, selector: str) -> None:
        for _ in range(100):
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    # ---- the text

    def forget_steps(self) -> None:
        """Look at the sentences and words anew, since another text is open."""
        self._steps.clear()

    def steps(self) -> dict[str, Any]:
        if not self._steps:
            self._steps.update(self.page.evaluate(STEPS))
        return self._steps

    def select(self, start: int, end: int) -> None:
        """Select a stretch of the text (in UTF-16 units), from wherever the cursor is."""
        at = self.look()["span"]
        sentences = self.steps()["sentences"]
        goal = max(place for place, (first, _) in enumerate(sentences) if first <= start)
        if at[1] <= at[0]:
            self.press("j")
            at = next(list(one) for one in sentences if one[1] > at[0])
        if at[0] != start:
            here = max(place for place, (first, _) in enumerate(sentences) if first <= at[0])
            on_sentence = list(sentences[here]) == list(at)
            moves = goal - here
            if not moves and not on_sentence:  # to the one before or behind, and back
                moves = 1 if here + 1 < len(sentences) and sentences[here][0] < at[0] else -1
                self.press("j" if moves > 0 else "k")
                here, moves = here + moves, -moves
            if moves < 0 and at[0] > sentences[here][0]:
                moves -= 1  # the first step goes to the beginning of this sentence
            self.press(*("j" if moves > 0 else "k") * abs(moves))
            at = list(sentences[goal])
        for edge, place, wanted, other in (("end", 1, end, at[0]), ("start", 0, start, end)):
            self.press(*self._way(edge, at[place], wanted, other))
        seen = self.look()
        assert seen["span"] == [start, end], (seen["span"], [start, end])

    def _way(self, edge: str, here: int, wanted: int, other: int) -> list[str]:
        """Return the fewest keys that bring an edge of the selection to a place."""
        place = 1 if edge == "end" else 0
        stops = {step: sorted({one[place] for one in self.steps()[step]}) for step in EDGES[edge] if step != "letter"}
        queue, came = deque([here]), {here: ("", here)}
        while queue and wanted not in came:
            at = queue.popleft()
            for step, (back, on) in EDGES[edge].items():
                if step == "letter":
                    found = [(at - 1, back), (at + 1, on)]
                else:
                    before = [stop for stop in stops[step] if stop < at]
                    behind = [stop for stop in stops[step] if stop > at]
                    found = [(stop, key) for stop, key in ((before[-1:], back), (behind[:1], on)) for stop in stop]
                for stop, key in found:
                    inside = stop > other if edge == "end" else 0 <= stop < other
                    if inside and stop not in came:
                        came[stop] = (key, at)
                        queue.append(stop)
        keys = []
        while wanted != here:
            key, wanted = came[wanted]
            keys.append(key)
        return keys[::-1]

    def mark(self, spans: Sequence[tuple[int, int]]) -> None:
        """Select the words that an entry rests on; none leaves nothing selected."""
        for number, span in enumerate(spans):
            self.select(*span)
            if number < len(spans) - 1:
                self.press("m")
        if not spans:
            while (seen := self.look())["span"][0] < seen["span"][1] or seen["kept"] or seen["chosen"]:
                self.press("Escape")

    # ---- the form

    def choose(self, label: str) -> None:
        """Type until the list offers a name, and take it."""
        for place in range(0, len(label), 4):
            self.type(label[place : place + 4])
            seen = self.look()
            if label in seen["rows"]:
                steps = seen["rows"].index(label) - seen["active"]
                self.press(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps), "Enter")
                return
        raise AssertionError(f"'{label}' is not offered: {self.look()}")

    def command(self, typed: str, label: str) -> None:
        """Choose in the palette."""
        self.press("g")
        self.type(typed)
        seen = self.look()
        assert label in seen["rows"], (label, seen)
        self.press(*["ArrowDown"] * seen["rows"].index(label), "Enter")

    def new(self, kind: str) -> None:
        """Open the form of a new entry on the selected words."""
        if kind in ("Utterance", "ReportedUtterance"):
            self.press("Shift+Enter")
        else:
            self.command(kind, f"New {self.forms[kind]['label']}")
        assert self.look()["form"] is not None, self.look()

    def edit(self, label: str) -> None:
        """Open an entry by its name."""
        self.press("g")
        self.choose(label)
        self.wait(lambda seen: seen["editing"] == label and seen["field"] is not None)

    def reach(self, name: str, seen: Mapping[str, Any] | None = None) -> None:
        """Go to a field of the form."""
        seen = seen or self.look()
        if name not in seen["form"]:
            self.press("Alt+m")
            seen = self.wait(lambda one: one["field"] is not None and name in one["form"])
        order = list(seen["form"])
        goal = order.index(name)
        way = "Tab"
        for _ in range(200):
            if seen["field"] == name and seen["typing"]:
                return
            steps = 1
            if seen["field"] in order:
                at = order.index(seen["field"])
                way = "Shift+Tab" if at > goal else "Tab"
                between = order[min(at, goal) : max(at, goal) + 1]
                # Each field is one stop, but for those with something to take away.
                if seen["typing"] and not any(isinstance(v, list) and v for v in map(seen["form"].get, between)):
                    steps = max(1, abs(at - goal))
            self.press(*[way] * steps)
            seen = self.look()
        raise AssertionError(f"the field {name} is not reached: {seen}")

    def fill(self, kind: str, fields: Mapping[str, Sequence[Any]]) -> None:
        """Bring the fields of the open form to these values; nodes and concepts by their labels."""
        form = self.forms["Utterance" if kind == "ReportedUtterance" else kind]
        specs = {spec["name"]: spec for spec in form["fields"]}
        specs["passed_on_by"] = {"value": "node", "many": True, "choices": []}
        for name, wanted in fields.items():
            self._fill(name, specs[name], wanted, self.look())
        seen = self.look()
        for name, there in seen["form"].items():
            if there and name not in fields and name not in KEPT:  # carried over, and not wanted
                self._fill(name, specs[name], [], seen)
                seen = self.look()

    def _fill(self, name: str, spec: Mapping[str, Any], wanted: Sequence[str], seen: Mapping[str, Any]) -> None:
        there = seen["form"].get(name, [])
        told = {choice["value"]: choice["label"] for choice in spec["choices"]}
        if name == "evidence" or sorted(there) == sorted(wanted):
            return
        if name == "polarity":
            self.press(POLARITY[wanted[0]])
            return
        self.reach(name, seen)
        if spec["many"] and not set(there) <= set(wanted):
            self.press(*["Backspace"] * len(there))
            there = []
        chosen = bool(spec["choices"]) or spec["value"].startswith("node")
        if not spec["many"] and there and not (chosen and wanted):
            self.press(*["Backspace"] if chosen else ["Control+a", "Delete"])
        for value in wanted:
            if spec["many"] and value in there:
                continue
            if chosen:
                self.choose(told.get(value, value))
            else:
                self.type(value)
                if spec["many"]:
                    self.press("Enter")

    def places(self) -> list[tuple[int, int]]:
        """Return the words on which the open entry rests."""
        return [(place["start"], place["end"]) for place in self.look()["form"].get("evidence", [])]

    def rest_on(self, spans: Sequence[tuple[int, int]]) -> None:
        """Give the open entry other words."""
        self.press("F6")
        for span in spans:
            self.select(*span)
            self.press("Alt+w")
        self.press("F6")

    def save(self) -> None:
        """Save the form; it is on disk when this returns."""
        self.press("Control+Enter")
        seen = self.wait(lambda seen: seen["alert"] or (seen["form"] is None and seen["saved"] == "saved"))
        assert not seen["alert"], seen
        assert seen["focus"] == "div#text", seen["focus"]
