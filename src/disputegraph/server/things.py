"""A thing of the dispute: a page for people, a graph for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from disputegraph.errors import UsageError
from disputegraph.model import Model, SourceTexts
from disputegraph.rdf import short_iri
from disputegraph.server.answering import graph_bytes
from disputegraph.server.job_errors import Missing
from disputegraph.server.negotiation import graph_type
from disputegraph.server.own_queries import ontology, query_text
from disputegraph.server.thing_portrait import thing_portrait
from disputegraph.store import Store
from disputegraph.vocabulary import PREFIXES, RDF, RDFS, SKOS

__all__ = ["describe_thing", "local_address", "template"]

Shown = dict[str, Any]


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
        return media_type, graph_bytes(iter(_quads(store, node)), media_type, store.prefixes)
    return "text/html; charset=utf-8", _html(store, node, sources).encode()


def local_address(iri: str) -> str:
    """Return the address, on this server, of the page about an IRI."""
    return f"/resource?iri={quote(iri, safe='')}"


def _node(store: Store, head: Mapping[str, Any]) -> NamedNode:
    if head.get("iri"):
        try:
            node = NamedNode(head["iri"])
        except ValueError:
            raise UsageError(f"'{head['iri']}' is not an IRI.") from None
        if not _known(store, node):
            raise Missing(f"the data says nothing of <{node.value}>.")
        return node
    for authority in _authorities(store):
        for ending in ("", "#"):
            try:
                node = NamedNode(authority + head["path"] + ending)
            except ValueError:
                continue
            if _known(store, node):
                return node
    raise Missing(f"the data has no IRI that ends in '{head['path']}', and there is no such page.")


def _known(store: Store, node: NamedNode) -> bool:
    return store.ask(query_text("known"), bindings={"thing": node}) or bool(_terms(node))


def _authorities(store: Store) -> list[str]:
    """Return the heads (scheme and host) of the data's own namespaces, and of the ontology's."""
    heads: dict[str, None] = {}
    for iri in (*store.prefixes.values(), PREFIXES["dg"]):
        parts = urlsplit(iri)
        if parts.scheme in ("http", "https"):
            heads[f"{parts.scheme}://{parts.netloc}"] = None
    return list(heads)


def _quads(store: Store, node: NamedNode) -> list[Quad]:
    """Return the triples with the node as subject or object, and what their other ends are called."""
    if not store.ask(query_text("known"), bindings={"thing": node}):
        return _terms(node)
    triples = store.construct(query_text("thing"), bindings={"thing": node})
    return [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]


def _terms(node: NamedNode) -> list[Quad]:
    """Return what the ontology says of a term: the data does not carry it, and a reader wants it."""
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in ontology().quads_for_pattern(node, None, None)]


def _html(store: Store, node: NamedNode, sources: SourceTexts | None) -> str:
    prefixes = {**PREFIXES, **store.prefixes}
    outgoing = [tuple(row) for row in store.select(query_text("outgoing"), bindings={"thing": node})]
    outgoing = outgoing or [(quad.predicate, quad.object) for quad in _terms(node)]
    incoming = [tuple(row) for row in store.select(query_text("incoming"), bindings={"thing": node})]
    pairs = [tuple(row) for row in store.select(query_text("uses"), bindings={"thing": node})]
    met = {term.value for pair in (*outgoing, *incoming, *pairs) for term in pair if isinstance(term, NamedNode)}
    model = Model.naming(store, {node.value, *met})
    shown = partial(_shown, model=model, prefixes=prefixes)
    formats = [(form, f"{local_address(node.value)}&format={form}") for form in ("turtle", "jsonld", "ntriples")]
    text: str = template("thing.html.j2").render(
        iri=node.value,
        label=model.called(node.value) or _term_label(node.value) or short_iri(node, prefixes),
        kinds=sorted({short_iri(value, prefixes) for predicate, value in outgoing if predicate == RDF.type}),
        outgoing=_grouped(outgoing, shown),
        incoming=_grouped(incoming, shown),
        uses=sorted(
            ((shown(one), shown(other)) for one, other in pairs),
            key=lambda pair: [(end["text"] or "").casefold() for end in pair],
        ),
        formats=formats,
        portrait=thing_portrait(node.value, store, sources=sources),
        address=local_address,
    )
    return text


def _grouped(found: Iterable[tuple[Any, ...]], shown: Callable[[Any], Shown]) -> list[dict[str, Any]]:
    """Return the values of each property, properties in the order of their prefixed names."""
    groups: dict[NamedNode, dict[str, Shown]] = {}
    for predicate, value in found:
        groups.setdefault(predicate, {}).setdefault(str(value), shown(value))
    listed = [
        shown(predicate) | {"values": sorted(entries.values(), key=lambda entry: (entry["text"] or "").casefold())}
        for predicate, entries in groups.items()
    ]
    return sorted(listed, key=lambda group: group["short"] or "")


def _shown(value: Any, *, model: Model, prefixes: Mapping[str, str]) -> Shown:
    """Return how a term is shown: its text, its prefixed name, the address of its page, its language, its IRI."""
    if isinstance(value, NamedNode):
        short = short_iri(value, prefixes)
        text = model.called(value.value) or _term_label(value.value) or short
        return {"text": text, "short": short, "address": local_address(value.value), "note": None, "iri": value.value}
    if isinstance(value, BlankNode):
        name = f"_:{value.value}"
        return {"text": model.called(name) or name, "short": name, "address": None, "note": None, "iri": None}
    note = value.language if isinstance(value, Literal) else None
    return {"text": str(getattr(value, "value", value)), "short": None, "address": None, "note": note, "iri": None}


def _term_label(iri: str) -> str | None:
    """Return what the ontology calls one of its terms."""
    for predicate in (RDFS.label, SKOS.prefLabel):
        for quad in ontology().quads_for_pattern(NamedNode(iri), predicate, None):
            if isinstance(quad.object, Literal):
                return quad.object.value
    return None


@cache
def template(name: str) -> Any:
    """Return a template of the server by its file; what it is given is escaped."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
