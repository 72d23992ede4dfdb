"""What is wanted of source texts: a quotation for an anchor, with the paragraph around it."""

from __future__ import annotations

from typing import Protocol


class Quotation(Protocol):
    """A span found in a source text."""

    @property
    def text(self) -> str:
        """The words of the span; empty where it is lost."""

    @property
    def start(self) -> int:
        """First code point of the span in the text at hand."""

    @property
    def paragraph(self) -> str:
        """The paragraph it stands in."""

    @property
    def start_in_paragraph(self) -> int:
        """First code point of the span, counted in the paragraph."""

    @property
    def end_in_paragraph(self) -> int:
        """The code point after it."""

    @property
    def status(self) -> str:
        """``verified``, ``re-found``, ``ambiguous`` or ``lost``."""


class SourceTexts(Protocol):
    """Source texts at hand, such as `disputegraph.evidence.Sources`."""

    def quote(self, document_digest: str | None, start: int, end: int, sha256: str) -> Quotation | None:
        """Return the quotation for an anchor, or None where the document is not at hand."""
