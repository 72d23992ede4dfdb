"""From a statement table to the weights of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack

import numpy as np
from scipy import sparse

from disputegraph.errors import UsageError
from disputegraph.model import Names, StatementTable
from disputegraph.networks import formulas
from disputegraph.networks.backbone import keep_backbone
from disputegraph.networks.coded_twice import coded_once
from disputegraph.networks.contradictions import conflict_by_contradiction, contradicting_claims
from disputegraph.networks.directed_statements import directed_incidence
from disputegraph.networks.expected_agreement import counting_beyond, expected_agreement
from disputegraph.networks.formulas import Floats, Matrix
from disputegraph.networks.incidence import Incidence, Nodes, incidence_of
from disputegraph.networks.levels import Levels, levels_of
from disputegraph.networks.network_options import NetworkOptions, Options
from disputegraph.networks.network_weights import Weights, divided_by
from disputegraph.networks.repeated_statements import without_duplicates

_NOTHING = 1e-9
_POLARITIES = ("neutral", "denies", "affirms")


def weigh(
    table: StatementTable, kind: str, *, names: Names | None = None, **options: Unpack[NetworkOptions]
) -> Weights:
    """Return the weights of a network as sparse matrices, with all that is needed to explain them.

    Args:
        table: the statements, see `statements` and `select`.
        kind: ``affiliation``, ``congruence``, ``conflict``, ``subtract``, ``cooccurrence``, ``signed``, ``portrayal``
            or ``hearsay``.
        names: labels and classes of the nodes, where they are known already; by default the table is asked.
        options: see `NetworkOptions`.

    Raises:
        UsageError: an unknown kind or option, one that does not fit the kind, or a field that does not exist.
    """
    chosen = Options(kind=kind, **options)
    if not chosen.dna_compat and len(once := coded_once(table)) < len(table):
        table = table.take(once)
    if kind in ("portrayal", "hearsay"):
        return _directed(table, chosen, names)
    levels = levels_of(table, chosen.qualifier, among=chosen.universe if chosen.dna_compat else None)
    incidence, nodes, others = incidence_of(table, chosen, levels, names)
    smoothing = None if chosen.amounts is None else Smoothing(chosen.amounts[incidence.table.rows], incidence)
    return finished_weights(incidence, nodes, others, chosen, levels, smoothing=smoothing)


@dataclass(frozen=True, slots=True, eq=False)
class Smoothing:
    """What the statements of a kernel's window count for.

    Attributes:
        z: the weight of each statement of the window.
        everything: the statements of all windows.
    """

    z: Floats
    everything: Incidence


def finished_weights(
    incidence: Incidence,
    nodes: Nodes,
    others: Nodes,
    chosen: Options,
    levels: Levels,
    *,
    smoothing: Smoothing | None = None,
) -> Weights:
    """Return the weights of an undirected network of these statements; with `smoothing` those of a kernel's window."""
    if chosen.kind == "affiliation":
        return _affiliation(incidence, nodes, others, chosen, levels, smoothing=smoothing)
    return _one_mode(incidence, nodes, chosen, levels, smoothing)


# ---- affiliation


def _affiliation(
    incidence: Incidence,
    nodes: Nodes,
    others: Nodes,
    chosen: Options,
    levels: Levels,
    *,
    smoothing: Smoothing | None,
) -> Weights:
    cells = incidence.matrices(smoothing.z if smoothing else None)
    count = _total(cells, incidence.shape)
    if chosen.value == "count" or (chosen.value == "subtract" and levels.scale == "text"):
        matrix = count
    elif chosen.value == "combine":
        matrix = _combined(cells, incidence.values, levels)
    elif levels.scale == "boolean":
        matrix = sparse.csr_array(cells[1] - cells[0])
    else:
        numbers = [float(value) for value in incidence.values if value is not None]
        if smoothing and chosen.dna_compat:
            numbers = _ranks(smoothing.everything, levels).tolist()
        matrix = _total([cell * number for cell, number in zip(cells, numbers, strict=True)], incidence.shape)
    divisor = {"activity": count.sum(axis=1), "prominence": count.sum(axis=0)}.get(chosen.normalise)
    parts = _sides(incidence) if chosen.qualifier == "polarity" and smoothing is None else {}
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


def _ranks(incidence: Incidence, levels: Levels) -> Floats:
    """Return the place of each level among those that statements take, which DNA's kernels use for its value."""
    size = len(incidence.values)
    if levels.scale == "boolean":
        return np.arange(size, dtype=np.float64)
    return np.searchsorted(np.unique(incidence.levels), np.arange(size)).astype(np.float64)


def _likeness_of_dna(incidence: Incidence, levels: Levels) -> Floats:
    """Return how alike two levels are in DNA's kernel windows, where categories are all alike."""
    ranks = _ranks(incidence, levels)
    spread = float(np.ptp(ranks)) if len(ranks) and levels.scale != "text" else 0.0
    distance = np.abs(ranks[:, None] - ranks[None, :])
    return 1.0 - distance / spread if spread else np.ones_like(distance)


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


def _one_mode(
    incidence: Incidence, nodes: Nodes, chosen: Options, levels: Levels, smoothing: Smoothing | None
) -> Weights:
    # A pair of statements counts for sqrt(z1 z2), so that each counts for its root in the product.
    cells = incidence.matrices(np.sqrt(smoothing.z) if smoothing else None)
    kernel_of_dna = smoothing if chosen.dna_compat else None
    similarity = _similarity(incidence, chosen, levels, kernel_of_dna)
    z = smoothing.z if smoothing else None
    activity = np.bincount(incidence.rows, weights=z, minlength=incidence.shape[0]).astype(np.float64)
    # Vectors over (column node, level); for co-occurrence levels do not matter, so that its cosine is over sums.
    vectors = (
        [_total(cells, incidence.shape)] if chosen.kind == "cooccurrence" and chosen.normalise == "cosine" else cells
    )
    contradicting = contradicting_claims(incidence, chosen)
    beyond = chosen.baseline == "expected" and cells
    counting = counting_beyond(expected_agreement(cells, levels.similarity())) if beyond else {}
    raw: dict[str, Matrix] = {}
    for name, alikeness in similarity.items():
        if chosen.dna_compat and not smoothing and levels.scale == "text" and name == "conflict":
            matrix = formulas.disagreement_over_categories(cells)
        elif not cells or not len(incidence.rows):
            matrix = sparse.csr_array(np.zeros((incidence.shape[0],) * 2))
        elif name == "weight":
            total = _total(cells, incidence.shape)
            matrix = sparse.csr_array(total @ total.T)
        else:
            matrix = formulas.product(cells, alikeness, counting.get(name))
            if name == "conflict" and contradicting is not None:
                matrix = matrix + conflict_by_contradiction(cells[incidence.affirming], contradicting)
        if kernel_of_dna:
            raw[name] = matrix
            if chosen.normalise == "average":
                raw[name] = formulas.average_of_dna_kernels(matrix, kernel_of_dna.everything.matrices())
            continue
        matrix = formulas.without_diagonal(matrix)
        raw[name] = divided_by(
            matrix, chosen.normalise, vectors or cells, activity=activity, dna_compat=chosen.dna_compat
        )
    if chosen.kind in ("subtract", "signed"):
        matrix = sparse.csr_array(raw["congruence"] - raw["conflict"])
        if counting:
            matrix.data[np.abs(matrix.data) < _NOTHING] = 0.0  # last digits of what comes to nothing
        matrix.eliminate_zeros()
        parts = raw
    else:
        (matrix,), parts = raw.values(), {}
    return _finished(
        incidence,
        nodes,
        chosen,
        matrix,
        parts,
        others=None,
        similarity=similarity,
        contradicting=contradicting,
        counting=counting,
        scale=levels.scale,
    )


def _similarity(
    incidence: Incidence, chosen: Options, levels: Levels, kernel_of_dna: Smoothing | None
) -> dict[str, Floats]:
    """Return what each pair of levels adds, by name of the part."""
    size = len(incidence.values)
    if chosen.kind == "cooccurrence":
        return {"weight": np.ones((size, size))}
    alike = _likeness_of_dna(kernel_of_dna.everything, levels) if kernel_of_dna else levels.similarity()
    similarity = {"congruence": alike, "conflict": 1.0 - alike}
    if chosen.kind in ("congruence", "conflict"):
        similarity = {chosen.kind: similarity[chosen.kind]}
    return similarity if size else {name: np.zeros((0, 0)) for name in similarity}


# ---- directed networks


def _directed(table: StatementTable, chosen: Options, names: Names | None) -> Weights:
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
    nodes = Nodes(table, sources.joined_with(targets), names=names)
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
    nodes: Nodes,
    chosen: Options,
    matrix: Matrix,
    parts: dict[str, Matrix],
    *,
    others: Nodes | None,
    similarity: dict[str, Floats],
    contradicting: Matrix | None = None,
    counting: dict[str, Floats] | None = None,
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
        "contradictions": "counted" if chosen.counts_contradictions else "not counted",
        **({"baseline": chosen.baseline} if chosen.baseline != "none" else {}),
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
        contradicting=contradicting,
        counting=counting or {},
        settings=settings,
    )
