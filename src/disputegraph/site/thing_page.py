"""The page of a thing: its portrait, and below it what the graph holds of it; one renderer for server and site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from disputegraph.model import Model, Portraits
from disputegraph.rdf import short_iri
from disputegraph.resources import axiom_files
from disputegraph.site.frame import Frame, render
from disputegraph.site.schema_org import structured_data
from disputegraph.site.thing_portrait import thing_portrait, web_address
from disputegraph.sparql import query_text
from disputegraph.store import Store
from disputegraph.vocabulary import PREFIXES, RDF, RDFS, SKOS

_MOST = 200
"""Utterances of a group that a page shows, but for the page of their claim or document, which shows all."""

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ThingAddresses:
    """Where things are found.

    Attributes:
        page: the address of what is shown of an IRI, relative to the page that links to it; None if there is none.
        place: the id under which an utterance stands on the page that is being made; None where it stands elsewhere.
        published: the address at which a page is published; empty where nobody knows.
    """

    page: Callable[[str], str | None]
    place: Callable[[str], str | None] = lambda _: None
    published: str = ""


@dataclass(frozen=True, slots=True)
class ThingTriples:
    """The triples in which a thing stands.

    Attributes:
        outgoing: property and value, where it is the subject.
        incoming: property and subject, where it is the value.
        uses: subject and value, where it is the property.
    """

    outgoing: list[tuple[Any, ...]]
    incoming: list[tuple[Any, ...]]
    uses: list[tuple[Any, ...]]

    @classmethod
    def asked(cls, store: Store, node: NamedNode) -> ThingTriples:
        """Return the triples of a thing, some thousands at most."""
        names = ("outgoing", "incoming", "uses")
        rows = (store.select(query_text("site", name), bindings={"thing": node}) for name in names)
        return cls(*([tuple(row) for row in some] for some in rows))

    @property
    def named(self) -> set[str]:
        """The IRIs of all nodes and properties of these triples."""
        pairs = (*self.outgoing, *self.incoming, *self.uses)
        return {term.value for pair in pairs for term in pair if isinstance(term, NamedNode)}


def thing_html(
    node: NamedNode,
    triples: ThingTriples,
    portraits: Portraits,
    names: Model,
    *,
    prefixes: Mapping[str, str],
    frame: Frame,
    addresses: ThingAddresses,
    alternates: Sequence[tuple[str, str, str]],
) -> str:
    """Return the page of a thing.

    Args:
        node: the thing.
        triples: in which it stands.
        portraits: of the dispute, or of what hangs together with the node.
        names: what the nodes of its triples are called by.
        prefixes: of the data.
        frame: what stands around the page.
        addresses: where things are found.
        alternates: name, media type and address of what the graph holds of it.
    """
    prefixes = {**PREFIXES, **prefixes}
    outgoing = triples.outgoing or [(quad.predicate, quad.object) for quad in _terms(node)]
    told = thing_portrait(node.value, portraits)
    shown = partial(_shown, model=names, prefixes=prefixes, at=addresses)
    label = shown(node)["text"]
    return render(
        "thing",
        frame,
        title=label,
        summary=told.summary if told else "",
        canonical=addresses.published,
        structured=structured_data(told, portraits.model, label, addresses.published) if told else None,
        alternates=alternates,
        iri=node.value,
        kinds=sorted({short_iri(value, prefixes) for predicate, value in outgoing if predicate == RDF.type}),
        portrait=told,
        most=None if told and told.type in ("Claim", "Document") else _MOST,
        outgoing=_grouped(outgoing, shown),
        incoming=_grouped(triples.incoming, shown),
        uses=sorted(
            ((shown(one), shown(other)) for one, other in triples.uses),
            key=lambda pair: [(end["text"] or "").casefold() for end in pair],
        ),
        address=addresses.page,
        place=addresses.place,
        web=web_address,
    )


def is_known(store: Store, node: NamedNode) -> bool:
    """Tell whether the data or the ontology says anything of a node."""
    return store.ask(query_text("site", "known"), bindings={"thing": node}) or bool(_terms(node))


def thing_quads(store: Store, node: NamedNode) -> list[Quad]:
    """Return the triples with the node as subject or object, and what their other ends are called."""
    if not store.ask(query_text("site", "known"), bindings={"thing": node}):
        return _terms(node)
    triples = store.construct(query_text("site", "thing"), bindings={"thing": node})
    return [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]


@cache
def ontology() -> pyoxigraph.Store:
    """Return the ontology, whose terms the data uses and does not describe."""
    engine = pyoxigraph.Store()
    for path in axiom_files():
        engine.extend(pyoxigraph.parse(path=str(path)))  # bulk_load reserves 200 MB
    return engine


def _terms(node: NamedNode) -> list[Quad]:
    """Return what the ontology says of a term: the data does not carry it, and a reader wants it."""
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in ontology().quads_for_pattern(node, None, None)]


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


def _shown(value: Any, *, model: Model, prefixes: Mapping[str, str], at: ThingAddresses) -> Shown:
    """Return how a term is shown: its text, its prefixed name, the address of its page, its language, its IRI."""
    if isinstance(value, NamedNode):
        short = short_iri(value, prefixes)
        text = model.called(value.value) or _term_label(value.value) or short
        return {"text": text, "short": short, "address": at.page(value.value), "note": None, "iri": value.value}
    if isinstance(value, BlankNode):
        name = f"_:{value.value}"
        return {"text": model.called(name) or name, "short": name, "address": None, "note": None, "iri": None}
    note = value.language if isinstance(value, Literal) else None
    return {"text": str(getattr(value, "value", value)), "short": None, "address": None, "note": note, "iri": None}


@cache
def _term_label(iri: str) -> str | None:
    """Return what the ontology calls one of its terms."""
    for predicate in (RDFS.label, SKOS.prefLabel):
        for quad in ontology().quads_for_pattern(NamedNode(iri), predicate, None):
            if isinstance(quad.object, Literal):
                return quad.object.value
    return None
