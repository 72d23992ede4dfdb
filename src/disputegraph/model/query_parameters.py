"""The values that users give to parameters of queries."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, RdfFormat
from pyoxigraph import parse as parse_rdf

from disputegraph.errors import UsageError
from disputegraph.model.name_search import find_node
from disputegraph.store import Store, Term

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PLAIN = (
    (re.compile(r"[+-]?\d+"), "integer"),
    (re.compile(r"[+-]?\d*\.\d+"), "decimal"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "date"),
    (re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?"), "dateTime"),
    (re.compile(r"true|false"), "boolean"),
)


def parameter_term(value: str, store: Store) -> Term:
    """Return the RDF term that a user means by the value of a query parameter.

    Args:
        value: an IRI (with or without angle brackets), a prefixed name, a literal as in Turtle (``"text"``,
            ``"text"@en``, ``"2016"^^xsd:gYear``), a number, an ISO date, true or false, or the name of a node.
        store: where prefixes and names are looked up.

    Raises:
        UsageError: it is none of these; the nearest names are given.
    """
    for pattern, datatype in _PLAIN:
        if pattern.fullmatch(value):
            return Literal(value, datatype=NamedNode(_XSD + datatype))
    if value[:1] in ('"', "'"):
        return _literal(value, store)
    try:
        return NamedNode(find_node(value, store))
    except UsageError as error:
        raise UsageError(f"{error} To pass a text, quote it: '\"{value}\"'.") from None
    except ValueError as error:
        raise UsageError(f"'{value}' is not an IRI: {error}.") from None


def _literal(value: str, store: Store) -> Literal:
    prefixes = {"xsd": _XSD, **store.prefixes}
    head = "".join(f"@prefix {name}: <{iri}> . " for name, iri in prefixes.items())
    try:
        (quad,) = parse_rdf(f"{head}\n<urn:s> <urn:p>\n{value}\n.".encode(), RdfFormat.TURTLE)
    except (SyntaxError, ValueError):
        raise UsageError(f'{value} is not a literal; write "text", "text"@en or "2016"^^xsd:gYear.') from None
    if not isinstance(quad.object, Literal):
        raise UsageError(f"{value} is not a literal.")
    return quad.object
