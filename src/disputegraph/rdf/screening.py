"""Screen data on its way to the engine for what would kill it or keep it busy for ever.

What was measured: RDF/XML entities are expanded without end; triple terms nested 100,000 deep overflow the stack, and
so do 10,000 nested lists of JSON-LD; reading nested RDF/XML or JSON-LD takes time that grows with the square of the
depth. Turtle's nested brackets do no harm (a million deep in six seconds). The screens look at the bytes only, at a
small part of the cost of parsing, XML by way of expat; whether the text is RDF at all is for the engine to say.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn, Protocol
from xml.parsers import expat

from disputegraph.errors import DataError, LimitError
from disputegraph.rdf.formats import Format

MAX_JSON_DEPTH = 200
"""Nested objects and arrays of JSON-LD."""

MAX_XML_DEPTH = 5_000
"""Nested elements of RDF/XML."""

MAX_ATTRIBUTES = 10_000
"""Attributes of one element of RDF/XML, each of which the engine compares with all before it."""

MAX_TERM_DEPTH = 60
"""Triple terms (RDF 1.2) within one another; the engine reads no answer that has 64."""

MAX_EXPANSION = 100_000_000
"""Bytes that the entities of an RDF/XML file may become."""

_MAX_STEPS = 200  # entities within one another, which expat follows on its stack
_CUT = (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN)
_PIECE = 1 << 20


class Screen(Protocol):
    """Looks at a document piece by piece."""

    def feed(self, piece: bytes) -> None:
        """Take note of the next piece; raises LimitError when the document goes too far."""


def screen(form: Format, name: str) -> Screen:
    """Return the screen for a document of a format other than JSON-LD; `name` is what errors call it."""
    return _Xml(name) if form.name == "rdfxml" else _TripleTerms(name)


# A string that is not closed is taken to the end, so that no quote in it is looked at as the beginning of another.
_JSON_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_NO_BRACKET = bytes(code for code in range(256) if code not in b"{}[]")


def refuse_deep_json(name: str, text: bytes) -> None:
    """Refuse a JSON document that nests deeper than `MAX_JSON_DEPTH`; raises LimitError."""
    brackets = _JSON_STRING.sub(b"", text).translate(None, _NO_BRACKET)
    # Each pass takes the innermost pairs away, so there are as many passes as levels.
    passes = 0
    while (fewer := brackets.replace(b"{}", b"").replace(b"[]", b"")) != brackets and passes <= MAX_JSON_DEPTH:
        brackets, passes = fewer, passes + 1
    if passes > MAX_JSON_DEPTH or len(brackets) > MAX_JSON_DEPTH:
        raise LimitError(f"{name}: nests objects and arrays deeper than {MAX_JSON_DEPTH}; flatten them.")


def needs_screening(form: Format, path: Path) -> bool:
    """Return whether the engine should not be given this file as it is."""
    if form.name in ("rdfxml", "jsonld"):
        return True
    # Read and not mapped: the pages of a mapped file count as this process' memory.
    with path.open("rb", buffering=0) as stream:
        last = b""
        while piece := stream.read(_PIECE):
            if b"<<" in piece or (last == b"<" and piece[:1] == b"<"):
                return True
            last = piece[-1:]
    return False


class _TripleTerms:
    # A quote begins a literal, and no triple term can be open around what follows one: the depth begins anew. A quote
    # within an IRI, behind a backslash or in a comment begins none.
    _MARK = re.compile(rb"""<[^<>"\s]*>|\\.|<<|>>|["']|#|[\r\n]""")
    _CUT = re.compile(rb"""(?:<[^<>"\s]*|>|\\)\Z""")
    _LONGEST_CUT = 1 << 20

    def __init__(self, name: str) -> None:
        self._name, self._depth = name, 0
        self._behind_hash = False
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        if b"<<" not in piece and not self._depth and not self._tail:
            # A comment that reaches into the next piece hides its quotes.
            ended = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
            self._behind_hash = (self._behind_hash and ended < 0) or b"#" in piece[ended + 1 :]
            return
        text = self._tail + piece
        cut = self._CUT.search(text, max(0, len(text) - self._LONGEST_CUT)) if piece else None
        self._tail = cut[0] if cut else b""
        for mark in self._MARK.findall(text, 0, len(text) - len(self._tail)):
            if mark == b"<<":
                self._depth += 1
                if self._depth > MAX_TERM_DEPTH:
                    raise LimitError(f"{self._name}: nests triple terms deeper than {MAX_TERM_DEPTH}; flatten them.")
            elif mark == b">>":
                self._depth = max(0, self._depth - 1)
            elif mark in (b"#", b"\n", b"\r"):
                self._behind_hash = mark == b"#"
            elif mark in (b'"', b"'") and not self._behind_hash:
                self._depth = 0


class _Xml:
    """Reads along by expat: that a document is well-formed to its end, and how deep, wide and large it becomes.

    What is wrong with it as RDF, the engine says.
    """

    _USE = re.compile(r"&([^;\s&#]{1,100});")

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = self._expanded = 0
        self._entities: dict[str, tuple[int, int]] = {}  # how large each becomes, and from how many steps
        parser = self._parser = expat.ParserCreate("UTF-8")
        parser.ordered_attributes = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.EntityDeclHandler = self._declare
        self._ended = False

    def feed(self, piece: bytes) -> None:
        if self._ended:
            return
        self._ended = not piece
        try:
            self._parser.Parse(piece, self._ended)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            if "amplification" in said:
                self._too_much()
            if said in _CUT:
                said = "it ends before its last element is closed; the file is not complete"
            text = f"is not valid rdfxml: {said}."
            raise DataError(text, path=self._name, line=error.lineno, column=error.offset + 1) from None

    def _start(self, _: str, attributes: list[str]) -> None:
        self._depth += 1
        if self._depth > MAX_XML_DEPTH:
            raise LimitError(f"{self._name}: nests elements deeper than {MAX_XML_DEPTH:,}; flatten them.")
        if len(attributes) > 2 * MAX_ATTRIBUTES:  # names and values
            raise LimitError(f"{self._name}: an element has more than {MAX_ATTRIBUTES:,} attributes.")
        if self._entities:
            self._count("".join(attributes[1::2]))

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _declare(self, name: str, _parameter: bool, value: str | None, *_: object) -> None:
        used = [self._entities[each] for each in self._USE.findall(value or "") if each in self._entities]
        size, steps = len(value or "") + sum(one for one, _ in used), 1 + max((one for _, one in used), default=0)
        if size > MAX_EXPANSION or steps > _MAX_STEPS:
            self._too_much()
        self._entities.setdefault(name, (size, steps))  # the first declaration counts (XML 1.0, section 4.2)
        self._parser.CharacterDataHandler = self._count

    def _count(self, text: str) -> None:
        self._expanded += len(text)
        if self._expanded > MAX_EXPANSION + self._parser.CurrentByteIndex:
            self._too_much()

    def _too_much(self) -> NoReturn:
        raise LimitError(
            f"{self._name}: its XML entities would grow to more than {MAX_EXPANSION // 1_000_000} MB; write them out."
        )
