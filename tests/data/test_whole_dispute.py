"""The whole dispute of the junior doctors: every document is dated and found, every utterance has its place."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest
import rdflib

import disputegraph
from tests.data.coded_dispute import DG, OA, ROOT
from tests.data.readme_tables import with_tables

PROJECT = ROOT / "data" / "junior-doctors"
DCTERMS = rdflib.DCTERMS
LOCAL_REPORT = "Local report on the second strike"  # its address is not known


@pytest.fixture(scope="module")
def whole() -> rdflib.Graph:
    graph = rdflib.Graph().parse(PROJECT / "codebook.ttl")
    for path in sorted((PROJECT / "codings").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def dispute() -> disputegraph.Dispute:
    return disputegraph.open_data(PROJECT)


def test_every_document_has_date_publisher_and_address(whole: rdflib.Graph) -> None:
    documents = set(whole.subjects(rdflib.RDF.type, DG.Document))
    assert len(documents) >= 100
    for document in documents:
        assert whole.value(document, DCTERMS.issued), document
        assert whole.value(document, DCTERMS.publisher), document
        if str(whole.value(document, rdflib.SKOS.prefLabel)) != LOCAL_REPORT:
            assert any("http" in str(o) for o in whole.objects(document) if "w3id.org" not in str(o)), document


def test_every_utterance_has_an_anchor_with_a_digest(whole: rdflib.Graph) -> None:
    kinds = (DG.Utterance, DG.ReportedUtterance)
    utterances = {u for kind in kinds for u in whole.subjects(rdflib.RDF.type, kind)}
    assert len(utterances) >= 350
    for utterance in utterances:
        anchors = list(whole.objects(utterance, DG.evidence))
        assert anchors, utterance
        for anchor in anchors:
            assert re.fullmatch(r"[0-9a-f]{64}", str(whole.value(anchor, DG.exactDigest))), anchor
    assert not list(whole.subject_objects(OA.exact))


def test_the_readme_has_the_figures_that_its_queries_print() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    queries = {f"figures/{path.name}" for path in (PROJECT / "figures").glob("*.rq")}
    assert queries == set(re.findall(r"<!-- (figures/\S+\.rq) -->", readme))
    assert with_tables(readme, PROJECT) == readme, "python -m tests.data.readme_tables data/junior-doctors"


def test_what_two_coders_had_is_decided_as_the_readme_says() -> None:
    units = disputegraph.open_project(PROJECT).coded_units()
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


@pytest.mark.parametrize("name", ["sides", "publishers"])
def test_everybody_is_sorted_and_once(dispute: disputegraph.Dispute, name: str) -> None:
    query = (PROJECT / "figures" / f"{name}.rq").read_text(encoding="utf-8")
    labels = re.findall(r'\("([^"]+)"@en', query)
    assert len(labels) == len(set(labels))
    assert "not sorted" not in [row[0].value for row in dispute.query(query)]


def test_a_date_that_was_not_read_is_said_to_be_so(whole: rdflib.Graph) -> None:
    documents = list(whole.subjects(rdflib.RDF.type, DG.Document))
    months = {d for d in documents if whole.value(d, DCTERMS.issued).datatype == rdflib.XSD.gYearMonth}
    inferred = {d for d in documents if "inferred" in str(whole.value(d, rdflib.SKOS.note))}
    assert all("month" in str(whole.value(d, rdflib.SKOS.note)) for d in months)
    readme = " ".join((PROJECT / "README.md").read_text(encoding="utf-8").split())
    assert f"Of {len(months)} documents the day is not known" in readme
    assert f"Of {len(inferred - months)} more the day is inferred" in readme
    assert f"The notes of these {len(inferred | months)} documents" in readme


def test_drafts_are_counted_for_each_document(whole: rdflib.Graph) -> None:
    with (PROJECT / "drafts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {str(name) for name in whole.objects(None, DCTERMS.identifier)} | {"doc"}
    assert {row["document"] for row in rows} == names
    found, coded, drafts = (
        sum(int(row[column]) for row in rows) for column in ("coded places that a draft has", "places coded", "drafts")
    )
    readme = " ".join((PROJECT / "README.md").read_text(encoding="utf-8").split())
    assert f"of {coded} coded places {found} are among its {drafts} drafts" in readme


def test_nothing_is_wrong(dispute: disputegraph.Dispute) -> None:
    assert [str(found) for found in dispute.check()] == []
