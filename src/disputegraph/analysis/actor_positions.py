"""Ideal points: where actors stand on one dimension, by what they affirm and deny."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.claim_responses import FEW_ANSWERS, Responses, claim_responses, exchanged
from disputegraph.analysis.resampling import FEW_ACTORS, Inference, Tested, beside_chance
from disputegraph.analysis.response_model import CHAINS, item_response
from disputegraph.errors import UsageError, nearest
from disputegraph.model import StatementTable

FEW_CLAIMS = 3
"""Below as many claims there is no dimension to be found."""

_LEVEL = (2.5, 97.5)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class IdealPoint:
    """Where an actor stands.

    Attributes:
        actor: IRI.
        label: what it is called.
        position: mean of the posterior; 0 is the middle of all actors, 1 their standard deviation.
        interval: 95 % credible interval.
        answers: claims that it affirms or denies, of those that count.
        few: whether these are fewer than `FEW_ANSWERS`.
    """

    actor: str
    label: str
    position: float
    interval: tuple[float, float]
    answers: int
    few: bool


@dataclass(frozen=True, slots=True)
class ClaimParameters:
    """How a claim tells actors apart.

    Attributes:
        claim: IRI.
        label: what it is called.
        discrimination: β, mean of the posterior: how much likelier it is affirmed the farther to the positive end;
            negative where it is affirmed at the other end.
        discrimination_interval: 95 % credible interval.
        difficulty: α, mean of the posterior: an actor at 0 affirms it with probability ``Φ(−α)``.
        difficulty_interval: 95 % credible interval.
        affirms: actors that affirm it.
        denies: actors that deny it.
    """

    claim: str
    label: str
    discrimination: float
    discrimination_interval: tuple[float, float]
    difficulty: float
    difficulty_interval: tuple[float, float]
    affirms: int
    denies: int


@dataclass(frozen=True, slots=True)
class IdealPoints:
    """Positions of actors on one dimension, with the claims that tell them apart.

    Attributes:
        actors: from the least position to the greatest.
        claims: in order of how much they tell actors apart, the most first.
        first_axis: share of the answers' variance that one dimension shows (the largest squared singular value), beside
            that of answers exchanged within claims.
        positive: IRI of the actor whose position was made positive.
        named: whether that actor was asked for; else it is the one farthest from 0, and which end is up means nothing.
        reliability: share of the variance of positions that is not that of the estimates, 0 to 1.
        r_hat: the largest potential scale reduction of a position; above 1.1 the chains have not converged.
        draws: draws kept, of all chains together.
        statements: statements behind the answers.
        answers: pairs of an actor and a claim with an answer.
        mixed: pairs without one, since the actor says both.
        uncontested: claims left out, since nobody who answers differs.
        alone: actors left out, since they answer no claim that is left.
    """

    actors: tuple[IdealPoint, ...]
    claims: tuple[ClaimParameters, ...]
    first_axis: Tested
    positive: str
    named: bool
    reliability: float
    r_hat: float
    draws: int
    statements: int
    answers: int
    mixed: int
    uncontested: int
    alone: int


def ideal_points(
    table: StatementTable,
    *,
    positive: str | None = None,
    threshold: float = 1.0,
    draws: int = 1000,
    null: int = 200,
    seed: int = 0,
    **options: Any,
) -> IdealPoints:
    """Return where actors stand on one dimension, by a two-parameter item-response model; see `item_response`.

    Args:
        table: the statements.
        positive: IRI or label of an actor whose position is to be positive; by default the one farthest from 0.
        threshold: see `claim_responses`.
        draws: draws that each of four chains keeps; 100 at least.
        null: number of shuffles that the first axis is compared with; 0 for none.
        seed: of the random numbers: the same seed gives the same figures.
        options: see `NetworkOptions`.

    Raises:
        UsageError: fewer than five actors or three contested claims, an actor that is not among them, or an option out
            of range.
    """
    if draws < 100:  # noqa: PLR2004  # quantiles of fewer are noise
        raise UsageError(f"an interval needs 100 draws at least, not {draws}.")
    found = claim_responses(table, threshold=threshold, **options)
    if (why := _too_little(found)) is not None:
        raise UsageError(f"there are no ideal points: {why}")
    fixed = None if positive is None else _actor(found, positive)
    drawn = item_response(found.rows, found.columns, found.affirms, draws=draws, seed=seed)
    means = drawn.positions.mean(axis=0)
    end = int(np.abs(means).argmax()) if fixed is None else fixed
    turn = -1.0 if means[end] < 0 else 1.0
    positions, slopes = turn * drawn.positions, turn * drawn.discrimination
    answers = np.bincount(found.rows, minlength=len(found.actors))
    affirms, denies = (
        np.bincount(found.columns[side], minlength=len(found.claims)) for side in (found.affirms, ~found.affirms)
    )
    labels = found.labels
    points = [
        IdealPoint(actor, labels[actor], mean, interval, number, number < FEW_ANSWERS)
        for actor, (mean, interval), number in zip(found.actors, _told(positions), answers.tolist(), strict=True)
    ]
    claims = [
        ClaimParameters(claim, labels[claim], *slope, *height, yes, no)
        for claim, slope, height, yes, no in zip(
            found.claims, _told(slopes), _told(drawn.difficulty), affirms.tolist(), denies.tolist(), strict=True
        )
    ]
    spread = float(np.var([each.position for each in points]))
    noise = float(positions.var(axis=0).mean())
    return IdealPoints(
        actors=tuple(sorted(points, key=lambda each: (each.position, each.actor))),
        claims=tuple(sorted(claims, key=lambda each: (-abs(each.discrimination), each.claim))),
        first_axis=_beside_chance(found, Inference(null=null, bootstrap=0, seed=seed)),
        positive=found.actors[end],
        named=fixed is not None,
        reliability=spread / (spread + noise),
        r_hat=float(drawn.r_hat.max()),
        draws=draws * CHAINS,
        statements=found.statements,
        answers=len(found.rows),
        mixed=found.mixed,
        uncontested=found.uncontested,
        alone=found.alone,
    )


def _told(draws: Floats) -> list[tuple[float, tuple[float, float]]]:
    low, high = np.percentile(draws, _LEVEL, axis=0).tolist()
    return list(zip(draws.mean(axis=0).tolist(), zip(low, high, strict=True), strict=True))


def _beside_chance(found: Responses, how: Inference) -> Tested:
    shuffles = (found.affirms[exchanged(found.columns, how.shuffle(number))] for number in range(how.null))
    return beside_chance(_first_axis(found, found.affirms), (_first_axis(found, each) for each in shuffles))


def _first_axis(found: Responses, affirms: NDArray[np.bool_]) -> float:
    """Return the share of the largest squared singular value of the answers, each claim standardised, others 0.

    Chance gives a first axis too, of any answers; so the share means something beside its null only, as in parallel
    analysis (Horn 1965, Psychometrika 30:179).
    """
    numbers = np.bincount(found.columns)
    mean = np.bincount(found.columns, weights=affirms) / numbers
    spread = np.sqrt(mean * (1 - mean))
    matrix = np.zeros((len(found.actors), len(found.claims)))
    matrix[found.rows, found.columns] = (affirms - mean[found.columns]) / spread[found.columns]
    return float(np.linalg.norm(matrix, 2) ** 2 / len(affirms))


def _too_little(found: Responses) -> str | None:
    parts = []
    if (many := len(found.actors)) < FEW_ACTORS:
        parts.append(f"{many} {'actor takes' if many == 1 else 'actors take'} a side on a contested claim")
    if (many := len(found.claims)) < FEW_CLAIMS:
        parts.append(f"{many} {'claim is' if many == 1 else 'claims are'} affirmed by one actor and denied by another")
    if not parts:
        return None
    return f"{' and '.join(parts)}; it takes {FEW_ACTORS} actors and {FEW_CLAIMS} claims."


def _actor(found: Responses, name: str) -> int:
    for place, actor in enumerate(found.actors):
        if name == actor or name.casefold() == found.labels[actor].casefold():
            return place
    labels = [found.labels[actor] for actor in found.actors]
    raise UsageError(f"'{name}' is not an actor that takes a side on a contested claim.{nearest(name, labels)}")
