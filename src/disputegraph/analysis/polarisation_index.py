"""How polarised a dispute is: positions differ, and they line up over claims."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.resampling import Exchange, Inference, Size, Tested, beside_chance, clusters_of, size_of
from disputegraph.analysis.ties import find_ties
from disputegraph.analysis.topic_positions import Alignment, Positions, positions_of
from disputegraph.model import StatementTable
from disputegraph.networks import NetworkOptions

_FEW_PAIRS = 10
_SMALL = 0.1  # variance of a small step towards a draw, where the draw itself has 1
_STEP = _SMALL**0.5
# That the spread is itself estimated, from few documents: Student's t of 10 degrees of freedom against the normal's.
_ALLOWANCE = 1.137


@dataclass(frozen=True, slots=True)
class Polarisation:
    """The polarisation of a dispute.

    Attributes:
        index: ``dispersion * alignment``, -1 to 1: 0 in the mean of chance, 1 where two coalitions of one size are
            opposed on everything; None where `reason` says why.
        expected: mean of the index over shuffles of who holds which position on a claim.
        z: how many standard deviations of the shuffles the index lies above that.
        p: share of the shuffles with as high an index.
        interval: 95% interval, by the bootstrap over documents.
        n: how much data there is.
        dispersion: how far actors differ, 0 to 1.
        alignment: how far agreement on one claim goes with agreement on another, -1 to 1.
        reason: why there is no index; None where there is one.
        null: number of shuffles made.
        bootstrap: number of draws made.
        undefined: number of draws that have no index.
        complete: whether all shuffles and draws were made that were asked for.
        first: first day of the time slice, or None.
        last: its last day.
        moment: the day in the middle of a kernel's window, or None.
    """

    index: float | None
    expected: float | None
    z: float | None
    p: float | None
    interval: tuple[float, float] | None
    n: Size
    dispersion: float | None
    alignment: float | None
    reason: str | None
    null: int
    bootstrap: int
    undefined: int
    complete: bool
    first: str | None = None
    last: str | None = None
    moment: str | None = None


def polarisation(
    table: StatementTable,
    *,
    ties: str = "statements",
    inference: Inference | None = None,
    time_limit: float = 60.0,
    first: str | None = None,
    last: str | None = None,
    moment: str | None = None,
    **options: Unpack[NetworkOptions],
) -> Polarisation:
    """Return how polarised the actors of a table are; see `Positions.measured` for the formula.

    DiMaggio, Evans & Bryson (1996, American Journal of Sociology 102:690) tell four sides of polarisation apart. Two of
    them can be read from statements and are multiplied here: *dispersion*, how far positions differ, and *constraint*
    (Converse 1964), how far a position on one matter foretells that on another, here `alignment`. For two coalitions
    the alignment is the mean of r², the squared correlation of two claims over actors (Baldassarri & Gelman 2008),
    without the part of it that chance adds; for k cleavages that cross each other it is about 1 / k. As a figure of
    pairs it is Youden's J of agreement on one claim as a sign of agreement on another. No division into coalitions
    enters, so that the index moves smoothly with the data, whichever of several good divisions is taken.

    The interval is by percentiles of draws with replacement, of documents. The alignment multiplies four statements at
    a time, and a draw with replacement makes what hangs on several at once vary 15 times too much (its variance is
    (1 + 1)^4 - 1, as against 1). How much of the spread is of that sort shows in draws of a tenth of the step, where it
    is ((1 + 0.1)^4 - 1) / 0.1, and the percentiles are drawn nearer accordingly; see docs/analysis.md.

    Args:
        table: the statements.
        ties: what ties are counted in `n`. Portrayals take no position on a claim, so that they have no index alone.
        inference: how many shuffles and draws; by default 200 of each.
        time_limit: seconds; the shuffles and draws made by then are used.
        first: first day of the time slice, for the record.
        last: its last day.
        moment: its middle, for the windows of a kernel.
        options: those of the network; see `NetworkOptions`. A `baseline` changes nothing: the alignment is of agreement
            beyond the mean of each claim anyway.
    """
    deadline = time.monotonic() + time_limit
    how = inference or Inference()
    options = {**options, "baseline": "none"}  # the index deducts what margins let expect of itself
    tied = find_ties(table, ties, **options)
    size = size_of(tied, table)
    positions = positions_of(tied.networks[0]) if tied.networks[0].kind == "signed" else None
    amounts = options.get("amounts")
    if positions is not None and amounts is not None:
        # A pair of statements counts sqrt(z1 z2), as in the networks of kernels.
        rows = tied.networks[0].incidence.table.rows[positions.rows]
        positions = replace(positions, counting=np.sqrt(amounts[rows]))
    found = positions.measured() if positions is not None else None
    if positions is None:
        reason: str | None = (
            "portrayals take no position on a claim"
            if tied.networks[0].kind != "signed"
            else "the qualifier has categories, and no scale on which positions could differ"
        )
    else:
        reason = size.too_little or _too_sparse(found)
    if positions is None or found is None or reason is not None:
        return Polarisation(
            None, None, None, None, None, size, None, None, reason, 0, 0, 0, complete=True, first=first, last=last,
            moment=moment,
        )  # fmt: skip
    nulls = [one.index for one in _shuffled(positions, how, deadline)]
    cluster = np.unique(clusters_of(tied.networks[0].incidence.table)[positions.rows], return_inverse=True)[1]
    draws = [(full.index, small.index) for full, small in _drawn(positions, cluster, how, deadline)]
    shrink = _shrink(found.index, draws)
    result: Tested = beside_chance(found.index, nulls, [full for full, _ in draws], shrink=shrink, bounds=(-1.0, 1.0))
    possible = how.bootstrap if cluster.max(initial=0) else 0
    return Polarisation(
        result.value,
        result.expected,
        result.z,
        result.p,
        result.interval,
        size,
        found.dispersion,
        found.alignment,
        None,
        result.null,
        result.bootstrap,
        result.undefined,
        complete=len(nulls) == how.null and len(draws) == possible,
        first=first,
        last=last,
        moment=moment,
    )


def _too_sparse(found: Alignment | None) -> str | None:
    if found is None or found.pairs < _FEW_PAIRS:
        pairs = 0 if found is None else found.pairs
        speak = "pair of actors speaks" if pairs == 1 else "pairs of actors speak"
        return f"{pairs} {speak} on two claims in common; it takes {_FEW_PAIRS}"
    if found.alignment is None:
        return "nobody disagrees on more than one claim, so that nothing can line up"
    return None


def _shuffled(positions: Positions, how: Inference, deadline: float) -> Iterator[Alignment]:
    exchange = Exchange(positions.topics.astype(np.int32), positions.actors.astype(np.int32))
    for number in range(how.null):
        if time.monotonic() > deadline:
            return
        yield positions.measured(actors=exchange.codes(how.shuffle(number)).astype(np.int64))


def _drawn(
    positions: Positions, cluster: NDArray[np.intp], how: Inference, deadline: float
) -> Iterator[tuple[Alignment, Alignment]]:
    """Yield what draws with replacement give, and what a small step towards each of them gives."""
    number = int(cluster.max(initial=-1)) + 1
    for draw in range(how.bootstrap if number > 1 else 0):
        if time.monotonic() > deadline:
            return
        often = np.bincount(how.draw(draw).integers(number, size=number), minlength=number)[cluster]
        away = often.astype(np.float64) - 1
        yield positions.measured(1 + away), positions.measured(1 + _STEP * away)


def _shrink(value: float | None, draws: list[tuple[float | None, float | None]]) -> float:
    """Return by which factor the draws vary too much, as a factor of distances; see `polarisation`.

    With V1 the variance that single statements bring and V4 that which hangs on four at once, full draws have the
    variance V1 + 15 V4, and small steps, by the length of the step, V1 + c V4.
    """
    both = np.array([(full, small) for full, small in draws if full is not None and small is not None])
    if value is None or len(both) < 2:  # noqa: PLR2004
        return 1.0
    full, small = ((both - value) ** 2).mean(axis=0)
    if full <= 0:
        return 1.0
    of_full, of_small = 2.0**4 - 1, ((1 + _SMALL) ** 4 - 1) / _SMALL
    slope = small / _SMALL
    four = max(0.0, (full - slope) / (of_full - of_small))
    one = slope - of_small * four
    if one < 0:
        one, four = 0.0, full / of_full
    return float(min(1.0, np.sqrt((one + four) / full) * _ALLOWANCE))
