"""Modularity: how much more weight lies within the groups of a division than their members' weights let expect."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def modularity(graph: Any, members: NDArray[Any]) -> float | None:
    """Return Newman's modularity of a division of a symmetric matrix of weights, dense or sparse; None without weight.

    ``Q = sum over groups c of w_c / w - (s_c / w)^2``, w the sum of the matrix, w_c of what lies within c, s_c of its
    members' rows. Source: Newman (2004), Physical Review E 70, 056131, eq. 8.
    """
    dense = isinstance(graph, np.ndarray)
    weights: Any = graph if dense else sparse.csr_array(graph)  # the types of scipy tell less than it can
    total = float(weights.sum())
    if not total:
        return None
    number = int(members.max(initial=-1)) + 1
    place = np.arange(len(members))
    group: Any = sparse.csr_array((np.ones(len(members)), (members, place)), shape=(number, len(members)))
    group = group.toarray() if dense else group
    rows = group @ weights
    within, strength = (rows @ group.T).diagonal(), rows.sum(axis=1)
    # Rounded, since sums that come to nothing leave a last digit, and a sign.
    return round(float((within / total - (strength / total) ** 2).sum()), 15) + 0.0
