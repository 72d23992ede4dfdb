"""JSON-LD as it is written: two readers find in it the graph that went in."""

from __future__ import annotations

import io
import json
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat

from disputegraph.errors import LimitError, UsageError
from disputegraph.rdf import format_named, write_quads
from disputegraph.rdf import jsonld_writing as module
from disputegraph.vocabulary import DG, FOAF, RDF, SKOS, XSD
from tests.conftest import require

EX = "https://example.org/d/"
HEAD = f"""@prefix dg: <{DG.base}> . @prefix foaf: <{FOAF.base}> . @prefix skos: <{SKOS.base}> .
@prefix ex: <{EX}> . @prefix xsd: <{XSD.base}> . @prefix rdf: <{RDF.base}> .
"""


def written(quads: list[Quad], prefixes: dict[str, str] | None = None) -> bytes:
    stream = io.BytesIO()
    write_quads(quads, stream, format_named("jsonld"), prefixes=prefixes or {})
    return stream.getvalue()


def canonical(quads: Any) -> set[str]:
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def read_by_pyld(text: bytes) -> list[Quad]:
    try:
        from pyld import jsonld
    except ImportError:
        require(None, "PyLD")
    quads = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    return list(pyoxigraph.parse(quads, RdfFormat.N_QUADS))


def trig(text: str) -> list[Quad]:
    return list(pyoxigraph.parse(HEAD + text, RdfFormat.TRIG))


def returns(quads: list[Quad], prefixes: dict[str, str] | None = None) -> dict[str, Any]:
    """Write the quads, read them with the engine and with PyLD, and return the JSON."""
    text = written(quads, prefixes)
    wanted = canonical(quads)
    assert canonical(pyoxigraph.parse(text, RdfFormat.JSON_LD)) == wanted
    assert canonical(read_by_pyld(text)) == wanted
    return json.loads(text)


def test_a_claim_is_a_plain_object() -> None:
    document = returns(
        trig('ex:c a dg:Claim ; skos:prefLabel "one"@en, "eins"@de ; dg:claimedAction <https://w3id.org/disputegraph/'
             'action/veto> ; dg:claimedAgent ex:a . ex:u a dg:Utterance ; dg:saidOn "2020-01-02"^^xsd:date .'),
        {"ex": EX},
    )  # fmt: skip
    claim, utterance = document["@graph"]
    assert claim == {
        "id": "ex:c", "type": "Claim", "prefLabel": {"en": "one", "de": "eins"}, "claimedAction": "veto",
        "claimedAgent": "ex:a",
    }  # fmt: skip
    assert utterance == {"id": "ex:u", "type": "Utterance", "saidOn": "2020-01-02"}
    assert "speaker" not in document["@context"], "the context has what is used and no more"


@pytest.mark.parametrize(
    "text",
    [
        'ex:a skos:prefLabel "no language", "a"@en, "b"@en, "de"@de ; dg:saidOn "2020", "2020-01-01"^^xsd:date .',
        'ex:a dg:polarity dg:affirms, ex:other, _:b ; dg:speaker _:b, "no node" . _:b a dg:Person, _:c, "text" .',
        'ex:a foaf:member ex:b, "no node" ; dg:intensity 1, 01, 1.0, "x"^^ex:type, "x"^^dg:Claim .',
        "ex:a ex:list (1 (2 ex:b) () _:b) . _:b ex:p () . ex:c ex:list (ex:d) .",
        "_:l rdf:first 1 ; rdf:rest () . ex:a ex:p _:l ; ex:q _:l . _:m rdf:first 1, 2 ; rdf:rest _:l .",
        "_:l rdf:first 1 ; rdf:rest () . ex:a a _:l . _:g { ex:a ex:p () } ex:b ex:q _:g .",
        "_:l rdf:first 1 ; rdf:rest () . ex:g { ex:a ex:p _:l } ex:a ex:p (1) .",
        "_:l rdf:first 1 ; rdf:rest () . ex:a ex:p _:l . _:l { ex:a ex:p ex:b }",
        "ex:g { ex:a ex:p ex:g } ex:g a dg:Dispute . ex:h { ex:a ex:p (ex:b) . () ex:p ex:c }",
        "<dg:speaker> <dg:speaker> <dg:speaker> . <ex:a> a <skos:x>, dg:Claim ; dg:speaker <urn:x:y>, <mailto:a@b> .",
        "<dg://a/b> dg:cue <ex://c> . ex: ex:a/b <https://example.org> . " .replace("ex:a/b", "<https://example.org/d/a/b>"),
        'ex:a ex:p "5.3"^^rdf:JSON, "[1,{}]"^^rdf:JSON, "no json"^^rdf:JSON, "NaN"^^rdf:JSON .',
    ],
)  # fmt: skip
def test_what_goes_in_comes_out(text: str) -> None:
    for prefixes in ({}, {"ex": EX, "role": EX, "": EX, "id": EX, "urn": "urn:x:"}, {"dg": EX, "skos": DG.base}):
        returns(trig(text), prefixes)


def test_lists_are_lists() -> None:
    document = returns(trig("ex:a ex:list (1 (2 ex:b) ()) ."), {"ex": EX})
    (node,) = document["@graph"]
    one, two = ({"@value": text, "type": "xsd:integer"} for text in "12")
    assert node["ex:list"] == {"@list": [one, {"@list": [two, {"id": "ex:b"}]}, {"@list": []}]}


def test_a_quad_that_stands_twice_is_written_once() -> None:
    document = json.loads(written(trig("ex:a ex:p 1 .") * 2, {"ex": EX}))
    assert document["@graph"] == [{"id": "ex:a", "ex:p": {"@value": "1", "type": "xsd:integer"}}]


def test_an_empty_graph() -> None:
    assert returns([])["@graph"] == []


_IRIS = st.sampled_from(
    [NamedNode(iri) for iri in (
        f"{EX}a", f"{EX}b", "dg:a", "http:a", *(RDF.base + name for name in ("type", "first", "rest", "nil", "List")),
        DG.speaker.value, DG.polarity.value, DG.affirms.value, DG.saidOn.value, SKOS.prefLabel.value,
        f"{FOAF.base}member",
    )]
)  # fmt: skip
_BLANK = st.sampled_from([BlankNode(name) for name in "abcd"])
_LITERALS = st.one_of(
    st.builds(Literal, st.text('a:@"\\\n\u2028', max_size=3)),
    st.builds(Literal, st.sampled_from(["1", "01", "true", "dg:a"]), datatype=_IRIS.filter(lambda iri: iri not in RDF)),
    st.builds(Literal, st.sampled_from(["a", ""]), language=st.sampled_from(["en", "de-ch"])),
)  # fmt: skip
_QUADS = st.builds(Quad, _IRIS | _BLANK, _IRIS, _IRIS | _BLANK | _LITERALS, st.just(DefaultGraph()) | _IRIS | _BLANK)


@given(st.lists(_QUADS, max_size=12))
def test_any_graph_comes_back(quads: list[Quad]) -> None:
    text = written(quads, {"ex": EX})
    assert canonical(pyoxigraph.parse(text, RdfFormat.JSON_LD)) == canonical(quads)


def test_what_it_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="triple term"):
        written(trig("ex:a ex:p <<( ex:a ex:p ex:b )>> ."))
    monkeypatch.setattr(module, "MAX_TRIPLES", 2)
    written(trig("ex:a ex:p 1, 2 ."))
    with pytest.raises(LimitError, match="more than 2 triples"):
        written(trig("ex:a ex:p 1, 2, 3 ."))
