"""XML that other programs read: expat judges whether it is well-formed, rdflib whether it says the same."""

from __future__ import annotations

import io
import xml.parsers.expat
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryResultsFormat, Store, Triple
from rdflib import Graph
from rdflib.compare import isomorphic

from disputegraph.errors import FormatError
from disputegraph.rdf import format_named, write_quads, write_stable
from disputegraph.store import EmbeddedStore

RDF_NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE = NamedNode(RDF_NS + "type")
ENDS = [
    "p", "1", "p1", "é", "", "a:b", "a.b", "a-", "-a", ".a", "_", "a/1", "p%20", "p%20x", "a·", "·a",
    "\u0301x", "a\u0301", "中", "x\u2040",
    "1x", "12a3", "𐀀",
]  # fmt: skip
SPACES = [
    "http://e.example/", "http://e.example/#", RDF_NS, "urn:", "abc:d:", "http://www.w3.org/2000/xmlns/",
    "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/XML/1998/",
]  # fmt: skip
SYNTAX = [
    "li",
    "Description",
    "RDF",
    "ID",
    "about",
    "resource",
    "parseType",
    "nodeID",
    "datatype",
    "bagID",
    "_1",
    "Seq",
]
iris = st.builds(lambda space, end: NamedNode(space + end), st.sampled_from(SPACES), st.sampled_from(ENDS + SYNTAX))
labels = st.from_regex(r"[a-z0-9_]([a-z0-9._-]{0,3}[a-z0-9])?", fullmatch=True)
blanks = st.builds(BlankNode, labels)
texts = st.text(max_size=8) | st.text(alphabet="\r\n\t <&>\"']]>\x01\ufffe\uffff\x85\u2028 a", max_size=8)
literals = st.builds(Literal, texts) | st.builds(lambda text: Literal(text, language="en"), texts)
triples = st.builds(Triple, iris | blanks, iris | st.just(TYPE), iris | blanks | literals)
prefixes = st.dictionaries(
    st.sampled_from(["xml", "xmlns", "XML", "e", "rdf", "", "oxprefix"]), st.sampled_from([*SPACES, "http://e.example/1"])
)  # fmt: skip


def well_formed(text: bytes) -> None:
    # With a separator expat resolves names, and refuses those that are not.
    xml.parsers.expat.ParserCreate(namespace_separator=" ").Parse(text, True)


def lines(graph: Sequence[Triple]) -> str:
    return "\n".join(f"{triple} ." for triple in graph)


@given(st.lists(triples, min_size=1, max_size=6), prefixes, st.booleans())
@settings(max_examples=400)
def test_rdfxml_is_well_formed_and_says_the_same_or_is_refused(
    graph: list[Triple], names: dict[str, str], stable: bool
) -> None:
    output = io.BytesIO()
    quads = [Quad(*triple) for triple in graph]
    try:
        (write_stable if stable else write_quads)(quads, output, format_named("rdfxml"), prefixes=names)
    except FormatError:
        return
    well_formed(output.getvalue())
    expected = Graph().parse(data=lines(graph), format="nt")
    assert isomorphic(Graph().parse(data=output.getvalue(), format="xml"), expected), output.getvalue().decode()


@given(st.lists(texts, min_size=1, max_size=4))
def test_xml_results_are_well_formed_and_say_the_same_or_are_refused(values: list[str]) -> None:
    engine = Store()
    for place, value in enumerate(values):
        engine.add(Quad(NamedNode(f"http://e.example/{place}"), TYPE, Literal(value)))
    written = EmbeddedStore(engine)
    try:
        text = written.select("SELECT ?v { ?s ?p ?v }").serialize(None, QueryResultsFormat.XML)
    except FormatError:
        assert any(not (char in "\t\n\r" or " " <= char < "\ufffe" or char > "\uffff") for char in "".join(values))
        return
    seen: list[str] = []
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: seen.append("") if name == "literal" else None

    def told(text: str) -> None:
        if seen:
            seen[-1] += text

    parser.CharacterDataHandler = told
    parser.Parse(text, True)
    assert sorted(seen) == sorted(values)


@pytest.mark.parametrize(
    "name", ["http://e.example/1", "urn:123", "http://e.example/", RDF_NS + "li", RDF_NS + "aboutEach"]
)
def test_a_property_that_is_no_xml_name_is_refused_by_its_name(name: str) -> None:
    quads = [Quad(NamedNode("http://e.example/s"), NamedNode(name), Literal("x"))]
    with pytest.raises(FormatError, match=r"cannot hold the property <.*Write turtle, ntriples or jsonld"):
        write_quads(quads, io.BytesIO(), format_named("rdfxml"))


def test_a_class_that_is_no_xml_name_is_written_as_a_property() -> None:
    output = io.BytesIO()
    quads = [Quad(NamedNode("http://e.example/s"), TYPE, NamedNode(f"http://e.example/{n}")) for n in (1, 2)]
    write_quads(quads, output, format_named("rdfxml"))
    assert len(Graph().parse(data=output.getvalue(), format="xml")) == len(quads)
