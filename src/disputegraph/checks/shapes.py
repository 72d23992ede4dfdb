"""Validate against the SHACL shapes with pySHACL."""

from __future__ import annotations

from collections.abc import Iterator

from disputegraph.checks.integrity import Finding, named
from disputegraph.rdf import to_rdflib
from disputegraph.resources import ontology_file
from disputegraph.store import Store

_SEVERITIES = {"Violation": "violation", "Warning": "warning", "Info": "info"}


def check_shapes(store: Store) -> Iterator[Finding]:
    """Yield what the shapes find in the default graph, sorted.

    Validates by SHACL (W3C Recommendation 2017) with the classes of the core and health ontology known, so that an
    instance of a sub-class is held to the shapes of its class. Slow above some thousand claims: the integrity rules say
    the same through the query engine.
    """
    import pyshacl
    import rdflib
    from rdflib.namespace import RDF, SH

    ontology = rdflib.Graph()
    for part in ("core", "health", "actions"):
        ontology.parse(ontology_file(part))
    shapes = rdflib.Graph().parse(ontology_file("shapes"))
    _, report, _ = pyshacl.validate(
        to_rdflib(store.quads(), prefixes=store.prefixes, name=store.location),
        shacl_graph=shapes,
        ont_graph=ontology,
        inference="none",
        advanced=False,
        inplace=True,
    )
    if not isinstance(report, rdflib.Graph):
        return
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
        shape = report.value(result, SH.sourceShape)
        message = str(report.value(result, SH.resultMessage) or "breaks its shape")
        # A shape has the name of the check that covers the same rule; behind an underscore stands which part of it.
        check = str(shape).rpartition("#")[2].partition("_")[0] if isinstance(shape, rdflib.URIRef) else "unnamed"
        focus = report.value(result, SH.focusNode)
        node = f"_:{focus}" if isinstance(focus, rdflib.BNode) else str(focus)
        found.append(Finding(_SEVERITIES.get(severity, "violation"), f"shape {check}", node, message))
    yield from sorted(named(found, store))
