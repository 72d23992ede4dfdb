"""Which actors and claims a name may mean, best first: by equality of names, then by similarity of spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from disputegraph.model import Model
from disputegraph.tables import key_of

_NEAR = 99.0
"""The most that a name scores which is not the same."""
_FAR = 60.0
"""Similarity below which a name is no candidate."""
_ACTOR, _CLAIM = "Actor", "Claim"


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or a claim, with its names; the description of a claim is its paraphrase."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    description: str
    identities: tuple[str, ...]

    def is_a(self, types: Iterable[str]) -> bool:
        """Return whether it is of one of some kinds; every kind but Claim is one of actors."""
        wanted = set(types)
        return not wanted or self.kind in wanted or (_ACTOR in wanted and self.kind != _CLAIM)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that a name may mean.

    Attributes:
        thing: what it may mean.
        name: the name of it that is most like the one asked for.
        score: 100 where the names are the same as names are compared, else up to 99 by similarity.
        match: it alone is called so.
    """

    thing: Named
    name: str
    score: float
    match: bool


class NameIndex:
    """The actors and claims of a dispute by their names and aliases."""

    def __init__(self, model: Model) -> None:
        """Take the names of all actors and claims, but for unnamed sources, who have none."""
        self.things: dict[str, Named] = {}
        for actor in model.actors:
            if actor.kind != "UnnamedSource":
                self._add(
                    Named(actor.iri, actor.kind, actor.label, actor.aliases, actor.description or "", actor.identities)
                )
        for claim in model.claims:
            self._add(Named(claim.iri, _CLAIM, claim.label, (), claim.paraphrase or "", ()))
        self._names = [
            (key_of(name), name, thing) for thing in self.things.values() for name in (thing.label, *thing.aliases)
        ]

    def _add(self, thing: Named) -> None:
        if not thing.iri.startswith("_:"):
            self.things.setdefault(thing.iri, thing)

    def candidates(self, name: str, *, types: Iterable[str] = (), limit: int = 5) -> list[Candidate]:
        """Return whom or what a name may mean, the best first, each once."""
        from rapidfuzz import fuzz, process

        wanted, types = key_of(name), tuple(types)
        if not wanted:
            return []
        among = [place for place, (_, _, thing) in enumerate(self._names) if thing.is_a(types)]
        keys = {place: self._names[place][0] for place in among}
        best: dict[str, tuple[float, str]] = {}
        for key, ratio, place in process.extract(wanted, keys, scorer=fuzz.WRatio, limit=None, score_cutoff=_FAR):
            score = 100.0 if key == wanted else min(ratio, _NEAR)
            _, called, thing = self._names[place]
            if thing.iri not in best or score > best[thing.iri][0]:
                best[thing.iri] = (score, called)
        same = sum(score == 100.0 for score, _ in best.values())  # noqa: PLR2004
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], self.things[item[0]].label, item[0]))[:limit]
        return [
            Candidate(self.things[iri], called, round(score, 1), match=score == 100.0 and same == 1)  # noqa: PLR2004
            for iri, (score, called) in ranked
        ]

    def beginning(self, prefix: str, *, limit: int = 20) -> list[Named]:
        """Return the things of which a name, or a word of one, begins so."""
        wanted = key_of(prefix)
        found: dict[str, tuple[bool, Named]] = {}
        for key, _, thing in self._names:
            if wanted and (key.startswith(wanted) or f" {wanted}" in key):
                first = found.get(thing.iri, (True, thing))[0]
                found[thing.iri] = (first and not key.startswith(wanted), thing)
        ranked = sorted(found.values(), key=lambda each: (each[0], each[1].label, each[1].iri))
        return [thing for _, thing in ranked[:limit]]
