"""Contested claims: who affirms and who denies, how well that is attested, and what can stand together."""

from __future__ import annotations

from dataclasses import dataclass

from disputegraph.analysis.arguments import AttackGraph, Standing, standing
from disputegraph.model import StatementTable
from disputegraph.networks.options import node_field

__all__ = ["ContestedClaim", "attack_graph", "contested"]

NOT = "not "
"""Put before a claim's IRI, names the argument that it does not hold."""


@dataclass(frozen=True, slots=True)
class ContestedClaim:
    """A claim with all who speak to it.

    Attributes:
        claim: IRI of the claim.
        label: what it is called.
        affirms, denies, neutral: the actors that do, sorted.
        contradicted_by: claims that somebody affirms and that cannot be true together with this one.
        contested: whether one actor affirms and another denies it, or somebody affirms a claim that contradicts it.
        first_hand: utterances on it that the documents have themselves.
        hearsay: utterances on it that they have only through somebody else.
        documents: independent documents: those of one publisher count once.
        stands: how the claim fares in the attack graph; None where nobody affirms it.
    """

    claim: str
    label: str
    affirms: tuple[str, ...]
    denies: tuple[str, ...]
    neutral: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    contested: bool
    first_hand: int
    hearsay: int
    documents: int
    stands: Standing | None


def contested(
    table: StatementTable, *, between: str = "voices", time_limit: float = 10.0
) -> tuple[list[ContestedClaim], bool]:
    """Return every claim with who stands where on it, the most contested first.

    Args:
        table: the statements.
        between: the actors: ``voices``, ``speakers`` or ``organisations``.
        time_limit: seconds for the extensions of the attack graph.

    Returns:
        The claims, and whether the extensions are complete; where they are not, `stands` is None.
    """
    actors = table.column(node_field(between))
    rows = list(
        zip(
            table.column("claim").list(),
            actors.list(),
            table.column("polarity").list(),
            table.column("via").list(),
            strict=True,
        )
    )
    names = table.names(sorted({claim for claim, *_ in rows if claim})).labels
    sides: dict[str, dict[str, set[str]]] = {}
    heard: dict[str, list[int]] = {}
    for claim, actor, side, via in rows:
        if claim is not None:
            sides.setdefault(claim, {}).setdefault(side or "neutral", set()).update([actor] if actor else [])
            heard.setdefault(claim, [0, 0])[via is not None] += 1
    affirmed = {claim for claim, who in sides.items() if "affirms" in who}
    against = _contradictions(table)
    printed = _printed(table)
    try:
        stands: dict[str, Standing] = standing(attack_graph(table), time_limit=time_limit)
        complete = True
    except TimeoutError:
        stands, complete = {}, False
    found = []
    for claim, who in sides.items():
        affirms, denies = who.get("affirms", set()), who.get("denies", set())
        rivals = tuple(sorted(against.get(claim, set()) & affirmed))
        opposed = any(one != other for one in affirms for other in denies)
        found.append(
            ContestedClaim(
                claim,
                names[claim],
                tuple(sorted(affirms)),
                tuple(sorted(denies)),
                tuple(sorted(who.get("neutral", set()))),
                rivals,
                opposed or bool(rivals and affirms),
                heard[claim][0],
                heard[claim][1],
                len(printed.get(claim, set())),
                stands.get(claim),
            )
        )
    return sorted(found, key=_rank), complete


def attack_graph(table: StatementTable) -> AttackGraph:
    """Return the attack graph of a table of statements.

    An argument is a claim that somebody affirms, or, named with "not " before it, a claim that somebody denies. A
    claim and its denial attack each other, and so do two claims that contradict each other. Who says it, and how often,
    plays no part.
    """
    affirmed: set[str] = set()
    denied: set[str] = set()
    for claim, side in zip(table.column("claim").list(), table.column("polarity").list(), strict=True):
        if claim and side in ("affirms", "denies"):
            (affirmed if side == "affirms" else denied).add(claim)
    attacks: set[tuple[str, str]] = set()
    for claim in affirmed & denied:
        attacks |= {(claim, NOT + claim), (NOT + claim, claim)}
    for claim, others in _contradictions(table).items():
        attacks |= {(claim, other) for other in others & affirmed if claim in affirmed}
    arguments = (*sorted(affirmed), *(NOT + claim for claim in sorted(denied)))
    return AttackGraph(arguments, tuple(sorted(attacks)))


def _contradictions(table: StatementTable) -> dict[str, set[str]]:
    places, others = table.related("contradicts")
    claims = table.column("claim").take(places)
    found: dict[str, set[str]] = {}
    for claim, other in zip(claims.list(), others.list(), strict=True):
        if claim and other and claim != other:
            found.setdefault(claim, set()).add(other)
            found.setdefault(other, set()).add(claim)
    return found


def _printed(table: StatementTable) -> dict[str, set[str]]:
    places, sources = table.related("printed")
    claims = table.column("claim").take(places)
    found: dict[str, set[str]] = {}
    for claim, source in zip(claims.list(), sources.list(), strict=True):
        if claim and source:
            found.setdefault(claim, set()).add(source)
    return found


def _rank(each: ContestedClaim) -> tuple[bool, int, int, str, str]:
    both = min(len(each.affirms), len(each.denies) + len(each.contradicted_by))
    return not each.contested, -both, -(len(each.affirms) + len(each.denies)), each.label, each.claim
