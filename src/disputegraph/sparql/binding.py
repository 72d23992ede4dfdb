"""Bind query parameters to RDF terms.

A parameter is a variable of the query that the caller gives a value. We bind it with SPARQL's own means, an inline
data block (SPARQL 1.1 Query, section 10.2.2, ``VALUES``), put at the head of every group that mentions the variable.
That works alike on every engine and in filters, OPTIONAL, sub-queries and aggregates; Oxigraph's own substitutions
only take projected variables and are optimised away in filters on variables no pattern binds. A value can never
become syntax: it is an RDF term, and the engine's own serialiser writes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from disputegraph.errors import UsageError, nearest
from disputegraph.sparql.tokens import Token, tokenise

_SURELY_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_VARIABLE = re.compile(r"[?$](\w+)")


def bind(query: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """Return `query` with each variable named in `bindings` fixed to its term.

    Args:
        query: SPARQL text.
        bindings: from variable name (without the question mark) to term. Empty leaves the query as it is.

    Raises:
        UsageError: the query has no such variable; the text names those it has.
    """
    if not bindings:
        return query
    tokens = list(tokenise(query, significant=False))
    variables = {name for token in tokens for name in _variables(token)}
    for name in bindings:
        if name not in variables:
            has = ", ".join(f"?{variable}" for variable in sorted(variables)) or "none"
            raise UsageError(
                f"the query has no parameter '{name}'.{nearest(name, variables)} Its variables are: {has}."
            )
    heads = _groups(tokens)
    blocks = {name: f" VALUES ?{name} {{ {term} }}" for name, term in bindings.items()}
    pieces = []
    for place, token in enumerate(tokens):
        pieces.append(token.text)
        pieces += [blocks[name] for name in sorted(heads.get(place, set()) & blocks.keys())]
    placed: set[str] = set().union(*heads.values()) if heads else set()
    # CONSTRUCT WHERE has no group that may hold a block; there the one behind the query does the same.
    pieces += ["\n" + blocks[name] for name in sorted(blocks.keys() - placed)]
    return "".join(pieces)


def _variables(token: Token) -> list[str]:
    """Return the variables in a token; what looks like an IRI may be two comparisons, as in ``?s<?lim&&?lim>0``."""
    if token.kind == "variable":
        return [token.text[1:]]
    if token.kind == "iri" and not _SURELY_IRI.match(token.text):
        return _VARIABLE.findall(token.text)
    return []


@dataclass(slots=True)
class _Brace:
    """An open brace, or the query as a whole: what is mentioned directly in it, and where a block could go."""

    head: int | None
    is_query: bool = False
    where: _Brace | None = None
    mentioned: set[str] = field(default_factory=set)


def _groups(tokens: list[Token]) -> dict[int, set[str]]:
    """Return, for the opening brace of each group graph pattern, the variables mentioned directly in that group.

    The WHERE group of a (sub-)query also counts what projection and solution modifiers mention, so that a parameter
    that stands only there is bound too. Templates, data blocks, annotations, and the braces around a sub-query are
    no place for a block.
    """
    whole = _Brace(None, is_query=True)
    stack, groups = [whole], []
    holds_data = False  # the next brace is a template or a data block
    before = ""
    texts = [token.text for token in tokens] + [""]
    for place, token in enumerate(tokens):
        if token.kind in ("space", "comment"):
            continue
        word = token.text.upper() if token.kind == "word" else ""
        top = stack[-1]
        if token.text == "{" and token.kind == "mark":
            brace = _Brace(None if holds_data or texts[place + 1] == "|" else place)
            if top.is_query and top.where is None and not holds_data:
                top.where = brace
            holds_data = False
            stack.append(brace)
            groups.append(brace)
        elif token.text == "}" and token.kind == "mark" and len(stack) > 1:
            stack.pop()
        elif word in ("CONSTRUCT", "VALUES"):
            holds_data = True
        elif word == "SELECT" and before == "{":
            top.is_query, top.head = True, None
        top.mentioned.update(_variables(token))
        before = token.text
    for query in [whole, *(brace for brace in groups if brace.is_query)]:
        if query.where is not None:
            query.where.mentioned |= query.mentioned
    return {brace.head: brace.mentioned for brace in groups if brace.head is not None}
