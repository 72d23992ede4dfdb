"""Which classes and properties a query names, and whether its patterns are open to any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from disputegraph.sparql.tokens import Token, tokenise
from disputegraph.vocabulary import RDF

_TYPE = RDF.type.value
_TERM_KINDS = ("variable", "name", "iri", "string", "number")
_OF_PATHS = tuple("/|*+?^")
_NO_PATTERN = ("SELECT", "BY", "HAVING")  # behind these no pattern stands before the next brace


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """What a query names. Where the tokens leave it open, a pattern counts as open.

    Attributes:
        named: the IRIs that stand in it, in its order.
        classes: those that stand behind `a` or `rdf:type`, outside of the template of a CONSTRUCT.
        any_class: whether something other than named classes stands behind `a` somewhere.
        any_property: whether a pattern has a variable or an exclusion for its property, or the query is a DESCRIBE.
        ends: IRIs that are subjects or values, if there is a path that may be empty (``p*``, ``p?``).
    """

    named: tuple[str, ...]
    classes: tuple[str, ...]
    any_class: bool
    any_property: bool
    ends: tuple[str, ...] = ()


def terms_of(query: str, prefixes: Mapping[str, str]) -> QueryTerms:
    """Return the terms of a query, with the prefixes that it need not declare."""
    tokens = list(tokenise(query))
    declared = {**prefixes, **_declared(tokens)}
    iris = [_iri(token, declared) for token in tokens]
    templates = _templates(tokens)
    is_type = [
        iri == _TYPE or (token.kind == "word" and token.text == "a") for token, iri in zip(tokens, iris, strict=True)
    ]
    classes: list[str] = []
    any_class = False
    for place in (place for place, found in enumerate(is_type) if found):
        if place in templates:
            continue
        behind = list(_listed(tokens, iris, place + 1))
        any_class |= not behind
        classes += behind
    named = dict.fromkeys(iri for iri in iris if iri is not None)
    return QueryTerms(tuple(named), tuple(dict.fromkeys(classes)), any_class, _is_open(tokens), _ends(tokens, iris))


def _ends(tokens: list[Token], iris: list[str | None]) -> tuple[str, ...]:
    nothing = Token("mark", "", 0)
    around = list(zip([nothing, *tokens], tokens, [*tokens[1:], nothing], iris, strict=False))
    if not any(
        token.kind == "mark" and token.text in "*?" and (before.kind in ("iri", "name") or before.text in ("a", ")"))
        for before, token, _, _ in around
    ):
        return ()
    found = [
        iri for before, token, behind, iri in around
        if iri and before.text.upper() not in ("GRAPH", "FROM", "NAMED", "SERVICE", "BASE") and before.text[-1:] != ":"
        and (before.text in ("{", ".", "}", "WHERE") or behind.text in (".", ";", ",", "}"))
    ]  # fmt: skip
    return tuple(dict.fromkeys(found))


def _declared(tokens: list[Token]) -> dict[str, str]:
    return {
        name.text.removesuffix(":"): iri.text[1:-1]
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.text.upper() == "PREFIX" and iri.kind == "iri"
    }


def _iri(token: Token, prefixes: Mapping[str, str]) -> str | None:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    if token.kind != "name" or prefix not in prefixes:
        return None
    return prefixes[prefix] + local.replace("\\", "")


def _listed(tokens: list[Token], iris: list[str | None], place: int) -> Iterator[str]:
    """Yield the IRIs of a list with commas that begins at `place`; nothing if it holds anything else."""
    found: list[str] = []
    while place < len(tokens) and (iri := iris[place]) is not None:
        found.append(iri)
        if place + 1 < len(tokens) and tokens[place + 1].text == ",":
            place += 2
        else:
            yield from found
            return


def _templates(tokens: list[Token]) -> range:
    """Return the places of the template of a CONSTRUCT; without one, no places."""
    for place, (word, brace) in enumerate(pairwise(tokens)):
        if word.text.upper() == "CONSTRUCT" and word.kind == "word" and brace.text == "{":
            end = next((later for later in range(place, len(tokens)) if tokens[later].text == "}"), len(tokens))
            return range(place, end)
    return range(0)


def _is_open(tokens: list[Token]) -> bool:
    in_pattern = False
    nothing = Token("mark", "", 0)
    padded = [nothing, *tokens, nothing, nothing]
    for before, token, behind, farther in zip(padded, tokens, padded[2:], padded[3:], strict=False):
        word = token.text.upper() if token.kind == "word" else ""
        if token.kind == "mark" and token.text in "{}":
            in_pattern = True
        elif word in _NO_PATTERN:
            in_pattern = False
        found = word == "DESCRIBE" or (token.text == "!" and _may_exclude(behind, farther))
        if token.kind == "variable" and in_pattern:
            found = _may_be_property(before, behind, farther)
        if found:
            return True
    return False


def _may_be_property(before: Token, behind: Token, farther: Token) -> bool:
    """Return whether a variable between these tokens may be a property: behind a subject and before a value."""
    if not _begins_term(behind, farther):
        return False
    if before.text == ")":
        # The end of a list, or of a FILTER, behind which a subject, a property and a value follow.
        return not (_begins_term(farther, farther) or farther.text in _OF_PATHS)
    return before.kind in ("variable", "name", "iri") or before.text in ("]", ";", ">")


def _begins_term(token: Token, behind: Token) -> bool:
    if token.text in ("+", "-"):
        return behind.kind == "number"
    if token.text == "<":
        return behind.text == "<"
    return token.kind in _TERM_KINDS or token.text in ("[", "(") or token.text.lower() in ("true", "false")


def _may_exclude(token: Token, behind: Token) -> bool:
    """Return whether what follows an exclamation mark may be properties, as in `!dg:speaker` and `!(a|^dg:voice)`."""
    first = behind if token.text == "(" else token
    return first.kind in ("name", "iri") or first.text in ("a", "^")
