"""How coding with and without drafts differ: one sentence in ten shows no draft until the coder has passed it.

Whoever sees a draft is led by it. Which sentences are held back is decided by their words alone, so that it is the same
in every copy of a project, and nobody can choose.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.coding import STATEMENTS, Project
from disputegraph.drafting.draft_files import drafted_documents
from disputegraph.drafting.text_sentences import sentence_spans
from disputegraph.rdf import write_text
from disputegraph.vocabulary import DG

_ONE_IN = 10
_PASSED = "passed.json"


class HeldBack:
    """The sentences of a text, and which of them show no draft until they are passed.

    Args:
        document: IRI of its document.
        text: the text.
    """

    def __init__(self, document: str, text: str) -> None:
        self.sentences = sentence_spans(text)
        self.held = [_is_held(document, text[start:end]) for start, end in self.sentences]
        self._starts = [start for start, _ in self.sentences]

    def sentence_at(self, place: int) -> int | None:
        """Return the number of the sentence in which a place is."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self.sentences[number][1] else None

    def until(self, place: int) -> int | None:
        """Return where a draft that starts at a place is shown from: the end of its sentence, if that is held back."""
        number = self.sentence_at(place)
        return self.sentences[number][1] if number is not None and self.held[number] else None


def _is_held(document: str, words: str) -> bool:
    found = hashlib.sha256(f"{document}\x1f{' '.join(words.split())}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(found[:8], "big") % _ONE_IN == 0


@dataclass(frozen=True, slots=True)
class WithAndWithout:
    """What was coded in sentences that showed their drafts, and in those that held them back.

    Attributes:
        shown: sentences that were passed and showed their drafts, if they had any.
        shown_statements: the statements that begin in them.
        held: sentences that were passed and held their drafts back until then.
        held_statements: the statements that begin in them and do not come from a draft, which was shown later.
    """

    shown: int
    shown_statements: int
    held: int
    held_statements: int


def compare_coding(project: Project) -> WithAndWithout:
    """Count statements in sentences with and without drafts, of all documents that have drafts, as far as passed."""
    passed, counts = passed_places(project), dict.fromkeys(("shown", "shown_statements", "held", "held_statements"), 0)
    for document in drafted_documents(project):
        text, until = project.text(document), passed.get(document.value, 0)
        if text is None or not until:
            continue
        sentences = HeldBack(document.value, text)
        for (_, end), held in zip(sentences.sentences, sentences.held, strict=True):
            counts["held" if held else "shown"] += end <= until
        for place, drafted in _statements(project, document):
            number = sentences.sentence_at(place)
            if number is None or sentences.sentences[number][1] > until:
                continue
            if not sentences.held[number]:
                counts["shown_statements"] += 1
            elif not drafted:
                counts["held_statements"] += 1
    return WithAndWithout(**counts)


def _statements(project: Project, document: NamedNode) -> list[tuple[int, bool]]:
    """Return where each statement of a document begins, and whether it comes from a draft."""
    graph, starts = project.graph, dict[NamedNode, int]()
    for anchor, span in project.places_in(document):
        for statement in graph.subjects(DG.evidence, anchor):
            # Who passes words on rests on the same words as these: one statement, as a draft is one.
            if graph.kind(statement) in STATEMENTS and not any(graph.values(statement, DG.reports)):
                starts[statement] = min(span.start, starts.get(statement, span.start))
    return [(start, any(graph.values(node, DG.draftedBy))) for node, start in starts.items()]


def passed_places(project: Project) -> Mapping[str, int]:
    """Return how far the coder of this copy has come in each document, in code points; a broken note says nothing."""
    try:
        found: Any = json.loads(_file(project).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {document: place for document, place in found.items() if isinstance(place, int)}


def note_passed(project: Project, document: str, place: int) -> int:
    """Note that the coder has come to a place of a document, and return how far they have come.

    Raises:
        OutputError: it cannot be written.
    """
    known = dict(passed_places(project))
    if place > known.get(document, 0):
        known[document] = min(place, len(project.text(document) or ""))
        _file(project).parent.mkdir(parents=True, exist_ok=True)
        write_text(_file(project), json.dumps(known, indent=1, sort_keys=True) + "\n")
    return known.get(document, 0)


def _file(project: Project) -> Path:
    return project.folder / project.scope.history / _PASSED
