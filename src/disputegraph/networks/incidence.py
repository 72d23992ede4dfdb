"""Which statements count, and in which cell of a network each stands: row node, column node, level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from disputegraph.model import RELATIONS, Codes, Column, Names, StatementTable
from disputegraph.networks.formulas import Matrix
from disputegraph.networks.levels import Levels, places_of
from disputegraph.networks.network_options import Options
from disputegraph.networks.repeated_statements import without_duplicates


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Which statement stands in which cell: row node, column node, level.

    Attributes:
        table: the statements that count, one a row.
        rows: row node of each statement.
        columns: column node of each statement.
        levels: level of each statement, as places in `values`.
        values: the levels; the last may be None, for statements without one.
        height: number of row nodes.
        across: the column nodes, by IRI.
    """

    table: StatementTable
    rows: Codes
    columns: Codes
    levels: Codes
    values: tuple[float | str | None, ...]
    height: int
    across: tuple[str, ...]

    @property
    def affirming(self) -> int:
        """The place of the level ``affirms`` in `values`, where the qualifier is the polarity."""
        return self.values.index(1.0)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of row nodes and of column nodes."""
        return self.height, len(self.across)

    def matrices(self, amounts: NDArray[np.float64] | None = None) -> list[Matrix]:
        """Return ``a[i, j, k]``, one matrix a level; with `amounts` the sums of what each statement counts for."""
        each = np.ones(len(self.rows)) if amounts is None else amounts
        made = []
        for level in range(len(self.values)):
            here = self.levels == level
            made.append(sparse.csr_array((each[here], (self.rows[here], self.columns[here])), shape=self.shape))
        return made


def incidence_of(
    table: StatementTable, chosen: Options, levels: Levels, names: Names | None = None
) -> tuple[Incidence, Nodes, Nodes]:
    """Return the statements that count, as cells, with the nodes of both sides in order."""
    places, rows, columns = _cells(table, chosen)
    codes = levels.codes[places]
    if chosen.takes_sides or (chosen.dna_compat and levels.scale == "text" and chosen.value != "count"):
        sided = np.flatnonzero(codes >= 0)
        places, rows, columns, codes = places[sided], rows.take(sided), columns.take(sided), codes[sided]
    spread = table.take(places)
    keys = [rows.codes, columns.codes]
    if chosen.kind != "cooccurrence" and not (chosen.kind == "affiliation" and chosen.value == "count"):
        keys.append(codes)
    kept = without_duplicates(
        spread, keys, within=chosen.duplicates, dna_compat=chosen.dna_compat, week_rule=chosen.week_rule
    )
    if len(kept) < len(places):
        spread, rows, columns, codes = spread.take(kept), rows.take(kept), columns.take(kept), codes[kept]
    if chosen.min_statements > 1:
        often = np.bincount(rows.codes, minlength=len(rows.values)) >= chosen.min_statements
        enough = np.flatnonzero(often[rows.codes])
        spread, rows, columns, codes = spread.take(enough), rows.take(enough), columns.take(enough), codes[enough]
    everyone = chosen.universe if chosen.universe is not None else table.whole
    node_rows, node_columns = (_cells(everyone, chosen)[1:]) if chosen.isolates else (rows, columns)
    # Nodes that are only compared over need no names: there may be a hundred thousand of them.
    nodes = Nodes(table, node_rows, names=names)
    others = Nodes(table, node_columns, names=None if chosen.kind == "affiliation" else Names({}, {}))
    values: tuple[float | str | None, ...] = levels.values
    if (codes < 0).any():
        values, codes = (*values, None), np.where(codes < 0, len(values), codes).astype(np.int32)
    incidence = Incidence(spread, nodes.place(rows), others.place(columns), codes, values, len(nodes.keys), others.keys)
    return incidence, nodes, others


def _cells(table: StatementTable, chosen: Options) -> tuple[NDArray[np.intp], Column, Column]:
    """Return every (statement, row node, column node), statements without one of the two left out."""
    places, rows = _values(table, chosen.row_field)
    if chosen.dna_compat and "speaker" in (chosen.row_field, chosen.column_field):
        # DNA's persons: where none was coded, the import lets the organisation speak for itself, or somebody unnamed.
        kept = table.take(places)
        pairs = zip(kept.column("speaker").list(), kept.column("organisation").list(), strict=True)
        speakers = kept.column("speaker").values
        kinds = table.names(speakers).kinds
        nobody = {None, *(speaker for speaker in speakers if kinds.get(speaker) == "UnnamedSource")}
        people = np.flatnonzero([speaker != organisation and speaker not in nobody for speaker, organisation in pairs])
        places, rows = places[people], rows.take(people)
    again, columns = _values(table.take(places), chosen.column_field)
    return places[again], rows.take(again), columns


def _values(table: StatementTable, field: str) -> tuple[NDArray[np.intp], Column]:
    if field in RELATIONS:
        return table.related(field)
    column = table.column(field)
    there = np.flatnonzero(column.codes >= 0)
    return there, column if len(there) == len(column) else column.take(there)


class Nodes:
    """The nodes of one side, in order of their labels."""

    def __init__(self, table: StatementTable, column: Column, *, names: Names | None = None) -> None:
        used = np.flatnonzero(np.bincount(column.codes, minlength=len(column.values)))
        keys = [column.values[code] for code in used.tolist()]
        found = table.names(keys) if names is None else names
        self.labels = {key: found.labels[key] for key in keys if key in found.labels}
        self.kinds = {key: found.kinds[key] for key in keys if key in found.kinds}
        order: Sequence[int] = range(len(keys))
        if self.labels:
            # UTF-16 code units are the order of Java's strings, so that DNA's labels stand as DNA has them.
            order = sorted(order, key=lambda at: (self.labels.get(keys[at], "").encode("utf-16-be"), keys[at]))
        self.keys = tuple(keys[at] for at in order)
        self._values, self._order = column.values, np.full(len(column.values) + 1, -1, dtype=np.int32)
        self._order[used[list(order)]] = np.arange(len(used))

    def place(self, column: Column) -> Codes:
        """Return the place of each row's node."""
        if column.values is self._values:
            return self._order[column.codes]
        return places_of(column, {key: number for number, key in enumerate(self.keys)})
