"""Let GROUP_CONCAT take IRIs and numbers too.

The engine joins texts alone: of other terms its answer has no value (oxigraph/oxigraph#297), where other engines join
what they are written as, which SPARQL 1.2 (section 18.5.1.7) says too. What the engine joins by itself stays as it is.
"""

from __future__ import annotations

from disputegraph.sparql.tokens import Token, tokenise


def joinable(query: str) -> str:
    """Return the query with each argument of GROUP_CONCAT made a text where it is none."""
    if "group_concat" not in query.lower():
        return query
    tokens = list(tokenise(query))
    for place, token in enumerate(tokens):
        if token.kind == "word" and token.text.upper() == "GROUP_CONCAT":
            first = place + 2
            if first < len(tokens) and tokens[first].text.upper() == "DISTINCT":
                first += 1
            last = _end_of_argument(tokens, place + 1)
            if last is None or first >= last:
                return query  # not a query, which the engine says better
            start, end = tokens[first].start, tokens[last].start
            argument = joinable(query[start:end])
            behind = "\n" if "#" in argument else ""  # a comment must not swallow what follows
            made = f"COALESCE(CONCAT({argument}{behind}), STR({argument}{behind}))"
            return query[:start] + made + joinable(query[end:])
    return query


def _end_of_argument(tokens: list[Token], opening: int) -> int | None:
    """Return the place of the semicolon or bracket behind the argument of which `opening` is the bracket before it."""
    depth = 0
    for place in range(opening, len(tokens)):
        text = tokens[place].text if tokens[place].kind == "mark" else ""
        depth += (text in ("(", "{", "[")) - (text in (")", "}", "]"))
        if depth == 0 or (depth == 1 and text == ";"):
            return place
    return None
