"""What a query may contain: it reads, it stays off the network, and it is no deeper than the engine survives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from disputegraph.errors import LimitError, QueryError
from disputegraph.sparql.network_words import NetworkWord, network_words
from disputegraph.sparql.tokens import Token, line_of, tokenise
from disputegraph.sparql.weighing import BRACKET_WEIGHT, weights

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "MAX_WEIGHT", "QueryFacts", "examine", "examine_update", "refuse_network"]

MAX_DEPTH = 128
"""Nested braces, brackets and parentheses. With a stack of 8 MiB Oxigraph dies of 300 to 1,000 nested EXISTS or IF,
1,000 to 3,000 nested groups, 3,000 to 10,000 nested parentheses."""

MAX_WEIGHT = 1_000
"""How deep the tree of a query may become. A chain grows it as nesting does: Oxigraph dies of 1,000 to 3,000 OPTIONAL,
MINUS, BIND or projected expressions in a row, of 3,000 to 10,000 UNION, FILTER, or operators of one kind, of 1,000 to
5,000 members of a list, of 2,000 to 5,000 things that DESCRIBE names, and of 5,000 to 20,000 groups, objects, or
expressions to sort by."""

MAX_LENGTH = 4_000_000
"""Code points in a query."""

_NAME = re.compile(r"[\w.\-]*")
_LONGEST_NAME = 200

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_OPENING = "{[("


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """What `examine` saw in a query.

    Attributes:
        form: the query's form, or None where no form was found (the engine will say what is wrong).
        prefixes: prefixes that the query declares, without the colon.
        undeclared: what stands before a colon anywhere and is not declared: prefixes, and what looks like one.
        datasets: IRIs in angle brackets after what may be FROM or FROM NAMED, with the position of FROM in the text.
        network: what may be SERVICE or LOAD.
    """

    form: Form | None
    prefixes: frozenset[str]
    undeclared: frozenset[str]
    datasets: tuple[tuple[str, int], ...]
    network: tuple[NetworkWord, ...]


@lru_cache(maxsize=2)  # one query is looked at on several floors
def examine(query: str, *, path: str | None = None) -> QueryFacts:
    """Return the facts of `query`, having refused what no query may be.

    Args:
        query: SPARQL text.
        path: the file it came from, named in errors.

    Raises:
        QueryError: it is an update.
        LimitError: it is longer than `MAX_LENGTH`, or deeper than `MAX_DEPTH` or `MAX_WEIGHT`.
    """
    _refuse_length(query)
    prefixes, first = _prologue(tokenise(query))
    form = _form(query, first, path)
    undeclared = _before_colons(query) - prefixes
    if not _is_plain(query):
        _refuse_depth(query, list(tokenise(query)), chains=True)
    words = network_words(query)
    return QueryFacts(
        form,
        prefixes,
        undeclared,
        tuple((word.iri, word.start) for word in words if word.iri),
        tuple(word for word in words if word.word != "FROM"),
    )


def _before_colons(query: str) -> frozenset[str]:
    """Return the names that end at a colon, read backwards from each: far cheaper than to look for them forwards."""
    pieces = query.split(":")
    pieces.pop()
    names = (_NAME.match(piece[:-_LONGEST_NAME:-1]) for piece in pieces)
    return frozenset(name[0][::-1] for name in names if name)


def _is_plain(query: str) -> bool:
    """Return whether a query is too short to be deep.

    Each opening bracket weighs `BRACKET_WEIGHT`, and every other step of a chain has a character of its own.
    """
    opening = sum(map(query.count, _OPENING))
    return opening <= MAX_DEPTH and len(query) + (BRACKET_WEIGHT - 1) * opening <= MAX_WEIGHT


def examine_update(update: str) -> None:
    """Refuse an update that would use the network or that is deeper than the engine survives.

    Raises:
        QueryError: it holds LOAD or SERVICE.
        LimitError: as `examine`.
    """
    _refuse_length(update)
    tokens = list(tokenise(update))
    _refuse_depth(update, tokens, chains=False)
    for word in network_words(update):
        if word.word != "FROM":
            raise _off(word, update, None)


def refuse_network(query: str, facts: QueryFacts, *, path: str | None = None) -> None:
    """Refuse a query that may reach another server.

    Args:
        query: the text of which `facts` are.
        facts: what `examine` saw in it.
        path: the file it came from, named in errors.

    Raises:
        QueryError: it has a SERVICE, or a word that may be read as one.
    """
    if facts.network:
        raise _off(facts.network[0], query, path)


def _off(found: NetworkWord, text: str, path: str | None) -> QueryError:
    return QueryError(
        f"{found.word} would ask another server, and the network is off. Allow it with --allow-network. If the word is "
        "only a part of a name, rename that.",
        path=path,
        line=line_of(text, found.start),
    )


def _refuse_length(query: str) -> None:
    if len(query) > MAX_LENGTH:
        raise LimitError(f"the query has {len(query):,} characters; at most {MAX_LENGTH:,} are taken.")


def _refuse_depth(query: str, tokens: list[Token], *, chains: bool) -> None:
    for token, depth, weight in weights(tokens):
        if depth > MAX_DEPTH:
            _refuse(query, token, f"nests deeper than {MAX_DEPTH}")
        if chains and weight > MAX_WEIGHT:
            _refuse(query, token, f"chains or nests more than {MAX_WEIGHT:,} steps")


def _refuse(query: str, token: Token, what: str) -> None:
    raise LimitError(
        f"the query {what} at line {line_of(query, token.start)}; flatten it, give lists of values with VALUES or IN, "
        "or ask in several queries."
    )


def _prologue(tokens: Iterator[Token]) -> tuple[frozenset[str], Token | None]:
    """Return the declared prefixes and the first token behind the prologue, reading no further."""
    prefixes = set()
    for token in tokens:
        word = token.text.upper()
        if word == "PREFIX":
            name = next(tokens, None)
            if name is not None:
                prefixes.add(name.text.removesuffix(":"))
            next(tokens, None)
        elif word in ("BASE", "VERSION"):
            next(tokens, None)
        else:
            return frozenset(prefixes), token
    return frozenset(prefixes), None


def _form(query: str, first: Token | None, path: str | None) -> Form | None:
    if first is None:
        return None
    word = first.text.upper()
    if word in _UPDATES:
        raise QueryError(
            f"{word} is an update, and a query only reads. Change the data files themselves, or CONSTRUCT the "
            "graph you want and write it with -o.",
            path=path,
            line=line_of(query, first.start),
        )
    return next((form for form in _FORMS if form == word), None)
