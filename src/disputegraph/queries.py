"""The queries a user can name, and the values of their parameters."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat
from pyoxigraph import parse as parse_rdf

from disputegraph.errors import UsageError, nearest
from disputegraph.records import Records, resolve
from disputegraph.resources import ontology_folder
from disputegraph.sparql import QueryFile, examine, read_query_file, read_query_folder
from disputegraph.store import Store, Term

__all__ = ["find_query", "named_queries", "parameter_term"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PLAIN = (
    (re.compile(r"[+-]?\d+"), "integer"),
    (re.compile(r"[+-]?\d*\.\d+"), "decimal"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "date"),
    (re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?"), "dateTime"),
    (re.compile(r"true|false"), "boolean"),
)


@cache
def named_queries() -> dict[str, QueryFile]:
    """Return the queries that come with the ontology, by name."""
    return read_query_folder(ontology_folder() / "queries")


def find_query(query: str) -> QueryFile:
    """Return the query that a user means.

    Args:
        query: the name of a named query, the path of a ``.rq`` or ``.sparql`` file, or SPARQL text.

    Raises:
        QueryError: the file cannot be read.
        UsageError: it is neither a name nor a file nor SPARQL; the nearest names are given.
    """
    known = named_queries()
    if query in known:
        return known[query]
    one_line = "\n" not in query
    if one_line and (query.endswith((".rq", ".sparql")) or _is_file(query)):
        return read_query_file(Path(query))
    if not one_line or re.search(r"[\s{}]", query.strip()) or examine(query).form:
        return QueryFile("query", Path("query"), query, {}, {}, {})
    raise UsageError(
        f"there is no query named '{query}', and it is neither a file nor SPARQL text.{nearest(query, known)} "
        "'disputegraph queries' lists the names."
    )


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # too long for a path, so it is a query
        return False


def parameter_term(value: str, store: Store, records: Records) -> Term:
    """Return the RDF term that a user means by the value of a query parameter.

    Args:
        value: an IRI (with or without angle brackets), a prefixed name, a literal as in Turtle (``"text"``,
            ``"text"@en``, ``"2016"^^xsd:gYear``), a number, an ISO date, true or false, or the name of a node.
        store: where prefixes are looked up.
        records: where names are looked up.

    Raises:
        UsageError: it is none of these; the nearest names are given.
    """
    for pattern, datatype in _PLAIN:
        if pattern.fullmatch(value):
            return Literal(value, datatype=NamedNode(_XSD + datatype))
    if value[:1] in ('"', "'"):
        return _literal(value, store)
    try:
        return NamedNode(resolve(value, store, records))
    except UsageError as error:
        raise UsageError(f"{error} To pass a text, quote it: '\"{value}\"'.") from None
    except ValueError as error:
        raise UsageError(f"'{value}' is no IRI: {error}.") from None


def _literal(value: str, store: Store) -> Literal:
    prefixes = {"xsd": _XSD, **store.prefixes}
    head = "".join(f"@prefix {name}: <{iri}> . " for name, iri in prefixes.items())
    try:
        (quad,) = parse_rdf(f"{head}\n<urn:s> <urn:p>\n{value}\n.".encode(), RdfFormat.TURTLE)
    except (SyntaxError, ValueError):
        raise UsageError(f'{value} is no literal; write "text", "text"@en or "2016"^^xsd:gYear.') from None
    if not isinstance(quad.object, Literal):
        raise UsageError(f"{value} is no literal.")
    return quad.object
