"""Placeholder of the founder until the helper's file comes: overwrite it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    iri: str
    label: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    iri: str
    label: str
    aliases: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    document: str
    start: int
    end: int
    words: str
    speaker: str
    on_behalf_of: str | None = None
    claim: str | None = None
    polarity: str | None = None


class Suggester:
    def __init__(self, actors: Iterable[Known], claims: Iterable[Known], codings: Iterable[Coded]) -> None:
        self._actors, self._claims = list(actors), list(claims)

    def speakers(self, text: str, start: int, end: int, *, most: int = 9) -> list[Suggestion]:
        return [Suggestion(k.iri, k.label, 0.5, "known") for k in self._actors[:most]]

    def claims(self, text: str, start: int, end: int, *, speaker: str | None = None, most: int = 9) -> list[Suggestion]:
        return [Suggestion(k.iri, k.label, 0.5, "known") for k in self._claims[:most]]
