"""Unitizing alpha: how far coders agree on where in a text something stands, and what it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from disputegraph.errors import UsageError

Unit = tuple[int, int, Hashable]
"""Start, end (the place behind it) and value."""

_GAP = object()


def unitizing_alpha(continua: Sequence[tuple[int, Sequence[Sequence[Unit]]]], *, binary: bool = False) -> float | None:
    """Return Krippendorff's alpha for unitized continua, or None where it is not defined.

    Each coder divides a text into units with values and the gaps between them. With the length l[c, k] of what one
    coder calls c and another k, summed over the pairs of m coders and divided by m - 1, sums l[c] and l of all:
    ``1 - (l - sum(l[c, c])) / (l - sum(e[c, c]))``, where the coincidences expected by chance are
    ``e[c, c] = l (l[c]^2 - s[c]) / (l^2 - sum(s))``. The last term takes off pairs of a unit with itself: s[c] is the
    sum of the squared lengths of the units of value c, and of gaps, which nobody made as wholes, the sum of their
    lengths. (Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50: 2347-2364, eqs. 1, 4 and 5;
    Krippendorff 2019, section 12.6.3.)

    >>> unitizing_alpha([(10, [[(0, 5, "u")], [(0, 4, "u")]])])
    0.8242424242424242

    Args:
        continua: of each text its length, and of each coder the units there, which do not overlap.
        binary: do not distinguish values: units against gaps (the coefficient with a bar before its u; eq. 6).

    Returns:
        1 where all coders made the same units. None where nobody made a unit, or one value fills all texts.

    Raises:
        UsageError: fewer than two coders, units that overlap or do not lie within their text.
    """
    return alpha_of_sums([unit_sums(length, coders) for length, coders in continua], binary=binary)


@dataclass(frozen=True, slots=True)
class UnitSums:
    """What one text adds to the coefficient: lengths by pairs of values, and of units by themselves."""

    together: Mapping[tuple[object, object], float]
    itself: Mapping[object, float]


def unit_sums(length: int, coders: Sequence[Sequence[Unit]]) -> UnitSums:
    """Return what a text adds to `unitizing_alpha`; raises as it does."""
    if len(coders) < 2:  # noqa: PLR2004
        raise UsageError(f"agreement is between two coders or more; there {'is' if coders else 'are'} {len(coders)}.")
    together, itself = Counter[tuple[object, object]](), Counter[object]()
    parts = [_partition(units, length) for units in coders]
    for part in parts:
        for start, end, value in part:
            itself[value] += end - start if value is _GAP else (end - start) ** 2
    for place, one in enumerate(parts):
        for other in parts[place + 1 :]:
            for (c, k), shared in _intersections(one, other).items():
                together[c, k] += shared
                together[k, c] += shared
    return UnitSums({pair: shared / (len(coders) - 1) for pair, shared in together.items()}, itself)


def alpha_of_sums(texts: Sequence[UnitSums], *, binary: bool = False) -> float | None:
    """Return `unitizing_alpha` of texts whose sums are known; a text may come several times."""
    together: dict[tuple[object, object], float] = defaultdict(float)
    itself: dict[object, float] = defaultdict(float)
    for text in texts:
        for pair, shared in text.together.items():
            together[pair] += shared
        for value, squares in text.itself.items():
            itself[value] += squares
    sums: dict[object, float] = defaultdict(float)
    for (c, _), shared in together.items():
        sums[c] += shared
    total = sum(sums.values())
    pairs = total**2 - sum(itself.values())
    if len(sums) < 2 or pairs <= 0:  # noqa: PLR2004
        return None

    def differ(c: object, k: object) -> bool:
        return (c is _GAP) != (k is _GAP) if binary else c != k

    # Values that differ are never a unit paired with itself, so that s[c] stands in `pairs` alone.
    expected = total * sum(sums[c] * sums[k] for c in sums for k in sums if differ(c, k)) / pairs
    return 1 - sum(shared for (c, k), shared in together.items() if differ(c, k)) / expected if expected else None


def merged_units(spans: Sequence[tuple[int, int]], value: Hashable = "unit") -> list[Unit]:
    """Return spans as units that do not overlap: those that do become one, those that only touch stay two."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        elif start < end:
            made.append((start, end))
    return [(start, end, value) for start, end in made]


def _partition(units: Sequence[Unit], length: int) -> list[tuple[int, int, object]]:
    """Return the units of a text and the gaps between them, in order."""
    parts: list[tuple[int, int, object]] = []
    cursor = 0
    for start, end, value in sorted(units, key=lambda unit: unit[:2]):
        if start < cursor or end <= start or end > length:
            raise UsageError(f"the unit from {start} to {end} overlaps another, or does not lie within 0 to {length}.")
        if start > cursor:
            parts.append((cursor, start, _GAP))
        parts.append((start, end, value))
        cursor = end
    if cursor < length:
        parts.append((cursor, length, _GAP))
    return parts


def _intersections(
    one: list[tuple[int, int, object]], other: list[tuple[int, int, object]]
) -> dict[tuple[object, object], int]:
    """Return the shared lengths of two partitions of a text, by the values on both sides."""
    shared: dict[tuple[object, object], int] = defaultdict(int)
    a = b = 0
    while a < len(one) and b < len(other):
        start, end = max(one[a][0], other[b][0]), min(one[a][1], other[b][1])
        shared[one[a][2], other[b][2]] += end - start
        if one[a][1] == end:
            a += 1
        if other[b][1] == end:
            b += 1
    return shared
