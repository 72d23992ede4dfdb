"""The drafter `spacy`: quotation marks and a parser's tree together, with who the speakers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from disputegraph.coding import Known
from disputegraph.drafting.cue_acts import with_acts
from disputegraph.drafting.draft_nesting import nested, quotation_kind
from disputegraph.drafting.draft_records import Draft
from disputegraph.drafting.missed_quotations import with_missed_quotations
from disputegraph.drafting.parser_pieces import as_parsed, parser_pieces
from disputegraph.drafting.quotation_marks import quotations
from disputegraph.drafting.rule_drafting import drafts_by_rules
from disputegraph.drafting.spacy_pipelines import best_pipeline, load_pipeline, pipeline_version
from disputegraph.drafting.speaker_resolution import resolve_speakers
from disputegraph.drafting.told_in_text import told_in_text

_VERSION = "2"
_BATCH = 64


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
        pieces = parser_pieces(text)
        docs = self._pipeline.pipe((as_parsed(text[start:end]) for start, end in pieces), batch_size=_BATCH)
        told = told_in_text(text, quoted, zip(pieces, docs, strict=True))
        told.sort(key=lambda one: (one.content[0], one.head))
        marked = sorted(span for one in quoted for span in one.inner)
        drafts = [
            Draft(
                content=tuple(one.content),
                source=tuple(one.source),
                cue=tuple(one.cue),
                kind=quotation_kind(text, one.content, marked),
                program=self.program,
                version=self.version,
            )
            for one in told
        ]
        by_rules = [replace(one, program=self.program, version=self.version) for one in drafts_by_rules(text)]
        drafts = with_missed_quotations(drafts, by_rules)
        return with_acts(text, resolve_speakers(text, nested(drafts), self._actors))
