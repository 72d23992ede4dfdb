"""SPARQL text: its tokens, what a query may contain, parameters bound to terms, and query files with headers."""

from disputegraph.sparql.binding import bind
from disputegraph.sparql.group_concat import joinable
from disputegraph.sparql.guard import QueryFacts, examine, examine_update, refuse_network
from disputegraph.sparql.query_catalogue import (
    QueryFile,
    find_query,
    is_named,
    named_queries,
    query_text,
    read_query_file,
    read_query_folder,
)
from disputegraph.sparql.query_terms import QueryTerms, terms_of
from disputegraph.sparql.tokens import Token, line_of, tokenise

__all__ = [
    "QueryFacts",
    "QueryFile",
    "QueryTerms",
    "Token",
    "bind",
    "examine",
    "examine_update",
    "find_query",
    "is_named",
    "joinable",
    "line_of",
    "named_queries",
    "query_text",
    "read_query_file",
    "read_query_folder",
    "refuse_network",
    "terms_of",
    "tokenise",
]
