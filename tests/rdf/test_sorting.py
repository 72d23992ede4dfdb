"""What is sorted on disk is what would be sorted in memory, and in the order that is promised."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import IO, cast

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from disputegraph.errors import LimitError
from disputegraph.rdf.sorting import RUN, LineSorter

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TYPE = NamedNode(RDF)
# What could be taken for something else in a line: delimiters, marks, labels, a property's IRI, all within a text.
TRAPS = [
    f" <{RDF}> ", ' <> "', " _:a ", " _:a .\n_:b", "~<http://x/1> ", "a>b", "a<b", "a\\", "é\x00\x01\x02\uffff", "> .",
]  # fmt: skip
NODES = [NamedNode(f"http://x/{n}") for n in ("1", "10", "1/a", "1-a", "1#a", "2~")]
TERMS = st.sampled_from([*NODES, BlankNode("a"), BlankNode("b")])
TEXTS = st.sampled_from(TRAPS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
VALUES = st.one_of(
    TERMS,
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="en")),
    TEXTS.map(lambda text: Literal(text, datatype=NODES[1])),
    TEXTS.map(lambda text: Triple(NODES[0], TYPE, Literal(text))),
    st.just(Triple(NODES[0], TYPE, Triple(NODES[1], TYPE, BlankNode("a")))),
)
GRAPHS = st.sampled_from([DefaultGraph(), NODES[0], NODES[2], BlankNode("g")])
QUADS = st.lists(st.builds(Quad, TERMS, st.sampled_from([TYPE, *NODES]), VALUES, GRAPHS), max_size=30)


def in_order(quads: Iterable[Quad], run: int = RUN) -> list[Quad]:
    sorter = LineSorter(run=run)
    pyoxigraph.serialize(quads, cast("IO[bytes]", sorter), RdfFormat.N_QUADS)
    found = list(sorter.lines().quads())
    assert list(sorter.lines().quads()) == found
    return found


@given(QUADS, st.integers(1, 900), st.randoms(use_true_random=False))
def test_runs_on_disk_change_nothing(quads: list[Quad], run: int, chance: random.Random) -> None:
    whole = in_order(quads)
    chance.shuffle(quads)
    assert in_order(quads, run) == whole
    assert len(whole) == len(set(whole)) == len(set(quads))
    assert pyoxigraph.Dataset(whole) == _canonical(quads)


def _canonical(quads: list[Quad]) -> pyoxigraph.Dataset:
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@given(st.lists(st.builds(Quad, st.sampled_from(NODES), st.sampled_from([TYPE, *NODES]), VALUES, GRAPHS), max_size=30))
def test_the_order_is_by_graph_subject_property_and_value(quads: list[Quad]) -> None:
    plain = [quad for quad in quads if not isinstance(quad.object, BlankNode | Triple) and quad.graph_name != GRAPH_B]

    def place(quad: Quad) -> tuple[str, ...]:
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        value = quad.object.value if isinstance(quad.object, NamedNode) else f"\x7f{quad.object}"
        # Within texts, angle brackets stand where the delimiters of IRIs do: before all that is printed.
        value = value.translate({ord(">"): 1, ord("<"): 2}) if isinstance(quad.object, Literal) else value
        return graph, quad.subject.value, "" if quad.predicate == TYPE else quad.predicate.value, value

    assert in_order(plain) == sorted(set(plain), key=place)


GRAPH_B = BlankNode("g")


def test_what_the_engine_lets_pass_in_turtle_comes_through() -> None:
    # U+E01EF may stand in a prefixed name (Turtle, section 6.5), but in no IRI (RFC 3987, section 2.2).
    odd = list(pyoxigraph.parse("@prefix x: <http://x/> . x:a\U000e01ef x:p 1 , _:b .".encode(), RdfFormat.TURTLE))
    assert len(in_order(odd)) == 2


def test_a_text_longer_than_a_run() -> None:
    quads = [Quad(NODES[0], NODES[1], Literal(letter * 5000)) for letter in "ba"]
    assert in_order(quads, run=100) == quads[::-1]


def test_more_blank_nodes_than_memory_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disputegraph.rdf.sorting.MAX_BLANK_QUADS", 10)
    quads = [Quad(BlankNode(str(n)), TYPE, Literal(str(n))) for n in range(11)]
    assert len(in_order(quads[:10])) == 10
    with pytest.raises(LimitError, match="more than 10 triples mention blank nodes"):
        in_order(quads)


def circulant(number: int) -> list[Quad]:
    """Return a ring in which each node also points two others out, so that all look alike however far one looks."""
    nodes = [BlankNode(f"n{place}") for place in range(number)]
    return [
        Quad(node, TYPE, nodes[(place + step) % number])
        for place, node in enumerate(nodes)
        for step in (1, 7, number - 1, number - 7)
    ]


def test_a_graph_that_would_be_labelled_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(in_order(circulant(8))) == len(set(circulant(8)))
    monkeypatch.setattr("disputegraph.rdf.canonical.PATIENCE", 2.0)
    with pytest.raises(LimitError, match="40 blank nodes that hang together and look alike"):
        in_order(circulant(40))


def test_labelling_apart_gives_the_same_labels() -> None:
    # Ten nodes, each with two alike below it: no estimate holds, though it is soon done.
    tops = [BlankNode(f"t{n}") for n in range(10)]
    quads = [Quad(top, NODES[0], BlankNode(f"b{n}{m}")) for n, top in enumerate(tops) for m in "ab"]
    quads += [Quad(NODES[1], NODES[2], top) for top in tops]
    assert in_order(quads) == in_order(quads[::-1])
    assert set(in_order(quads)) == set(_canonical(quads))
