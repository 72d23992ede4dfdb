"""The backbone of a debate: the few claims over which the network of actors looks as it does over all.

Source: Discourse Network Analyzer 3.1.2, dna_backbone: nested, fixed and penalty.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import Weights, weigh

Floats = NDArray[np.float64]

_MOST_SUBSETS = 5_000
"""As many sets of claims are tried one by one; beyond, they are searched by swaps."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that the nested backbone drops.

    Attributes:
        claim: the claim.
        label: what it is called.
        loss: how far the network over the claims that remain is from that over all, 0 to 2; 1 over none.
        redundant_loss: how far the network over the claims dropped so far is.
        statements: statements on the claims that remain.
    """

    claim: str
    label: str
    loss: float
    redundant_loss: float
    statements: int


@dataclass(frozen=True, slots=True)
class Backbone:
    """The best backbone of a size, or with a penalty on its size.

    Attributes:
        claims: its claims, in order of their labels.
        labels: what they are called.
        loss: how far the network over them is from that over all, 0 to 2.
        redundant_loss: how far the network over the other claims is.
        proven: whether all sets of claims were tried; else it is the best that swaps found.
    """

    claims: tuple[str, ...]
    labels: tuple[str, ...]
    loss: float
    redundant_loss: float
    proven: bool


def nested_backbone(table: StatementTable, *, kind: str = "subtract", **options: Any) -> list[Dropped]:
    """Return the claims in the order in which they can be dropped, the one whose loss is smallest first.

    Of claims of equal loss the last by label goes first; with `dna_compat` all of them go in one round.
    For the loss see `find_backbone`.
    """
    debate = _Debate(table, kind, options)
    left = list(range(len(debate.claims)))
    dropped: list[Dropped] = []
    gone: list[int] = []
    while left:
        losses = {place: debate.loss([other for other in left if other != place]) for place in left}
        least = min(losses.values())
        tied = [each for each in reversed(left) if losses[each] <= least + 1e-12]
        # Of claims that say the same, all but one can go: DNA drops them all in one round.
        for place in tied if options.get("dna_compat") else tied[:1]:
            left.remove(place)
            gone.append(place)
            claim = debate.claims[place]
            told = debate.loss(gone), debate.statements(left)
            dropped.append(Dropped(claim, debate.labels[place], losses[place], *told))
    return dropped


def find_backbone(
    table: StatementTable,
    *,
    size: int | None = None,
    penalty: float | None = None,
    kind: str = "subtract",
    **options: Any,
) -> Backbone:
    """Return the backbone of a size, or the one whose penalised loss is smallest.

    The loss is ``Σ_i |λ_i − μ_i|`` over the sorted eigenvalues of the Laplacians ``D − A`` of the two networks of
    actors, each divided by their sum; negative ties count as none. A penalty p multiplies it by ``exp(−p (N − s)/N)``,
    with s of N claims in the backbone, so that a larger one gives a smaller backbone.

    Args:
        table: the statements.
        size: number of claims in the backbone; 1 to one less than there are.
        penalty: what the size costs, in place of `size`.
        kind: network of actors; normalised by `normalise` (default ``average``).
        options: see `NetworkOptions`. With `dna_compat` the loss compares shares of row sums, as DNA does, which never
            forms a Laplacian.

    Raises:
        UsageError: neither size nor penalty, or both, or a size that there is not; or fewer than two claims.
    """
    if (size is None) == (penalty is None):
        raise UsageError("give the size of the backbone, or a penalty for its size.")
    debate = _Debate(table, kind, options)
    number = len(debate.claims)
    if number <= 1:
        raise UsageError("a backbone needs two claims at least, and the statements have fewer.")
    if size is not None and not 1 <= size < number:
        raise UsageError(f"a backbone of {number} claims has 1 to {number - 1} of them, not {size}.")

    def cost(chosen: tuple[int, ...]) -> float:
        weight = 1.0 if penalty is None else math.exp(-penalty * (number - len(chosen)) / number)
        return debate.loss(chosen) * weight

    sizes = range(1, number) if size is None else range(size, size + 1)
    proven = sum(math.comb(number, each) for each in sizes) <= _MOST_SUBSETS
    if proven:
        chosen = min((each for length in sizes for each in combinations(range(number), length)), key=cost)
    else:
        chosen = min((_swapped(debate, length, cost) for length in sizes), key=cost)
    rest = [place for place in range(number) if place not in chosen]
    return Backbone(
        tuple(debate.claims[place] for place in chosen),
        tuple(debate.labels[place] for place in chosen),
        debate.loss(chosen),
        debate.loss(rest),
        proven,
    )


class _Debate:
    """The networks of the actors over sets of claims."""

    def __init__(self, table: StatementTable, kind: str, options: dict[str, Any]) -> None:
        self._kind, self._options = kind, {"normalise": "average", **options}
        self._by_dna = bool(options.get("dna_compat"))
        self._whole = weigh(table, kind, **self._options)
        incidence = self._whole.incidence
        self._table, self._columns = incidence.table, incidence.columns
        called = self._table.names(incidence.across).labels
        across = incidence.across
        order = sorted(range(len(across)), key=lambda at: (called[across[at]], across[at]))
        self._places = [order.index(place) for place in range(len(order))]
        self.claims = tuple(across[place] for place in order)
        self.labels = tuple(called[claim] for claim in self.claims)
        self._spectrum = self._spectrum_of(self._whole)
        self._known: dict[tuple[int, ...], float] = {}

    def loss(self, chosen: list[int] | tuple[int, ...]) -> float:
        """Return how far the network over these claims is from that over all."""
        key = tuple(sorted(chosen))
        if key not in self._known:
            # What was dropped as a repetition stays dropped; nobody is taken for a repetition again.
            options = {**self._options, "duplicates": "include", "min_statements": 0}
            weights = weigh(self._table.take(self._among(key)), self._kind, **options)
            self._known[key] = float(np.abs(self._spectrum - self._spectrum_of(weights)).sum())
        return self._known[key]

    def statements(self, chosen: list[int]) -> int:
        """Return the number of statements on these claims."""
        return int(self._among(tuple(chosen)).sum())

    def _among(self, chosen: tuple[int, ...]) -> NDArray[np.bool_]:
        return np.isin(np.asarray(self._places)[self._columns], chosen)

    def _spectrum_of(self, weights: Weights) -> Floats:
        size = len(self._whole.nodes)
        ties = weights.matrix.toarray().clip(0)
        degree = ties.sum(axis=1)
        values = degree if self._by_dna else np.linalg.eigvalsh(np.diag(degree) - ties)
        padded = np.zeros(size)  # actors that say nothing on these claims have no ties
        padded[: len(values)] = np.sort(values)[::-1]
        total = padded.sum()
        return padded / total if total else padded


def _swapped(debate: _Debate, size: int, cost: Callable[[tuple[int, ...]], float]) -> tuple[int, ...]:
    """Return the best set that swapping one claim for another leads to, from the claims with most statements."""
    number = len(debate.claims)
    best = tuple(sorted(sorted(range(number), key=lambda place: (-debate.statements([place]), place))[:size]))
    while True:
        better = min(_neighbours(best, number), key=cost)
        if cost(better) >= cost(best) - 1e-12:
            return best
        best = better


def _neighbours(chosen: tuple[int, ...], number: int) -> Iterator[tuple[int, ...]]:
    for out in chosen:
        for new in range(number):
            if new not in chosen:
                yield tuple(sorted({*chosen, new} - {out}))
