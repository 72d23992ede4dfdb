"""The tokens of a SPARQL text, so that nothing ever has to guess inside strings, comments or IRIs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["iri", "string", "variable", "name", "word", "number", "comment", "space", "mark"]

# SPARQL 1.1 Query, section 19.8 (terminals), in order of precedence. A piece that fits nothing is a mark of one
# character: whether the text is a query at all is for the engine to say, not for us. Strings are matched possessively,
# so that a long one leaves no trail of places to come back to.
_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*+''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*+\"\"\"
        | '(?:[^'\\\n\r]|\\.)*+' | "(?:[^"\\\n\r]|\\.)*+")
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?|_)?:(?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*
        (?:[\w:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))?)
    | (?P<number>\d+\.?\d*(?:[eE][+\-]?\d+)?)
    | (?P<word>@?[^\W\d_][\w\-]*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):  # the cheapest of records: a query has hundreds
    """A piece of SPARQL text.

    Attributes:
        kind: what the piece is; ``name`` is a prefixed name, ``word`` a keyword or function name.
        text: the piece as it stands.
        start: its first code point in the query.
    """

    kind: Kind
    text: str
    start: int


def tokenise(query: str, *, significant: bool = True) -> Iterator[Token]:
    """Yield the tokens of `query` in order.

    Args:
        query: SPARQL text, valid or not.
        significant: leave out white space and comments; with False the texts add up to `query` exactly.
    """
    for match in _TOKEN.finditer(query):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are the kinds
        if not (significant and kind in ("space", "comment")):
            yield Token(kind, match.group(), match.start())


def line_of(query: str, position: int) -> int:
    """Return the line, counted from 1, of a position in `query`."""
    return query.count("\n", 0, position) + 1
