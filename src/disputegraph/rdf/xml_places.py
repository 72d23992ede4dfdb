"""The line of a fault in RDF/XML, of which the engine tells nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque

from pyoxigraph import RdfFormat, parse

MOST_TEXT = 1 << 24
"""Bytes of a document that are read again and again; of a larger one no line is told."""


def xml_line(text: bytes, said: str, base: str | None) -> int | None:
    """Return the line, counted from 1, with which the engine begins to complain; None where that is not to be told."""
    lines = text.splitlines(keepends=True)
    if len(text) > MOST_TEXT or not lines or len(lines[0]) == len(text):
        return 1 if text and len(text) <= MOST_TEXT else None

    def complains(number: int) -> bool:
        try:
            deque(parse(b"".join(lines[:number]), RdfFormat.RDF_XML, base_iri=base), maxlen=0)
        except SyntaxError as error:
            return (error.msg or str(error)) == said
        return False

    if complains(1):
        return len(lines) if complains(len(lines) - 1) else 1  # what misses its end does so at every line
    return bisect_left(range(1, len(lines)), True, key=complains) + 1
