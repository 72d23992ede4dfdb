"""The queries a user can name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from disputegraph.errors import UsageError, nearest
from disputegraph.resources import ontology_folder
from disputegraph.sparql.guard import examine
from disputegraph.sparql.headers import QueryFile, read_query_file, read_query_folder


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


def is_named(query: QueryFile) -> bool:
    """Return whether a query is one of those that come with the ontology."""
    return query in named_queries().values()


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # too long for a path, so it is a query
        return False
