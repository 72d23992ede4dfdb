"""Where the sentences of a text are, without a parser."""

from __future__ import annotations

import re

__all__ = ["sentence_spans"]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text."""
    return [match.span() for match in re.finditer(r"\S[^.!?\n]*[.!?]*[”\"]*", text)]
