"""What a query may contain: it reads, it stays off the network, and it is no deeper than the engine survives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from disputegraph.errors import LimitError, QueryError
from disputegraph.sparql.tokens import Token, line_of, tokenise

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "MAX_WEIGHT", "QueryFacts", "examine", "examine_update"]

MAX_DEPTH = 128
"""Nested braces, brackets and parentheses. With a stack of 8 MiB Oxigraph dies of 300 to 1,000 nested EXISTS or IF,
1,000 to 3,000 nested groups, 3,000 to 10,000 nested parentheses."""

MAX_WEIGHT = 1_000
"""How deep the tree of a query may become. A chain grows it as nesting does: Oxigraph dies of 1,000 to 3,000 OPTIONAL,
MINUS, BIND or projected expressions in a row, and of 3,000 to 10,000 UNION, FILTER, or operators of one kind."""

MAX_LENGTH = 4_000_000
"""Code points in a query."""

_BRACKET_WEIGHT = 4

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_OPENING, _CLOSING = "{[(", "}])"
# What makes the tree deeper where it stands in a row: operators, graph patterns, triples of one group.
_CHAINS = frozenset("|&+-*/!^.;") | {"UNION", "OPTIONAL", "MINUS", "FILTER", "GRAPH", "VALUES"}


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
    tokens = _tokens(query)
    _refuse_depth(query, tokens, chains=True)
    prefixes, body = _prologue(tokens)
    form = _form(query, tokens, body, path)
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


def examine_update(update: str) -> None:
    """Refuse an update that would use the network or that is deeper than the engine survives.

    Raises:
        QueryError: it holds LOAD or SERVICE.
        LimitError: as `examine`.
    """
    tokens = _tokens(update)
    _refuse_depth(update, tokens, chains=False)
    for token in tokens:
        if token.kind == "word" and token.text.upper() in ("LOAD", "SERVICE"):
            raise QueryError(
                f"{token.text.upper()} would use the network, which is off.", line=line_of(update, token.start)
            )


def _tokens(query: str) -> list[Token]:
    if len(query) > MAX_LENGTH:
        raise LimitError(f"the query has {len(query):,} characters; at most {MAX_LENGTH:,} are taken.")
    return list(tokenise(query))


def _refuse_depth(query: str, tokens: list[Token], *, chains: bool) -> None:
    """Refuse a query whose tree is too deep, by a bound on its depth that needs no grammar.

    A bracket weighs 4, itself and what the engine puts around it, plus 1 for each link of the chains directly in it,
    plus the weight of the heaviest bracket within it.
    """
    own, within = [0], [0]
    for token in tokens:
        if token.kind == "mark" and token.text in _OPENING:
            own.append(_BRACKET_WEIGHT)
            within.append(0)
            if len(own) - 1 > MAX_DEPTH:
                _refuse(query, token, f"nests deeper than {MAX_DEPTH}")
        elif token.kind == "mark" and token.text in _CLOSING:
            if len(own) > 1:
                weight = own.pop() + within.pop()
                within[-1] = max(within[-1], weight)
        elif chains and token.kind in ("mark", "word") and token.text.upper() in _CHAINS:
            own[-1] += 1
        elif chains and token.kind == "word" and token.text.upper() == "AS":
            # In BIND(… AS ?x) and SELECT (… AS ?x) it is the row of such brackets that makes the chain.
            own[max(0, len(own) - 2)] += 1
        else:
            continue
        if own[-1] + within[-1] > MAX_WEIGHT or (len(own) > 1 and own[-2] > MAX_WEIGHT):
            _refuse(query, token, f"chains or nests more than {MAX_WEIGHT:,} steps")


def _refuse(query: str, token: Token, what: str) -> None:
    raise LimitError(
        f"the query {what} at line {line_of(query, token.start)}; flatten it, give lists of values with VALUES or IN, "
        "or ask in several queries."
    )


def _prologue(tokens: list[Token]) -> tuple[frozenset[str], int]:
    """Return the declared prefixes and the place of the first token behind the prologue."""
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
    return frozenset(prefixes), here


def _form(query: str, tokens: list[Token], body: int, path: str | None) -> Form | None:
    if body >= len(tokens):
        return None
    word = tokens[body].text.upper()
    if word in _UPDATES:
        raise QueryError(
            f"{word} is an update, and a query only reads. Change the data files themselves, or CONSTRUCT the "
            "graph you want and write it with -o.",
            path=path,
            line=line_of(query, tokens[body].start),
        )
    return next((form for form in _FORMS if form == word), None)
