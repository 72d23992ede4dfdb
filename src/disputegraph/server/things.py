"""A thing of the dispute: a page for people, a graph for machines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from disputegraph.errors import UsageError
from disputegraph.model import Model, Portraits, SourceTexts
from disputegraph.page import words_around
from disputegraph.server.answering import graph_bytes
from disputegraph.server.job_errors import Missing
from disputegraph.server.negotiation import graph_type
from disputegraph.site import Frame, ThingAddresses, ThingTriples, is_known, thing_html, thing_quads
from disputegraph.store import Store
from disputegraph.vocabulary import PREFIXES

_FRAME = Frame(
    site="", navigation=(("Page", "/"), ("Query", "/query"), ("Turtle", "/data.ttl")), style="/static/site.css"
)
_FORMATS = (("Turtle", "text/turtle", "turtle"), ("JSON-LD", "application/ld+json", "jsonld"),
            ("N-Triples", "application/n-triples", "ntriples"))  # fmt: skip


def describe_thing(store: Store, head: Mapping[str, Any], *, sources: SourceTexts | None = None) -> tuple[str, bytes]:
    """Return what the data says of one IRI, as HTML or RDF by what the client takes.

    Args:
        store: the data.
        head: ``iri``, or ``path`` of an own address that is to be matched with an IRI; ``accept`` or ``format``.
        sources: source texts; with them the page shows the words of what is said.

    Raises:
        Missing: the data says nothing of it.
        NotAcceptable: the client takes neither HTML nor an RDF format.
    """
    media_type = graph_type(head, html=True)
    node = _node(store, head)
    if media_type != "text/html":
        return media_type, graph_bytes(iter(thing_quads(store, node)), media_type, store.prefixes)
    here = local_address(node.value)
    triples = ThingTriples.asked(store, node)
    page = thing_html(
        node,
        triples,
        Portraits(Model.around(store, node.value), sources=sources, surroundings=words_around),
        Model.naming(store, {node.value, *triples.named}),
        prefixes=store.prefixes,
        frame=_FRAME,
        addresses=ThingAddresses(local_address),
        alternates=[(name, type_, f"{here}&format={form}") for name, type_, form in _FORMATS],
    )
    return "text/html; charset=utf-8", page.encode()


def local_address(iri: str) -> str:
    """Return the address, on this server, of the page about an IRI."""
    return f"/resource?iri={quote(iri, safe='')}"


def _node(store: Store, head: Mapping[str, Any]) -> NamedNode:
    if head.get("iri"):
        try:
            node = NamedNode(head["iri"])
        except ValueError:
            raise UsageError(f"'{head['iri']}' is not an IRI.") from None
        if not is_known(store, node):
            raise Missing(f"the data says nothing of <{node.value}>.")
        return node
    for authority in _authorities(store):
        for ending in ("", "#"):
            try:
                node = NamedNode(authority + head["path"] + ending)
            except ValueError:
                continue
            if is_known(store, node):
                return node
    raise Missing(f"the data has no IRI that ends in '{head['path']}', and there is no such page.")


def _authorities(store: Store) -> list[str]:
    """Return the heads (scheme and host) of the data's own namespaces, and of the ontology's."""
    heads: dict[str, None] = {}
    for iri in (*store.prefixes.values(), PREFIXES["dg"]):
        parts = urlsplit(iri)
        if parts.scheme in ("http", "https"):
            heads[f"{parts.scheme}://{parts.netloc}"] = None
    return list(heads)
