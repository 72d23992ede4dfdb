"""A dispute as a dataset: what VoID and DCAT say of it.

VoID (W3C Interest Group Note, 3 March 2011); Data Catalog Vocabulary, version 3 (W3C Recommendation, 22 August 2024).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from disputegraph.rdf import FORMATS
from disputegraph.sparql import query_text
from disputegraph.store import Store
from disputegraph.vocabulary import DCTERMS, FOAF, RDF, XSD, Namespace

VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
_ONTOLOGY = NamedNode("https://w3id.org/disputegraph/ns#")
_MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with the data."""

    title: str
    address: str
    media_type: str
    size: int
    sha256: str


def void_quads(
    store: Store, dataset: NamedNode, *, dumps: Mapping[str, str], endpoints: Mapping[str, str] | None = None
) -> list[Quad]:
    """Return what VoID says of a dataset: where it is, how large, of which classes and properties.

    Args:
        store: the data.
        dataset: what it is called.
        dumps: the address of the whole in each RDF format, by the format's name.
        endpoints: the address of each ``sparqlEndpoint`` and ``uriLookupEndpoint``.
    """
    quads = [
        Quad(dataset, RDF.type, VOID.Dataset),
        *(Quad(dataset, VOID.term(name), NamedNode(address)) for name, address in (endpoints or {}).items()),
        Quad(dataset, VOID.triples, _count(len(store))),
        Quad(dataset, VOID.vocabulary, _ONTOLOGY),
    ]
    for form in FORMATS:
        if form.name in dumps:
            quads.append(Quad(dataset, VOID.dataDump, NamedNode(dumps[form.name])))
            quads.append(Quad(dataset, VOID.feature, NamedNode(form.engine.iri)))
    quads += _told(store, dataset)
    for query, kind, partition, measure in (
        ("classes", "class", VOID.classPartition, VOID.entities),
        ("properties", "property", VOID.propertyPartition, VOID.triples),
    ):
        for number, row in enumerate(store.select(query_text("site", query))):
            part, size = BlankNode(f"{kind}{number}"), _count(int(row["count"].value))
            quads += [Quad(dataset, partition, part), Quad(part, VOID.term(kind), row[kind]), Quad(part, measure, size)]
    return quads


def dcat_quads(store: Store, dataset: NamedNode, *, page: NamedNode, dumps: list[Dump]) -> list[Quad]:
    """Return what DCAT says of a dataset: what it is, where it is described, and its distributions."""
    quads = [
        Quad(dataset, RDF.type, DCAT.Dataset),
        Quad(dataset, DCAT.landingPage, page),
        Quad(dataset, DCTERMS.conformsTo, _ONTOLOGY),
        *_told(store, dataset),
    ]
    for number, dump in enumerate(dumps):
        # Not blank: others must be able to name a distribution.
        node, checksum = NamedNode(f"{dataset.value}-{dump.address.rpartition('.')[2]}"), BlankNode(f"sum{number}")
        quads += [
            Quad(dataset, DCAT.distribution, node),
            Quad(node, RDF.type, DCAT.Distribution),
            Quad(node, DCTERMS.title, Literal(dump.title, language="en")),
            Quad(node, DCAT.downloadURL, NamedNode(dump.address)),
            Quad(node, DCAT.accessURL, page),
            Quad(node, DCAT.mediaType, NamedNode(_MEDIA + dump.media_type)),
            Quad(node, DCAT.byteSize, Literal(str(dump.size), datatype=XSD.term("nonNegativeInteger"))),
            Quad(node, SPDX.checksum, checksum),
            Quad(checksum, RDF.type, SPDX.Checksum),
            Quad(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
            Quad(checksum, SPDX.checksumValue, Literal(dump.sha256, datatype=XSD.term("hexBinary"))),
        ]
        quads += [Quad(node, DCTERMS.license, quad.object) for quad in _told(store, node)
                  if quad.predicate == DCTERMS.license]  # fmt: skip
    return quads


def described_by(document: NamedNode, dataset: NamedNode) -> list[Quad]:
    """Return that a document describes a dataset."""
    return [
        Quad(document, RDF.type, VOID.DatasetDescription),
        Quad(document, FOAF.primaryTopic, dataset),
    ]


def _told(store: Store, dataset: NamedNode) -> list[Quad]:
    """Return title, description, licence, makers and days, as the data says them of itself."""
    return [Quad(dataset, row["property"], row["value"]) for row in store.select(query_text("site", "dataset"))]


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
