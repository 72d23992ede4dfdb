"""Drafts by rules alone: quotation marks, verbs of saying, "according to", labels before a colon; no model, no parser.

A text is cut into sentences in which a quotation counts as one piece. In each, words outside quotations are looked up
in the table of frames; the first frame that fits a word gives a draft. Whom it names is found by reading on from the
verb to where a noun phrase must begin or end. What the rules cannot see, they leave out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from disputegraph.coding import Known
from disputegraph.drafting.cue_acts import with_acts
from disputegraph.drafting.draft_nesting import nested, quotation_kind
from disputegraph.drafting.draft_records import Draft, DraftSpan
from disputegraph.drafting.quotation_marks import Quotation, quotations
from disputegraph.drafting.rule_clauses import reported_speech
from disputegraph.drafting.rule_quotations import direct_speech, introduction
from disputegraph.drafting.rule_units import Said, Unit, rule_units
from disputegraph.drafting.span_lists import tidy_spans
from disputegraph.drafting.speaker_labels import label_before_colon
from disputegraph.drafting.speaker_resolution import resolve_speakers
from disputegraph.drafting.text_paragraphs import paragraph_spans


class RuleDrafter:
    """Drafts by rules.

    Attributes:
        program: ``rules``.
        version: that of these rules.
    """

    program = "rules"
    version = "2"

    def __init__(self, *, actors: Sequence[Known] = ()) -> None:
        """Take the actors that a project knows."""
        self._actors = actors

    def draft(self, text: str) -> list[Draft]:
        """Return the statements that a text may report, in order of their places."""
        drafts = [replace(draft, program=self.program, version=self.version) for draft in drafts_by_rules(text)]
        return resolve_speakers(text, with_acts(text, drafts), self._actors)


def drafts_by_rules(text: str) -> list[Draft]:
    """Return what the rules find in a text, without who the speakers are and what the cues do."""
    paragraphs = paragraph_spans(text)
    quotes = quotations(text, paragraphs)
    marked = [span for quote in quotes for span in quote.inner]
    drafts = [
        Draft(
            content=tuple(content),
            source=(one.source,) if one.source else (),
            cue=(one.cue,) if one.cue else (),
            kind=quotation_kind(text, content, marked),
        )
        for one in _said_in(text, paragraphs, quotes)
        if (content := tidy_spans(text, one.content, edges=",.;:", apart=1))
    ]
    return nested(drafts)


def _said_in(text: str, paragraphs: list[DraftSpan], quotes: list[Quotation]) -> list[Said]:
    """Return what the sentences of a text tell, quotations that go on over several of them whole."""
    said: list[Said] = []
    last: Said | None = None  # who spoke in quotation marks in the sentence before
    before = {start: quote.spans[number][1] for quote in quotes for number, (start, _) in enumerate(quote.spans[1:])}
    introduced: tuple[DraftSpan, DraftSpan | None] | None = None
    for unit in rule_units(text, paragraphs, _by_paragraph(quotes)):
        found = _said_in_sentence(unit)
        first = found[0] if found and found[0].direct else None
        if first is not None and first.cue is None and introduced is not None:
            first.cue, first.source = introduced
        introduced = introduction(unit)
        if first is not None and last is not None:
            start = first.content[0][0]
            goes_on = before.get(start) == last.content[-1][1]  # over paragraphs
            if goes_on or (first.cue is None and start == unit.start):
                last.content += first.content
                if last.cue is None:
                    last.source, last.cue = first.source, first.cue
                found, first = found[1:], last
        said += found
        spoken = [one for one in found if one.direct]
        last = spoken[-1] if spoken else first
    return said


def _by_paragraph(quotes: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations, one that runs over paragraphs as one a paragraph: its cue may stand in any of them."""
    return [
        Quotation((span,), (inner,), quote.closed)
        for quote in quotes
        for span, inner in zip(quote.spans, quote.inner, strict=True)
    ]


def _said_in_sentence(unit: Unit) -> list[Said]:
    found = direct_speech(unit)
    rest = (index for index in range(len(unit.tokens)) if index not in unit.used)
    found += [told for index in rest if (told := reported_speech(unit, index)) is not None]
    label = None if found else label_before_colon(unit.text, unit.start, unit.end)
    if label is not None:
        name, words = label
        found.append(Said([words], name, (name[1], name[1] + 1)))
    return found
