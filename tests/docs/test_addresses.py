"""Persistent addresses: the redirects lead to what is built, and the ontology says what FAIR checkers look for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from disputegraph.resources import ontology_file

ROOT = Path(__file__).parents[2]
SITE = "https://disputegraph.github.io/disputegraph/"
VANN = Namespace("http://purl.org/vocab/vann/")


def redirect(path: str, accept: str) -> tuple[int, str]:
    """Return what Apache would answer, by the part of mod_rewrite that the file makes use of."""
    conditions: list[tuple[str, bool]] = []
    for line in (ROOT / "ontology" / "w3id" / ".htaccess").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:2] == ["RewriteCond", "%{HTTP_ACCEPT}"]:
            conditions.append((words[2], words[3:] == ["[OR]"]))
        elif words[:1] == ["RewriteRule"]:
            match = re.search(words[1], path)
            if match and holds(conditions, accept):
                flags = words[3].strip("[]").split(",")
                assert "L" in flags
                code = next(int(flag[2:]) for flag in flags if flag.startswith("R="))
                return code, words[2].replace("$1", match[1] if match.re.groups else "")
            conditions = []
    return 404, ""


def holds(conditions: list[tuple[str, bool]], accept: str) -> bool:
    met, alternative = True, False
    for pattern, following in conditions:
        one = re.search(pattern, accept) is not None
        met = (met or one) if alternative else (met and one)
        alternative = following
    return met


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("ns", "text/html,application/xhtml+xml,*/*;q=0.8", "reference/ontology.html"),
        ("ns", "text/turtle", "ontology/core.ttl"),
        ("ns", "", "ontology/core.ttl"),
        ("ns/0.1.0", "application/ld+json", "ontology/core.jsonld"),
        ("ns", "application/rdf+xml", "ontology/core.rdf"),
        ("ns", "application/n-triples", "ontology/core.nt"),
        ("action/veto", "text/turtle", "ontology/actions.ttl"),
        ("action/cause-failure", "text/html", "reference/ontology.html#kinds-of-acts"),
        ("alignment", "application/ld+json", "ontology/alignment.jsonld"),
        ("shapes", "", "ontology/shapes.ttl"),
        ("health/0.2.0", "text/turtle", "ontology/health.ttl"),
        ("german", "application/rdf+xml", "ontology/german.rdf"),
        ("data/junior-doctors-2016/hunt", "text/html", "data/junior-doctors-2016.html"),
        ("data/junior-doctors-2016/c-hunt-veto", "text/turtle", "data/junior-doctors-2016.ttl"),
        ("data/junior-doctors-2016/hunt", "application/ld+json", "data/junior-doctors-2016.jsonld"),
        ("context.jsonld", "application/ld+json", "ontology/context.jsonld"),
    ],
)
def test_redirects_lead_to_what_is_built(path: str, accept: str, target: str, built: set[str]) -> None:
    code, address = redirect(path, accept)
    assert code == (302 if path.startswith("context") else 303)
    assert address == SITE + target
    assert target.partition("#")[0].replace(".html", ".md") in built or target in built


@pytest.fixture(scope="module")
def built() -> set[str]:
    """The paths that the site is generated with."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from generate.hooks import GENERATED
    finally:
        sys.path.pop(0)
    return set(GENERATED)


def test_no_other_path_is_redirected() -> None:
    assert redirect("nsx", "text/turtle")[0] == 404
    assert redirect("data/../../etc", "text/turtle")[0] == 404


def test_served_files_hold_the_ontology() -> None:
    from rdflib.compare import isomorphic

    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from generate.served import served_files
    finally:
        sys.path.pop(0)
    whole = Graph().parse(ontology_file("core"))
    for suffix, name in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")):
        assert isomorphic(Graph().parse(data=served_files()[f"ontology/core.{suffix}"](), format=name), whole)


def test_metadata_that_fair_checkers_look_for() -> None:
    """What FOOPS! (Garijo et al. 2021) and the W3C's best practices for vocabularies ask of an ontology's header."""
    graph = Graph().parse(ontology_file("core"))
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    assert ontology == URIRef("https://w3id.org/disputegraph/ns")
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license, DCTERMS.created,
                      DCTERMS.modified, OWL.versionIRI, OWL.versionInfo, VANN.preferredNamespacePrefix,
                      VANN.preferredNamespaceUri, DCTERMS.bibliographicCitation, DCTERMS.publisher):  # fmt: skip
        assert list(graph.objects(ontology, predicate)), predicate
    version = graph.value(ontology, OWL.versionInfo)
    assert graph.value(ontology, OWL.versionIRI) == URIRef(f"{ontology}/{version}")
    assert graph.value(ontology, VANN.preferredNamespaceUri) == Literal(f"{ontology}#")
    assert graph.value(ontology, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
