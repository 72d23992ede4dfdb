"""What XML can hold: documents that an engine writes are well-formed, or there is an error and no document.

XML 1.0 (W3C Recommendation 2008), section 2.2: characters that it has neither literally nor as references; section
2.11: a carriage return that stands literally is read as a line end. RDF/XML (W3C Recommendation 2014), sections 5.1 and
6.1.2: properties are XML names, and those of the syntax are not properties.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import IO, Any, NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from disputegraph.errors import FormatError
from disputegraph.vocabulary import RDF

_NO_CHARACTER = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf].")
# A class that is not an XML name: the engine writes an element without a name for it (oxigraph/oxigraph#1859).
_NAMELESS = re.compile(rb'<oxprefix: xmlns:oxprefix="([^"]*)"([^>]*)>')
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LAST_NAME = re.compile(rf"[{_START}][{_START}\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*\Z")
_WITHDRAWN = {RDF.base + name for name in ("bagID", "aboutEach", "aboutEachPrefix")}
_SYNTAX = _WITHDRAWN | {
    RDF.base + name
    for name in ("RDF", "Description", "ID", "about", "parseType", "resource", "nodeID", "datatype", "li")
}
_XMLNS, _XML = "http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace"
_ITS = "http://www.w3.org/2005/11/its"
_OTHERS = "Write turtle, ntriples or jsonld."


class XmlOutput:
    """A stream for XML that an engine writes: refuses what XML cannot hold, keeps carriage returns.

    Args:
        output: where it goes.
        what: the format, for errors, and what can hold the data instead.
    """

    def __init__(self, output: IO[bytes], what: str) -> None:
        self._output, self._what = output, what
        self._rest = b""

    def write(self, data: bytes) -> int:
        """Pass on what ends with a tag; raises FormatError."""
        text = self._rest + bytes(data)
        end = text.rfind(b">") + 1  # never within a tag or a character
        self._rest = text[end:]
        self._pass_on(text[:end])
        return len(data)

    def flush(self) -> None:
        """Pass on what was written before; what has not ended waits."""
        self._output.flush()

    def finish(self) -> None:
        """Pass on the end; raises FormatError."""
        self._pass_on(self._rest)
        self._rest = b""

    def _pass_on(self, text: bytes) -> None:
        if found := _NO_CHARACTER.search(text):
            character = found[0].decode("utf-8", "surrogatepass")
            raise FormatError(f"XML cannot hold the character U+{ord(character):04X} that is in the data. {self._what}")
        text = text.replace(b"\r", b"&#xD;")
        if b"oxprefix:" in text:
            described = rb'<rdf:Description\2>\n\t\t<rdf:type rdf:resource="\1"/>'
            text = _NAMELESS.sub(described, text).replace(b"</oxprefix:>", b"</rdf:Description>")
        self._output.write(text)


def as_rdfxml(quads: Iterable[Quad], namespaces: Collection[str]) -> Iterator[Quad]:
    """Yield quads that RDF/XML can hold, blank nodes renamed whose labels are not XML names; raises FormatError."""
    empty = {*namespaces, RDF.base, _ITS}
    for quad in quads:
        value = quad.object
        if quad.predicate == RDF.type and isinstance(value, NamedNode) and value.value in empty:
            _refuse_class(value.value)  # the engine would write its prefix and no name
        fit = _fit(quad.triple)
        yield quad if fit is quad.triple else Quad(fit.subject, fit.predicate, fit.object, quad.graph_name)


def xml_prefixes(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that XML namespaces allow (Namespaces in XML, section 3)."""
    return {
        name: iri for name, iri in prefixes.items()
        if name.lower() not in ("xml", "xmlns") and iri and iri not in (_XMLNS, _XML)
    }  # fmt: skip


def _fit(triple: Triple) -> Triple:
    _refuse_unnamed(triple.predicate.value)
    if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
        _refuse_misread_class(triple.object.value)
    subject, value = _named(triple.subject), _named(triple.object)
    if subject is triple.subject and value is triple.object:
        return triple
    return Triple(subject, triple.predicate, value)


def _named(term: Any) -> Any:
    if isinstance(term, Triple):
        return _fit(term)
    if isinstance(term, BlankNode) and (not _LAST_NAME.match(term.value) or term.value.startswith("_.")):
        return BlankNode(f"_.{term.value.encode().hex()}")  # a label of ours only, so that two never become one
    return term


@cache
def _refuse_unnamed(iri: str) -> None:
    local = _local_name(iri)
    if iri in _SYNTAX:
        reason = "which is a name of its syntax"
    elif iri.startswith(_XMLNS):
        reason = "whose namespace XML keeps for itself"
    elif not local or local == iri or not _is_read(local):
        reason = "whose IRI does not end in an XML name"
    else:
        return
    raise FormatError(f"RDF/XML cannot hold the property <{iri}>, {reason}. {_OTHERS}")


@cache
def _refuse_misread_class(iri: str) -> None:
    if iri in _WITHDRAWN or iri.startswith(_XMLNS) or ((local := _local_name(iri)) and not _is_read(local)):
        _refuse_class(iri)


def _refuse_class(iri: str) -> NoReturn:
    raise FormatError(f"RDF/XML as it is written here cannot hold the class <{iri}>. {_OTHERS}")


def _local_name(iri: str) -> str:
    """Return the longest XML name at the end of an IRI; what precedes it is the namespace."""
    found = _LAST_NAME.search(iri)
    return found[0] if found else ""


def _is_read(name: str) -> bool:
    """Whether parsers read a name: those of before 2008 take fewer letters than XML 1.0 now has."""
    try:
        ParserCreate().Parse(f"<{name}/>", True)
    except ExpatError:
        return False
    return True
