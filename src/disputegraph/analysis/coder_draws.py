"""What the disagreement of coders does to a figure, beside what the choice of utterances does."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.document_bootstrap import Interval, interval_of
from disputegraph.analysis.polarisation_index import polarisation
from disputegraph.analysis.resampling import Inference
from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.analysis.signed_partition import Partition, partition
from disputegraph.analysis.ties import find_ties
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import weigh

Key = TypeVar("Key", bound=Hashable)
Rows = NDArray[np.intp]

_POLARISATION = ("index", "dispersion", "alignment")


@dataclass(frozen=True, slots=True)
class VersionRows:
    """The rows of a statement table by the version that they belong to.

    Attributes:
        fixed: rows of documents that fewer than two coders coded: they are in every draw.
        versions: of each document that two or more coded, the rows of each coder.
        counting: of each of these documents, its rows in the codings that count.
    """

    fixed: Rows
    versions: Mapping[str, Mapping[str, Rows]]
    counting: Mapping[str, Rows]

    @property
    def base(self) -> Rows:
        """The rows of which the figure itself is computed: what counts; of `uncounted` documents the first coder's."""
        first = {document: next(iter(by.values())) for document, by in self.versions.items()}
        chosen = [rows if len(rows) else first[document] for document, rows in self.counting.items()]
        return np.concatenate([self.fixed, *chosen])

    @property
    def uncounted(self) -> int:
        """Number of the documents of which nothing counts yet."""
        return sum(not len(rows) for rows in self.counting.values())

    def within(self, table: StatementTable, part: StatementTable) -> VersionRows:
        """Return the same of a part of a table, such as a time slice."""
        place = {row: at for at, row in enumerate(part.rows.tolist())}

        def found(rows: Rows) -> Rows:
            return _rows([place[row] for row in table.rows[rows].tolist() if row in place])

        versions = {d: {coder: found(rows) for coder, rows in by.items()} for d, by in self.versions.items()}
        return VersionRows(found(self.fixed), versions, {d: found(rows) for d, rows in self.counting.items()})

    def drawn(self, chance: np.random.Generator) -> Rows:
        """Return the rows of one coder's version of each document, drawn anew."""
        picked = [list(by.values())[chance.integers(len(by))] for by in self.versions.values()]
        return np.concatenate([self.fixed, *picked])


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure, and what it might have been.

    Attributes:
        value: the figure itself; None where it is not defined.
        utterances: its interval over draws of as many utterances, with replacement, from those of `value`.
        coders: its interval over draws of one coder's version of each document.
        both: its interval over draws of a coder's version of each document, and of utterances from these.
        mean: the mean over those last draws in which it is defined: of what is 0 or 1, its share.
    """

    value: float | None
    utterances: Interval | None
    coders: Interval | None
    both: Interval | None
    mean: float | None


def version_rows(
    table: StatementTable, origin: Mapping[str, tuple[str, str]], coders: Mapping[str, Sequence[str]]
) -> VersionRows:
    """Return which rows of a table are whose.

    Args:
        table: the statements of all versions, and of the codings that count.
        origin: document and coder of the utterances of the versions, by IRI; the others count.
        coders: the coders of each document that two or more coded.

    Raises:
        UsageError: no statement is left.
    """
    if not len(table):
        raise UsageError("no statement is left of which a figure could be computed.")
    rows: dict[tuple[str, str], list[int]] = {(d, coder): [] for d, by in coders.items() for coder in by}
    fixed: list[int] = []
    counting: dict[str, list[int]] = {document: [] for document in coders}
    for place, (utterance, document) in enumerate(
        zip(table.column("utterance").list(), table.column("document").list(), strict=True)
    ):
        if (mine := origin.get(utterance or "")) is not None:
            rows[mine].append(place)
        else:
            counting.get(document or "", fixed).append(place)
    versions = {d: {coder: _rows(rows[d, coder]) for coder in by} for d, by in coders.items()}
    return VersionRows(_rows(fixed), versions, {document: _rows(places) for document, places in counting.items()})


def _rows(places: Sequence[int]) -> Rows:
    return np.array(places, dtype=np.intp)


def spreads(
    table: StatementTable,
    rows: VersionRows,
    figures: Callable[[StatementTable], Mapping[Key, float | None]],
    *,
    absent: float | None = None,
    draws: int = 200,
    seed: int = 0,
) -> dict[Key, Spread]:
    """Return figures with three intervals (95%, by percentiles).

    ``utterances``: had the sources said other things of the same kind. Utterances are drawn with replacement, as
    Benoit, Laver & Mikhaylov (2009, American Journal of Political Science 53: 495-513) draw sentences of manifestos.
    ``coders``: had another of the coders coded each document. One version of each document is drawn, all alike likely;
    that what coders do is a source of error of its own, and as large, is shown by Mikhaylov, Laver & Benoit (2012,
    Political Analysis 20: 78-91). ``both``: a version is drawn, and utterances from it; this is the interval to report.
    With few coders and documents there are few different versions, so that the second interval is rather too short.

    Args:
        table: the statements of all versions.
        rows: which are whose.
        figures: computes figures by key.
        absent: what a figure is where a draw does not have its key: 0 for the weight of an edge.
        draws: number of draws of each kind.
        seed: of the random numbers; the same gives the same intervals.
    """
    value = figures(table.take(rows.base))
    made = {kind: [figures(table.take(each)) for each in _draws(rows, kind, draws, seed)] for kind in _KINDS}
    keys = dict.fromkeys([*value, *(key for told in made.values() for each in told for key in each)])
    found = {}
    for key in keys:
        drawn = {kind: [each.get(key, absent) for each in told] for kind, told in made.items()}
        defined = [figure for figure in drawn["both"] if figure is not None]
        mean = float(np.mean(defined)) if defined else None
        utterances, coders, both = (interval_of(drawn[kind]) for kind in _KINDS)
        found[key] = Spread(value.get(key, absent), utterances, coders, both, mean)
    return found


_KINDS = ("utterances", "coders", "both")


def _draws(rows: VersionRows, kind: str, draws: int, seed: int) -> Iterator[Rows]:
    chance = np.random.default_rng([seed, _KINDS.index(kind)])
    for _ in range(draws):
        chosen = rows.base if kind == "utterances" else rows.drawn(chance)
        if kind != "coders" and len(chosen):
            chosen = chosen[chance.integers(len(chosen), size=len(chosen))]
        yield chosen


def edge_figures(kind: str, **options: Any) -> Callable[[StatementTable], dict[tuple[str, str], float | None]]:
    """Return what computes the weights of a network's edges, by the IRIs of their ends; see `weigh`."""

    def figures(table: StatementTable) -> dict[tuple[str, str], float | None]:
        weights = weigh(table, kind, **options)
        one, other = weights.pattern
        values = weights.values(weights.matrix).tolist()
        ends = zip(one.tolist(), other.tolist(), strict=True)
        return {(weights.nodes[a], weights.columns[b]): w for (a, b), w in zip(ends, values, strict=True)}

    return figures


class CoalitionFigures:
    """Tells, of each pair in one part of the network, whether it is in one coalition (1) or not (0).

    Attributes:
        divided: number of divisions.
        proven: number of those that are proven to be the best.
    """

    def __init__(
        self,
        *,
        coalitions: int = 2,
        relaxed: bool = False,
        weighted: bool = False,
        ties: str = "statements",
        time_limit: float = 1.0,
        **options: Any,
    ) -> None:
        """Take the options of `analysis.coalitions`; `time_limit` is that of each division."""
        self.divided = self.proven = 0
        self._how: dict[str, Any] = {"coalitions": coalitions, "relaxed": relaxed, "time_limit": time_limit}
        self._weighted, self._ties, self._options = weighted, ties, options
        self._known: dict[tuple[Any, ...], Partition] = {}  # many draws have the same signs

    def __call__(self, table: StatementTable) -> dict[tuple[str, str], float | None]:
        """Return the figures of a table, by the IRIs of the pair."""
        network: SignedNetwork = find_ties(table, self._ties, **self._options).network(weighted=self._weighted)
        key = (network.nodes, network.ends.tobytes(), network.weights.tobytes())
        if key not in self._known:
            self._known[key] = partition(network, **self._how)
        found = self._known[key]
        self.divided += 1
        self.proven += found.proven
        linked = sorted(set(network.ends.ravel().tolist()), key=lambda place: network.nodes[place])
        return {
            (network.nodes[a], network.nodes[b]): float(found.membership[a] == found.membership[b])
            for number, a in enumerate(linked)
            for b in linked[number + 1 :]
            if found.components[a] == found.components[b]
        }


def polarisation_figures(**options: Any) -> Callable[[StatementTable], dict[str, float | None]]:
    """Return what computes the polarisation index and its parts; see `polarisation`."""

    def figures(table: StatementTable) -> dict[str, float | None]:
        found = polarisation(table, inference=Inference(0, 0), **options)
        return {name: getattr(found, name) for name in _POLARISATION}

    return figures
