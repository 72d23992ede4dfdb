"""What a query may contain: it reads, it stays off the network, and it is no larger than the engine survives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from disputegraph.errors import LimitError, QueryError
from disputegraph.sparql.readings import NetworkWord, code_size, is_short, network_words
from disputegraph.sparql.tokens import Token, line_of, tokenise

MAX_LENGTH = 4_000_000
"""Code points in a query."""

MAX_SIZE = 300_000
"""Pieces of code in a query, see `readings.code_size`; each may make the engine go a step deeper."""

MAX_TRIPLE_TERMS = 60
"""Triple terms within one another, as in data; the engine reads no answer that has 64."""

_STACK_PER_PIECE = 6 << 10
"""Bytes of stack that the engine takes for a piece at most. With 2 MiB it dies of 150 to 200 nested EXISTS, of 200 to
300 nested IF or sub-queries, of 600 to 900 OPTIONALs, or things to describe, in a row, of 1,000 to 1,500 members of a
list, or nested parentheses."""

_CERTAINLY_SHALLOW = 900  # pieces, for which the usual stack suffices however they are read

_NAME = re.compile(r"[\w.\-]*")
_LONGEST_NAME = 200

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
# What closes a triple term may stand in a comment, where it closes none.
_TERM = re.compile(r"(?P<open><<|triple\s*\()|(?P<close>>>)|(?P<end>[\r\n])|(?P<hash>#)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """What `examine` saw in a query.

    Attributes:
        form: the query's form, or None where no form was found (the engine will say what is wrong).
        prefixes: prefixes that the query declares, without the colon.
        undeclared: what stands before a colon anywhere and is not declared: prefixes, and what looks like one.
        datasets: IRIs in angle brackets after what may be FROM or FROM NAMED, with the position of FROM in the text.
        network: what may be SERVICE or LOAD.
        stack: bytes of stack that the engine may need.
    """

    form: Form | None
    prefixes: frozenset[str]
    undeclared: frozenset[str]
    datasets: tuple[tuple[str, int], ...]
    network: tuple[NetworkWord, ...]
    stack: int


@lru_cache(maxsize=2)  # one query is looked at on several floors
def examine(query: str, *, path: str | None = None) -> QueryFacts:
    """Return the facts of `query`, having refused what no query may be.

    Args:
        query: SPARQL text.
        path: the file it came from, named in errors.

    Raises:
        QueryError: it is an update.
        LimitError: it is longer than `MAX_LENGTH`, larger than `MAX_SIZE`, or nests more than `MAX_TRIPLE_TERMS`.
    """
    stack = _stack(query)
    prefixes, first = _prologue(tokenise(query))
    form = _form(query, first, path)
    undeclared = _before_colons(query) - prefixes
    words = network_words(query)
    return QueryFacts(
        form,
        prefixes,
        undeclared,
        tuple((word.iri, word.start) for word in words if word.iri),
        tuple(word for word in words if word.word != "FROM"),
        stack,
    )


def _before_colons(query: str) -> frozenset[str]:
    """Return the names that end at a colon, read backwards from each: far cheaper than to look for them forwards."""
    pieces = query.split(":")
    pieces.pop()
    names = (_NAME.match(piece[:-_LONGEST_NAME:-1]) for piece in pieces)
    return frozenset(name[0][::-1] for name in names if name)


def examine_update(update: str) -> int:
    """Return the bytes of stack that the engine may need for an update, having refused one that would use the network.

    Raises:
        QueryError: it has a LOAD or SERVICE, or a word that may be read as one.
        LimitError: as `examine`.
    """
    stack = _stack(update)
    for word in network_words(update):
        if word.word != "FROM":
            raise _off(word, update, None)
    return stack


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


def _stack(text: str) -> int:
    if len(text) > MAX_LENGTH:
        raise LimitError(f"the query has {len(text):,} characters; the most is {MAX_LENGTH:,}. Ask in several queries.")
    size = _CERTAINLY_SHALLOW if is_short(text, _CERTAINLY_SHALLOW) else code_size(text, MAX_SIZE)
    if size > MAX_SIZE:
        raise LimitError(f"the query has more than {MAX_SIZE:,} names, values and signs; ask in several queries.")
    depth, behind_hash = 0, False
    for mark in _TERM.finditer(text):
        if mark["hash"] or mark["end"]:
            behind_hash = mark["end"] is None
        elif mark["open"]:
            depth += 1
        elif not behind_hash:
            depth = max(0, depth - 1)
        if depth > MAX_TRIPLE_TERMS:
            raise LimitError(f"the query nests triple terms deeper than {MAX_TRIPLE_TERMS}; flatten them.")
    return size * _STACK_PER_PIECE


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
