"""The profile checker of the OWL API on the ontology and the bundled dispute."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph

from disputegraph.resources import bundled_dispute
from tests.ontology.java_reasoners import OwlApi, owl_api
from tests.ontology.vocabularies import foreign_axioms

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("java-reasoners")]

CORE = ("disputegraph.ttl",)
HEALTH = (*CORE, "health.ttl")
ACTIONS = (*HEALTH, "actions.ttl")
ALIGNED = (*ACTIONS, "alignment.ttl")


@pytest.fixture(scope="module")
def java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwlApi]:
    with owl_api(tmp_path_factory.mktemp("owl")) as api:
        yield api


def together(ontology: Path, names: tuple[str, ...]) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(ontology / name)
    return graph


@pytest.mark.parametrize("names", [CORE, HEALTH, ACTIONS, ALIGNED], ids=lambda names: names[-1])
def test_the_ontology_is_owl_2_dl(java: OwlApi, ontology: Path, names: tuple[str, ...]) -> None:
    assert java.violations(java.ontology(together(ontology, names)), "DL") == []


@pytest.mark.parametrize("names", [CORE, HEALTH], ids=lambda names: names[-1])
def test_the_core_and_the_health_module_are_owl_2_rl(java: OwlApi, ontology: Path, names: tuple[str, ...]) -> None:
    assert java.violations(java.ontology(together(ontology, names)), "RL") == []


def test_data_are_owl_2_dl(java: OwlApi, ontology: Path, good: Path) -> None:
    for data in (good, bundled_dispute()):
        assert java.violations(java.ontology(together(ontology, ACTIONS).parse(data)), "DL") == [], data.name


def test_the_checker_finds_what_is_outside(java: OwlApi, ontology: Path) -> None:
    wrong = """
      @prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      dg:speaker a owl:DatatypeProperty .
      dg:Actor rdfs:subClassOf [ a owl:Class ; owl:unionOf (dg:Person dg:Organization) ] ."""
    checked = java.ontology(together(ontology, CORE).parse(data=wrong, format="turtle"))
    assert java.violations(checked, "DL")
    assert any("superclass" in violation.lower() for violation in java.violations(checked, "RL"))


def test_terms_of_others_are_declared_as_they_declare_them(ontology: Path) -> None:
    foreign = foreign_axioms()
    ours = together(ontology, ALIGNED)
    seen = 0
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        for term in ours.subjects(RDF.type, kind):
            theirs = {k for k in foreign.objects(term, RDF.type) if k.startswith(str(OWL))}
            if theirs & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}:
                assert kind in theirs, term
                seen += 1
    assert seen > 30
