"""The disparity filter against its formula written as loops."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from disputegraph.networks.backbone import keep_backbone


@settings(max_examples=50)
@given(
    edges=st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda e: e[0] < e[1]), st.integers(1, 20), max_size=20
    ),
    level=st.floats(0.01, 0.6),
)
def test_edges_heavier_than_chance(edges: dict, level: float) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(8))
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in edges.items())

    def alpha(one: int, other: int) -> float:
        return (1 - graph.edges[one, other]["weight"] / graph.degree(one, "weight")) ** (graph.degree(one) - 1)

    expected = {(a, b) for a, b in edges if min(alpha(a, b), alpha(b, a)) < level}
    matrix = sparse.csr_array(nx.to_numpy_array(graph, nodelist=range(8)))
    kept, _ = keep_backbone(matrix, {}, level, directed=False)
    assert {(int(a), int(b)) for a, b in zip(*kept.nonzero(), strict=True) if a < b} == expected
    assert np.array_equal(kept.toarray(), kept.toarray().T)
