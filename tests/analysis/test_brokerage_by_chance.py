"""Gould and Fernandez' expectation and variance against all graphs there are, weighted by their probability."""

from __future__ import annotations

from itertools import combinations, permutations, product

import networkx as nx
import numpy as np
import pytest

from disputegraph.analysis import brokers, expected_brokerage
from disputegraph.analysis.brokerage_by_chance import ROLES


def counts(there: np.ndarray, group: list[int], node: int) -> list[int]:
    found = dict.fromkeys(ROLES, 0)
    for a, c in permutations([each for each in range(len(group)) if each != node], 2):
        if there[a, node] and there[node, c] and not there[a, c]:
            own = group[node]
            kind = {
                (True, True): "coordinator", (False, True): "gatekeeper", (True, False): "representative"
            }.get((group[a] == own, group[c] == own), "itinerant" if group[a] == group[c] else "liaison")  # fmt: skip
            found[kind] += 1
            found["total"] += 1
    return [found[role] for role in ROLES]


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("group", [[0, 0, 0, 1], [0, 1, 1, 2], [0, 0, 1, 1, 2], [0, 0, 0, 0, 1], [0, 1, 1, 1, 2]])
def test_all_graphs(group: list[int], directed: bool) -> None:
    size, density = len(group), 0.3
    if directed and size > 4:
        pytest.skip("a million graphs")
    dyads = list((permutations if directed else combinations)(range(size), 2))
    mean, square = np.zeros(len(ROLES)), np.zeros(len(ROLES))
    for ties in product([False, True], repeat=len(dyads)):
        there = np.zeros((size, size), dtype=bool)
        for (a, b), tie in zip(dyads, ties, strict=True):
            there[a, b] = tie
            if not directed:
                there[b, a] = tie
        chance = density ** sum(ties) * (1 - density) ** (len(dyads) - sum(ties))
        told = np.array(counts(there, group, 0))
        mean += chance * told
        square += chance * told**2
    sizes = [group.count(each) for each in sorted(set(group))]
    found = expected_brokerage(sizes, 0, density, directed=directed)
    assert [found[role][0] for role in ROLES] == pytest.approx(mean.tolist())
    assert [found[role][1] for role in ROLES] == pytest.approx((square - mean**2).tolist())


def test_brokers_have_scores() -> None:
    """Density is that among nodes with a coalition; of a complete graph nothing varies."""
    path = nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("d", "x")])
    of = {"a": 1, "b": 1, "c": 2, "d": 2}
    found = {each.node: each for each in brokers(path, of)}
    wanted = expected_brokerage([2, 2], 0, 0.5, directed=False)
    assert found["b"].expected == {role: mean for role, (mean, _) in wanted.items()}
    assert found["b"].z["gatekeeper"] == pytest.approx((1 - wanted["gatekeeper"][0]) / wanted["gatekeeper"][1] ** 0.5)
    assert found["b"].z["coordinator"] is None
    assert (found["x"].expected, found["x"].z) == ({}, {})
    assert all(z is None for each in brokers(nx.complete_graph(4), dict.fromkeys(range(4), 1)) for z in each.z.values())
