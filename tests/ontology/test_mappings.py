"""The mappings to models of others, each on one small dispute with the graph that is expected of it.

`claimreview.rq`, which goes the other way, is tested with its importer.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import graph_diff, to_isomorphic
from rdflib.namespace import PROV

from disputegraph.resources import bundled_dispute

CASES = Path(__file__).resolve().parent / "cases" / "mappings"
NAMES = sorted(path.stem for path in CASES.glob("*.ttl") if path.stem != "input")
DG = Namespace("https://w3id.org/disputegraph/ns#")


def constructed(query: Path, data: Path) -> Graph:
    store = pyoxigraph.Store()
    store.load(path=data)
    answer = store.query(query.read_text(encoding="utf-8"))
    assert isinstance(answer, pyoxigraph.QueryTriples)
    lines = "\n".join(f"{triple} ." for triple in answer)
    return Graph().parse(data=lines, format="nt")


def test_every_mapping_has_an_example(ontology: Path) -> None:
    assert {path.stem for path in (ontology / "mappings").glob("*.rq")} == {*NAMES, "claimreview"}


@pytest.mark.parametrize("name", NAMES)
def test_mapping(ontology: Path, name: str) -> None:
    query = ontology / "mappings" / f"{name}.rq"
    expected = Graph().parse(CASES / f"{name}.ttl")
    assert expected
    by_rdflib = Graph().parse(CASES / "input.ttl").query(query.read_text(encoding="utf-8")).graph
    assert by_rdflib is not None
    for found in (constructed(query, CASES / "input.ttl"), by_rdflib):
        _, missing, unexpected = graph_diff(to_isomorphic(expected), to_isomorphic(found))
        assert (set(missing), set(unexpected)) == (set(), set())


@pytest.mark.parametrize("name", NAMES)
def test_no_mapping_attributes_hearsay_or_claims(ontology: Path, name: str) -> None:
    data = Graph().parse(bundled_dispute())
    found = constructed(ontology / "mappings" / f"{name}.rq", bundled_dispute())
    assert found
    schema = Namespace("https://schema.org/")
    attributed = {s for p in (PROV.wasAttributedTo, schema.author, DG.speaker) for s in found.subjects(p)}
    told = {s for kind in (DG.ReportedUtterance, DG.Claim) for s in data.subjects(RDF.type, kind)}
    assert told
    assert not attributed & told
    bodies = set(found.objects(None, URIRef("http://www.w3.org/ns/oa#hasBody")))
    for statement in data.subjects(RDF.type, DG.ReportedUtterance):
        for claim in data.objects(statement, DG.reportedClaim):
            addressed = any(data.subjects(DG.addressesClaim, claim))
            assert addressed or claim not in bodies, claim
