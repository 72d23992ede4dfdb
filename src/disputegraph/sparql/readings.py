r"""What is code in a SPARQL text, in any way the text may be read: words that reach other servers, and how much it is.

Where a string, a comment or an IRI ends hangs on the grammar: in ``1<2)SERVICE?g#>`` the engine sees a comparison, in
``<2)service?g#>`` an IRI. We do not decide. Where two readings are possible both are followed, and a word counts as
soon as it is code in one of them. So we may refuse what is harmless, and never pass what the engine would act on.

The readings hang on few facts of the grammar (SPARQL 1.1 and 1.2 Query, section 19.8), and on how a parsing expression
grammar such as Oxigraph's goes on after a token that fails:

- A comment ends with its line. A short string ends on its line, and a backslash hides the character behind it.
- A long string that is not closed, or holds an escape that does not exist, may be read as an empty short one and more.
- ``<…>`` without spaces, quotes, braces, ``|^`<`` may be an IRI or two comparisons; ``<scheme://`` is an IRI, since
  nothing else begins with a slash. A comparison stands within parentheses, so behind ``<`` no pattern follows before a
  ``)`` does.
- Letters that follow ``?`` or ``$`` belong to a variable.
- Letters that follow a colon belong to a prefixed name, unless the IRI that it would make is malformed: then the name
  ends at the colon. So there, SERVICE counts if what it needs follows: an endpoint and a brace.
- Some engines resolve ``\u0053`` before anything else (section 19.2); so a text with such escapes is read twice.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple, cast

from disputegraph.errors import LimitError


class NetworkWord(NamedTuple):
    """A word that may reach another server.

    Attributes:
        word: what it is.
        start: its place in the text, in code points; for a word written by escapes, that of the first escape.
        iri: behind FROM, the IRI with its angle brackets if one follows; otherwise empty.
    """

    word: Literal["SERVICE", "LOAD", "FROM"]
    start: int
    iri: str


# In ignoring case, Python also takes letters such as U+017F for an s: more than the engine does, which is safe.
_WORD = re.compile(r"service|load|from", re.IGNORECASE)
_STOP = re.compile(r"""[#'"<\\]""")
# Keywords need no space around them, as in ``true1true``, so a long word may be several; not so a variable.
_PIECE = re.compile(r"[?$]\w+|:?(?:\d+|[^\W\d]{1,5})|[^\w\s]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")

_LINE = re.compile(r"[^\r\n]*")
_SHORT = {quote: re.compile(rf"{quote}(?:[^{quote}\\\r\n]|\\.)*+{quote}") for quote in "'\""}
_LONG = {
    quote: re.compile(rf"{quote}{{3}}(?:{quote}{{0,2}}(?:[^{quote}\\]|\\.))*+{quote}{{3}}", re.DOTALL)
    for quote in "'\""
}
_SURE = re.compile(r"""(?:[^\\]|\\[tbnrf"'\\])*+""")
_IRI = re.compile(r"""<[^<>"{}|^`\x00-\x20]*>""")
_ONLY_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")

_OF_VARIABLE = re.compile(r"[?$]\w*\Z")
_OF_NAME = re.compile(r":(?:\w[\w\-]*)?\Z")
_LONGEST_NAME = 200
_GAP = r"(?:[ \t\r\n]|\#[^\r\n]*)*+"
_CLAUSE = re.compile(
    rf"service{_GAP}(?:silent{_GAP})?(?:<[^>]*>|[?$]\w+|[\w.\-]*+:(?:[\w.\-:%]|\\.)*+){_GAP}\{{", re.IGNORECASE
)
_DATASET = re.compile(rf"from{_GAP}(?:named{_GAP})?(<[^<>\s]*>)", re.IGNORECASE)

_MOST_WORK = 20
"""How often, on average, a character may be looked at, before a text counts as made to keep us busy."""


def network_words(text: str) -> tuple[NetworkWord, ...]:
    """Return the words SERVICE, LOAD and FROM that are code in any reading of `text`, in order of their places.

    Raises:
        LimitError: the text can be read in too many ways to follow them all.
    """
    found = sorted(set(_words(text)), key=_place)
    if (first := _ESCAPE.search(text)) is not None:
        known = {word.word for word in found}
        escaped = sorted(set(_words(_ESCAPE.sub(_resolved, text))), key=_place)
        found += [word._replace(start=first.start()) for word in escaped if word.word not in known]
    return tuple(found)


def is_short(text: str, most: int) -> bool:
    """Return whether a text has no more than so many pieces, those in strings and comments counted too."""
    return sum(1 for _ in islice(_PIECE.finditer(text), most + 1)) <= most


def code_size(text: str, most: int) -> int:
    """Return a number of pieces that is not smaller than that of the tokens; a string or an IRI is one piece.

    Raises:
        LimitError: as `network_words`.
    """
    texts = [text, _ESCAPE.sub(_resolved, text)] if _ESCAPE.search(text) else [text]
    return max(sum(1 for _ in islice(_pieces(each), most + 1)) for each in texts)


def _pieces(text: str) -> Iterator[None]:
    for start, end, _ in _code(text):
        yield
        for _ in _PIECE.finditer(text, start, end):
            yield


def _place(word: NetworkWord) -> int:
    return word.start


def _resolved(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= sys.maxunicode else " "


def _words(text: str) -> Iterator[NetworkWord]:
    if _WORD.search(text) is None:
        return
    for start, end, harmless in _code(text):
        for match in _WORD.finditer(text, start, end):
            if match.start() >= harmless and (word := _word(text, match)):
                yield word


def _code(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches that are code in some reading: start, end, and the place before which no pattern begins."""
    starts = [(0, 0)]
    seen: set[tuple[int, int]] = set()
    reader = _Reader(text)
    while starts:
        here, harmless = starts.pop()
        while here < len(text):
            stop = _STOP.search(text, here)
            at = stop.start() if stop else len(text)
            reader.work += at - here
            yield here, at, harmless
            harmless = harmless if at < harmless else 0
            if stop is None or (at, harmless) in seen:
                break
            seen.add((at, harmless))
            (here, harmless), *others = reader.ends(stop[0], at, harmless)
            starts += others


class _Reader:
    """Reads what is no code, and keeps count of the characters that were looked at."""

    def __init__(self, text: str) -> None:
        self.work = 0
        self._text, self._most = text, _MOST_WORK * len(text) + 10_000
        self._line = (0, -1)  # the piece of a line that was last skipped

    def ends(self, mark: str, at: int, harmless: int) -> list[tuple[int, int]]:
        """Return where code may go on behind the mark at `at`, and up to where no pattern can follow there."""
        if self.work > self._most:
            raise LimitError("the query can be read in too many ways; write its strings and IRIs more plainly.")
        if mark == "\\":  # within a name, as ex:a\\#b
            return [(at + 2, harmless)]
        if mark == "#":
            return [(self._end_of_line(at), harmless)]
        if mark == "<":
            return self._ends_of_iri(at, harmless)
        ends = []
        if self._text.startswith(mark * 3, at):
            long = _LONG[mark].match(self._text, at)
            end = long.end() if long else len(self._text)
            self.work += end - at
            if long:
                ends.append((end, harmless))
                if _SURE.fullmatch(self._text, at, end):
                    return ends
        if short := _SHORT[mark].match(self._text, at):
            self.work += short.end() - at
            ends.append((short.end(), harmless))
        return ends or [(at + 1, harmless)]

    def _ends_of_iri(self, at: int, harmless: int) -> list[tuple[int, int]]:
        iri = _IRI.match(self._text, at)
        if iri is None:
            return [(at + 1, harmless)]
        self.work += iri.end() - at
        if _ONLY_IRI.match(self._text, at):
            return [(iri.end(), harmless)]
        closing = self._text.find(")", at, iri.end())
        return [(iri.end(), harmless), (at + 1, iri.end() if closing < 0 else closing)]

    def _end_of_line(self, at: int) -> int:
        # A long line may have many marks that may begin a comment; what is known of it is not looked at again.
        begin, end = self._line
        if not begin <= at <= end:
            near = begin if at < begin else len(self._text)
            reached = cast("re.Match[str]", _LINE.match(self._text, at, near)).end()
            self._line = (at, end if reached == begin else reached)
        return self._line[1]


def _word(text: str, stop: re.Match[str]) -> NetworkWord | None:
    """Return the word at `stop`, read as code; None where it is part of a name."""
    before = text[max(0, stop.start() - _LONGEST_NAME) : stop.start()]
    word = cast("Literal['SERVICE', 'LOAD', 'FROM']", stop[0].upper().replace("\u017f", "S"))
    if _OF_VARIABLE.search(before):
        return None
    if _OF_NAME.search(before) and not (word == "SERVICE" and _CLAUSE.match(text, stop.start())):
        return None
    dataset = _DATASET.match(text, stop.start()) if word == "FROM" else None
    return NetworkWord(word, stop.start(), dataset[1] if dataset else "")
