"""What the page wants of source texts: a quotation for an anchor, with the paragraph around it."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Quotation", "SourceTexts"]


class Quotation(Protocol):
    """A span found in a source text.

    Attributes:
        text: the words of the span.
        paragraph: the paragraph it stands in.
        start_in_paragraph: first code point of the span, counted in the paragraph.
        end_in_paragraph: the code point after it.
        status: ``verified``, ``re-found``, ``ambiguous`` or ``lost``.
    """

    @property
    def text(self) -> str: ...

    @property
    def paragraph(self) -> str: ...

    @property
    def start_in_paragraph(self) -> int: ...

    @property
    def end_in_paragraph(self) -> int: ...

    @property
    def status(self) -> str: ...


class SourceTexts(Protocol):
    """Source texts at hand, such as `disputegraph.evidence.Sources`."""

    def quote(self, document_digest: str | None, start: int, end: int, sha256: str) -> Quotation | None:
        """Return the quotation for an anchor, or None where the document is not at hand."""
