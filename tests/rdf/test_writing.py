"""Stable output: the same bytes for the same graph, and nothing lost on the way."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
import rdflib
import rdflib.compare
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from disputegraph.errors import UsageError
from disputegraph.rdf import read_quads, source_of_bytes
from disputegraph.rdf.conversion import convert_files
from disputegraph.rdf.formats import FORMATS, format_named
from disputegraph.rdf.writing import write_stable

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
IRIS = st.sampled_from([NamedNode(f"http://x/{name}") for name in ("a", "a-b", "b", "c#d", "a/b")])
BLANKS = st.sampled_from([BlankNode(name) for name in "xyz"])
LITERALS = st.one_of(
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, language="en")),
    st.sampled_from(["01", "1", "+1"]).map(
        lambda text: Literal(text, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    ),
)
QUADS = st.lists(st.builds(Quad, IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS), max_size=12)


def stable(quads: list[Quad], form: str = "turtle") -> bytes:
    stream = io.BytesIO()
    write_stable(quads, stream, format_named(form), prefixes={"x": "http://x/"})
    return stream.getvalue()


@given(QUADS, st.randoms(use_true_random=False))
def test_order_and_blank_node_labels_do_not_show(quads: list[Quad], chance: random.Random) -> None:
    names = dict(zip("xyz", chance.sample("pqr", 3), strict=True))

    def renamed(term: object) -> object:
        return BlankNode(names[term.value]) if isinstance(term, BlankNode) else term

    other = [Quad(renamed(q.subject), q.predicate, renamed(q.object)) for q in quads]  # type: ignore[arg-type]
    chance.shuffle(other)
    assert stable(quads) == stable(other)


@given(QUADS)
def test_the_graph_survives(quads: list[Quad]) -> None:
    text = stable(quads)
    back = list(read_quads(source_of_bytes(text, name="x")))
    assert stable(back) == text
    assert len(back) == len(set(quads))


def test_turtle_is_tidy() -> None:
    data = b'@prefix z: <http://z/> . @prefix b: <http://b/> . z:s b:p "1" , z:o ; a z:C . z:s-2 b:p "two\\nlines ." .'
    quads = list(read_quads(source_of_bytes(data, name="x")))
    stream = io.BytesIO()
    write_stable(quads, stream, format_named("ttl"), prefixes={"z": "http://z/", "b": "http://b/", "no": "http://no/"})
    assert stream.getvalue().decode() == (
        "@prefix b: <http://b/> .\n@prefix z: <http://z/> .\n\n"
        'z:s a z:C ;\n\tb:p z:o , "1" .\n\nz:s-2 b:p "two\\nlines ." .\n\n'
    )


def test_turtle_is_tidy_beyond_one_piece_of_the_engines() -> None:
    quads = [
        Quad(NamedNode(f"http://x/s{n:04}"), NamedNode("http://x/p"), Literal("v . " * (n % 7))) for n in range(999)
    ]
    lines = [f'x:s{n:04} x:p "{"v . " * (n % 7)}" .\n\n' for n in range(999)]
    assert stable(quads[::-1]).decode() == "@prefix x: <http://x/> .\n\n" + "".join(lines)
    long = Quad(NamedNode("http://x/s"), NamedNode("http://x/p"), Literal("v" * 30_000))
    assert stable([long, *quads]).count(b" .\n\n") == 1001


CASE = (
    "@prefix x: <http://x/> .\n"
    'x:b x:p "01"^^<http://www.w3.org/2001/XMLSchema#integer> , "é\\u0007" .\n'
    'x:a x:p "0.50"@en .\n'
)


@pytest.mark.parametrize("target", [form.name for form in FORMATS])
def test_every_format_and_back(tmp_path: Path, target: str) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(CASE if target != "rdfxml" else CASE.replace("\\u0007", ""))
    middle, back = tmp_path / f"m.{format_named(target).suffixes[0]}", io.BytesIO()
    with middle.open("wb") as stream:
        convert_files([str(source)], stream, format_named(target))
    convert_files([str(middle)], back, format_named("nt"))
    expected = rdflib.Graph().parse(source)
    assert rdflib.compare.isomorphic(rdflib.Graph().parse(data=back.getvalue(), format="nt"), expected)


def test_conversion_keeps_order_and_spelling(tmp_path: Path) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(CASE)
    out = io.BytesIO()
    convert_files([str(source)], out, format_named("nt"))
    lines = out.getvalue().decode().splitlines()
    assert lines[0].endswith('"01"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    assert lines[2].startswith("<http://x/a>")


def test_named_graphs_need_a_format_that_holds_them() -> None:
    quad = Quad(NamedNode("a:a"), NamedNode("a:b"), Literal("1"), NamedNode("a:g"))
    with pytest.raises(UsageError, match="named graph .* turtle cannot hold. Write trig"):
        stable([quad])
    assert b"<a:g>" in stable([quad], "nquads")


def test_triple_terms_need_a_format_that_holds_them() -> None:
    term = Triple(NamedNode("a:a"), NamedNode("a:b"), Literal("1"))
    quad = Quad(NamedNode("a:a"), NamedNode("a:b"), term)
    with pytest.raises(UsageError, match="triple term .* jsonld cannot hold. Write turtle"):
        stable([quad], "jsonld")
    assert b"<<( <a:a>" in stable([quad], "nquads")


def test_joined_files_keep_their_blank_nodes_apart(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.nt").write_text('_:x <a:b> "1" .\n')
    out = io.BytesIO()
    convert_files([str(tmp_path / "a.nt"), str(tmp_path / "b.nt")], out, format_named("nq"), stable=True)
    assert len(out.getvalue().splitlines()) == 2
