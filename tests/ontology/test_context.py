"""JSON-LD with the context reads like plain JSON and says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from disputegraph import vocabulary
from disputegraph.vocabulary import ACT, DG


@pytest.fixture(scope="module")
def context(ontology: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ontology / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return loaded


@pytest.fixture(scope="module")
def document(good: Path, context: dict[str, Any]) -> dict[str, Any]:
    text = Graph().parse(good).serialize(format="json-ld", context=context)
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_every_term_is_a_key(context: dict[str, Any], ontology: Path) -> None:
    def iri(key: str) -> str:
        entry = context[key]
        return str(entry["@id"] if isinstance(entry, dict) else entry)

    for name in (*vocabulary.CLASSES, *vocabulary.PROPERTIES):
        assert iri(name) == f"dg:{name}"
    for name in vocabulary.VALUES:
        assert name.endswith("-scheme") or iri(name) == f"dg:{name}"
    for name in vocabulary.ACTIONS:
        assert iri(name) == f"act:{name}"
    core = Graph().parse(ontology / "disputegraph.ttl")
    for name in vocabulary.PROPERTIES:
        is_object = (URIRef(DG.base + name), RDF.type, OWL.ObjectProperty) in core
        entry = context[name]
        kind = entry.get("@type") if isinstance(entry, dict) else None
        # Its values are written in place, and rdflib drops a blank node under a coerced key.
        nested = name == "hasCodedValue"
        assert (kind in ("@id", "@vocab")) == (is_object and not nested), name


def test_prefixes_are_the_librarys(context: dict[str, Any]) -> None:
    assert {name: context[name] for name in vocabulary.PREFIXES} == dict(vocabulary.PREFIXES)


def test_round_trip_in_two_parsers(good: Path, document: dict[str, Any]) -> None:
    text = json.dumps(document)
    graph = Graph().parse(good)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)
    triples = pyoxigraph.serialize(
        (quad.triple for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.JSON_LD)),
        format=pyoxigraph.RdfFormat.N_TRIPLES,
    )
    assert triples is not None
    assert isomorphic(Graph().parse(data=triples, format="nt"), graph)


def test_no_key_is_a_full_iri_and_every_value_is_short(document: dict[str, Any], context: dict[str, Any]) -> None:
    keys: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            keys.update(value)
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(document["@graph"])
    assert not {key for key in keys if "//" in key}
    assert {"prefLabel", "claimedAction", "polarity", "addressesClaim", "paraphrase", "saidOn"} <= keys
    by_id = {node["id"]: node for node in document["@graph"]}
    claim = by_id["https://example.org/library/c-deal"]
    assert claim["claimedAction"] == "breach"
    assert claim["type"] == "Claim"
    assert claim["prefLabel"] == {"en": "Council broke the deal"}
    utterance = by_id["https://example.org/library/u-1"]
    assert utterance["polarity"] == "affirms"
    assert utterance["saidOn"] == "2020-03-03"
    assert utterance["intensity"] == 2


def test_plain_json_becomes_a_dispute(context: dict[str, Any]) -> None:
    written = {
        "@context": context,
        "id": "https://example.org/c1",
        "type": "Claim",
        "paraphrase": {"en": "It rained.", "@none": "Regen."},
        "claimedAction": "cause-failure",
        "aboutIssue": "https://example.org/weather",
    }
    quads = set(pyoxigraph.parse(json.dumps(written), pyoxigraph.RdfFormat.JSON_LD))
    found = {(quad.predicate.value, str(quad.object)) for quad in quads}
    assert (DG.claimedAction.value, str(ACT.term("cause-failure"))) in found
    assert (DG.aboutIssue.value, "<https://example.org/weather>") in found
    assert (DG.paraphrase.value, '"It rained."@en') in found
    assert (DG.paraphrase.value, '"Regen."') in found
