"""The whole dispute of the junior doctors: every document is dated and found, every utterance has its place."""

from __future__ import annotations

import re

import pytest
import rdflib

from tests.data.coded_dispute import DG, OA, ROOT

PROJECT = ROOT / "data" / "junior-doctors"
DCTERMS = rdflib.DCTERMS
LOCAL_REPORT = "Local report on the second strike"  # its address is not known


@pytest.fixture(scope="module")
def whole() -> rdflib.Graph:
    graph = rdflib.Graph().parse(PROJECT / "codebook.ttl")
    for path in sorted((PROJECT / "codings").glob("*.ttl")):
        graph.parse(path)
    return graph


def test_every_document_has_date_publisher_and_address(whole: rdflib.Graph) -> None:
    documents = set(whole.subjects(rdflib.RDF.type, DG.Document))
    assert len(documents) > 50
    for document in documents:
        assert whole.value(document, DCTERMS.issued), document
        assert whole.value(document, DCTERMS.publisher), document
        if str(whole.value(document, rdflib.SKOS.prefLabel)) != LOCAL_REPORT:
            assert any("http" in str(o) for o in whole.objects(document) if "w3id.org" not in str(o)), document


def test_every_utterance_has_an_anchor_with_a_digest(whole: rdflib.Graph) -> None:
    kinds = (DG.Utterance, DG.ReportedUtterance)
    utterances = {u for kind in kinds for u in whole.subjects(rdflib.RDF.type, kind)}
    assert len(utterances) > 240
    for utterance in utterances:
        anchors = list(whole.objects(utterance, DG.evidence))
        assert anchors, utterance
        for anchor in anchors:
            assert re.fullmatch(r"[0-9a-f]{64}", str(whole.value(anchor, DG.exactDigest))), anchor
    assert not list(whole.subject_objects(OA.exact))
