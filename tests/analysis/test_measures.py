"""Balance, polarisation, brokers, centrality, contested claims, change and stability."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.analysis import (
    balance,
    balanced_triangles,
    brokers,
    centrality,
    changes,
    coalitions,
    contested,
    find_ties,
    polarisation,
    read_balance,
    read_coalitions,
    read_signed_edges,
    signed_network,
)
from disputegraph.analysis.brokerage import brokerage
from disputegraph.analysis.stability import _in_turn
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, stances_taken, statements
from disputegraph.networks import network
from disputegraph.rdf import source_of_bytes
from disputegraph.store import EmbeddedStore

SIDES = {"+": "affirms", "-": "denies", "0": "neutral"}


def table_of(*cells: str) -> StatementTable:
    """Return statements from texts such as ``A p + 2020-01-01 d1``."""
    rows = [cell.split() for cell in cells]
    return StatementTable.of(
        {
            "utterance": [f"u{number}" for number in range(len(rows))],
            "speaker": [row[0] for row in rows],
            "claim": [row[1] for row in rows],
            "polarity": [SIDES[row[2]] for row in rows],
            "date": [row[3] if len(row) > 3 else None for row in rows],
            "document": [row[4] if len(row) > 4 else f"d{number}" for number, row in enumerate(rows)],
        }
    )


TWO_SIDES = [
    f"{actor} {claim} {side}" for actors, side in (("AB", "+"), ("CD", "-")) for actor in actors for claim in "pq"
]


def test_the_tribes() -> None:
    found = balance(read_signed_edges(Path(__file__).with_name("signed") / "tribes.csv"))
    assert found.frustration.index == 7
    assert found.frustration.proven
    assert found.balanced_triangles == pytest.approx(0.8676471, abs=1e-7)
    assert found.walk_balance == pytest.approx(0.3575761, abs=1e-7)


SIGNED = st.dictionaries(st.sampled_from(list(combinations(range(7), 2))), st.sampled_from([1, -1]), max_size=21)


@settings(max_examples=60)
@given(edges=SIGNED)
def test_triangles_and_walks_by_definition(edges: dict) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(7))
    graph.add_edges_from((a, b, {"sign": sign}) for (a, b), sign in edges.items())
    made = signed_network(graph)
    signs = [
        edges[a, b] * edges[a, c] * edges[b, c]
        for a, b, c in combinations(range(7), 3)
        if (a, b) in edges and (a, c) in edges and (b, c) in edges
    ]
    number, share = balanced_triangles(made)
    assert number == len(signs)
    assert share == (pytest.approx(signs.count(1) / len(signs)) if signs else None)
    found = balance(made)
    from scipy.linalg import expm

    matrix = nx.to_numpy_array(graph, nodelist=range(7), weight="sign")
    assert found.walk_balance == pytest.approx(np.trace(expm(matrix)) / np.trace(expm(np.abs(matrix))))
    assert 0 < found.walk_balance <= 1 + 1e-12
    if found.frustration.index == 0:
        assert found.walk_balance == pytest.approx(1)
        assert share in (None, 1.0)
    if found.line_balance is not None:
        assert 0 <= found.line_balance <= 1


def test_coalitions_and_what_they_hang_on() -> None:
    found = coalitions(table_of(*TWO_SIDES, "E z +"))
    member = dict(zip(found.partition.network.nodes, found.partition.membership.tolist(), strict=True))
    assert member["A"] == member["B"] != member["C"] == member["D"]
    assert found.alone == ("E",)
    assert found.stability.complete
    assert found.stability.tried == found.stability.possible == {"document": 9, "speaker": 5, "claim": 3}
    assert found.stability.pairs == 6
    assert found.stability.firm


def test_the_document_that_turns_a_pair_is_named() -> None:
    """A agrees with B by two documents, and disagrees with B by three statements of one."""
    cells = ["A p + 2020-01-01 d1", "B p + 2020-01-01 d2", "A q + 2020-01-01 d3", "B q + 2020-01-01 d4"]
    cells += [f"A {c} + 2020-01-01 d9" for c in "xyz"] + [f"B {c} - 2020-01-01 d9" for c in "xyz"]
    found = coalitions(table_of(*cells))
    assert (found.stability.hangs_on[0].what, found.stability.hangs_on[0].name) == ("document", "d9")
    assert (found.stability.hangs_on[0].pairs, found.stability.hangs_on[0].parted) == (1, 0)
    # Without x, y or z the two agree and disagree alike: they come apart.
    assert {(each.name, each.pairs, each.parted) for each in found.stability.hangs_on[1:]} == {
        (claim, 0, 1) for claim in "xyz"
    }


def test_without_opposition_nothing_is_divided_and_the_bridging_claim_is_named() -> None:
    """Firm and union share the claim that they are far apart; each has a friend, and nobody denies anything."""
    cells = ["Firm far + 2020-01-01 d1", "Union far + 2020-01-01 d1", "Firm fair + 2020-01-01 d1"]
    cells += ["Owner fair + 2020-01-01 d1", "Union unsafe + 2020-01-02 d2", "Crew unsafe + 2020-01-02 d2"]
    found = coalitions(table_of(*cells))
    reading = read_coalitions(found.partition, found)
    assert "all 3 ties are of agreement. No pair is opposed more than it agrees, so that these are no sides" in reading
    assert not any(word in reading for word in ("fits better", "proven", "as good"))
    assert "most hangs on the document 'd1': 5 pairs come apart" in reading
    assert "Of single claims it is 'far': 4 pairs come apart without it." in reading
    told = read_balance(balance(find_ties(table_of(*cells), "statements").network()))
    assert told.startswith("All 3 ties are of agreement: no pair is opposed more than it agrees")


def test_kinds_of_evidence_take_turns() -> None:
    """When time runs out all kinds were tried, and only what was tried is named."""
    found = coalitions(table_of(*TWO_SIDES))
    stopped = replace(found.stability, tried={"document": 1, "speaker": 1, "claim": 0}, hangs_on=())
    reading = read_coalitions(found.partition, replace(found, stability=stopped))
    assert "With one document or speaker left out (2 cases of 14, in the time given), no pair" in reading
    order = list(_in_turn({"document": [1, 2, 3], "speaker": [7], "claim": [8, 9]}))
    assert order[:3] == [("document", 1), ("speaker", 7), ("claim", 8)]
    assert len(order) == 6


def test_contested_claims() -> None:
    found = contested(table_of("A p +", "B p -", "C q +", "D q +", "A r 0"))
    by_claim = {each.claim: each for each in found}
    assert found[0].claim == "p"
    assert (by_claim["p"].affirms, by_claim["p"].denies, by_claim["p"].standing) == (("A",), ("B",), "contested")
    assert [by_claim[claim].standing for claim in "qr"] == ["uncontested", "uncontested"]
    assert contested(table_of("A p +", "A p -"))[0].standing == "uncontested"  # at odds with oneself is no contest


def test_change_and_contradiction() -> None:
    table = table_of("A p + 2020-01-01", "A p + 2020-02-01", "A p - 2020-03-01", "B p + 2020-01-01", "B p - 2020-01-01",
                     "C p + 2020-01-01", "C p 0 2020-04-01", "D p +", "D p -")  # fmt: skip
    found = changes(table)
    assert [(each.actor, each.before, each.after, each.at_once) for each in found] == [
        ("B", "affirms", "denies", True),
        ("A", "affirms", "denies", False),
    ]
    assert (found[1].last_before, found[1].first_after) == ("2020-02-01", "2020-03-01")
    assert (found[1].evidence_before, found[1].evidence_after) == (("u1",), ("u2",))


def test_changes_of_stance_and_withdrawn_statements() -> None:
    text = b"""@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix ex: <https://example.org/> .
    ex:u1 dg:speaker ex:a ; dg:addressesClaim ex:c ; dg:polarity dg:affirms ; dg:saidOn "2020-01-01"^^xsd:date .
    ex:u2 dg:speaker ex:a ; dg:addressesClaim ex:c ; dg:polarity dg:denies ; dg:saidOn "2020-02-01"^^xsd:date ;
      dg:supersedes ex:u1 .
    ex:s1 dg:stanceHolder ex:a ; dg:stanceOn ex:i ; dg:stanceValue dg:favours ; dg:expressedIn ex:u1 .
    ex:s2 dg:stanceHolder ex:a ; dg:stanceOn ex:i ; dg:stanceValue dg:opposes ; dg:expressedIn ex:u2 ."""
    store = EmbeddedStore()
    store.load_source(source_of_bytes(text, name="test"))
    assert changes(statements(store)) == []
    found = changes(statements(store, withdrawn=True), stances=stances_taken(store))
    assert [(each.kind, each.before, each.after) for each in found] == [
        ("polarity", "affirms", "denies"),
        ("stance", "favours", "opposes"),
    ]


@settings(max_examples=60)
@given(
    edges=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20),
    coalitions=st.lists(st.integers(0, 2), min_size=7, max_size=7),
    directed=st.booleans(),
)
def test_roles_by_definition(edges: set, coalitions: list[int], directed: bool) -> None:
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(7))
    graph.add_edges_from(edges)
    of = dict(enumerate(coalitions))
    expected = {
        node: dict.fromkeys(("coordinator", "itinerant", "gatekeeper", "representative", "liaison"), 0)
        for node in graph
    }
    for a, b, c in permutations(range(7), 3):
        if graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c):
            x, y, z = of[a], of[b], of[c]
            role = (
                "coordinator" if x == y == z
                else "itinerant" if x == z
                else "gatekeeper" if y == z
                else "representative" if x == y
                else "liaison"
            )  # fmt: skip
            expected[b][role] += 1
    for each in brokers(graph, of):
        assert {role: getattr(each, role) for role in expected[each.node]} == expected[each.node]
        assert each.total == sum(expected[each.node].values())
    through = brokerage(nx.to_numpy_array(graph, nodelist=range(7)) > 0, np.array(coalitions))
    assert through.tolist() == [sum(expected[node].values()) - expected[node]["coordinator"] for node in range(7)]
    for each in brokers(graph, of):
        assert each.betweenness_centrality == nx.betweenness_centrality(graph)[each.node]


def test_centrality_is_networkx_own() -> None:
    graph = network(table_of(*TWO_SIDES, "A r +", "C r +"), "congruence")
    found = {each.node: each for each in centrality(graph)}
    assert {node: each.pagerank for node, each in found.items()} == nx.pagerank(graph)
    assert {node: each.strength for node, each in found.items()} == dict(graph.degree(weight="weight"))
    assert found["A"].eigenvector_centrality == pytest.approx(
        nx.eigenvector_centrality(graph, weight="weight", max_iter=1000)["A"]
    )
    with pytest.raises(UsageError, match="not negative"):
        centrality(network(table_of(*TWO_SIDES), "signed"))
    assert centrality(nx.Graph()) == []


def test_little_data_breaks_nothing() -> None:
    for table in (table_of("A p +"), table_of("A p 0", "B p 0"), table_of("A p +").take(np.array([], dtype=np.intp))):
        assert coalitions(table).partition.index == 0
        assert polarisation(table).index is None
        assert changes(table) == []
        assert all(broker.total == 0 for broker in brokers(network(table, "congruence"), {}))
        contested(table)
        balance(signed_network(network(table, "signed")))
