"""What each actor answers to each claim: affirms, denies, or nothing that can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import weigh

FEW_ANSWERS = 3
"""Actors that take a side on fewer claims are marked: where they are put says little of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """The answers of actors to claims, one for each pair that has one.

    Attributes:
        actors: IRIs of the actors that are left, in order of their labels.
        claims: IRIs of the claims that are left, in order of their labels.
        labels: what they are called.
        rows: the actor of each answer.
        columns: its claim.
        affirms: whether it affirms.
        statements: statements behind the answers.
        mixed: pairs of actor and claim without an answer, since the actor says both.
        uncontested: claims left out, since all answers are the same or there is one only.
        alone: actors left out, since they answer no claim that is left.
    """

    actors: tuple[str, ...]
    claims: tuple[str, ...]
    labels: dict[str, str]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    affirms: NDArray[np.bool_]
    statements: int
    mixed: int
    uncontested: int
    alone: int


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Statements of actors on claims, by side.

    Attributes:
        actors: IRIs of actors.
        claims: IRIs of claims.
        labels: what they are called.
        affirms: number of affirming statements, actors by claims.
        denies: number of denying ones.
    """

    actors: tuple[str, ...]
    claims: tuple[str, ...]
    labels: dict[str, str]
    affirms: NDArray[np.float64]
    denies: NDArray[np.float64]


def sides_taken(table: StatementTable, **options: Any) -> Sides:
    """Return how often each actor affirms and denies each claim; neutral statements take no side.

    Args:
        table: the statements.
        options: see `NetworkOptions`.

    Raises:
        UsageError: a qualifier that has other levels than two.
    """
    # 'subtract' leaves out what takes no side, and lets a repetition count only within one side.
    found = weigh(table, "affiliation", **{**options, "value": "subtract"})
    cells = found.incidence
    if found.settings["scale"] != "boolean":
        raise UsageError(
            f"positions need a qualifier that says yes or no; '{found.settings['qualifier']}' has other levels."
        )
    called = table.names(found.others).labels
    labels = {**found.labels, **{claim: called.get(claim, claim) for claim in found.others}}
    by_level = dict(zip(cells.values, cells.matrices(), strict=True))
    nothing = np.zeros(cells.shape)
    affirms, denies = (by_level[level].toarray() if level in by_level else nothing for level in (1.0, 0.0))
    return Sides(found.nodes, found.others, labels, affirms, denies)


def claim_responses(table: StatementTable, *, threshold: float = 1.0, **options: Any) -> Responses:
    """Return one answer for each actor and claim: said again it is no second answer.

    An actor affirms a claim if at least `threshold` of its statements that take a side affirm it, and denies it if at
    least as many deny it; between the two there is no answer. Claims on which all answers are the same do not tell
    actors apart, and are left out, and then actors without an answer.

    Args:
        table: the statements.
        threshold: above 0.5, up to 1 (default): who says both gives no answer, as in rDNA's dna_scale1dbin.
        options: see `NetworkOptions`.

    Raises:
        UsageError: a threshold out of range, or what `sides_taken` raises.
    """
    if not 0.5 < threshold <= 1:  # noqa: PLR2004  # at one half both sides would have it
        raise UsageError(f"a threshold lies above 0.5 and is 1 at most, as in 0.75; {threshold:g} does not.")
    sides = sides_taken(table, **options)
    total = sides.affirms + sides.denies
    share = np.divide(sides.affirms, total, out=np.full_like(total, 0.5), where=total > 0)
    affirms, denies = (total > 0) & (share >= threshold), (total > 0) & (share <= 1 - threshold)
    told = affirms | denies
    contested = affirms.any(axis=0) & denies.any(axis=0)
    speaking = told[:, contested].any(axis=1)
    rows, columns = np.nonzero(told[speaking][:, contested])
    kept = np.ix_(speaking, contested)
    return Responses(
        tuple(np.array(sides.actors, dtype=object)[speaking].tolist()),
        tuple(np.array(sides.claims, dtype=object)[contested].tolist()),
        sides.labels,
        rows,
        columns,
        affirms[kept][rows, columns],
        int(total[kept][rows, columns].sum()),
        int(((total > 0) & ~told).sum()),
        int((~contested).sum()),
        int((~speaking).sum()),
    )


def exchanged(claims: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.intp]:
    """Return an order of cells in which those of each claim have changed places at random: the null of positions.

    Who speaks on which claim stays, and so does how often each claim is affirmed and denied.
    """
    order = np.empty(len(claims), dtype=np.intp)
    order[np.argsort(claims, kind="stable")] = np.lexsort((random.random(len(claims)), claims))
    return order
