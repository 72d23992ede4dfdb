"""Nulls and intervals: the same figure of networks that chance alone made, and of networks drawn anew."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.ties import Ties, find_ties
from disputegraph.errors import UsageError
from disputegraph.model import RELATIONS, Column, StatementTable
from disputegraph.networks import node_field

FEW_ACTORS, FEW_TIES = 5, 10
"""Below these no figure is compared with chance: it would say more of the numbers than of the dispute."""

_LEVEL = 0.95
_SHUFFLE, _DRAW = 0, 1  # streams of random numbers
_SAME = 1e-9

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Inference:
    """What is drawn, and how often.

    Attributes:
        null: number of shuffles for the null; 0 for none.
        bootstrap: number of draws for the interval; 0 for none.
        seed: of the random numbers. Each draw has numbers of its own, so that the same seed gives the same figures
            however many draws there are and whatever else runs.
    """

    null: int = 200
    bootstrap: int = 200
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.null, self.bootstrap, self.seed) < 0:
            raise UsageError("a number of draws cannot be negative.")

    def shuffle(self, number: int) -> np.random.Generator:
        """Return the random numbers of a shuffle."""
        return np.random.default_rng([self.seed, _SHUFFLE, number])

    def draw(self, number: int) -> np.random.Generator:
        """Return the random numbers of a bootstrap draw."""
        return np.random.default_rng([self.seed, _DRAW, number])


@dataclass(frozen=True, slots=True)
class Size:
    """How much data a figure is computed from.

    Attributes:
        actors: actors in such a pair.
        ties: pairs of actors that share a claim on which both take a side, undecided pairs included.
        claims: claims on which they do.
        statements: statements of actors on claims that count.
        documents: documents in which these stand.
    """

    actors: int
    ties: int
    claims: int
    statements: int
    documents: int

    @property
    def too_little(self) -> str | None:
        """The reason why no figure is compared with chance, or None."""
        found = []
        if self.actors < FEW_ACTORS:
            found.append(f"{self.actors} {'actor has' if self.actors == 1 else 'actors have'} ties")
        if self.ties < FEW_TIES:
            found.append(f"there {'is 1 tie' if self.ties == 1 else f'are {self.ties} ties'}")
        if not found:
            return None
        return f"{' and '.join(found)}; it takes {FEW_ACTORS} actors and {FEW_TIES} ties"


@dataclass(frozen=True, slots=True)
class Tested:
    """A figure beside what chance alone gives, with its interval.

    Attributes:
        value: the figure; None where it is not defined.
        expected: its mean over the shuffles; None without any.
        z: how many standard deviations of the shuffles it lies above that; None where these all give one value.
        p: share of shuffles that give a higher figure, and half of those that give the same, the data among these.
        interval: 95% interval; None without draws.
        null: number of shuffles made.
        bootstrap: number of draws made.
        undefined: number of draws in which the figure was not defined.
    """

    value: float | None
    expected: float | None = None
    z: float | None = None
    p: float | None = None
    interval: tuple[float, float] | None = None
    null: int = 0
    bootstrap: int = 0
    undefined: int = 0


def beside_chance(
    value: float | None,
    shuffled: Iterable[float | None] = (),
    drawn: Iterable[float | None] = (),
    *,
    shrink: float = 1.0,
    centred: bool = False,
    bounds: tuple[float, float] = (-np.inf, np.inf),
) -> Tested:
    """Return a figure with its null and its interval by percentiles.

    The p of a test by permutation counts the data as one of them, and so is never 0 (Phipson & Smyth 2010). Of those
    that give the same figure half count (mid-p; Lancaster 1961, Journal of the American Statistical Association
    56:223): of few positions many shuffles are alike, and with all of them counted p < .05 would come too seldom.

    Args:
        value: the figure.
        shuffled: the same of the shuffles.
        drawn: the same of the draws; None where it is not defined.
        shrink: factor of the distances of the draws from the figure.
        centred: let the median of the draws be the figure. Draws with replacement are noisier than the data, and noise
            moves what is made of signs, or is the best of many, to one side.
        bounds: of the figure, which the interval does not leave.
    """
    nulls = [each for each in shuffled if each is not None]
    told = list(drawn)
    draws = [each for each in told if each is not None]
    expected = z = p = interval = None
    if value is not None and nulls:
        expected, spread = float(np.mean(nulls)), float(np.std(nulls))
        if max(abs(each - value) for each in nulls) > _SAME:
            z = (value - expected) / spread if spread > _SAME else None
            higher = sum(each > value + _SAME for each in nulls)
            alike = 1 + sum(abs(each - value) <= _SAME for each in nulls)
            p = (higher + alike / 2) / (1 + len(nulls))
    if value is not None and draws:
        middle = float(np.median(draws)) if centred else value
        away = (np.quantile(draws, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2]) - middle) * shrink
        interval = (max(float(value + away[0]), bounds[0]), min(float(value + away[1]), bounds[1]))
    return Tested(value, expected, z, p, interval, len(nulls), len(told), len(told) - len(draws))


def counted(ties: Ties, table: StatementTable) -> StatementTable:
    """Return the statements of a table that count in its ties, each once."""
    rows = np.unique(np.concatenate([weights.incidence.table.rows for weights in ties.networks]))
    return table.take(np.flatnonzero(np.isin(table.rows, rows)))


def size_of(ties: Ties, table: StatementTable) -> Size:
    """Return how much data some ties are read from."""
    return size_of_pairs(ties.pairs, counted(ties, table))


def size_of_pairs(pairs: NDArray[Any], counting: StatementTable) -> Size:
    """Return how much data some pairs of actors, of shape (pairs, 2), are read from: the statements that count."""
    used = [np.unique(codes[codes >= 0]) for codes in (counting.column(name).codes for name in ("claim", "document"))]
    return Size(len(np.unique(pairs)), len(pairs), len(used[0]), len(counting), len(used[1]))


def ranked(column: Column) -> NDArray[np.int32]:
    """Return the codes of a column in the order of its values, which does not hang on the store that they come from."""
    rank = np.append(np.argsort(_order(column)), -1).astype(np.int32)
    return rank[column.codes]


def _order(column: Column) -> NDArray[np.intp]:
    return np.array(sorted(range(len(column.values)), key=column.values.__getitem__), dtype=np.intp)


def clusters_of(table: StatementTable) -> Rows:
    """Return the number of what is drawn as a whole, for each row: its document, or of one document its utterance."""
    documents, utterances = (ranked(table.column(name)).astype(np.int64) for name in ("document", "utterance"))
    # A statement without a document stands for itself.
    apart = np.where(documents < 0, -1 - utterances, documents)
    if len(np.unique(apart)) < 2:  # noqa: PLR2004
        apart = utterances
    return np.unique(apart, return_inverse=True)[1].astype(np.intp)


def drawn_tables(table: StatementTable, how: Inference, deadline: float) -> Iterator[StatementTable]:
    """Yield as many documents drawn with replacement: the cluster bootstrap (Field & Welsh 2007).

    Where all stands in one document utterances are drawn.

    Args:
        table: the statements that count; see `counted`.
        how: number of draws and seed.
        deadline: when to stop, on `time.monotonic`'s clock.
    """
    cluster = clusters_of(table)
    number = int(cluster.max(initial=-1)) + 1
    order, starts = np.argsort(cluster, kind="stable"), np.searchsorted(np.sort(cluster), np.arange(number + 1))
    for draw in range(how.bootstrap if number > 1 else 0):
        if time.monotonic() > deadline:
            return
        chosen = how.draw(draw).integers(number, size=number)
        yield table.take(np.concatenate([order[starts[one] : starts[one + 1]] for one in chosen.tolist()]))


def shuffled_tables(
    table: StatementTable, how: Inference, options: Mapping[str, Any], deadline: float
) -> Iterator[StatementTable]:
    """Yield statements under the null: who holds which position on a claim has nothing to do with that on others.

    Within each claim the actors who speak on it exchange all that they say on it at random. So claims keep how often
    they are affirmed and denied and by how many, actors keep the claims they speak on, and what an actor says again
    stays together, as it would not if single statements were shuffled.

    Args:
        table: the statements that count; see `counted`.
        how: number of shuffles and seed.
        options: those of the network.
        deadline: when to stop, on `time.monotonic`'s clock.
    """
    field = node_field(options.get("between", "voices"))
    if field in RELATIONS or not len(table):
        return
    over = node_field(options.get("over") or "claim")
    claims, actors = table.column("claim" if over in RELATIONS else over), table.column(field)
    exchange = Exchange(ranked(claims), ranked(actors))
    code_of = np.append(_order(actors), -1).astype(np.int32)
    for number in range(how.null):
        if time.monotonic() > deadline:
            return
        yield table.replaced(field, code_of[exchange.codes(how.shuffle(number))])


def resampled_ties(
    ties: Ties, table: StatementTable, how: Inference, options: Mapping[str, Any], *, kind: str, time_limit: float
) -> tuple[Iterator[Ties], Iterator[Ties]]:
    """Return the ties of shuffles and of draws, made as they are asked for; see `shuffled_tables`, `drawn_tables`.

    Args:
        ties: those of the data.
        table: the statements.
        how: number of shuffles and draws, and seed.
        options: those of the network.
        kind: what ties are read from.
        time_limit: seconds for both, half of them for each.
    """
    counting, options = counted(ties, table), of_counted(options)
    start = time.monotonic()

    def found(tables: Iterable[StatementTable]) -> Iterator[Ties]:
        return (find_ties(each, kind, names=ties.names, **options) for each in tables)

    shuffles = shuffled_tables(counting, how, options, start + time_limit / 2)
    return found(shuffles), found(drawn_tables(counting, how, start + time_limit))


class Exchange:
    """Exchanges actors within claims."""

    def __init__(self, claims: NDArray[np.int32], actors: NDArray[np.int32]) -> None:
        cells, self._cell = np.unique(np.stack([claims, actors], axis=1), axis=0, return_inverse=True)
        self._cell = self._cell.ravel()
        self._claims, self._actors = cells[:, 0], cells[:, 1]

    def codes(self, chance: np.random.Generator) -> NDArray[np.int32]:
        """Return an actor for each row."""
        order = np.lexsort((chance.random(len(self._claims)), self._claims))
        return np.asarray(self._actors[order][self._cell], dtype=np.int32)


def of_counted(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options for statements of which repeated ones and rare actors are gone already."""
    return {**options, "duplicates": "include", "min_statements": 0}
