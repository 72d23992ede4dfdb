"""The drafter `spacy`: quotation marks and a parser's tree together, with who the speakers are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from disputegraph.coding import Known
from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind
from disputegraph.drafting.quotation_marks import Quotation, paragraph_spans, quotations
from disputegraph.drafting.spacy_attributions import attributions_in
from disputegraph.drafting.spacy_pipelines import best_pipeline, load_pipeline, pipeline_version
from disputegraph.drafting.spacy_quotations import Told, told_in_paragraph
from disputegraph.drafting.speaker_resolution import resolve_speakers

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["SpacyDrafter", "parsed_pieces"]

_VERSION = "1"
# A parser needs memory by the length of what it parses at once: longer pieces are cut at a space.
_LONGEST = 4_000
_BATCH = 64
_MANY_CAPITALS = 0.7
_WORD = re.compile(r"\w+")
_LINE_END = re.compile(r"(?<=[.!?:”\"’'…)])[ \t]*\n\s*(?=[^\sa-z])")


class SpacyDrafter:
    """Drafts by a parser's tree.

    Attributes:
        program: ``spacy``.
        version: that of these rules, of the pipeline and of spaCy.
    """

    program = "spacy"

    def __init__(self, pipeline: str | None = None, *, actors: Sequence[Known] = ()) -> None:
        """Load a pipeline.

        Args:
            pipeline: its name; by default the best that is installed.
            actors: the actors that a project knows.

        Raises:
            UsageError: spaCy or the pipeline is not installed.
        """
        self._pipeline = load_pipeline(pipeline)
        self._actors = actors
        self.version = f"{_VERSION} ({pipeline_version(pipeline or best_pipeline() or '')})"

    def draft(self, text: str) -> list[Draft]:
        """Return the statements that a text may report, in order of their places."""
        quoted = quotations(text)
        pieces = parsed_pieces(text, quoted)
        docs = self._pipeline.pipe((_for_parser(text[s:e]) for s, e in pieces), batch_size=_BATCH)
        told = told_in_text(text, quoted, zip(pieces, docs, strict=True))
        return resolve_speakers(text, self._drafts(text, quoted, told), self._actors)

    def _drafts(self, text: str, quoted: Sequence[Quotation], told: list[Told]) -> list[Draft]:
        told.sort(key=lambda t: (t.content[0], t.head))
        marked = [span for one in quoted for span in one.inner]
        return [
            Draft(
                content=tuple(one.content),
                source=tuple(one.source),
                cue=tuple(one.cue),
                kind=_kind(text, one.content, marked),
                inside=_outer(one, told),
                program=self.program,
                version=self.version,
            )
            for one in told
        ]


def told_in_text(text: str, quoted: Sequence[Quotation], parsed: Iterable[tuple[DraftSpan, Doc]]) -> list[Told]:
    """Return what a text tells to be said, quotations that run over paragraphs whole.

    Args:
        text: the text.
        quoted: its quotations.
        parsed: its pieces with their parsed forms.
    """
    parts = [(start, end, number) for number, one in enumerate(quoted) for start, end in one.inner]
    found: list[Told] = []
    by_quotation: dict[int, Told] = {}
    last: Told | None = None
    at = 0
    for (start, end), doc in parsed:
        while at < len(parts) and parts[at][1] <= start:
            at += 1
        upto = at
        while upto < len(parts) and parts[upto][0] < end:
            upto += 1
        here = [(max(a, start), min(b, end), number) for a, b, number in parts[at:upto]]
        told = told_in_paragraph(doc, start, list(attributions_in(doc)), [(a, b) for a, b, _ in here])
        for one in told:
            for number in {here[local][2] for local in one.quoted}:
                by_quotation.setdefault(number, one)
        alone = bool(here) and here[0][0] - start <= 2 and sum(b - a for a, b, _ in here) > 0.9 * (end - start) - 4
        if alone and not any(one.quoted for one in told):
            if last is not None and last.quoted:
                for a, b, number in here:
                    by_quotation.setdefault(number, last)
                    last.content.append((a, b))
        elif any(one.quoted for one in told):
            last = max((one for one in told if one.quoted), key=lambda one: one.content[-1])
        elif len(_WORD.findall(text[start:end][:80])) > 2:
            last = None
        found.extend(told)
    for number, one in by_quotation.items():
        if len(quoted[number].inner) > 1:
            one.content.extend(quoted[number].inner)
    for one in found:
        one.content = _tidy(text, one.content)
        one.source = _tidy(text, one.source)
        one.cue = _tidy(text, one.cue)
    return [one for one in found if one.content]


def parsed_pieces(text: str, quoted: Sequence[Quotation]) -> list[DraftSpan]:
    """Return the pieces of a text that are parsed by themselves: paragraphs, lines that end a sentence, no quotation cut."""
    pieces: list[DraftSpan] = []
    spans = sorted(span for one in quoted for span in one.spans)
    at = 0
    for start, end in paragraph_spans(text):
        first = start
        for match in _LINE_END.finditer(text, start, end):
            while at < len(spans) and spans[at][1] <= match.start():
                at += 1
            if at < len(spans) and spans[at][0] < match.start():
                continue
            pieces.extend(_bounded(text, first, match.start()))
            first = match.end()
        pieces.extend(_bounded(text, first, end))
    return pieces


def _bounded(text: str, start: int, end: int) -> Iterator[DraftSpan]:
    while end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max(window.rfind(". "), window.rfind("\n")) + 1
        cut = cut if cut > _LONGEST // 2 else (window.rfind(" ") + 1 or _LONGEST)
        yield start, start + cut
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _for_parser(piece: str) -> str:
    """Return a piece as the parser reads it best, of the same length: line ends as spaces, capitals throughout as small."""
    piece = re.sub(r"\s", " ", piece)
    letters = [char for char in piece if char.isalpha()]
    if len(letters) > 40 and sum(char.isupper() for char in letters) > _MANY_CAPITALS * len(letters):  # noqa: PLR2004
        piece = "".join(low if len(low := char.lower()) == 1 else char for char in piece)
    return piece


def _tidy(text: str, spans: Sequence[DraftSpan]) -> list[DraftSpan]:
    """Return spans in order, joined where they touch, without white space at their ends."""
    found: list[DraftSpan] = []
    for start, end in sorted(spans):
        first, last = start, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first >= last or not _WORD.search(text, first, last):
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _kind(text: str, content: Sequence[DraftSpan], marked: Sequence[DraftSpan]) -> Kind:
    inside = outside = 0
    for start, end in content:
        for match in _WORD.finditer(text, start, end):
            if any(s <= match.start() < e for s, e in marked):
                inside += 1
            else:
                outside += 1
    return "indirect" if not inside else "direct" if not outside else "mixed"


def _outer(one: Told, told: Sequence[Told]) -> int | None:
    around = [
        (sum(e - s for s, e in other.content), number)
        for number, other in enumerate(told)
        if other is not one
        and any(s <= one.content[0][0] and one.content[0][1] <= e and s <= one.head < e for s, e in other.content)
    ]
    return min(around)[1] if around else None
