"""From a query to the bytes of its answer, in the format the client takes and within the limit of rows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from itertools import islice
from typing import Any

from pyoxigraph import NamedNode, Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, Triple

from disputegraph.errors import LimitError, QueryError, UsageError
from disputegraph.process import DEEP_STACK
from disputegraph.rdf import format_named, write_quads, write_stable
from disputegraph.server.job_errors import NotAcceptable
from disputegraph.server.negotiation import GRAPH_TYPES, choose, graph_type
from disputegraph.sparql import bind, examine, joinable, refuse_network
from disputegraph.store import EmbeddedStore, Rows, Store, Term, query_error
from disputegraph.vocabulary import PREFIXES

ROW_TYPES: dict[str, tuple[str, QueryResultsFormat]] = {
    "application/sparql-results+json": ("json", QueryResultsFormat.JSON),
    "application/sparql-results+xml": ("xml", QueryResultsFormat.XML),
    "text/csv": ("csv", QueryResultsFormat.CSV),
    "text/tab-separated-values": ("tsv", QueryResultsFormat.TSV),
    # Names by which clients also ask for the first two; the answer bears the name asked for.
    "application/json": ("json", QueryResultsFormat.JSON),
    "application/xml": ("xml", QueryResultsFormat.XML),
    "text/xml": ("xml", QueryResultsFormat.XML),
}
"""Media type -> name and engine's format, for rows and truth values, in the server's order of preference."""

_STABLE_UP_TO = 5000
"""Triples up to which a graph is written sorted; beyond that it is streamed."""

# What separates two rows in each format. In literals it may occur too, so that a count is never too small.
_BETWEEN_ROWS = {
    QueryResultsFormat.JSON: b"},{",
    QueryResultsFormat.XML: b"<result>",
    QueryResultsFormat.CSV: b"\r\n",
    QueryResultsFormat.TSV: b"\n",
}


class _ManyRows(Exception):  # noqa: N818  # a signal, not an error
    """There may be more rows than are allowed."""


def answer_query(
    store: Store, text: str, wish: Mapping[str, Any], *, bindings: Mapping[str, Term]
) -> tuple[str, bytes]:
    """Return the media type and the bytes of the answer.

    Args:
        store: the data.
        text: SPARQL query.
        wish: ``accept`` (Accept header), ``format`` (name, wins), ``default_graphs``, ``named_graphs``, ``base``,
            ``rows`` (limit).
        bindings: values of the query's parameters.

    Raises:
        NotAcceptable: no format suits the client; found before the query is evaluated.
        LimitError: the answer has more rows than allowed.
        QueryError, UsageError: as `Store.query`.
    """
    facts = examine(text, path=None)  # asked as the store will ask it, so that the text is looked at once
    graph = facts.form in ("CONSTRUCT", "DESCRIBE")
    media_type = (graph_type if graph else _row_type)(wish) if facts.form else ""

    def ask() -> Any:  # the form is known, and the answer is of it
        return _ask(store, text, wish, bindings)

    if graph:
        return media_type, _graph(ask(), media_type, store, wish["rows"])
    return media_type, _rows(ask, ROW_TYPES[media_type][1] if media_type else QueryResultsFormat.JSON, wish["rows"])


def _ask(store: Store, text: str, wish: Mapping[str, Any], bindings: Mapping[str, Term]) -> Any:
    default_graphs, named_graphs = wish.get("default_graphs") or (), wish.get("named_graphs") or ()
    if not default_graphs and not named_graphs:
        return store.query(text, bindings=bindings, base=wish.get("base"))
    if not isinstance(store, EmbeddedStore):
        raise UsageError("default-graph-uri and named-graph-uri are not passed on to another server; use FROM.")
    # The dataset of the request stands in place of the query's own (SPARQL 1.1 Protocol, section 2.1.4).
    text = bind(text, bindings)
    facts = examine(text)
    if not store.allow_network:
        refuse_network(text, facts)
    if facts.stack > DEEP_STACK:  # that of the worker
        raise LimitError("the query is too long or too deep to be asked of the graphs of a request; use FROM.")
    prefixes = {name: iri for name, iri in {**PREFIXES, **store.prefixes}.items() if name not in facts.prefixes}
    try:
        answer = store.engine.query(
            joinable(text),
            prefixes=prefixes,
            base_iri=wish.get("base"),
            default_graph=[NamedNode(iri) for iri in default_graphs],
            named_graphs=[NamedNode(iri) for iri in named_graphs],
        )
    except SyntaxError as error:
        raise query_error(text, str(error), prefixes, None) from None
    except ValueError as error:
        raise QueryError(f"{error}.") from None
    return Rows(answer, nullcontext) if isinstance(answer, QuerySolutions) else answer


def _row_type(wish: Mapping[str, Any]) -> str:
    if name := wish.get("format"):
        for media_type, (known, _) in ROW_TYPES.items():
            if name.lower() in (known, media_type):
                return media_type
        raise NotAcceptable(f"unknown format '{name}'. Formats: json, xml, csv, tsv.")
    chosen = choose(wish.get("accept"), list(ROW_TYPES))
    if chosen is None:
        raise NotAcceptable(f"The answer is rows, and comes as: {', '.join(ROW_TYPES)}.")
    return chosen


def _rows(ask: Callable[[], Any], form: QueryResultsFormat, most: int) -> bytes:
    answer = ask()
    if isinstance(answer, QueryBoolean):
        return answer.serialize(None, form) or b""
    gauge = _Gauge(_BETWEEN_ROWS[form], most - 1)
    try:
        answer.serialize(gauge, form)
    except _ManyRows:
        # Counted exactly, for texts may hold what separates rows.
        if sum(1 for _ in islice(ask(), most + 1)) > most:
            raise LimitError(f"the answer has more than {most:,} rows; narrow the query, or add a LIMIT.") from None
        counted: bytes = ask().serialize(None, form)
        return counted
    return gauge.getvalue()


class _Gauge(io.BytesIO):
    """A buffer that stops the engine's writing once there may be too many rows."""

    def __init__(self, mark: bytes, most: int) -> None:
        super().__init__()
        self._mark, self._left, self._tail = mark, most, b""

    def write(self, data: Any) -> int:
        seen = self._tail + bytes(data)
        self._left -= seen.count(self._mark)
        if self._left < 0:
            raise _ManyRows
        # A mark may lie across two pieces; its own length would count it twice.
        self._tail = seen[len(seen) - len(self._mark) + 1 :] if len(self._mark) > 1 else b""
        return super().write(data)


def _graph(answer: Iterator[Triple], media_type: str, store: Store, most: int) -> bytes:
    triples = list(islice(answer, most + 1))
    if len(triples) > most:
        raise LimitError(f"the answer has more than {most:,} triples; narrow the query, or add a LIMIT.")
    quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return graph_bytes(quads, media_type, store.prefixes, stable=len(triples) <= _STABLE_UP_TO)


def graph_bytes(quads: Iterator[Quad], media_type: str, prefixes: Mapping[str, str], *, stable: bool = True) -> bytes:
    """Return a graph in the RDF format of a media type; sorted with `stable`, else in the order given."""
    form = format_named(GRAPH_TYPES[media_type])
    stream = io.BytesIO()
    if stable:
        write_stable(quads, stream, form, prefixes=prefixes)
    else:
        write_quads(quads, stream, form, prefixes={**PREFIXES, **prefixes})
    return stream.getvalue()
