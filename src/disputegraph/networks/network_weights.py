"""The finished numbers of a network, and what is behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from disputegraph.networks import formulas
from disputegraph.networks.formulas import Floats, Matrix
from disputegraph.networks.incidence import Incidence


@dataclass(frozen=True, eq=False)
class Weights:
    """The finished numbers of a network.

    Attributes:
        kind: kind of network.
        nodes: IRIs of the row nodes, in order of their labels.
        others: IRIs of the column nodes of an affiliation; empty for networks of one sort of node.
        labels: label of every node by IRI.
        kinds: class of every node by IRI, where known.
        matrix: the weights, row nodes by column nodes. Symmetric with an empty diagonal where the network is
            undirected and has one sort of node.
        parts: further numbers of the edges by name, in matrices of the same shape: ``congruence`` and ``conflict``, or
            ``affirms``, ``denies`` and ``neutral``, or ``accuses`` and ``credits``. An edge is where any part is not
            zero, so that a weight of zero between nodes that agree and disagree alike is still an edge.
        directed: whether edges go from row node to column node.
        keeps_zeros: whether an edge whose weight is zero and whose parts are not is kept.
        incidence: the statements behind the numbers.
        similarity: what a pair of levels adds to a weight, by name of the part; see `formulas.product`.
        contradicting: which column nodes contradict each other; None where contradictions do not count, or there are
            none. See `contradicting_claims`.
        counting: what each column node counts for, by name of the part, where it is not 1; see `counting_beyond`.
        settings: the options that made the network, for the record.
    """

    kind: str
    nodes: tuple[str, ...]
    others: tuple[str, ...]
    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    matrix: Matrix
    parts: Mapping[str, Matrix]
    directed: bool
    keeps_zeros: bool
    incidence: Incidence
    similarity: Mapping[str, Floats] = field(default_factory=dict)
    contradicting: Matrix | None = None
    counting: Mapping[str, Floats] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def bipartite(self) -> bool:
        """Whether the network has two sorts of nodes, with edges between them only."""
        return self.kind == "affiliation"

    @property
    def columns(self) -> tuple[str, ...]:
        """The nodes across the top of the matrix."""
        return self.others if self.bipartite else self.nodes

    @cached_property
    def pattern(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Row and column of every edge; of an undirected network of one sort of node, each edge once."""
        there = abs(self.matrix)
        if self.keeps_zeros:
            for part in self.parts.values():
                there = there + abs(part)
        rows, columns = sparse.csr_array(there).nonzero()
        order = np.lexsort((columns, rows))
        rows, columns = rows[order], columns[order]
        if not self.directed and not self.bipartite:
            once = rows < columns
            rows, columns = rows[once], columns[once]
        return rows.astype(np.intp), columns.astype(np.intp)

    def values(self, matrix: Matrix) -> Floats:
        """Return the numbers of a matrix at the edges, in the order of `pattern`."""
        rows, columns = self.pattern
        return np.asarray(matrix[rows, columns], dtype=np.float64).ravel() if len(rows) else np.empty(0)

    @cached_property
    def count(self) -> NDArray[np.int64]:
        """The number of utterances that contribute to each edge, in the order of `pattern`."""
        if not len(self.pattern[0]):
            return np.zeros(0, dtype=np.int64)
        if self.directed or self.bipartite:
            cells = sparse.csr_array(
                (np.ones(len(self.incidence.rows)), (self.incidence.rows, self.incidence.columns)),
                shape=self.matrix.shape,
            )
            return self.values(cells).astype(np.int64)
        levels = self.incidence.matrices()
        says = [sparse.csr_array((matrix > 0).astype(np.float64)) for matrix in levels]
        # On a claim without dispute nothing is beyond its baseline.
        own = [each.multiply(self.counting["congruence"] != 0) for each in says] if self.counting else says
        meets = (np.abs(sum(self.similarity.values())) > 0).astype(np.float64)
        met = [sparse.csr_array((sum_of(own, row) > 0).astype(np.float64)) for row in meets]
        if self.contradicting is not None:
            place = self.incidence.affirming
            also = met[place] + says[place] @ self.contradicting
            met[place] = sparse.csr_array((also > 0).astype(np.float64))
        left = sparse.hstack(levels, format="csr")
        contributing = sparse.csr_array(left @ sparse.hstack(met, format="csr").T)
        return np.rint(self.values(contributing) + self.values(sparse.csr_array(contributing.T))).astype(np.int64)

    @cached_property
    def statements(self) -> dict[str, int]:
        """The number of statements that count, by node."""
        counted = dict(zip(self.nodes, np.bincount(self.incidence.rows, minlength=len(self.nodes)), strict=True))
        if self.bipartite:
            across = np.bincount(self.incidence.columns, minlength=len(self.others))
            counted |= dict(zip(self.others, across, strict=True))
        return {node: int(number) for node, number in counted.items()}


def sum_of(matrices: Sequence[Matrix], chosen: Floats) -> Matrix:
    """Return the sum of the matrices whose place in `chosen` is not zero."""
    total = matrices[0] * 0.0
    for matrix, weight in zip(matrices, chosen, strict=True):
        if weight:
            total = total + matrix
    return total


def divided_by(
    matrix: Matrix, normalise: str, levels: Sequence[Matrix], *, activity: Floats, dna_compat: bool
) -> Matrix:
    """Return a one-mode matrix normalised in the way named."""
    if normalise == "average":
        return formulas.average(matrix, activity)
    if normalise == "jaccard":
        return formulas.jaccard(matrix, levels)
    if normalise == "cosine" and dna_compat:
        return formulas.cosine_of_dna(matrix, activity)
    if normalise == "cosine":
        return formulas.cosine(matrix, levels)
    return matrix
