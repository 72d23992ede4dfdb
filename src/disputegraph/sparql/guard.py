"""What a query may contain: it reads, it stays off the network, and it is no deeper than the engine survives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from disputegraph.errors import LimitError, QueryError
from disputegraph.sparql.tokens import Token, line_of, tokenise

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "QueryFacts", "examine"]

MAX_DEPTH = 250
"""Nested braces, brackets and parentheses. Oxigraph's recursion dies near 5,000 on the main thread's stack and much
earlier on a small one."""

MAX_LENGTH = 4_000_000
"""Code points in a query."""

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_OPENING, _CLOSING = "{[(", "}])"


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """What `examine` saw in a query.

    Attributes:
        form: the query's form, or None where no form was found (the engine will say what is wrong).
        prefixes: prefixes that the query declares, without the colon.
        datasets: IRIs after FROM and FROM NAMED, with their position in the text.
        services: positions of SERVICE.
    """

    form: Form | None
    prefixes: frozenset[str]
    datasets: tuple[tuple[str, int], ...]
    services: tuple[int, ...]


def examine(query: str, *, path: str | None = None) -> QueryFacts:
    """Return the facts of `query`, having refused what no query may be.

    Args:
        query: SPARQL text.
        path: the file it came from, named in errors.

    Raises:
        QueryError: it is an update.
        LimitError: it is longer than `MAX_LENGTH` or nested deeper than `MAX_DEPTH`.
    """
    if len(query) > MAX_LENGTH:
        raise LimitError(f"the query has {len(query):,} characters; at most {MAX_LENGTH:,} are taken.")
    tokens = list(tokenise(query))
    _refuse_depth(query, tokens)
    form, prefixes, body = _prologue(query, tokens, path)
    datasets, services = [], []
    for here, token in enumerate(tokens[body:], body):
        word = token.text.upper() if token.kind == "word" else ""
        if word == "SERVICE":
            services.append(token.start)
        elif word == "FROM":
            after = here + 1
            if after < len(tokens) and tokens[after].text.upper() == "NAMED":
                after += 1
            if after < len(tokens) and tokens[after].kind in ("iri", "name"):
                datasets.append((tokens[after].text, token.start))
    return QueryFacts(form, prefixes, tuple(datasets), tuple(services))


def _refuse_depth(query: str, tokens: list[Token]) -> None:
    depth = 0
    for token in tokens:
        if token.kind == "mark":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            if depth > MAX_DEPTH:
                line = line_of(query, token.start)
                raise LimitError(f"the query nests deeper than {MAX_DEPTH} at line {line}; flatten it.")


def _prologue(query: str, tokens: list[Token], path: str | None) -> tuple[Form | None, frozenset[str], int]:
    """Return the form, the declared prefixes and the place of the first token behind the prologue."""
    prefixes, here = set(), 0
    while here < len(tokens):
        word = tokens[here].text.upper()
        if word == "PREFIX" and here + 1 < len(tokens):
            prefixes.add(tokens[here + 1].text.removesuffix(":"))
            here += 3
        elif word in ("BASE", "VERSION"):
            here += 2
        else:
            break
    if here < len(tokens):
        word = tokens[here].text.upper()
        if word in _UPDATES:
            raise QueryError(
                f"{word} is an update, and a query only reads. Change the data files themselves, or CONSTRUCT the "
                "graph you want and write it with -o.",
                path=path,
                line=line_of(query, tokens[here].start),
            )
        for form in _FORMS:
            if word == form:
                return form, frozenset(prefixes), here
    return None, frozenset(prefixes), here
