"""Names of blank nodes: the same whatever they and their order were before."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from disputegraph.rdf import blank_names

NODES = [*(f"_:b{n}" for n in range(5)), "<x:a>", "<x:b>"]
TRIPLES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(["<x:p>", "<x:q>"]), st.sampled_from(NODES)))


def term(text: str) -> BlankNode | NamedNode:
    return BlankNode(text[2:]) if text[:2] == "_:" else NamedNode(text[1:-1])


def canonical(triples: list[tuple[str, str, str]]) -> set[str]:
    quads = Dataset(Quad(term(s), NamedNode(p[1:-1]), term(o)) for s, p, o in triples)
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, quads))


def renamed(triples: list[tuple[str, str, str]], names: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(names.get(s, s), p, names.get(o, o)) for s, p, o in triples]


@given(triples=TRIPLES, order=st.permutations(range(5)), shuffled=st.randoms())
def test_names_hang_on_what_is_said_alone(
    triples: list[tuple[str, str, str]], order: list[int], shuffled: object
) -> None:
    others = renamed(triples, {f"_:b{n}": f"_:other{place}" for n, place in enumerate(order)})
    shuffled.shuffle(others)  # type: ignore[attr-defined]
    one, other = renamed(triples, blank_names(triples)), renamed(others, blank_names(others))
    assert canonical(one) == canonical(triples)  # the same graph, and so no two nodes have one name
    assert set(one) == set(other)


def test_alike_nodes_have_names_of_their_own() -> None:
    pairs = [(f"_:a{n}", "<x:p>", f"_:b{n}") for n in range(3)]
    named = [set(renamed(list(some), blank_names(some))) for some in permutations(pairs)]
    assert len(set().union(*named)) == 3
    assert len({end for s, _, o in named[0] for end in (s, o)}) == 6


def test_blank_nodes_of_triple_terms() -> None:
    one, other = (
        [("<x:a>", "<x:p>", f'<<( _:{name} <x:p> "_:z" )>>'), (f"_:{name}", "<x:q>", "<x:b>")] for name in "ab"
    )
    assert blank_names(one)["_:a"] == blank_names(other)["_:b"]


def test_only_what_is_wanted_is_named() -> None:
    triples = [("_:a", "<x:p>", "_:b"), ("_:c", "<x:p>", "<x:a>")]
    assert blank_names(triples, "_:a".__eq__).keys() == {"_:a", "_:b"}
