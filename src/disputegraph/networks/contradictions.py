"""Conflict by contradiction: two actors each affirm one of two claims that contradict each other.

This is our own extension of the conflict of discourse networks (Leifeld), which compares actors on one claim at a time.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from disputegraph.networks.formulas import Matrix
from disputegraph.networks.incidence import Incidence
from disputegraph.networks.levels import places_of
from disputegraph.networks.network_options import Options


def contradicting_claims(incidence: Incidence, chosen: Options) -> Matrix | None:
    """Return which of the column nodes contradict each other, or None where that does not apply or none do.

    Returns:
        ``C[j, l]``, symmetric: 1 where the claims j and l contradict each other, whichever says so of the other. The
        diagonal is empty: a claim that is said to contradict itself is ignored.
    """
    if not chosen.counts_contradictions:
        return None
    places, values = incidence.table.related("contradicts")
    column_of = {claim: place for place, claim in enumerate(incidence.across)} if len(places) else {}
    others = places_of(values, column_of)
    claims = incidence.columns[places]
    there = (others >= 0) & (claims != others)
    if not there.any():
        return None
    pairs = (np.concatenate([claims[there], others[there]]), np.concatenate([others[there], claims[there]]))
    found = sparse.csr_array((np.ones(len(pairs[0])), pairs), shape=(len(incidence.across),) * 2)
    found.sum_duplicates()
    found.data[:] = 1.0
    return found


def conflict_by_contradiction(affirmed: Matrix, contradicting: Matrix) -> Matrix:
    """Return ``w[x, y] = sum_j sum_l a[x, j] C[j, l] a[y, l]``, a the affirming statements; the diagonal included.

    Every pair of statements counts once: C has both directions, and each belongs to another order of x and y.
    """
    return sparse.csr_array(affirmed @ contradicting @ affirmed.T)
