"""The bridge to rdflib, the face of RDF in Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from disputegraph.errors import DataError

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Identifier


def to_rdflib(quads: Iterable[Quad], *, prefixes: Mapping[str, str], name: str) -> rdflib.Graph:
    """Return the quads of the default graph as an `rdflib.Graph`.

    Args:
        quads: the quads; those of named graphs are left out.
        prefixes: bound in the graph beside the well-known ones.
        name: what errors call the data.

    Raises:
        DataError: the graph holds triple terms (RDF 1.2), which rdflib cannot hold.
    """
    import rdflib

    from disputegraph.vocabulary import PREFIXES

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in {**PREFIXES, **prefixes}.items():
        graph.bind(prefix, iri)

    def term(value: object) -> Identifier:
        if isinstance(value, NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, BlankNode):
            return rdflib.BNode(value.value)
        if isinstance(value, Literal):
            if value.language:
                return rdflib.Literal(value.value, lang=value.language)
            # rdflib's plain literal is RDF's xsd:string.
            plain = value.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
            return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value))
        raise DataError("holds a triple term (RDF 1.2), which rdflib cannot hold.", path=name)

    default = DefaultGraph()
    graph.addN(
        (term(quad.subject), term(quad.predicate), term(quad.object), graph)
        for quad in quads
        if quad.graph_name == default
    )
    return graph
