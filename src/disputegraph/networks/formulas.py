"""The formulas: from counts of statements to the weights of edges.

``a[i, j, k]`` is the number of statements of row node i on column node j at level k of the qualifier. It is held as
one sparse matrix a level. Source of all formulas: Discourse Network Analyzer 3.1.2 (Leifeld), export of one-mode and
two-mode networks; docs/networks.md writes them out and lists where the default differs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Matrix = sparse.csr_array
Floats = NDArray[np.float64]


def product(levels: Sequence[Matrix], similarity: Floats, counting: Floats | None = None) -> Matrix:
    """Return ``w[x, y] = sum_j b[j] sum_k sum_l a[x,j,k] a[y,j,l] similarity[k,l]``, the diagonal included.

    One sparse product: the levels stand side by side, and each is met by what is similar to it. `counting` is b, what
    each column node counts for; by default 1.
    """
    met = []
    for row in similarity:
        parts = [matrix * weight for matrix, weight in zip(levels, row, strict=True) if weight]
        met.append(sum(parts[1:], parts[0]) if parts else levels[0] * 0.0)
    left = sparse.hstack(levels, format="csr")
    right = sparse.hstack(met, format="csr")
    if counting is not None:
        left = sparse.csr_array(left.multiply(np.tile(counting, len(levels))[None, :]))
    return sparse.csr_array(left @ right.T)


def disagreement_over_categories(levels: Sequence[Matrix]) -> Matrix:
    """Return DNA's conflict over a short-text qualifier.

    ``w[x, y] = sum_jk (a[x,j,k] if a[y,j,k] = 0 else 0) + (a[y,j,k] if a[x,j,k] = 0 else 0)``. It also counts column
    nodes that the other never mentioned, which is why it is used for compatibility only.
    """
    wide = sparse.hstack(levels, format="csr")
    shared = _shared(wide).toarray()
    total = np.asarray(wide.sum(axis=1)).ravel()
    return sparse.csr_array(total[:, None] + total[None, :] - shared - shared.T)


def average(weights: Matrix, activity: Floats) -> Matrix:
    """Return each weight divided by the mean number of statements of its two nodes."""
    rows, columns = weights.nonzero()
    return _divided(weights, rows, columns, (activity[rows] + activity[columns]) / 2)


def average_of_dna_kernels(weights: Matrix, levels: Sequence[Matrix]) -> Matrix:
    """Return each weight multiplied by ``sum_jk 2 / (a[x,j,k] + a[y,j,k])``, which DNA calls an average with kernels.

    The counts are those of all windows together, and terms without statements are left out.
    """
    factor = np.zeros(weights.shape)
    for counts in sparse.csc_array(sparse.hstack(levels)).toarray().T:
        both = counts[:, None] + counts[None, :]
        factor += np.divide(2.0, both, out=np.zeros_like(both), where=both > 0)
    return sparse.csr_array(weights.multiply(factor))


def jaccard(weights: Matrix, levels: Sequence[Matrix]) -> Matrix:
    """Return each weight divided by DNA's Jaccard divisor.

    ``sum_jk a[x,j,k] [a[y,j,k] = 0] + a[y,j,k] [a[x,j,k] = 0] + a[x,j,k] a[y,j,k]``, the same whatever is divided.
    """
    wide = sparse.hstack(levels, format="csr")
    shared = _shared(wide)
    correction = sparse.csr_array(wide @ wide.T - shared - shared.T)
    total = np.asarray(wide.sum(axis=1)).ravel()
    rows, columns = weights.nonzero()
    found = np.asarray(correction[rows, columns]).ravel() if len(rows) else np.empty(0)
    return _divided(weights, rows, columns, total[rows] + total[columns] + found)


def cosine(weights: Matrix, levels: Sequence[Matrix]) -> Matrix:
    """Return each weight divided by the product of the Euclidean lengths of its nodes' rows over (j, k)."""
    wide = sparse.hstack(levels, format="csr")
    length = np.sqrt(np.asarray(wide.multiply(wide).sum(axis=1)).ravel())
    rows, columns = weights.nonzero()
    return _divided(weights, rows, columns, length[rows] * length[columns])


def cosine_of_dna(weights: Matrix, activity: Floats) -> Matrix:
    """Return each weight divided as DNA does it, by the product of the numbers of statements, sqrt(n_x²) sqrt(n_y²)."""
    rows, columns = weights.nonzero()
    return _divided(weights, rows, columns, activity[rows] * activity[columns])


def without_diagonal(weights: Matrix) -> Matrix:
    """Return the matrix with an empty diagonal and no stored zeros."""
    matrix = sparse.csr_array(weights)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    matrix.data[rows == matrix.indices] = 0.0
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def _shared(wide: Matrix) -> Matrix:
    """Return the statements of x on what y has said as well, at the same level."""
    return sparse.csr_array(wide @ (wide > 0).astype(np.float64).T)


def _divided(weights: Matrix, rows: NDArray[np.int32], columns: NDArray[np.int32], divisor: Floats) -> Matrix:
    values = np.asarray(weights[rows, columns]).ravel() if len(rows) else np.empty(0)
    result = np.divide(values, divisor, out=np.zeros(len(values)), where=divisor != 0)
    return sparse.csr_array((result, (rows, columns)), shape=weights.shape)
