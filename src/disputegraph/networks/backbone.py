"""The backbone of a weighted network: its edges that are heavier than chance would make them."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from disputegraph.networks.formulas import Floats, Matrix


def disparity(matrix: Matrix) -> Matrix:
    """Return the significance of every edge as seen from its row node, at the places of the non-zero weights.

    The disparity filter's ``alpha_ij = (1 - w_ij / s_i)^(k_i - 1)``, with s_i the sum of the absolute weights and k_i
    the number of edges of node i: the probability that a share as large arises when s_i is split at random among k_i
    edges. Of a node with a single edge it is 1. Source: Serrano, Boguñá & Vespignani (2009), PNAS 106(16), eq. 2.
    """
    weights = sparse.csr_array(abs(matrix))
    weights.eliminate_zeros()
    degree = np.diff(weights.indptr)
    rows = np.repeat(np.arange(weights.shape[0]), degree)
    strength = np.asarray(weights.sum(axis=1)).ravel()
    alpha: Floats = (1 - weights.data / strength[rows]).clip(0, 1) ** (degree[rows] - 1)
    return sparse.csr_array((alpha, weights.indices, weights.indptr), shape=weights.shape)


def keep_backbone(
    matrix: Matrix, parts: dict[str, Matrix], level: float, *, directed: bool
) -> tuple[Matrix, dict[str, Matrix]]:
    """Return the matrices with those edges only that are significant at `level` for either of their ends.

    Args:
        matrix: the weights; of an undirected network symmetric.
        parts: further matrices, cut in the same way. Where weights may cancel out, their sum says how heavy an
            edge is.
        level: an edge stays if its alpha is below this at one end or the other.
        directed: whether the rows are one end of an edge and the columns the other; else rows are both.
    """
    heavy = sparse.csr_array(abs(matrix))
    if parts:
        heavy = sparse.csr_array(sum((abs(part) for part in parts.values()), sparse.csr_array(matrix.shape)))
    from_rows = disparity(heavy)
    from_columns = sparse.csr_array(disparity(sparse.csr_array(heavy.T)).T)
    kept = _below(from_rows, level) + _below(from_columns if directed else sparse.csr_array(from_rows.T), level)
    mask = sparse.csr_array((kept > 0).astype(np.float64))
    return sparse.csr_array(matrix.multiply(mask)), {
        name: sparse.csr_array(part.multiply(mask)) for name, part in parts.items()
    }


def _below(alpha: Matrix, level: float) -> Matrix:
    # An alpha of zero is a stored value, so the test is on the data and not on the matrix.
    return sparse.csr_array(((alpha.data < level).astype(np.float64), alpha.indices, alpha.indptr), shape=alpha.shape)
