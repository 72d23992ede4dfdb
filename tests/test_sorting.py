"""What is sorted on disk is what would be sorted in memory."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from disputegraph.errors import LimitError
from disputegraph.sorting import sorted_stream

NODES = [NamedNode(f"http://x/{n}") for n in range(6)]
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
TERMS = st.sampled_from([*NODES, BlankNode("a"), BlankNode("b")])
VALUES = TERMS | st.sampled_from(
    [Literal("x"), Literal("x\ny", language="en"), Literal("1"), Triple(NODES[0], TYPE, NODES[1])]
)
QUADS = st.lists(
    st.builds(Quad, TERMS, st.sampled_from([TYPE, *NODES]), VALUES, st.sampled_from([DefaultGraph(), NODES[0]])),
    max_size=40,
)


@settings(deadline=None)
@given(QUADS, st.integers(1, 7), st.randoms(use_true_random=False))
def test_runs_on_disk_change_nothing(quads: list[Quad], run: int, chance: random.Random) -> None:
    with sorted_stream(quads) as expected:
        whole = list(expected)
    chance.shuffle(quads)
    with sorted_stream(quads, run=run) as ordered:
        assert list(ordered) == whole
    assert len(whole) == len(set(whole)) == len(set(quads))


def test_more_blank_nodes_than_memory_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disputegraph.sorting.MAX_BLANK_QUADS", 10)
    quads = [Quad(BlankNode(str(n)), TYPE, Literal(str(n))) for n in range(11)]
    with sorted_stream(quads[:10]) as ordered:
        assert len(list(ordered)) == 10
    with pytest.raises(LimitError, match="more than 10 triples mention blank nodes"), sorted_stream(quads):
        pass
