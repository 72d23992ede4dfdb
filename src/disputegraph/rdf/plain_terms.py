"""RDF terms as people and plain JSON know them."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {
    _XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt",
        "unsignedLong", "unsignedShort", "unsignedByte", "nonPositiveInteger", "negativeInteger",
    )
}  # fmt: skip
_FLOATS = {_XSD + name for name in ("decimal", "double", "float")}


def plain_value(term: object) -> str | int | float | bool | None:
    """Return a term as a Python value: an IRI or a text as str, numbers and truth values as such, unbound as None.

    Dates stay ISO 8601 texts. A number that its datatype does not allow, or that JSON cannot hold (NaN, infinity),
    stays the text it is.
    """
    if term is None:
        return None
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if isinstance(term, NamedNode):
        return term.value
    if not isinstance(term, Literal):
        return str(term)
    datatype = term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype in _FLOATS:
            number = float(term.value)
            return number if abs(number) < float("inf") else term.value
    except ValueError:
        return term.value
    if datatype == _XSD + "boolean" and term.value in ("true", "1", "false", "0"):
        return term.value in ("true", "1")
    return term.value


def short_iri(term: object, prefixes: Mapping[str, str]) -> str:
    """Return a term for a table: an IRI as a prefixed name where a prefix fits, a literal as its bare text."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        iri = term.value
        best = max(
            (name for name in prefixes if iri.startswith(prefixes[name])), key=lambda n: len(prefixes[n]), default=None
        )
        rest = iri[len(prefixes[best]) :] if best is not None else ""
        return f"{best}:{rest}" if rest and not set(rest) & set("/#?") else iri
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return str(getattr(term, "value", term))
