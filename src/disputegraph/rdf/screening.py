"""Screen data on its way to the engine for what would kill it or keep it busy for ever.

What was measured: RDF/XML entities are expanded without end; triple terms nested 100,000 deep overflow the stack, and
so do 10,000 nested lists of JSON-LD; reading nested RDF/XML or JSON-LD takes time that grows with the square of the
depth. Turtle's nested brackets do no harm (a million deep in six seconds). The screens look at the bytes only, at a
small part of the cost of parsing; whether the text is RDF at all is for the engine to say.
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
"""Nested elements of RDF/XML, as far as they are still open where a piece of the file ends."""

MAX_ATTRIBUTES = 10_000
"""Attributes of one element of RDF/XML, each of which the engine compares with all before it."""

MAX_TERM_DEPTH = 60
"""Triple terms (RDF 1.2) within one another; the engine reads no answer that has 64."""

MAX_EXPANSION = 100_000_000
"""Bytes that the entities of an RDF/XML file may become."""

_MAX_DOCTYPE = 1_000_000
_MAX_TAG = 1 << 24
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
    _ENTITY = re.compile(rb"""<!ENTITY\s+([^\s%"'>]+)\s+(?:"([^"]*)"|'([^']*)')""")
    _USE = re.compile(rb"&([^;\s&#]{1,100});")
    _OPENING = re.compile(rb"<!--|<!\[CDATA\[")
    _CUT = re.compile(rb"(?:<(?:!(?:-|\[[CDAT]{0,5})?)?|/)\Z")
    _TAG = re.compile(rb"""[^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+""")
    _VALUE = re.compile(rb"""=\s*(?:"[^"]*+"|'[^']*+')""")
    _LONG_TAG = 3 * MAX_ATTRIBUTES  # bytes in which there may be too many
    _KEPT = 200  # bytes of a piece that are looked at again with the next, for names cut in two

    def __init__(self, name: str) -> None:
        self._name = name
        self._end = _XmlEnd(name)
        self._depth = 0
        self._until, self._rest = b"", b""  # the end of the comment we are in; bytes to look at with the next piece
        self._open = b">"  # what there is of the tag that we are in
        self._tail = b""
        self._doctype: bytes | None = None
        self._entities: dict[bytes, int] = {}
        self._expanded = 0

    def feed(self, piece: bytes) -> None:
        self._end.feed(piece)
        self._follow(piece)
        text = self._tail + piece
        if self._doctype is None and b"<!DOCTYPE" in text:
            self._doctype = b""
            text = text[text.index(b"<!DOCTYPE") :]
        if self._doctype is not None:
            self._doctype += text if not self._doctype else piece
            self._declare()
        self._count(text)
        self._tail = text[-self._KEPT :]

    def _follow(self, piece: bytes) -> None:
        """Keep count of the elements that are open, past comments and CDATA."""
        text, self._rest = self._rest + piece, b""
        while text:
            if self._until:
                end = text.find(self._until)
                if end < 0:
                    self._rest = text[-2:]
                    return
                text, self._until = text[end + 3 :], b""
            opening = self._OPENING.search(text)
            outside = text[: opening.start()] if opening else text
            if opening:
                self._until, text = (b"-->" if opening[0] == b"<!--" else b"]]>"), text[opening.end() :]
            else:
                # What may be a mark cut in two waits for the next piece.
                cut = self._CUT.search(outside) if piece else None
                if cut:
                    outside, self._rest = outside[: cut.start()], outside[cut.start() :]
                text = b""
            self._attributes(outside)
            self._depth += (
                outside.count(b"<") - 2 * outside.count(b"</") - outside.count(b"/>")
                - outside.count(b"<!") - outside.count(b"<?")
            )  # fmt: skip
            if self._depth > MAX_XML_DEPTH:
                raise LimitError(f"{self._name}: nests elements deeper than {MAX_XML_DEPTH:,}; flatten them.")

    def _attributes(self, outside: bytes) -> None:
        """Count the attributes of long tags; a tag may be cut in two by the pieces."""
        tags = outside.split(b"<")
        tags[0] = self._open + tags[0]
        for tag in tags:
            if len(tag) > self._LONG_TAG and not tag.startswith(b">"):
                whole = self._TAG.match(tag)
                text = whole[0] if whole else b""
                if len(text) > _MAX_TAG or sum(1 for _ in self._VALUE.finditer(text)) > MAX_ATTRIBUTES:
                    raise LimitError(f"{self._name}: an element has more than {MAX_ATTRIBUTES:,} attributes.")
        last = self._TAG.match(tags[-1])
        closed = last is not None and tags[-1][last.end() : last.end() + 1] == b">"
        self._open = b">" if closed else tags[-1]

    def _declare(self) -> None:
        text = self._doctype or b""
        if len(text) > _MAX_DOCTYPE:
            if not self._ended(text):
                self._too_much()
            self._doctype = None
            return
        for match in self._ENTITY.finditer(text):
            value = match[2] if match[2] is not None else match[3]
            size = len(value) + sum(self._entities.get(used, 0) for used in self._USE.findall(value))
            # The first declaration of a name counts (XML 1.0, section 4.2); the larger is the safe one to assume.
            self._entities[match[1]] = max(size, self._entities.get(match[1], 0))
            if size > MAX_EXPANSION:
                self._too_much()

    @staticmethod
    def _ended(text: bytes) -> bool:
        return re.search(rb"\]\s*>", text) is not None

    def _count(self, text: bytes) -> None:
        if self._entities:
            for used in self._USE.findall(text):
                self._expanded += self._entities.get(used, 0)
            if self._expanded > MAX_EXPANSION:
                self._too_much()

    def _too_much(self) -> NoReturn:
        raise LimitError(
            f"{self._name}: its XML entities would grow to more than {MAX_EXPANSION // 1_000_000} MB; write them out."
        )


class _XmlEnd:
    """Sees that a document is there to its end: the engine takes one that is cut between two elements for whole.

    What else is wrong with it, the engine says.
    """

    _CUT = (
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    )

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser: expat.XMLParserType | None = expat.ParserCreate("UTF-8")

    def feed(self, piece: bytes) -> None:
        if self._parser is None:
            return
        try:
            self._parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            self._parser = None
            if not piece and error.code in self._CUT:
                text = "ends before its last element is closed; the file is not complete."
                raise DataError(text, path=self._name, line=error.lineno) from None
