"""What a text tells to be said, piece by piece, with quotations that run over paragraphs whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.quotation_marks import Quotation
from disputegraph.drafting.spacy_attributions import attributions_in
from disputegraph.drafting.spacy_quotations import told_in_paragraph
from disputegraph.drafting.span_lists import tidy_spans
from disputegraph.drafting.speaker_labels import label_before_colon
from disputegraph.drafting.told_words import Told

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"\w+")
# A piece is a quotation alone if it has at most these characters and this share outside the marks.
_EDGE, _MOST = 2, 0.9
_FEW_WORDS = 2


def told_in_text(text: str, quoted: Sequence[Quotation], parsed: Iterable[tuple[DraftSpan, Doc]]) -> list[Told]:
    """Return what a text tells to be said, in order of its pieces.

    Args:
        text: the text.
        quoted: its quotations.
        parsed: its pieces with their parsed forms.
    """
    reading = _Reading(text, quoted)
    for (start, end), doc in parsed:
        reading.read(start, end, doc)
    return reading.finished()


class _Reading:
    """A text while its pieces are read."""

    def __init__(self, text: str, quoted: Sequence[Quotation]) -> None:
        self.text, self.quoted = text, quoted
        self.parts = [(start, end, number) for number, one in enumerate(quoted) for start, end in one.inner]
        self.at = 0
        self.found: list[Told] = []
        self.who_says: dict[int, Told] = {}
        self.pieces: dict[int, int] = {}
        self.last: Told | None = None

    def read(self, start: int, end: int, doc: Doc) -> None:
        """Read a piece."""
        here = self._quotations_in(start, end)
        told = told_in_paragraph(doc, start, list(attributions_in(doc)), [(a, b) for a, b, _ in here])
        told = self._with_label(start, end, told)
        holding = [one for one in told if one.quoted]
        for one in holding:
            for number in {here[local][2] for local in one.quoted}:
                self.who_says.setdefault(number, one)
        alone = (
            bool(here) and here[0][0] - start <= _EDGE and sum(b - a for a, b, _ in here) > _MOST * (end - start) - 4
        )
        if holding:
            self.last = max(holding, key=lambda one: one.content[-1])
        elif alone and self.last is not None:
            # Nothing but a quotation: it goes on with what was said last.
            self.last.content.extend((a, b) for a, b, _ in here)
            for _, _, number in here:
                self.who_says.setdefault(number, self.last)
        elif not alone and len(_WORD.findall(self.text[start:end][:80])) > _FEW_WORDS:
            self.last = None
        self.found.extend(told)

    def finished(self) -> list[Told]:
        """Return all that was read, quotations of several pieces whole."""
        for number, one in self.who_says.items():
            if self.pieces[number] > 1:
                one.content.extend(self.quoted[number].inner)
        for one in self.found:
            one.content = tidy_spans(self.text, one.content)
            one.source = tidy_spans(self.text, one.source)
            one.cue = tidy_spans(self.text, one.cue, words=False)
        return [one for one in self.found if one.content]

    def _quotations_in(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the parts of quotations that stand in a piece, with the quotations' numbers."""
        parts = self.parts
        while self.at < len(parts) and parts[self.at][1] <= start:
            self.at += 1
        upto = self.at
        while upto < len(parts) and parts[upto][0] < end:
            self.pieces[parts[upto][2]] = self.pieces.get(parts[upto][2], 0) + 1
            upto += 1
        return [(max(a, start), min(b, end), number) for a, b, number in parts[self.at : upto]]

    def _with_label(self, start: int, end: int, told: list[Told]) -> list[Told]:
        """Return what a piece tells, as the words of whom a label at its beginning names, if there is one."""
        label = label_before_colon(self.text, start, end)
        if label is None or any(one.source and one.source[0][0] == label[0][0] for one in told):
            return told
        name, words = label
        return [Told([words], [name], [(name[1], name[1] + 1)], "label", ":", name[0])]
