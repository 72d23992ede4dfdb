"""From a statement table to the weights of a network."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from disputegraph.errors import UsageError
from disputegraph.networks import formulas
from disputegraph.networks.backbone import keep_backbone
from disputegraph.networks.columns import Codes, Column
from disputegraph.networks.directed import directed_incidence
from disputegraph.networks.duplicates import without_duplicates
from disputegraph.networks.formulas import Floats, Matrix
from disputegraph.networks.levels import Levels, levels_of
from disputegraph.networks.options import NetworkOptions, Options
from disputegraph.networks.table import RELATIONS, StatementTable
from disputegraph.networks.weights import Incidence, Weights, divided_by

__all__ = ["weigh"]

_POLARITIES = ("neutral", "denies", "affirms")


def weigh(table: StatementTable, kind: str, **options: Unpack[NetworkOptions]) -> Weights:
    """Return the weights of a network as sparse matrices, with all that is needed to explain them.

    Args:
        table: the statements, see `statements` and `select`.
        kind: ``affiliation``, ``congruence``, ``conflict``, ``subtract``, ``cooccurrence``, ``signed``, ``portrayal``
            or ``hearsay``.
        options: see `NetworkOptions`.

    Raises:
        UsageError: an unknown kind or option, one that does not fit the kind, or a field that does not exist.
    """
    chosen = Options(kind=kind, **options)
    if kind in ("portrayal", "hearsay"):
        return _directed(table, chosen)
    levels = levels_of(table, chosen.qualifier, among=chosen.universe if chosen.dna_compat else None)
    incidence, nodes, others = _incidence(table, chosen, levels)
    if kind == "affiliation":
        return _affiliation(incidence, nodes, others, chosen, levels)
    return _one_mode(incidence, nodes, chosen, levels)


# ---- nodes and cells


def _incidence(table: StatementTable, chosen: Options, levels: Levels) -> tuple[Incidence, _Nodes, _Nodes]:
    """Return the statements that count, as cells, with the nodes of both sides in order."""
    places, rows, columns = _cells(table, chosen)
    codes = levels.codes[places]
    if chosen.takes_sides or (chosen.dna_compat and levels.scale == "text" and chosen.value != "count"):
        sided = codes >= 0
        places, rows, columns, codes = (
            places[sided],
            rows.take(np.flatnonzero(sided)),
            columns.take(np.flatnonzero(sided)),
            codes[sided],
        )
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
    nodes, others = _Nodes(table, node_rows), _Nodes(table, node_columns, named=chosen.kind == "affiliation")
    values: tuple[float | str | None, ...] = levels.values
    if (codes < 0).any():
        values, codes = (*values, None), np.where(codes < 0, len(values), codes).astype(np.int32)
    incidence = Incidence(spread, nodes.place(rows), others.place(columns), codes, values, len(nodes.keys), others.keys)
    return incidence, nodes, others


def _cells(table: StatementTable, chosen: Options) -> tuple[NDArray[np.intp], Column, Column]:
    """Return every (statement, row node, column node), statements without one of the two left out."""
    places, rows = _values(table, chosen.row_field)
    if chosen.dna_compat and "speaker" in (chosen.row_field, chosen.column_field):
        # DNA's persons: where none was coded, the import lets the organisation speak for itself.
        kept = table.take(places)
        pairs = zip(kept.column("speaker").list(), kept.column("organisation").list(), strict=True)
        people = np.flatnonzero([speaker != organisation for speaker, organisation in pairs])
        places, rows = places[people], rows.take(people)
    again, columns = _values(table.take(places), chosen.column_field)
    return places[again], rows.take(again), columns


def _values(table: StatementTable, field: str) -> tuple[NDArray[np.intp], Column]:
    if field in RELATIONS:
        return table.related(field)
    column = table.column(field)
    there = np.flatnonzero(column.codes >= 0)
    return there, column if len(there) == len(column) else column.take(there)


class _Nodes:
    """The nodes of one side, in order of their labels."""

    def __init__(self, table: StatementTable, column: Column, *, named: bool = True) -> None:
        used = np.flatnonzero(np.bincount(column.codes, minlength=len(column.values)))
        self._values, self._order = column.values, np.full(len(column.values) + 1, -1, dtype=np.int32)
        keys = [column.values[code] for code in used.tolist()]
        if not named:
            self.labels: dict[str, str] = {}
            self.kinds: dict[str, str] = {}
            self.keys = tuple(keys)
            self._order[used] = np.arange(len(used))
            return
        names = table.names(keys)
        self.labels, self.kinds = dict(names.labels), dict(names.kinds)
        # UTF-16 code units are the order of Java's strings, so that DNA's labels stand as DNA has them.
        order = sorted(range(len(keys)), key=lambda at: (self.labels[keys[at]].encode("utf-16-be"), keys[at]))
        self.keys = tuple(keys[at] for at in order)
        self._order[used[order]] = np.arange(len(used))

    def place(self, column: Column) -> Codes:
        """Return the place of each row's node."""
        if column.values is self._values:
            return self._order[column.codes]
        place = {key: number for number, key in enumerate(self.keys)}
        table = np.array([*(place.get(value, -1) for value in column.values), -1], dtype=np.int32)
        return table[column.codes]


# ---- affiliation


def _affiliation(incidence: Incidence, nodes: _Nodes, others: _Nodes, chosen: Options, levels: Levels) -> Weights:
    cells = incidence.matrices()
    count = _total(cells, incidence.shape)
    if chosen.value == "count" or (chosen.value == "subtract" and levels.scale == "text"):
        matrix = count
    elif chosen.value == "combine":
        matrix = _combined(cells, incidence.values, levels)
    elif levels.scale == "boolean":
        matrix = sparse.csr_array(cells[1] - cells[0])
    else:
        numbers = [float(value) for value in incidence.values if value is not None]
        matrix = _total([cell * number for cell, number in zip(cells, numbers, strict=True)], incidence.shape)
    divisor = {"activity": count.sum(axis=1), "prominence": count.sum(axis=0)}.get(chosen.normalise)
    parts = _sides(incidence) if chosen.qualifier == "polarity" else {}
    if divisor is not None:
        along = np.asarray(divisor, dtype=np.float64).ravel()
        inverse = np.divide(1.0, along, out=np.zeros_like(along), where=along != 0)
        by = inverse[:, None] if chosen.normalise == "activity" else inverse[None, :]
        matrix = sparse.csr_array(matrix * by)
    return _finished(
        incidence,
        nodes,
        chosen,
        sparse.csr_array(matrix),
        parts or {"count": count},
        others=others,
        similarity={},
        scale=levels.scale,
    )


def _combined(cells: list[Matrix], values: tuple[float | str | None, ...], levels: Levels) -> Matrix:
    """Return DNA's number of a combination: the k-th of |K| levels present adds ``2^(|K| - k)``, counted from 1.

    Of a boolean: 1 affirms only, 2 denies only, 3 both. Statements that take no side add ``2^|K|`` on top.
    """
    shape = cells[0].shape if cells else (0, 0)
    size = len(levels.values)
    exponents = [size if value is None else size - place - 1 for place, value in enumerate(values)]
    return _total([(cell > 0) * 2.0**exponent for cell, exponent in zip(cells, exponents, strict=True)], shape)


def _sides(incidence: Incidence) -> dict[str, Matrix]:
    column = incidence.table.column("polarity")
    made = {}
    for side in _POLARITIES:
        code = column.values.index(side) if side in column.values else -2
        here = column.codes == code
        ones = np.ones(int(here.sum()))
        made[side] = sparse.csr_array((ones, (incidence.rows[here], incidence.columns[here])), shape=incidence.shape)
    unsided = column.codes < 0
    if unsided.any():
        ones = np.ones(int(unsided.sum()))
        cells = (incidence.rows[unsided], incidence.columns[unsided])
        made["unsided"] = sparse.csr_array((ones, cells), shape=incidence.shape)
    return made


# ---- networks of one sort of node


def _one_mode(incidence: Incidence, nodes: _Nodes, chosen: Options, levels: Levels) -> Weights:
    cells = incidence.matrices()
    size = len(cells)
    alike = levels.similarity()
    if chosen.kind == "cooccurrence":
        similarity: dict[str, Floats] = {"weight": np.ones((size, size))}
    else:
        similarity = {"congruence": alike, "conflict": 1.0 - alike}
        if chosen.kind in ("congruence", "conflict"):
            similarity = {chosen.kind: similarity[chosen.kind]}
    if not cells:
        similarity = {name: np.zeros((0, 0)) for name in similarity}
    activity = np.bincount(incidence.rows, minlength=incidence.shape[0]).astype(np.float64)
    # Vectors over (column node, level); for co-occurrence levels do not matter, so that its cosine is over sums.
    vectors = (
        [_total(cells, incidence.shape)] if chosen.kind == "cooccurrence" and chosen.normalise == "cosine" else cells
    )
    raw: dict[str, Matrix] = {}
    for name, alikeness in similarity.items():
        if chosen.dna_compat and levels.scale == "text" and name == "conflict":
            matrix = formulas.disagreement_over_categories(cells)
        elif not cells or not len(incidence.rows):
            matrix = sparse.csr_array(np.zeros((incidence.shape[0],) * 2))
        elif name == "weight":
            total = _total(cells, incidence.shape)
            matrix = sparse.csr_array(total @ total.T)
        else:
            matrix = formulas.product(cells, alikeness)
        matrix = formulas.without_diagonal(matrix)
        raw[name] = divided_by(
            matrix, chosen.normalise, vectors or cells, activity=activity, dna_compat=chosen.dna_compat
        )
    if chosen.kind in ("subtract", "signed"):
        matrix = sparse.csr_array(raw["congruence"] - raw["conflict"])
        matrix.eliminate_zeros()
        parts = raw
    else:
        (matrix,), parts = raw.values(), {}
    return _finished(incidence, nodes, chosen, matrix, parts, others=None, similarity=similarity, scale=levels.scale)


# ---- directed networks


def _directed(table: StatementTable, chosen: Options) -> Weights:
    found = directed_incidence(table, chosen.kind, chosen.row_field)
    kept = without_duplicates(
        found.table,
        [found.sources.codes, found.targets.codes, found.acts, found.table.column("claim").codes],
        within=chosen.duplicates,
        dna_compat=chosen.dna_compat,
        week_rule=chosen.week_rule,
    )
    spread, sources, targets = found.table.take(kept), found.sources.take(kept), found.targets.take(kept)
    acts = found.acts[kept]
    if chosen.min_statements > 1:
        often = np.bincount(sources.codes, minlength=len(sources.values)) >= chosen.min_statements
        enough = np.flatnonzero(often[sources.codes])
        spread, sources, targets, acts = spread.take(enough), sources.take(enough), targets.take(enough), acts[enough]
    nodes = _Nodes(table, sources.joined_with(targets))
    shape = (len(nodes.keys),) * 2
    rows, columns = nodes.place(sources), nodes.place(targets)
    incidence = Incidence(spread, rows, columns, acts, found.names, len(nodes.keys), nodes.keys)
    cells = incidence.matrices()
    matrix = _total(cells, shape)
    parts = {str(name): cell for name, cell in zip(found.names, cells, strict=True)} if len(found.names) > 1 else {}
    if chosen.normalise == "activity":
        along = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
        matrix = sparse.csr_array(matrix * np.divide(1.0, along, out=np.zeros_like(along), where=along != 0)[:, None])
    return _finished(incidence, nodes, chosen, matrix, parts, others=None, similarity={}, directed=True)


# ---- all networks


def _total(matrices: list[Matrix], shape: tuple[int, ...]) -> Matrix:
    total = sparse.csr_array(shape, dtype=np.float64)
    for matrix in matrices:
        total = total + matrix
    return sparse.csr_array(total)


def _finished(
    incidence: Incidence,
    nodes: _Nodes,
    chosen: Options,
    matrix: Matrix,
    parts: dict[str, Matrix],
    *,
    others: _Nodes | None,
    similarity: dict[str, Floats],
    scale: str = "text",
    directed: bool = False,
) -> Weights:
    if chosen.backbone is not None:
        matrix, parts = keep_backbone(matrix, parts, chosen.backbone, directed=directed or others is not None)
    if others is not None and set(nodes.keys) & set(others.keys):
        raise UsageError("the same nodes would stand on both sides of the network; choose another --between or --over.")
    settings = {
        "kind": chosen.kind,
        "between": chosen.between,
        "over": chosen.over or chosen.column_field,
        "qualifier": chosen.qualifier,
        "scale": scale,
        "value": chosen.value,
        "normalise": chosen.normalise,
        "duplicates": chosen.duplicates,
        "formulas": "DNA 3.1.2" if chosen.dna_compat else "disputegraph",
    }
    return Weights(
        kind=chosen.kind,
        nodes=nodes.keys,
        others=others.keys if others else (),
        labels={**nodes.labels, **(others.labels if others else {})},
        kinds={**nodes.kinds, **(others.kinds if others else {})},
        matrix=matrix,
        parts=parts,
        directed=directed,
        keeps_zeros=not chosen.dna_compat and chosen.kind in ("subtract", "signed", "affiliation"),
        incidence=incidence,
        similarity=similarity,
        settings=settings,
    )
