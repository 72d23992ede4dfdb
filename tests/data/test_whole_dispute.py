"""The whole dispute of the junior doctors: every document is dated and found, every utterance has its place."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import rdflib

from disputegraph import open_project
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


def test_the_readme_counts_what_is_there(whole: rdflib.Graph) -> None:
    months: dict[str, tuple[set[rdflib.term.Node], set[rdflib.term.Node]]] = {}
    for kind in (DG.Utterance, DG.ReportedUtterance):
        for utterance in whole.subjects(rdflib.RDF.type, kind):
            for anchor in whole.objects(utterance, DG.evidence):
                document = whole.value(anchor, OA.hasSource)
                statements, documents = months.setdefault(
                    str(whole.value(document, DCTERMS.issued))[:7], (set(), set())
                )
                statements.add(utterance)
                documents.add(document)
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d{4}-\d\d) \| (\d+) \| (\d+) \|$", readme, re.MULTILINE)
    assert {month: (int(s), int(d)) for month, s, d in rows} == {m: (len(s), len(d)) for m, (s, d) in months.items()}
    claims = set(whole.subjects(rdflib.RDF.type, DG.Claim))
    assert f"{sum(len(s) for s, _ in months.values())} statements, {len(claims)} claims" in readme


def test_what_two_coders_had_is_decided_as_the_readme_says() -> None:
    units = open_project(PROJECT).coded_units()
    states = Counter((len(u.versions) > 1, u.state) for u in units)
    assert states == {
        (True, "adjudicated"): 78,
        (True, "rejected"): 1,
        (False, "adjudicated"): 64,
        (False, "rejected"): 9,
    }
    assert len({iri for u in units for iri in u.statements}) == 127
    assert all(u.rejection.reason for u in units if u.rejection)
    readme = " ".join((PROJECT / "README.md").read_text(encoding="utf-8").split())
    assert "142 utterances became 127 statements" in readme
    assert "| both coders have | 79 | 78 | 1 |" in readme


def test_an_inferred_date_is_said_to_be_one(whole: rdflib.Graph) -> None:
    documents = list(whole.subjects(rdflib.RDF.type, DG.Document))
    months = [d for d in documents if whole.value(d, DCTERMS.issued).datatype == rdflib.XSD.gYearMonth]
    noted = [d for d in documents if "inferred" in str(whole.value(d, rdflib.SKOS.note))]
    assert set(months) < set(noted)
    readme = " ".join((PROJECT / "README.md").read_text(encoding="utf-8").split())
    assert (len(months), len(noted)) == (6, 9)
    assert "Of six documents only the month was inferred" in readme
    assert "The notes of these nine documents" in readme
