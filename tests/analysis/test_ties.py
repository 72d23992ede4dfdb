"""Ties from statements and portrayals against counting them one by one."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.analysis import coalitions, find_ties, polarisation
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.networks import weigh
from disputegraph.rdf import source_of_bytes
from disputegraph.store import EmbeddedStore

ACTS = st.sampled_from(["accusing", "crediting", "asserting"])
SAID = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("pqrs"), st.sampled_from(["affirms", "denies"]), ACTS),
    min_size=1,
    max_size=12,
)
AGENTS = st.fixed_dictionaries({claim: st.sets(st.sampled_from("ABCDE"), max_size=2) for claim in "pqrs"})


def table_of(said: list[tuple[str, str, str, str]], agents: dict[str, set[str]]) -> StatementTable:
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    for number, (actor, claim, side, act) in enumerate(said):
        lines.append(f":u{number} dg:speaker :{actor} ; dg:addressesClaim :{claim} ; dg:polarity dg:{side} ;")
        lines.append(f"  dg:speechAct dg:{act} .")
    lines += [f":{claim} dg:claimedAgent :{agent} ." for claim, some in agents.items() for agent in sorted(some)]
    store = EmbeddedStore()
    store.load_source(source_of_bytes("\n".join(lines).encode(), name="test"))
    return statements(store)


@settings(max_examples=150)
@given(said=SAID, agents=AGENTS)
def test_ties_by_definition(said: list, agents: dict) -> None:
    table = table_of(said, agents)
    agree: dict[str, Counter] = {"statements": Counter(), "portrayal": Counter()}
    oppose: dict[str, Counter] = {"statements": Counter(), "portrayal": Counter()}
    for u, v in combinations(said, 2):
        if u[0] != v[0] and u[1] == v[1]:
            (agree if u[2] == v[2] else oppose)["statements"][frozenset((u[0], v[0]))] += 1
    for actor, claim, _, act in said:
        for agent in agents[claim] - {actor}:
            if act != "asserting":
                (agree if act == "crediting" else oppose)["portrayal"][frozenset((actor, agent))] += 1
    for side in (agree, oppose):
        side["both"] = side["statements"] + side["portrayal"]
    for ties in ("statements", "portrayal", "both"):
        found = find_ties(table, ties)
        pairs = [frozenset(found.nodes[end].removeprefix("urn:x:") for end in pair) for pair in found.pairs.tolist()]
        assert len(set(pairs)) == len(pairs)
        assert dict(zip(pairs, found.agreement, strict=True)) == {
            pair: agree[ties][pair] for pair in agree[ties] | oppose[ties]
        }
        assert dict(zip(pairs, found.opposition, strict=True)) == {
            pair: oppose[ties][pair] for pair in agree[ties] | oppose[ties]
        }
        network = found.network(weighted=True)
        assert (network.ends[:, 0] < network.ends[:, 1]).all()
        assert len(network.undecided) == sum(agree[ties][p] == oppose[ties][p] for p in agree[ties] | oppose[ties])
    signed = weigh(table, "signed")
    found = find_ties(table)
    assert found.nodes == signed.nodes
    assert found.agreement.tolist() == signed.values(signed.parts["congruence"]).tolist()


def test_portrayals_make_coalitions() -> None:
    said = [("A", "p", "affirms", "accusing"), ("B", "q", "denies", "accusing"), ("A", "r", "affirms", "crediting")]
    table = table_of(said, {"p": {"C"}, "q": {"C"}, "r": {"B", "A"}})
    found = coalitions(table, ties="portrayal")
    nodes, member = found.partition.network.nodes, found.partition.membership
    assert dict(zip(nodes, member.tolist(), strict=True)) == {"urn:x:A": 0, "urn:x:B": 0, "urn:x:C": 1}
    assert found.partition.index == 0
    assert found.stability.tried == found.stability.possible == {"document": 0, "speaker": 2, "claim": 3}
    assert "portrayals take no position" in (polarisation(table, ties="portrayal").reason or "")
    assert polarisation(table).index is None


def test_what_cannot_be_met_is_said() -> None:
    table = table_of([("A", "p", "affirms", "accusing")], {"p": {"B"}})
    with pytest.raises(UsageError, match="Did you mean 'portrayal'"):
        find_ties(table, "portrayals")
    with pytest.raises(UsageError, match="cannot be normalised"):
        find_ties(table, "both", normalise="average")
