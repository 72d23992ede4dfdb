"""Ties of a projection beside chance: is a tie stronger than how much actors say, and how popular claims are, explain?

Two nulls for the projection of a table of actors by claims, or by sides of claims: the stochastic degree sequence
model, which keeps the margins in the mean, and the fixed degree sequence model, which keeps them exactly. Source: Neal
(2014), Social Networks 39:84; Neal, Domagalski & Sagan (2021), Scientific Reports 11:23929.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from disputegraph.errors import UsageError, nearest
from disputegraph.networks.formulas import Floats, Matrix
from disputegraph.networks.network_weights import Weights

NULL_MODELS = ("sdsm", "fdsm")
CORRECTIONS = ("holm", "bh", "none")

_TRADES = 3
"""Global trades between two draws of the fixed degree sequence model."""

_MIXING = 50
"""Global trades before the first draw."""

_INFINITE = 40.0
"""Logits beyond this are 0 and 1 to all digits."""

Table = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TieTest:
    """How the ties of a network were compared with chance.

    Attributes:
        model: ``sdsm`` or ``fdsm``.
        level: below which a corrected p keeps a tie.
        correction: ``holm``, ``bh`` or ``none``.
        draws: tables drawn for ``fdsm``; 0 for ``sdsm``, which needs none.
        pairs: pairs of nodes that were tested: all.
        kept: ties that stay.
        reachable: whether the draws are enough for a single tie to stay.
    """

    model: str
    level: float
    correction: str
    draws: int
    pairs: int
    kept: int
    reachable: bool


def ties_beyond_chance(
    weights: Weights, model: str, level: float, *, correction: str = "holm", draws: int = 1000, seed: int = 0
) -> tuple[Weights, TieTest]:
    """Return a network with those ties only that are stronger than chance lets expect, and how that was tested.

    What is tested is the number of columns that two nodes share, however often they say them: claims in a
    ``cooccurrence`` network, sides of claims in one of ``congruence``. Kept ties have their weight, and beside it
    ``shared`` (that number), ``expected`` and ``p`` (uncorrected, of sharing as many or more).

    Args:
        weights: a network of congruence or cooccurrence.
        model: ``sdsm`` or ``fdsm``.
        level: between 0 and 1.
        correction: for testing all pairs: ``holm`` (Holm 1979: the chance of a single wrong tie is at most `level`),
            ``bh`` (Benjamini & Hochberg 1995: the share of wrong ties is), or ``none``.
        draws: of ``fdsm``; p is never below 1 / (draws + 1), the data counted as one of them.
        seed: of the random numbers of ``fdsm``.

    Raises:
        UsageError: another kind of network, or an option out of range.
    """
    for word, known, what in ((model, NULL_MODELS, "null model"), (correction, CORRECTIONS, "correction")):
        if word not in known:
            raise UsageError(f"unknown {what} '{word}'.{nearest(word, known)} There are {', '.join(known)}.")
    if not 0 < level < 1:
        raise UsageError(f"a level lies between 0 and 1, such as 0.05; {level:g} does not.")
    if draws < 1:
        raise UsageError("a p needs one draw at least.")
    table = _shared_columns(weights)
    number = table.shape[0]
    rows, columns = np.triu_indices(number, 1)
    observed = _pairs_of(table, rows, columns)
    if model == "sdsm":
        p, expected = _stochastic(table, rows, columns, observed)
    else:
        p, expected = _fixed(table, rows, columns, curveball_tables(table, draws, seed))
    corrected = _corrected(p, correction)
    there = np.asarray(weights.matrix[rows, columns]).ravel() != 0 if len(rows) else np.zeros(0, dtype=bool)
    kept = there & (corrected < level)

    def both_ways(values: Floats) -> Matrix:
        ends = np.concatenate([rows[kept], columns[kept]]), np.concatenate([columns[kept], rows[kept]])
        return sparse.csr_array((np.tile(values[kept], 2), ends), shape=(number, number))

    mask = both_ways(np.ones(len(rows)))
    parts = {"shared": both_ways(observed.astype(np.float64)), "expected": both_ways(expected), "p": both_ways(p)}
    # Holm asks most of the smallest p; with the other two all pairs may have the least p there can be.
    least = (len(rows) if correction == "holm" else 1) / (draws + 1)
    reachable = model == "sdsm" or least < level
    test = TieTest(model, level, correction, draws if model == "fdsm" else 0, len(rows), int(kept.sum()), reachable)
    settings = {
        **weights.settings, "null model": model, "level": f"{level:g}", "correction": correction,
        **({"draws": str(draws), "seed": str(seed)} if model == "fdsm" else {}),
    }  # fmt: skip
    kept_parts = {name: sparse.csr_array(part.multiply(mask)) for name, part in weights.parts.items()}
    matrix = sparse.csr_array(weights.matrix.multiply(mask))
    return replace(weights, matrix=matrix, parts={**kept_parts, **parts}, settings=settings), test


def _shared_columns(weights: Weights) -> Table:
    if weights.kind not in ("congruence", "cooccurrence"):
        raise UsageError(
            f"sdsm and fdsm are nulls of what nodes share: of congruence and cooccurrence, and not of {weights.kind}."
        )
    cells = weights.incidence
    there = [np.asarray(level.toarray() > 0) for level in cells.matrices()]
    if weights.kind == "cooccurrence":
        table = np.logical_or.reduce(there) if there else np.zeros(cells.shape, dtype=bool)
    else:
        alike = weights.similarity.get("congruence", np.zeros((0, 0)))
        if not np.array_equal(alike, np.eye(len(alike))):
            raise UsageError(
                "sdsm and fdsm need a qualifier with sides, such as polarity; on a scale all levels agree."
            )
        table = np.concatenate(there, axis=1) if there else np.zeros((cells.height, 0), dtype=bool)
    return np.asarray(table[:, table.any(axis=0)])


def _pairs_of(table: Table, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
    numbers = table.astype(np.float64)
    return np.rint((numbers @ numbers.T)[rows, columns]).astype(np.int64)


def _corrected(p: Floats, correction: str) -> Floats:
    if correction == "none" or not len(p):
        return p
    if correction == "bh":
        from scipy.stats import false_discovery_control

        return np.asarray(false_discovery_control(p))
    order = np.argsort(p, kind="stable")
    found = np.empty_like(p)
    found[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
    return found


# ---- the stochastic degree sequence model


def cell_probabilities(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Floats:
    """Return the probability of each cell in the bipartite configuration model with these margins in the mean.

    ``p_ij = 1 / (1 + exp(−a_i − b_j))``, the distribution of maximal entropy (Saracco et al. 2015, Scientific Reports
    5:10595), by Newton's kind of optimisation of its likelihood, which has one maximum. Rows and columns that are full
    are certain, and those that are empty impossible; equal margins have equal parameters, so that few are sought.

    Args:
        rows: sums of the rows of a table of zeros and ones.
        columns: sums of its columns.

    Raises:
        UsageError: the optimiser does not meet the margins to one thousandth.
    """
    found = np.zeros((len(rows), len(columns)))
    tall, wide = np.arange(len(rows)), np.arange(len(columns))
    down, across = rows.astype(np.float64), columns.astype(np.float64)
    while len(tall) and len(wide):
        full, filled = down == len(wide), across == len(tall)
        sure, settled = full | (down == 0), filled | (across == 0)
        if not sure.any() and not settled.any():
            break
        if sure.any():
            found[np.ix_(tall[full], wide)] = 1.0
            across = across - full.sum()
            tall, down = tall[~sure], down[~sure]
        else:
            found[np.ix_(tall, wide[filled])] = 1.0
            down = down - filled.sum()
            wide, across = wide[~settled], across[~settled]
    if len(tall) and len(wide):
        found[np.ix_(tall, wide)] = _by_entropy(down, across)
    error = max(np.abs(found.sum(axis=1) - rows).max(initial=0), np.abs(found.sum(axis=0) - columns).max(initial=0))
    if error > 1e-3:  # noqa: PLR2004
        raise UsageError(f"sdsm did not converge: the margins are missed by {error:.2g}; use fdsm.")
    return found


def _by_entropy(rows: Floats, columns: Floats) -> Floats:
    from scipy.optimize import minimize
    from scipy.special import expit

    down, which_row, many_rows = np.unique(rows, return_inverse=True, return_counts=True)
    across, which_column, many_columns = np.unique(columns, return_inverse=True, return_counts=True)
    both = np.outer(many_rows, many_columns)

    def cost(values: Floats) -> tuple[float, Floats]:
        logits = values[: len(down), None] + values[None, len(down) :]
        chances = both * expit(logits)
        entropy = (both * np.logaddexp(0, logits)).sum()
        given = (many_rows * down) @ values[: len(down)] + (many_columns * across) @ values[len(down) :]
        slope = np.concatenate([chances.sum(axis=1) - many_rows * down, chances.sum(axis=0) - many_columns * across])
        return float(entropy - given), slope

    start = np.concatenate([np.log(down / (len(columns) - down)), np.zeros(len(across))])
    options: Any = {"maxiter": 20_000, "maxfun": 40_000, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 30}
    bounds = [(-_INFINITE, _INFINITE)] * len(start)
    values = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    chances: Floats = expit(values[: len(down), None] + values[None, len(down) :])
    return chances[np.ix_(which_row, which_column)]


def _stochastic(
    table: Table, rows: NDArray[np.intp], columns: NDArray[np.intp], observed: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Return p and expectation of every pair: what two rows share is Poisson binomial."""
    chances = cell_probabilities(table.sum(axis=1), table.sum(axis=0))
    # Rows with one sum have the same chances.
    degrees, first, kind = np.unique(table.sum(axis=1), return_index=True, return_inverse=True)
    low, high = np.minimum(kind[rows], kind[columns]), np.maximum(kind[rows], kind[columns])
    p, expected = np.ones(len(rows)), np.zeros(len(rows))
    for pair in np.unique(low * len(degrees) + high).tolist():
        one, other = divmod(pair, len(degrees))
        here = (low == one) & (high == other)
        each = chances[first[one]] * chances[first[other]]
        p[here] = _at_least(each, int(observed[here].max()))[observed[here]]
        expected[here] = each.sum()
    return p, expected


def _at_least(chances: Floats, most: int) -> Floats:
    """Return the probabilities of 0, 1 … `most` successes or more, of independent trials with these chances."""
    # The last state is `most` or more; only sums of what is positive are taken, so that small p keep their digits.
    states = np.zeros(most + 1)
    states[0] = 1.0
    for chance in chances.tolist():
        moved = states * chance
        states -= moved
        states[1:] += moved[:-1]
        states[-1] += moved[-1]
    return np.minimum(np.cumsum(states[::-1])[::-1], 1.0)


# ---- the fixed degree sequence model


def _fixed(
    table: Table, rows: NDArray[np.intp], columns: NDArray[np.intp], tables: Iterator[Table]
) -> tuple[Floats, Floats]:
    """Return p and expectation of every pair over tables with the same margins."""
    observed = _pairs_of(table, rows, columns)
    as_many, total, draws = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows)), 0
    for drawn in tables:
        shared = _pairs_of(drawn, rows, columns)
        as_many += shared >= observed
        total += shared
        draws += 1
    return (as_many + 1) / (draws + 1), total / draws


def curveball_tables(table: Table, draws: int, seed: int) -> Iterator[Table]:
    """Yield random tables with the same margins: by trades of what one of two rows has and the other has not.

    All rows are paired at random and trade at once: the global curveball (Carstens, Hamann, Meyer, Penschuck, Tran &
    Wagner 2018, ESA), after Strona et al. (2014, Nature Communications 5:4114). The tables yielded share their memory.

    Args:
        table: a table of zeros and ones.
        draws: number of tables, three trades of all rows apart.
        seed: of the random numbers.
    """
    random = np.random.default_rng(seed)
    found = table.copy()
    for number in range(draws):
        for _ in range(_TRADES if number else _MIXING):
            order = random.permutation(len(found))
            for one, other in zip(order[::2].tolist(), order[1::2].tolist(), strict=False):
                traded = np.flatnonzero(found[one] != found[other])
                if len(traded):
                    mine = found[one, traded]
                    random.shuffle(mine)
                    found[one, traded], found[other, traded] = mine, ~mine
        yield found
