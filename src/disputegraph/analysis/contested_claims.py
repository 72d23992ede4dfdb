"""Contested claims: who affirms them, who denies them, and how well that is attested."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from disputegraph.model import SIDES, StatementTable
from disputegraph.networks import node_field


@dataclass(frozen=True, slots=True)
class ContestedClaim:
    """A claim with all who speak to it.

    Attributes:
        claim: IRI of the claim.
        label: what it is called.
        standing: ``contested`` where two actors conflict over it: one affirms it and another denies it, or another
            affirms a claim that contradicts it. Otherwise ``uncontested``, which is not to say that it is true.
        affirms, denies, neutral: the actors that do, sorted.
        contradicted_by: claims that somebody affirms and that cannot be true together with this one.
        first_hand: utterances on it that the documents have themselves.
        hearsay: utterances on it that they have only through somebody else.
        documents: independent documents: those of one publisher count once.
    """

    claim: str
    label: str
    standing: str
    affirms: tuple[str, ...]
    denies: tuple[str, ...]
    neutral: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    first_hand: int
    hearsay: int
    documents: int

    @property
    def contested(self) -> bool:
        """Whether the claim is contested."""
        return self.standing == "contested"


def contested(table: StatementTable, *, between: str = "voices") -> list[ContestedClaim]:
    """Return every claim with who stands where on it, the most contested first.

    Contested are the claims over which two actors conflict as they do in a ``conflict`` network.

    Args:
        table: the statements.
        between: the actors: ``voices``, ``speakers`` or ``organisations``.
    """
    rows = zip(
        table.column("claim").list(),
        table.column(node_field(between)).list(),
        table.column("polarity").list(),
        table.hearsay.tolist(),
        strict=True,
    )
    sides: dict[str, dict[str, set[str]]] = {}
    heard: dict[str, list[int]] = {}
    for claim, actor, side, hearsay in rows:
        if claim is not None:
            known, counts = sides.setdefault(claim, {}), heard.setdefault(claim, [0, 0])
            if side in SIDES:
                known.setdefault(side, set()).update([actor] if actor else [])
                counts[hearsay] += 1
    names = table.names(sorted(sides)).labels
    against = _by_claim(table, "contradicts")
    for claim, others in list(against.items()):
        for other in others:
            against[other].add(claim)
    printed = _by_claim(table, "printed")
    found = []
    for claim, who in sides.items():
        affirms, denies = who.get("affirms", set()), who.get("denies", set())
        rivals = {
            other: sides[other]["affirms"]
            for other in sorted(against.get(claim, ()))
            if other != claim and "affirms" in sides.get(other, ())
        }
        opposed = any(_two(affirms, others) for others in (denies, *rivals.values()))
        found.append(
            ContestedClaim(
                claim,
                names[claim],
                "contested" if opposed else "uncontested",
                tuple(sorted(affirms)),
                tuple(sorted(denies)),
                tuple(sorted(who.get("neutral", ()))),
                tuple(rivals),
                heard[claim][0],
                heard[claim][1],
                len(printed.get(claim, ())),
            )
        )
    return sorted(found, key=_rank)


def _two(some: set[str], others: set[str]) -> bool:
    """Whether one of `some` and another of `others` are two different actors."""
    return bool(some and others) and len(some | others) > 1


def _by_claim(table: StatementTable, relation: str) -> defaultdict[str, set[str]]:
    places, values = table.related(relation)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim, value in zip(table.column("claim").take(places).list(), values.list(), strict=True):
        if claim and value:
            found[claim].add(value)
    return found


def _rank(each: ContestedClaim) -> tuple[bool, int, int, str, str]:
    both = min(len(each.affirms), len(each.denies) + len(each.contradicted_by))
    return not each.contested, -both, -(len(each.affirms) + len(each.denies)), each.label, each.claim
