"""Correspondence analysis of actors and what they affirm and deny."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from disputegraph.analysis.claim_responses import FEW_ANSWERS, Sides, exchanged, sides_taken
from disputegraph.analysis.resampling import Inference, Tested, beside_chance
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable

Floats = NDArray[np.float64]

_NOTHING = 1e-12
"""Inertias below this are those of axes that are not there."""


@dataclass(frozen=True, slots=True)
class PlacedActor:
    """An actor on the axes.

    Attributes:
        actor: IRI.
        label: what it is called.
        coordinates: principal coordinates, one an axis.
        contributions: share of each axis' inertia that is this actor's.
        mass: share of all statements.
        claims: claims on which it takes a side.
        few: whether these are fewer than `FEW_ANSWERS`.
    """

    actor: str
    label: str
    coordinates: tuple[float, ...]
    contributions: tuple[float, ...]
    mass: float
    claims: int
    few: bool


@dataclass(frozen=True, slots=True)
class PlacedSide:
    """One side of a claim on the axes.

    Attributes:
        claim: IRI.
        label: what the claim is called.
        side: ``affirms`` or ``denies``.
        coordinates: principal coordinates, one an axis.
        contributions: share of each axis' inertia that is this side's.
        mass: share of all statements.
    """

    claim: str
    label: str
    side: str
    coordinates: tuple[float, ...]
    contributions: tuple[float, ...]
    mass: float


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The axes along which actors differ most in what they affirm and deny.

    Attributes:
        actors: in order of the first coordinate.
        sides: claims by side, in order of the first coordinate.
        inertias: principal inertia of every axis, the largest first.
        shares: these as shares of their sum.
        total: their sum: chi-square divided by the number of statements.
        first: the first of them, beside statements exchanged within claims.
        statements: statements on the axes.
        rare: sides of claims left out, since too few actors take them.
        apart: actors left out, since no side that they take links them to the rest.
    """

    actors: tuple[PlacedActor, ...]
    sides: tuple[PlacedSide, ...]
    inertias: tuple[float, ...]
    shares: tuple[float, ...]
    total: float
    first: Tested
    statements: int
    rare: int
    apart: int


def correspondence(
    table: StatementTable, *, axes: int = 2, min_actors: int = 2, null: int = 200, seed: int = 0, **options: Any
) -> Correspondence:
    """Return the correspondence analysis of actors by sides of claims.

    Each claim has two columns, one of affirming and one of denying statements; the cells count statements. See
    `correspondence_axes`. Parts of the table that share no column would each be an axis of their own with an inertia
    of 1, so that the largest part alone is analysed.

    Args:
        table: the statements.
        axes: number of axes to give coordinates on; fewer where there are fewer.
        min_actors: a side of a claim that fewer actors take is left out: it would move who takes it far out for that
            alone.
        null: number of shuffles that the first inertia is compared with; 0 for none.
        seed: of the shuffles.
        options: see `NetworkOptions`. With `duplicates` ``range`` each actor counts once a side.

    Raises:
        UsageError: no axis asked for, or nothing in which two actors differ.
    """
    if axes < 1:
        raise UsageError(f"there is at least one axis; {axes} is not a number of them.")
    taken = sides_taken(table, **options)
    counts = np.concatenate([taken.affirms, taken.denies], axis=1)
    speaking = np.flatnonzero(counts.sum(axis=1))
    rows, columns = _linked(counts, min_actors)
    if min(len(rows), len(columns)) <= 1:
        raise UsageError(
            f"there are no axes: it takes two actors and two sides of claims, each taken by {min_actors} actors."
        )
    kept = counts[np.ix_(rows, columns)]
    found, across, inertias = correspondence_axes(kept)
    if not len(inertias):
        raise UsageError("there are no axes: all actors say the same.")
    how = Inference(null=null, bootstrap=0, seed=seed)
    mass, weight = kept.sum(axis=1) / kept.sum(), kept.sum(axis=0) / kept.sum()
    spoken = ((taken.affirms + taken.denies) > 0).sum(axis=1)
    number = len(taken.claims)
    actors = [
        PlacedActor(
            (actor := taken.actors[row]), taken.labels[actor], *_on_axes(found[place], mass[place], inertias, axes),
            float(mass[place]), int(spoken[row]), bool(spoken[row] < FEW_ANSWERS),
        )
        for place, row in enumerate(rows.tolist())
    ]  # fmt: skip
    sides = [
        PlacedSide(
            (claim := taken.claims[column % number]), taken.labels[claim], "denies" if column >= number else "affirms",
            *_on_axes(across[place], weight[place], inertias, axes), float(weight[place]),
        )
        for place, column in enumerate(columns.tolist())
    ]  # fmt: skip
    total = float(inertias.sum())
    return Correspondence(
        actors=tuple(sorted(actors, key=lambda each: (each.coordinates, each.actor))),
        sides=tuple(sorted(sides, key=lambda each: (each.coordinates, each.claim, each.side))),
        inertias=tuple(inertias.tolist()),
        shares=tuple((inertias / total).tolist()),
        total=total,
        first=beside_chance(float(inertias[0]), _shuffled(taken, how, min_actors)),
        statements=int(kept.sum()),
        rare=int(((counts > 0).sum(axis=0)[counts.any(axis=0)] < min_actors).sum()),
        apart=len(speaking) - len(rows),
    )


def _linked(counts: Floats, min_actors: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the actors and the sides of claims in the largest part of the table that hangs together."""
    from scipy.sparse.csgraph import connected_components

    columns = np.flatnonzero((counts > 0).sum(axis=0) >= max(min_actors, 1))
    rows = np.flatnonzero(counts[:, columns].any(axis=1))
    if not len(rows):
        return rows, columns
    table = csr_array((counts[np.ix_(rows, columns)] > 0).astype(np.float64))
    # Two actors hang together where they take one side of a claim.
    _, part = connected_components(table @ table.T, directed=False)
    largest = part == np.bincount(part).argmax()
    rows = rows[largest]
    return rows, columns[counts[np.ix_(rows, columns)].any(axis=0)]


def _shuffled(taken: Sides, how: Inference, min_actors: int) -> Iterator[float | None]:
    """Yield the first inertia of shuffles; None where nothing hangs together."""
    actors, claims = np.nonzero(taken.affirms + taken.denies)
    cells = np.stack([taken.affirms[actors, claims], taken.denies[actors, claims]])
    for number in range(how.null):
        moved = cells[:, exchanged(claims, how.shuffle(number))]
        sides = np.zeros((2, *taken.affirms.shape))
        sides[:, actors, claims] = moved
        counts = np.concatenate(list(sides), axis=1)
        rows, columns = _linked(counts, min_actors)
        few = min(len(rows), len(columns)) <= 1
        inertias = np.zeros(0) if few else correspondence_axes(counts[np.ix_(rows, columns)])[2]
        yield float(inertias[0]) if len(inertias) else None


def correspondence_axes(counts: Floats) -> tuple[Floats, Floats, Floats]:
    """Return principal coordinates of rows and of columns, and the principal inertias.

    With P the counts divided by their sum, and r and c its margins: the singular value decomposition of
    ``D_r^−½ (P − rc') D_c^−½ = U D V'`` gives ``F = D_r^−½ U D``, ``G = D_c^−½ V D`` and the inertias D².
    Source: Greenacre (2017), Correspondence Analysis in Practice, 3rd edition, appendix A. The sign of an axis is
    arbitrary: here the row farthest from 0 on it, of equals the first, is at its positive end.

    Args:
        counts: not negative; no row and no column is empty.
    """
    shares = counts / counts.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    expected = np.outer(rows, columns)
    left, sizes, right = np.linalg.svd((shares - expected) / np.sqrt(expected), full_matrices=False)
    there = np.flatnonzero(sizes**2 > _NOTHING)
    found = left[:, there] / np.sqrt(rows)[:, None] * sizes[there]
    across = right[there].T / np.sqrt(columns)[:, None] * sizes[there]
    # Rounded, so that rows equally far do not take turns by the last bit.
    farthest = np.abs(found).round(9).argmax(axis=0)
    sign = np.where(found[farthest, np.arange(len(there))] < 0, -1.0, 1.0)
    return found * sign, across * sign, sizes[there] ** 2


def _on_axes(
    coordinates: Floats, mass: float, inertias: Floats, axes: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    # Noise in the last digits would show as -0.0.
    shown = coordinates[:axes].round(12) + 0.0
    return tuple(shown.tolist()), tuple((mass * shown**2 / inertias[:axes]).tolist())
