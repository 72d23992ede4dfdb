"""Conflict by contradiction against counting pairs of statements one by one."""

from __future__ import annotations

from itertools import combinations, product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.analysis import contested
from disputegraph.model import StatementTable, statements
from disputegraph.networks import contributions, graph_of, weigh
from disputegraph.rdf import source_of_bytes
from disputegraph.resources import bundled_dispute
from disputegraph.store import EmbeddedStore, open_store

CLAIMS = "pqrs"
SAID = st.lists(
    st.tuples(
        st.sampled_from("ABCD"), st.sampled_from(CLAIMS), st.sampled_from(["affirms", "denies", "neutral"]),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip
AGAINST = st.sets(st.tuples(st.sampled_from(CLAIMS), st.sampled_from(CLAIMS)), max_size=5)


def table_of(said: list[tuple], against: set[tuple[str, str]]) -> StatementTable:
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    lines += ["@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."]
    for number, (actor, claim, side, day) in enumerate(said):
        lines.append(f":u{number} dg:speaker :{actor} ; dg:addressesClaim :{claim} ; dg:polarity dg:{side} ;")
        lines.append(f'  dg:documentedIn :d{number % 3} ; dg:saidOn "2020-01-0{day}"^^xsd:date .')
    lines += [f":{one} dg:contradicts :{other} ." for one, other in sorted(against)]
    store = EmbeddedStore()
    store.load_source(source_of_bytes("\n".join(lines).encode(), name="test"))
    return statements(store)


def contradict(one: str, other: str, against: set[tuple[str, str]]) -> bool:
    return one != other and ((one, other) in against or (other, one) in against)


def opposed(u: tuple, v: tuple, against: set[tuple[str, str]]) -> bool:
    if u[1] == v[1]:
        return u[2] != v[2]
    return u[2] == v[2] == "affirms" and contradict(u[1], v[1], against)


def divisor(normalise: str, mine: list[tuple], theirs: list[tuple]) -> float:
    cells = list(product(CLAIMS, ("affirms", "denies")))
    a, b = (np.array([sum(u[1:3] == cell for u in some) for cell in cells]) for some in (mine, theirs))
    if normalise == "average":
        return (len(mine) + len(theirs)) / 2
    if normalise == "jaccard":
        return float((a * (b == 0) + b * (a == 0) + a * b).sum())
    if normalise == "cosine":
        return sqrt((a**2).sum()) * sqrt((b**2).sum())
    return 1.0


@settings(max_examples=150)
@given(
    said=SAID, against=AGAINST, kind=st.sampled_from(["signed", "subtract", "conflict"]),
    normalise=st.sampled_from(["none", "average", "jaccard", "cosine"]), once=st.booleans(),
)  # fmt: skip
def test_pairs_of_statements(said: list[tuple], against: set, kind: str, normalise: str, once: bool) -> None:
    made = weigh(table_of(said, against), kind, normalise=normalise, duplicates="range" if once else "include")
    sided = [u for u in said if u[2] != "neutral"]
    if once:  # the first by date and document stays
        order = sorted(range(len(said)), key=lambda n: (said[n][3], n % 3, n))
        firsts = {said[n][:3]: said[n] for n in reversed(order)}
        sided = [u for u in firsts.values() if u[2] != "neutral"]
    graph = graph_of(made, dates=True)
    place = {node.removeprefix("urn:x:"): number for number, node in enumerate(made.nodes)}
    assert set(place) == {u[0] for u in sided}
    for x, y in combinations(sorted(place), 2):
        mine, theirs = ([u for u in sided if u[0] == who] for who in (x, y))
        by = divisor(normalise, mine, theirs)
        agree = sum(u[1:3] == v[1:3] for u, v in product(mine, theirs)) / by
        conflict = sum(opposed(u, v, against) for u, v in product(mine, theirs)) / by
        weight = conflict if kind == "conflict" else agree - conflict
        assert made.matrix[place[x], place[y]] == pytest.approx(weight, abs=1e-12)
        assert made.matrix[place[y], place[x]] == pytest.approx(weight, abs=1e-12)
        edge = graph.get_edge_data(f"urn:x:{x}", f"urn:x:{y}")
        meets = [
            (u, v)
            for u, v in product(mine, theirs)
            if opposed(u, v, against) or (kind != "conflict" and u[1:3] == v[1:3])
        ]
        if edge is None:
            assert not meets
            continue
        if not once:
            meeting = sum(any(u in (a, b) for a, b in meets) for u in (*mine, *theirs))
            assert edge["count"] == meeting
            found = contributions(made, f"urn:x:{x}", f"urn:x:{y}")
            assert sum(each.amount for each in found) == pytest.approx(weight, abs=1e-12)
            assert len({each.utterance for each in found}) == meeting
            for each in found:
                claims = each.over.removeprefix("urn:x:"), (each.against or "").removeprefix("urn:x:")
                assert each.against is None or contradict(*claims, against)
            if kind != "conflict":
                assert sum(each.parts["conflict"] for each in found) == pytest.approx(conflict, abs=1e-12)
                assert sum(each.parts["congruence"] for each in found) == pytest.approx(agree, abs=1e-12)
        # Cells meet: an edge begins when both have spoken to one of their meetings, and ends with the last of all.
        begins = min(
            max(min(u[3] for u in mine if u[1:3] == a[1:3]), min(v[3] for v in theirs if v[1:3] == b[1:3]))
            for a, b in meets
        )
        assert edge["start"] == f"2020-01-0{begins}"
        assert edge["end"] == f"2020-01-0{max(max(u[3], v[3]) for u, v in meets)}"


@settings(max_examples=60)
@given(said=SAID, against=AGAINST)
def test_left_out_they_change_nothing(said: list[tuple], against: set) -> None:
    plain, full = table_of(said, set()), table_of(said, against)
    for kind, options in (
        ("signed", {"contradictions": False}),
        ("subtract", {"dna_compat": True}),
        ("congruence", {}),
        ("conflict", {"between": "claims"}),
        ("conflict", {"qualifier": "polarity", "over": "document"}),
    ):
        one, other = weigh(plain, kind, **options), weigh(full, kind, **options)
        assert other.settings["contradictions"] == "not counted"
        np.testing.assert_array_equal(one.matrix.toarray(), other.matrix.toarray())


@settings(max_examples=60)
@given(said=SAID, against=AGAINST)
def test_a_claim_is_contested_where_two_conflict_over_it(said: list[tuple], against: set) -> None:
    table = table_of(said, against)
    conflict = weigh(table, "conflict")
    rows, columns = conflict.pattern
    disputed = {
        claim
        for a, b in zip(rows.tolist(), columns.tolist(), strict=True)
        for each in contributions(conflict, conflict.nodes[a], conflict.nodes[b])
        for claim in (each.over, each.against)
        if claim
    }
    assert {each.claim for each in contested(table) if each.contested} == disputed


def test_the_bundled_dispute() -> None:
    with open_store([bundled_dispute()]) as store:
        assert len(weigh(statements(store), "signed").pattern[0]) == 8
        table = statements(store, hearsay="all")
        assert len(weigh(table, "signed").pattern[0]) == 13
        assert len(weigh(table, "signed", contradictions=False).pattern[0]) == 6
