"""Who speaks by a label before a colon: in headlines (``Minister: talks go on``), interviews and transcripts."""

from __future__ import annotations

import re

from disputegraph.drafting.draft_records import DraftSpan

_LABEL = re.compile(
    r"(?P<name>(?:(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|of|the|for|and|&)[ ]){0,6}"
    r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: \([^)\n]{1,40}\))?):[ ]+(?=\S)"
)
# What a colon follows that nobody says.
_NOBODY = re.compile(
    r"(?:by|byline|photo|photos|image|video|watch|read|related|update|updated|note|editor|"
    r"correction|source|sources|credit|dateline|section|length|graphic|caption|copyright|"
    r"contact|phone|email|location|date|time|example|here|tags|topics|abstract|full text|"
    r"read more|more|see also|follow|subscribe|exclusive|breaking|analysis|opinion|review|part|"
    r"chapter|bottom line|fact|question|answer key|ps|re|subject|to|from|cc|sent|url|via|"
    r"result|results|next|first|second|third)\Z",
    re.IGNORECASE,
)
_LEAST_WORDS = 4


def label_before_colon(text: str, start: int, end: int) -> tuple[DraftSpan, DraftSpan] | None:
    """Return the label that a piece of a text begins with and what it says, or None.

    Args:
        text: the text.
        start: where a piece begins: a line or a paragraph.
        end: where it ends.
    """
    match = _LABEL.match(text, start, end)
    if match is None or match.end() >= end:
        return None
    last = match["name"].split()[-1]
    if _NOBODY.match(match["name"]) or _NOBODY.match(last) or len(text[match.end() : end].split()) < _LEAST_WORDS:
        return None
    return match.span("name"), (match.end(), end)
