"""The actors of the sheets in these tests, and what a graph that was imported says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyoxigraph import Literal, NamedNode

from disputegraph.importers import Imported
from disputegraph.importers.triples import Triples, term
from disputegraph.page import page_data
from disputegraph.store import EmbeddedStore

Run = Callable[..., Imported]

ACTORS = [
    {"name": "Ada Osei", "kind": "person", "aliases": "Osei; A. Osei"},
    {"name": "Port authority", "kind": "organisation", "same_as": "https://www.wikidata.org/entity/Q1"},
    {"name": "Dockers", "kind": "collective"},
    {"name": "Union", "kind": "union", "represents": "Dockers", "aliases": r"U\; local 7"},
    {"name": "Radio Nord", "kind": "news organization"},
    {"name": "caller", "kind": "unnamed source", "close_to": "Union"},
    {"name": "safety report", "kind": "proposal"},
    {"name": "St Mary", "kind": "hospital"},
]


def values(triples: Triples, subject: str, predicate: str) -> list[str]:
    return [
        quad.object.value
        for quad in triples.quads()
        if quad.subject == NamedNode(subject) and quad.predicate == term(predicate) and hasattr(quad.object, "value")
    ]


def subjects(triples: Triples, predicate: str, value: str) -> list[str]:
    node = term(value) if value.startswith(("dg:", "act:", "skos:")) else Literal(value)
    return [
        str(quad.subject.value)  # type: ignore[union-attr]  # no graph of ours has blank nodes
        for quad in triples.quads()
        if quad.predicate == term(predicate) and (quad.object == node or str(quad.object).startswith(f'"{value}"@'))
    ]


def called(triples: Triples, label: str) -> str:
    (iri,) = subjects(triples, "skos:prefLabel", label)
    return iri


def page_records(store: EmbeddedStore) -> list[dict[str, Any]]:
    utterances: list[dict[str, Any]] = page_data(store, embed=False)["utterances"]
    return utterances
