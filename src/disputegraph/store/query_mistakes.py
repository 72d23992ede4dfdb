"""What is wrong with a query that the engine refuses: where, what was found there, and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from disputegraph.errors import QueryError, nearest
from disputegraph.sparql import Token, examine, line_of, tokenise

_PLACE = re.compile(r"^(?:error|Parser error) at (?:line )?(\d+)(?::| column | between columns )(\d+)(?: and \d+)?: ")
_RULE = re.compile(r"(?:The SELECT|SELECT \* is) [^,\[]*|IRI parsing failed")
_USEFUL = re.compile(r'(?<=")[^"\w\s]{1,2}(?=")|\bBY\b')
"""Of what the grammar would have taken, that which helps; the rest is pieces of words and ranges of characters."""

_JOINING = re.compile("[\\x00-\x7f\\u200c\\u200d\\U00010000-\\U0010ffff]")
"""Marks that are SPARQL's own or may stand in names."""

_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


def query_error(
    query: str, text: str, prefixes: Mapping[str, str], path: str | None, *, kind: str = "query"
) -> QueryError:
    """Return the engine's complaint as our error.

    Args:
        query: SPARQL text.
        text: what the engine said.
        prefixes: those that need not be declared.
        path: the file of the query, or None.
        kind: "query" or "update".
    """
    path = path or kind
    tokens = list(tokenise(query))
    if odd := next((token for token in tokens if token.kind == "mark" and not _JOINING.match(token.text)), None):
        line, column = line_of(query, odd.start), odd.start - query.rfind("\n", 0, odd.start)
        return QueryError(_odd(odd.text), path=path, line=line, column=column)
    declared = {*prefixes, *(examine(query).prefixes if kind == "query" else _declared(tokens))}
    for token in tokens:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in declared and prefix != "_":
            return QueryError(
                f"the prefix '{prefix}:' is not declared.{nearest(prefix, declared)} Add a line "
                f"PREFIX {prefix}: <…> at the top.",
                path=path,
                line=line_of(query, token.start),
            )
    for token, said in _selections(tokens, grouped="variable that is unbound" in text):
        return QueryError(said, path=path, line=line_of(query, token.start))
    match = _PLACE.match(text)
    if match is None:
        return QueryError(f"this is not a SPARQL {kind}: {text}.", path=path)
    line, column, said = int(match[1]), int(match[2]), text[match.end() :]
    start = sum(len(row) for row in query.splitlines(keepends=True)[: line - 1]) + column - 1
    # The engine names the farthest place it came to, which may lie behind the token that stopped it.
    near = [token.text for token in tokens if token.start <= start][-1:] or [query.strip()[:20]]
    reason = f"near '{near[0]}'"
    if rule := _RULE.search(said):
        reason = rule[0].strip()
    elif useful := _USEFUL.findall(said):
        reason += f", expected {' or '.join(dict.fromkeys(useful))}"
    return QueryError(f"this is not a SPARQL {kind}: {reason}.", path=path, line=line, column=column)


def _declared(tokens: Sequence[Token]) -> set[str]:
    return {token.text[:-1] for before, token in pairwise(tokens) if before.text.upper() == "PREFIX"}


def _odd(character: str) -> str:
    """Return what is wrong with a character that SPARQL has no use for outside of texts, and what to write."""
    place, group = f"U+{ord(character):04X}", unicodedata.category(character)
    name = unicodedata.name(character, "odd character").lower()
    if group == "Zs":
        return f"there is a {name} ({place}); write a plain one."
    if group in ("Cf", "Zl", "Zp", "Cc"):
        return f"there is an invisible character ({name}, {place}); delete it."
    if group in ("Pi", "Pf") or character in "„‚‟‛´′″＂＇":
        return f"there are typographic quotation marks ({character}, {place}); write plain ones."
    plain = "-" if group == "Pd" or character == "−" else unicodedata.normalize("NFKC", character)
    advice = f"write '{plain}'" if plain != character and plain.isascii() else "it may stand in texts and IRIs only"
    return f"there is '{character}' ({name}, {place}); {advice}."


def _selections(tokens: Sequence[Token], *, grouped: bool) -> Iterator[tuple[Token, str]]:
    """Yield what is wrong in what each SELECT selects."""
    selects = [place for place, token in enumerate(tokens) if token.kind == "word" and token.text.upper() == "SELECT"]
    for select in selects:
        depth, where, free = 0, len(tokens), list[Token]()
        aggregates: list[int] = []  # depths of the calls that we are in
        counts = len(selects) == 1
        for place in range(select + 1, len(tokens)):
            token, before = tokens[place], tokens[place - 1].text.upper()
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth == 0 and (token.text == "{" or token.text.upper() in ("WHERE", "FROM")):
                where = place
                break
            if token.text == "(" and before in _AGGREGATES:
                aggregates.append(depth)
                counts = True
            elif aggregates and depth < aggregates[-1]:
                aggregates.pop()
            elif token.kind == "variable" and not aggregates and before != "AS":
                free.append(token)
            elif depth == 0 and (said := _unselectable(token, tokens[place + 1 : place + 2])):
                yield token, said
        keys = _keys(tokens[where:])
        for variable in free if grouped and (counts or keys is not None) else ():
            name = f"?{variable.text[1:]}"
            if name not in (keys or ()):
                by = f"GROUP BY {name}" if keys is None else f"{name} to GROUP BY"
                yield variable, f"{name} is selected but not grouped: add {by}, or an aggregate such as SAMPLE."


def _unselectable(token: Token, after: Sequence[Token]) -> str | None:
    if token.text == ",":
        return "variables after SELECT stand side by side, without a comma."
    if token.kind != "word" or token.text.upper() in ("DISTINCT", "REDUCED"):
        return None
    call = [other.text for other in after] == ["("]
    advice = f"write ({token.text}(…) AS ?name)" if call else f"a variable is written ?{token.text}"
    return f"'{token.text}' cannot be selected; {advice}."


def _keys(tokens: Sequence[Token]) -> set[str] | None:
    """Return the variables (``?name``) after GROUP BY behind the pattern that `tokens` begin with; None without one."""
    depth, keys = 0, None
    for place, token in enumerate(tokens):
        word = token.text.upper()
        depth += {"{": 1, "}": -1}.get(word, 0)
        if depth < 0 or (keys is not None and word in ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")):
            break
        if depth == 0 and word == "GROUP" and tokens[place + 1 : place + 2]:
            keys = set[str]()
        elif depth == 0 and keys is not None and token.kind == "variable":
            keys.add(f"?{token.text[1:]}")
    return keys
