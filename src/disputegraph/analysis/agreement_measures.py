"""How far coders agree on one thing: its coefficients, its confusion table, and where each confusion stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from disputegraph.analysis.chance_agreement import cohen_kappa, fleiss_kappa, gwet_ac1, percent_agreement
from disputegraph.analysis.document_bootstrap import Interval, alpha_interval
from disputegraph.analysis.krippendorff_alpha import krippendorff_alpha

NOT_CODED = "(not coded)"
"""Stands in confusion tables for what a coder left open; it is a missing value for the coefficients."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where two coders' codings can be compared.

    Attributes:
        document: IRI of the document.
        start: first character; None where the utterance has no words.
        end: the character behind it.
        coders: the two coders, in the order of the table.
    """

    document: str
    start: int | None
    end: int | None
    coders: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Confusion:
    """One cell of a confusion table.

    Attributes:
        one: what the first coder coded; of more than two coders, the one whose name comes first.
        other: what the second coded.
        count: how often.
        places: where; left out where the coders agree on words that nobody coded.
    """

    one: str
    other: str
    count: int
    places: tuple[Place, ...]

    @property
    def agrees(self) -> bool:
        """Whether both coded the same."""
        return self.one == self.other


@dataclass(frozen=True, slots=True)
class Measure:
    """How far coders agree on one thing.

    Attributes:
        name: what: ``unit``, ``spans``, ``speaker``, ``voice``, ``claim``, ``polarity``, ``certainty``, ``speech_act``
            or ``hearsay``.
        of: what is counted: words or utterances.
        n: number of those that two coders or more gave a value.
        percent: share of pairs of coders that agree, 0 to 1.
        alpha: Krippendorff's alpha: nominal, and unitizing for ``spans``.
        alpha_ordinal: the ordinal one, where values have an order.
        kappa: Cohen's of two coders, Fleiss' of more.
        ac1: Gwet's.
        interval: that of `alpha`, by the bootstrap over documents; None for a single document.
        undefined: why there is no alpha, or None.
        confusions: the cells of the confusion table that are not empty.
    """

    name: str
    of: str
    n: int
    percent: float | None
    alpha: float | None
    alpha_ordinal: float | None
    kappa: float | None
    ac1: float | None
    interval: Interval | None
    undefined: str | None
    confusions: tuple[Confusion, ...]


def measure_of(
    name: str,
    of: str,
    data: Sequence[Sequence[str | None]],
    documents: Sequence[str],
    cells: tuple[Confusion, ...],
    *,
    labels: Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Measure:
    """Return how far coders agree, by all coefficients.

    Args:
        name: what they agree on.
        of: what is counted.
        data: what each coder gave each unit; None is missing.
        documents: the document of each unit.
        cells: the confusion table.
        labels: what values are called, where that is not what they are.
        order: values from least to most, for the ordinal alpha; others are missing for it.
        draws: of the bootstrap; 0 for none.
        seed: of its random numbers.
    """
    given = [[value for value in column if value is not None] for column in zip(*data, strict=True)]
    paired = [values for values in given if len(values) > 1]
    alpha = krippendorff_alpha(data)
    undefined = None
    if not paired:
        undefined = f"no two coders gave a value to the same {of.removesuffix('s')}"
    elif alpha is None:
        value = (labels or {}).get(paired[0][0], paired[0][0])
        undefined = f"all values are equal ({value}), so that nothing could have been disagreed upon"
    ordinal = None
    if order is not None:
        ranked = [[value if value in order else None for value in row] for row in data]
        ordinal = krippendorff_alpha(ranked, "ordinal", order=order)
    return Measure(
        name=name,
        of=of,
        n=len(paired),
        percent=percent_agreement(data),
        alpha=alpha,
        alpha_ordinal=ordinal,
        kappa=(cohen_kappa if len(data) == 2 else fleiss_kappa)(data),  # noqa: PLR2004
        ac1=gwet_ac1(data),
        interval=alpha_interval(data, documents, draws=draws, seed=seed) if draws and alpha is not None else None,
        undefined=undefined,
        confusions=cells,
    )


def confusions(
    coders: Sequence[str],
    data: Sequence[Sequence[str | None]],
    place: Callable[[int, str, str], Place | None],
    *,
    absent: Callable[[int, str], bool] = lambda unit, coder: False,  # noqa: ARG005
) -> tuple[Confusion, ...]:
    """Return the cells of a confusion table, the most frequent first; of several pairs of coders, all in one table.

    Args:
        coders: their names, in order.
        data: what each gave each unit.
        place: gives the place of a unit, for two coders; None for one that is only counted.
        absent: tells whether a coder did not have a unit at all, so that it is in no cell.
    """
    counts: dict[tuple[str, str], int] = defaultdict(int)
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for (first, mine), (second, theirs) in combinations(zip(coders, data, strict=True), 2):
        for unit, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            if (one is None and other is None) or absent(unit, first) or absent(unit, second):
                continue
            cell = (one or NOT_CODED, other or NOT_CODED)
            counts[cell] += 1
            if (found := place(unit, first, second)) is not None:
                places[cell].append(found)
    order = sorted(counts, key=lambda cell: (-counts[cell], cell))
    return tuple(Confusion(*cell, counts[cell], tuple(places[cell])) for cell in order)
