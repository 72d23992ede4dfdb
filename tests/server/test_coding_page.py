"""The bundled dispute coded anew in the browser, with keys alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from disputegraph.coding import Project
from disputegraph.model import entry_fields, entry_forms
from tests.coding.nameless_graph import BUNDLED, bundled_project, nameless
from tests.server.coding_keyboard import Keyboard, forms_of, open_coding_page
from tests.server.conftest import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def window(browser: Any) -> Iterator[Any]:
    """A window of the browser, closed before the server is stopped; a small one is painted faster."""
    context = browser.new_context(viewport={"width": 1000, "height": 400}, reduced_motion="reduce")
    yield context
    context.close()


STATEMENTS = ("Utterance", "ReportedUtterance")
LAST = ("ClaimRelation", "Argument")  # whose coder is known once a statement is coded


class Recoding:
    """Codes entries of another project through the page.

    Args:
        keyboard: the page's keyboard.
        entries: what to code.
    """

    def __init__(self, keyboard: Keyboard, entries: Iterable[Mapping[str, Any]]) -> None:
        self.keyboard = keyboard
        self.entries = {entry["iri"]: entry for entry in entries}
        self.names = {iri: entry["label"] for iri, entry in self.entries.items()}
        self.made: set[str] = set()
        self.later: list[tuple[str, str]] = []
        self.reporters: dict[str, list[str]] = {}
        for iri, entry in self.entries.items():
            for told in entry["fields"].get("reports", []):
                self.reporters.setdefault(told, []).append(iri)

    def code(self) -> None:
        """Code everything but the document and the dispute, which are there."""
        # Edges may go round in a circle: what names an entry that is not there yet is added at the end.
        order = sorted(self.entries, key=lambda iri: self._place(self.entries[iri]))
        for iri in order:
            self._make(iri, ())
        for iri in dict.fromkeys(iri for iri, _ in self.later):
            self._edit(iri)

    def _place(self, entry: Mapping[str, Any]) -> tuple[Any, ...]:
        return entry["kind"] in LAST, entry["kind"] in STATEMENTS, _places(entry)[:1], entry["label"]

    def _make(self, iri: str, begun: tuple[str, ...]) -> None:
        entry = self.entries[iri]
        if iri in self.made or iri in begun or entry["kind"] == "Coder":
            return
        for needed in self._needed(entry):
            self._make(needed, (*begun, iri))
        if iri in self.made:  # hearsay made it
            return
        keyboard, kind = self.keyboard, entry["kind"]
        told = self._told(entry)
        keyboard.mark(_places(entry))
        keyboard.new(kind)
        passing = self.reporters.get(iri, [])
        if passing:
            told["passed_on_by"] = [self._passing(passing[0])]
        keyboard.fill(kind, told)
        keyboard.save()
        self.made.add(iri)
        if kind not in STATEMENTS and "label" not in entry["fields"]:
            (self.names[iri],) = set(keyboard.names(kind)) - set(self.names.values()) or {self.names[iri]}
        if passing and passing[0] not in self.made:
            self.made.add(passing[0])
            self._edit(passing[0])

    def _needed(self, entry: Mapping[str, Any]) -> Iterable[str]:
        for name, values in entry["fields"].items():
            if name == "reports":  # who passes on nothing of their own is made with the first that they pass on
                yield from values[:1] if "claim" not in entry["fields"] else ()
            elif entry_fields()[name].is_node:
                yield from (value for value in values if value in self.entries)
        for passing in self.reporters.get(entry["iri"], []):
            first = self.entries[passing]["fields"]["reports"][0]
            if "claim" in self.entries[passing]["fields"] or first != entry["iri"]:
                yield passing

    def _passing(self, iri: str) -> str:
        """Who passes words on: a statement that is there, or an actor."""
        return self.names[iri if iri in self.made else self.entries[iri]["fields"]["speaker"][0]]

    def _told(self, entry: Mapping[str, Any]) -> dict[str, list[Any]]:
        """The fields as the form shows them, without what names entries that are not there yet."""
        told: dict[str, list[Any]] = {}
        for name, values in entry["fields"].items():
            if name == "reports" or (entry["kind"] in STATEMENTS and name == "coded_by"):
                continue
            if name == "evidence":
                told[name] = list(values)
                continue
            known = values
            if entry_fields()[name].is_node:
                known = [v for v in values if v in self.made or self.entries[v]["kind"] == "Coder"]
                if len(known) < len(values):
                    self.later.append((entry["iri"], name))
                known = [self.names[value] for value in known]
            if known:
                told[name.removeprefix("reported_") if entry["kind"] in STATEMENTS else name] = known
        return told

    def _edit(self, iri: str) -> None:
        entry, keyboard = self.entries[iri], self.keyboard
        keyboard.edit(self.names[iri])
        told = self._told(entry)
        if keyboard.places() != (wanted := _places(entry)):
            keyboard.rest_on(wanted)
        keyboard.fill(entry["kind"], told)
        keyboard.save()


def _places(entry: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [(place["start"], place["end"]) for place in entry["fields"].get("evidence", [])]


@pytest.mark.skipif(
    not os.environ.get("DISPUTEGRAPH_WHOLE"),
    reason="17,000 keys take minutes: set DISPUTEGRAPH_WHOLE to press them all",
)
@pytest.mark.timeout(900)
def test_the_bundled_dispute_is_coded_anew_by_keys_alone(
    code: Callable[..., Running], window: Any, tmp_path: Path, shared: Path
) -> None:
    """From the text alone, the page makes the same graph but for the names of nodes."""
    text = (shared / "junior-doctors-article.txt").read_text(encoding="utf-8")
    original = bundled_project(tmp_path / "original", text)
    nodes = [node for node in original.graph.nodes(*entry_forms()) if original.graph.kind(node)]
    entries = [original.entry(node) for node in nodes]
    (document,), (dispute,), (coder,) = (
        [e for e in entries if e["kind"] == k] for k in ("Document", "Dispute", "Coder")
    )
    running = code(tmp_path / "anew", "--title", dispute["label"], "--as", coder["label"])
    page = open_coding_page(window, running)
    keyboard = Keyboard(page, forms_of(running))
    keyboard.add_text(document["label"], text)
    recoding = Recoding(keyboard, entries)
    recoding.made |= {document["iri"], dispute["iri"]}
    recoding.code()
    for there in (dispute, document):
        recoding._edit(there["iri"])
    anew = Project(tmp_path / "anew")
    expected = nameless(original.graph.store.quads(), BUNDLED)
    assert nameless(anew.graph.store.quads(), anew.settings.base) == expected
    assert len(expected) > 2000
    assert [finding for finding in anew.findings() if finding.severity == "violation"] == []
    print(f"{keyboard.keys:,} keys for {len(entries)} entries")
    assert keyboard.keys / len(entries) < 150
