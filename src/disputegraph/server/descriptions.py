"""The server in its own words: a SPARQL service description, and a VoID description of the data.

SPARQL 1.1 Service Description (W3C Recommendation, 21 March 2013); VoID (W3C Interest Group Note, 3 March 2011),
section 7.2 for the well-known address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad, QueryResultsFormat

from disputegraph.rdf import FORMATS
from disputegraph.server.answering import graph_bytes
from disputegraph.server.negotiation import graph_type
from disputegraph.site import VOID, described_by, void_quads
from disputegraph.sparql import query_text
from disputegraph.store import Store
from disputegraph.vocabulary import RDF, Namespace

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_PREFIXES = {"sd": SD.base, "void": VOID.base}


def service_description(store: Store, head: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the description of the endpoint at ``head["endpoint"]`` as a media type and bytes.

    Raises:
        NotAcceptable: the client takes no RDF format.
    """
    media_type = graph_type(head)
    service, dataset = NamedNode(head["endpoint"]), BlankNode("dataset")
    languages = [SD.SPARQL11Query, *([SD.SPARQL11Update] if head.get("writable") else [])]
    formats = [form.engine.iri for form in FORMATS if form.name != "n3"] + [form.iri for form in _ROW_FORMATS]
    features = [SD.BasicFederatedQuery] if store.allow_network else []
    quads = [
        Quad(service, RDF.type, SD.Service),
        Quad(service, SD.endpoint, service),
        *(Quad(service, SD.supportedLanguage, language) for language in languages),
        *(Quad(service, SD.resultFormat, NamedNode(iri)) for iri in formats),
        *(Quad(service, SD.feature, feature) for feature in features),
        Quad(service, SD.defaultDataset, dataset),
        Quad(dataset, RDF.type, SD.Dataset),
        Quad(dataset, SD.defaultGraph, _node(head["address"])),
        *_named_graphs(store, dataset),
        *_dataset(store, head["address"]),
    ]
    return media_type, graph_bytes(iter(quads), media_type, {**store.prefixes, **_PREFIXES})


_ROW_FORMATS = (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV)


def dataset_description(store: Store, head: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the description of the data at ``head["address"]`` as a media type and bytes; raises NotAcceptable."""
    media_type = graph_type(head)
    document = NamedNode(f"{head['address']}/.well-known/void")
    quads = [*_dataset(store, head["address"]), *described_by(document, _node(head["address"]))]
    return media_type, graph_bytes(iter(quads), media_type, {**store.prefixes, **_PREFIXES})


def _named_graphs(store: Store, dataset: BlankNode) -> Iterator[Quad]:
    for number, row in enumerate(store.select(query_text("server", "graphs"))):
        named, graph = BlankNode(f"n{number}"), BlankNode(f"g{number}")
        yield Quad(dataset, SD.namedGraph, named)
        yield Quad(named, RDF.type, SD.NamedGraph)
        yield Quad(named, SD.name, row["graph"])
        yield Quad(named, SD.graph, graph)
        yield Quad(graph, RDF.type, SD.Graph)


def _node(address: str) -> NamedNode:
    return NamedNode(f"{address}/.well-known/void#dataset")


def _dataset(store: Store, address: str) -> list[Quad]:
    """Return what VoID says of the data that is served."""
    dataset = _node(address)
    endpoints = {"sparqlEndpoint": f"{address}/sparql", "uriLookupEndpoint": f"{address}/resource?iri="}
    dumps = {form.name: f"{address}/data.{form.suffixes[0]}" for form in FORMATS if form.name != "n3"}
    return [Quad(dataset, RDF.type, SD.Graph), *void_quads(store, dataset, dumps=dumps, endpoints=endpoints)]
