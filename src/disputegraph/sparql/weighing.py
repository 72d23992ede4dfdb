"""How deep the tree of a query can become, bounded from its tokens, without a grammar.

A bracket weighs 4, itself and what the engine puts around it, plus 1 for each link of the chains directly in it, plus
the weight of the heaviest bracket within it. Links are operators, triples, objects and members of lists (two triples
each), and brackets in a row within braces: groups, filters, expressions; things to describe, to project or to sort
by. The arguments of a function, the values after IN, and those of VALUES are no chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disputegraph.sparql.tokens import Token

__all__ = ["BRACKET_WEIGHT", "weights"]

BRACKET_WEIGHT = 4
_MEMBER_WEIGHT = 2
_OPENING, _CLOSING = ("{", "[", "("), ("}", "]", ")")
_CHAINS = frozenset("|&+-*/!^.;,~<")  # '<' for '<<', which nests as brackets do


@dataclass(slots=True)
class _Bracket:
    """An open bracket.

    Attributes:
        kind: the bracket itself, "data" in VALUES, or nothing for the query as a whole.
        own: its weight and that of the chain in it; of a list with commas, that of the present item.
        most: the largest `own` of the items before.
        within: the weight of the heaviest bracket in it.
    """

    kind: str
    own: int
    most: int = 0
    within: int = 0


def weights(tokens: list[Token]) -> Iterator[tuple[Token, int, int]]:
    """Yield each token with the number of brackets open behind it and the weight that its bracket has come to."""
    weigher = _Weigher()
    stack, take = weigher.stack, weigher.take
    for token in tokens:
        take(token)
        top = stack[-1]
        yield token, len(stack) - 1, top.own + top.within


class _Weigher:
    def __init__(self) -> None:
        self.stack = [_Bracket("", 0)]
        self._values = False  # behind VALUES, before its data
        self._before: Token | None = None

    def take(self, token: Token) -> None:
        top, text, is_mark = self.stack[-1], token.text, token.kind == "mark"
        if is_mark and text in _OPENING:
            self._open(top, text)
        elif is_mark and text in _CLOSING:
            if len(self.stack) > 1:
                self.stack.pop()
                around = self.stack[-1]
                around.within = max(around.within, max(top.own, top.most) + top.within)
        elif top.kind == "data" or (token.kind == "word" and text[0] == "@"):
            return  # a language tag is a part of its text
        elif is_mark:
            if text == "^" and self._before is not None and self._before.kind == "string":
                return  # so is a datatype
            self._mark(top, text)
        elif token.kind == "word" and text.upper() == "VALUES":
            self._values = True
        elif top.kind in ("(", "") and _is_term(token) and _is_term(self._before):
            top.own += self._in_a_row(top, token)
        self._before = token

    def _open(self, top: _Bracket, text: str) -> None:
        if top.kind in ("", "{") and not (self._values and text == "("):
            top.own += 1
        elif top.kind == "(" and _is_term(self._before):
            top.own += _MEMBER_WEIGHT
        is_data = self._values or top.kind == "data"
        self._values = self._values and text == "("  # behind the names of the columns comes the data
        self.stack.append(_Bracket("data" if is_data else text, BRACKET_WEIGHT))

    def _in_a_row(self, top: _Bracket, token: Token) -> int:
        if top.kind == "(":
            return _MEMBER_WEIGHT
        # What to describe, to project or to sort by; but the IRI behind a prefix is no further one.
        return int(token.kind != "iri" or self._before is None or self._before.kind == "iri")

    @staticmethod
    def _mark(top: _Bracket, text: str) -> None:
        if text == "," and top.kind == "(":
            top.most, top.own = max(top.own, top.most), BRACKET_WEIGHT
        elif text in _CHAINS:
            top.own += 1


def _is_term(token: Token | None) -> bool:
    if token is None:
        return False
    if token.kind in ("word", "mark"):
        return token.text in _CLOSING or token.text.lower() in ("true", "false")
    return True
