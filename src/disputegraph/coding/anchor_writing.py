"""The triples of an anchor: a place in a text with the digest of its words."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from disputegraph.coding.project_graph import Span
from disputegraph.evidence import digest
from disputegraph.importers import Minter
from disputegraph.vocabulary import DG, OA, RDF, XSD


def anchor_name(minter: Minter, span: Span) -> NamedNode:
    """Return the name of the anchor of a place: the same place has the same name."""
    return NamedNode(minter.from_parts("anchor", span.document, str(span.start), str(span.end)))


def anchor_triples(node: NamedNode, span: Span, words: str) -> list[Triple]:
    """Return what is said of an anchor.

    Args:
        node: its name.
        span: its place.
        words: what stands there.
    """
    selector = NamedNode(node.value + "-span")
    return [
        Triple(node, RDF.type, DG.Anchor),
        Triple(node, RDF.type, OA.SpecificResource),
        Triple(node, OA.hasSource, NamedNode(span.document)),
        Triple(node, OA.hasSelector, selector),
        Triple(node, DG.exactDigest, Literal(digest(words))),
        Triple(selector, RDF.type, OA.TextPositionSelector),
        Triple(selector, OA.start, Literal(str(span.start), datatype=XSD.integer)),
        Triple(selector, OA.end, Literal(str(span.end), datatype=XSD.integer)),
    ]
