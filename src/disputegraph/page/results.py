"""Pages of query results: the graph a CONSTRUCT gives, or the pairs a SELECT lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from disputegraph.errors import UsageError, nearest
from disputegraph.model import THING, Model, local_name
from disputegraph.page.dispute_page import page_data
from disputegraph.page.graph_page import Edge, Node, page_of_graph
from disputegraph.store import Store
from disputegraph.vocabulary import DCTERMS, DG, FOAF, RDF, RDFS, SCHEMA, SKOS

Record = dict[str, Any]

COLUMNS = ("source", "target", "relation", "count", "source_label", "target_label")
"""Columns a SELECT may have to be drawn; the first two are needed. ``sourceLabel`` and ``targetLabel`` do as well."""

_LABELS = (SKOS.prefLabel, RDFS.label, FOAF.name, SCHEMA.name, DCTERMS.title)
_UTTERANCES = (DG.Utterance, DG.ReportedUtterance)


def page_of_triples(triples: Iterable[Triple], *, store: Store | None = None, title: str | None = None) -> Record:
    """Return the data of a page that draws a graph, for `render_page`.

    A graph with utterances in it becomes a page of a dispute with all its views. Of any other graph the resources
    become nodes, the triples between them lines, and the literals facts.

    Args:
        triples: what a CONSTRUCT or DESCRIBE query gave.
        store: where names and kinds of the nodes are looked up; usually what was queried.
        title: heading of the page.

    Raises:
        UsageError: the graph is empty.
    """
    from disputegraph.store import EmbeddedStore

    graph = list(triples)
    if any(one.predicate == RDF.type and one.object in _UTTERANCES for one in graph):
        with EmbeddedStore() as part:
            part.engine.extend(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in graph)
            if store is not None:
                _name(part, store)
            return page_data(part, title=title)
    drawn = _Drawing(store)
    for triple in graph:
        drawn.triple(triple)
    return drawn.data(title)


def page_of_rows(
    variables: Sequence[str], rows: Iterable[Sequence[Any]], *, store: Store | None = None, title: str | None = None
) -> Record:
    """Return the data of a page that draws the pairs in a table, for `render_page`.

    Args:
        variables: names of the columns, without question marks; see `COLUMNS`.
        rows: terms of pyoxigraph or None, in the order of `variables`.
        store: where names and kinds of the nodes are looked up; usually what was queried.
        title: heading of the page.

    Raises:
        UsageError: a needed column is missing, or there are no rows.
    """
    names = {_plain(variable): place for place, variable in enumerate(variables)}
    for needed in COLUMNS[:2]:
        if needed not in names:
            raise UsageError(
                f"to be drawn, the rows need a column ?{needed}.{nearest(needed, variables)} "
                "Name the two ends ?source and ?target; ?relation, ?count, ?source_label, ?target_label are used too."
            )
    drawn = _Drawing(store)
    for row in rows:
        cells = {name: row[place] for name, place in names.items()}
        if cells["source"] is not None and cells["target"] is not None:
            drawn.pair(cells)
    return drawn.data(title)


def _plain(variable: str) -> str:
    name = variable.lstrip("?$")
    return {"sourceLabel": "source_label", "targetLabel": "target_label"}.get(name, name)


def _name(part: Any, store: Store) -> None:
    """Add the names that a constructed graph leaves out."""
    best, known = Model(store).labels, Model(part).labels
    for quad in list(part.quads()):
        for node in (quad.subject, quad.object):
            if isinstance(node, NamedNode) and best.named(node.value) and not known.named(node.value):
                part.engine.add(Quad(node, SKOS.prefLabel, Literal(best[node.value]), DefaultGraph()))


class _Drawing:
    """A graph being gathered from triples or rows."""

    def __init__(self, store: Store | None) -> None:
        self._model = Model(store) if store is not None else None
        self._labels: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._facts: dict[str, list[tuple[str, str]]] = {}
        self._edges: dict[tuple[str, str, str], float] = {}

    def triple(self, triple: Triple) -> None:
        source, relation, end = _identifier(triple.subject), local_name(triple.predicate.value), triple.object
        facts = self._facts.setdefault(source, [])
        if isinstance(end, Literal):
            if triple.predicate in _LABELS:
                self._labels.setdefault(source, end.value)
            else:
                facts.append((relation, end.value))
        elif triple.predicate == RDF.type:
            self._kinds.setdefault(source, local_name(_identifier(end)))
        elif isinstance(end, NamedNode | BlankNode):
            self._join(source, _identifier(end), relation, 1)

    def pair(self, cells: Mapping[str, Any]) -> None:
        source, target = (_identifier(cells[name]) for name in COLUMNS[:2])
        for key, name in ((source, "source_label"), (target, "target_label")):
            if cells.get(name) is not None:
                self._labels[key] = cells[name].value
        relation = cells.get("relation")
        try:
            count = float(cells["count"].value) if cells.get("count") is not None else 1.0
        except ValueError:
            count = 1.0
        self._join(source, target, local_name(_identifier(relation)) if relation is not None else "", count)

    def data(self, title: str | None) -> Record:
        """Return the page's data."""
        if not self._facts:
            raise UsageError("the query gave nothing to draw.")
        found = {key: Node(self._label(key), self._kind(key), facts) for key, facts in self._facts.items()}
        edges = [Edge(*ends, weight=count) for ends, count in self._edges.items()]
        return page_of_graph(found, edges, title=title or "Query result")

    def _label(self, key: str) -> str:
        if self._model is not None and self._model.labels.named(key) and key not in self._labels:
            return self._model.labels[key]
        return self._labels.get(key) or local_name(key)

    def _kind(self, key: str) -> str:
        known = self._model.kind(key) if self._model is not None else THING
        return self._kinds.get(key, THING) if known == THING else known

    def _join(self, source: str, target: str, relation: str, count: float) -> None:
        self._facts.setdefault(source, [])
        self._facts.setdefault(target, [])
        self._edges[source, target, relation] = self._edges.get((source, target, relation), 0.0) + count


def _identifier(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))
