"""The two-parameter item-response model of who affirms what, fitted by Gibbs sampling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]

CHAINS = 4
"""Chains are run side by side, so that it can be told whether they agree."""

_PRECISION = 0.25
"""Of the normal priors of discrimination and difficulty: a standard deviation of 2, as in MCMCpack (its AB0)."""

_FARTHEST = 35.0
"""Beyond as many standard deviations probabilities are no longer told from 0."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemResponse:
    """Draws from the posterior, all with the same end up.

    Attributes:
        positions: draws by actors.
        discrimination: draws by items.
        difficulty: draws by items.
        r_hat: Gelman & Rubin's (1992) potential scale reduction of each actor's position; near 1 where chains agree.
    """

    positions: Floats
    discrimination: Floats
    difficulty: Floats
    r_hat: Floats


def item_response(
    actors: NDArray[np.intp], items: NDArray[np.intp], yes: NDArray[np.bool_], *, draws: int, seed: int
) -> ItemResponse:
    """Return draws from the posterior of ``P(y_ij = 1) = Φ(β_j θ_i − α_j)``.

    θ_i, the position of actor i, is standard normal; β_j, the discrimination of item j, and α_j, its difficulty, are
    normal with mean 0 and standard deviation 2. The sampler adds a normal latent answer to each response (Albert
    1992, Journal of Educational Statistics 17:251); the model is that of Clinton, Jackman & Rivers (2004, American
    Political Science Review 98:355), priors and parametrisation those of MCMCpack's MCMCirt1d, which rDNA calls.

    The model is the same with all signs of θ and β turned. Each draw is turned so that its positions have a positive
    inner product with the leading eigenvector of the posterior's second moments ``E θθ'``: by symmetry this gives the
    posterior under that constraint.

    Args:
        actors: the actor of each response, numbered from 0.
        items: its item, numbered from 0.
        yes: whether it affirms.
        draws: number of draws that each of `CHAINS` chains keeps, after half as many that are thrown away.
        seed: of the random numbers.
    """
    from scipy.special import ndtr, ndtri

    random = np.random.default_rng(seed)
    by_actor, by_item = _sums_of(actors), _sums_of(items)
    answers_of = (by_item @ np.ones(len(yes)))[:, None]
    side = np.where(yes, 1.0, -1.0)[:, None]
    # Chains stand side by side, in columns.
    theta = random.standard_normal((by_actor.shape[0], CHAINS))
    beta, alpha = random.standard_normal((2, by_item.shape[0], CHAINS))
    kept: list[tuple[Floats, Floats, Floats]] = []
    burn_in = draws // 2
    for number in range(burn_in + draws):
        slopes, heights = beta[items], alpha[items]
        # A normal around the predicted answer, cut to the side of zero that the given answer says.
        toward = side * np.clip(slopes * theta[actors] - heights, -_FARTHEST, _FARTHEST)
        latent = side * (toward - ndtri(random.random(toward.shape) * ndtr(toward)))
        precision = 1.0 + by_actor @ slopes**2
        middle = by_actor @ (slopes * (latent + heights)) / precision
        theta = middle + random.standard_normal(theta.shape) / np.sqrt(precision)
        places = theta[actors]
        summed = [by_item @ each for each in (places**2, places, places * latent, latent)]
        beta, alpha = _regressed(summed, answers_of, random)
        if number >= burn_in:
            kept.append((theta.T, beta.T, alpha.T))
    chains = np.array([each[0] for each in kept])
    sign = _turned(chains)
    flat = (len(kept) * CHAINS, -1)
    slopes = np.array([each[1] for each in kept])
    return ItemResponse(
        (chains * sign).reshape(flat),
        (slopes * sign).reshape(flat),
        np.array([each[2] for each in kept]).reshape(flat),
        _potential_scale_reduction(chains * sign),
    )


def _sums_of(places: NDArray[np.intp]) -> sparse.csr_array:
    """Return the matrix that sums responses by actor or by item."""
    many = len(places)
    return sparse.csr_array((np.ones(many), (places, np.arange(many))), shape=(int(places.max()) + 1, many))


def _regressed(summed: list[Floats], answers: Floats, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Return draws of slopes and difficulties: for each item the regression of latent answers z on (θ, −1).

    Args:
        summed: by item, the sums of θ², θ, θz and z over its answers.
        answers: by item, their number.
        random: the random numbers.
    """
    squares, sums, met, total = summed
    first, last = squares + _PRECISION, answers + _PRECISION
    determinant = first * last - sums**2
    beta = (last * met - sums * total) / determinant
    alpha = (sums * met - first * total) / determinant
    # The covariance is that of two normals, the second given the first.
    spread = np.sqrt(last / determinant)
    noise, other = random.standard_normal((2, *beta.shape))
    slope = spread * noise
    return beta + slope, alpha + (sums / last) * slope + other / np.sqrt(last)


def _turned(chains: Floats) -> Floats:
    """Return 1 or −1 for each draw, so that all have the same end up."""
    flat = chains.reshape(-1, chains.shape[-1])
    _, vectors = np.linalg.eigh(flat.T @ flat)
    return np.where(chains @ vectors[:, -1:] < 0, -1.0, 1.0)


def _potential_scale_reduction(chains: Floats) -> Floats:
    """Return the square root of (pooled variance / variance within chains), 1 where nothing varies."""
    draws = chains.shape[0]
    within = chains.var(axis=0, ddof=1).mean(axis=0)
    between = chains.mean(axis=0).var(axis=0, ddof=1)
    pooled = (draws - 1) / draws * within + between
    found: Floats = np.sqrt(np.divide(pooled, within, out=np.ones_like(within), where=within > 0))
    return found
