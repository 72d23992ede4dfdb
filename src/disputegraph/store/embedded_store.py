"""The embedded store: Oxigraph, in memory or in a folder on disk."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)  # fmt: skip

from disputegraph.errors import QueryError
from disputegraph.process import USUAL_STACK, deep_stack
from disputegraph.rdf import Source, bulk_load, prefixes_of, source_of_path
from disputegraph.sparql import QueryFacts, examine, joinable, line_of, terms_of, tokenise
from disputegraph.store.inference import INFERRED, Axioms, axioms_of, infer_for
from disputegraph.store.interface import Answer, Store
from disputegraph.store.query_answers import RowCounter, Rows, Triples, engine_errors
from disputegraph.store.query_mistakes import query_error

_MUCH = 200_000
"""Quads above which a second thread is felt: they take a second to read."""

_UNKNOWN_FUNCTION = re.compile(r"The custom function <(.*)> is not supported")


def _no_value(*_: object) -> None:
    return None


class EmbeddedStore(Store):
    """RDF held by Oxigraph in this process.

    Values are kept, not spellings: ``"01"^^xsd:integer`` comes back as ``1``. Conversion of files therefore does not
    go through a store.
    """

    def __init__(
        self, engine: pyoxigraph.Store | None = None, *, location: str = "memory", allow_network: bool = False
    ) -> None:
        self._engine = pyoxigraph.Store() if engine is None else engine
        self._prefixes: dict[str, str] = {}
        self._inferred: set[str] = set()
        self.location = location
        self.allow_network = allow_network

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes met in the files loaded, the first meaning of a name winning."""
        return self._prefixes

    @property
    def engine(self) -> pyoxigraph.Store:
        """The Oxigraph store itself, for what SPARQL cannot say."""
        return self._engine

    def load(self, path: Path, *, format: str | None = None, base: str | None = None) -> None:
        """See `Store.load`."""
        self.load_source(source_of_path(path, format=format, base=base))

    def load_source(self, source: Source) -> None:
        """Add one source: a file, standard input, or text given in memory; raises DataError."""
        self._forget_inferred()
        bulk_load(self._engine, source, allow_network=self.allow_network)
        for name, iri in prefixes_of(source).items():
            self._prefixes.setdefault(name, iri)
        self.notes += tuple(source.notes)

    def add_store(self, other: Store) -> None:
        """Add all that another store holds."""
        # The engine's own names of blank nodes are unique, so nodes of two stores do not fall together.
        self._forget_inferred()
        self._engine.bulk_extend(other.quads())
        for name, iri in other.prefixes.items():
            self._prefixes.setdefault(name, iri)

    def declare(self, prefixes: Mapping[str, str]) -> None:
        """Take prefixes as if a file had declared them."""
        self._prefixes.update(prefixes)

    def replace(self, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Take triples out of the default graph, and put others in."""
        self._forget_inferred()
        for triple in removed:
            self._engine.remove(Quad(triple.subject, triple.predicate, triple.object))
        self._engine.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in added)

    def close(self) -> None:
        """Free the memory; what was to be read lazily can then no longer be read."""
        self.closed, self._engine = True, pyoxigraph.Store()

    def quads(self) -> Iterator[Quad]:
        """See `Store.quads`."""
        self._check_open()
        with self._failing():
            quads = self._engine.quads_for_pattern(None, None, None, None)
            if self._inferred:
                yield from (quad for quad in quads if quad.graph_name != INFERRED)
            else:
                yield from quads

    def __len__(self) -> int:
        inferred = self._engine.quads_for_pattern(None, None, None, INFERRED) if self._inferred else ()
        return len(self._engine) - sum(1 for _ in inferred)

    @property
    def together(self) -> int:
        """See `Store.together`."""
        return 2 if len(self) > _MUCH and (os.cpu_count() or 1) > 1 else 1

    @property
    def infers_cheaply(self) -> bool:
        """See `Store.infers_cheaply`."""
        return True

    def axioms(self) -> Axioms:
        """See `Store.axioms`."""
        with self._failing():
            return axioms_of(self._engine)

    def _forget_inferred(self) -> None:
        if self._inferred:
            self._engine.remove_graph(INFERRED)
            self._inferred.clear()

    def _check_datasets(self, query: str, facts: QueryFacts, path: str | None) -> None:
        if self.allow_network:
            return
        for text, position in facts.datasets:
            remote = text.lower().startswith(("<http:", "<https:", "<ftp:"))
            if remote and not self._holds_graph(text[1:-1]):
                raise QueryError(
                    f"FROM {text} is not a graph of the data, and nothing is fetched from the network. "
                    "Download it and name it with -d.",
                    path=path,
                    line=line_of(query, position),
                )

    def _holds_graph(self, iri: str) -> bool:
        try:
            return self._engine.contains_named_graph(NamedNode(iri))
        except ValueError:
            return False

    def _answer(
        self, query: str, *, prefixes: Mapping[str, str], base: str | None, path: str | None, infer: bool
    ) -> Answer:
        stack = examine(query, path=path).stack
        if infer:
            infer_for(self._engine, terms_of(query, self._default_prefixes()), self._inferred)
        try:
            with self._failing():
                if stack > USUAL_STACK:
                    form, text = deep_stack(lambda: self._written(self._evaluated(query, prefixes, base, infer)), stack)
                    answer = _read_back(form, text)
                else:
                    answer = self._evaluated(query, prefixes, base, infer)
        except SyntaxError as error:
            raise query_error(query, str(error), self._default_prefixes(), path) from None
        except ValueError as error:
            raise QueryError(f"{error}.", path=path) from None
        if isinstance(answer, QuerySolutions):
            return Rows(answer, self._failing)
        if not isinstance(answer, QueryBoolean):
            return Triples(answer, self._failing)
        return answer

    def _evaluated(
        self, query: str, prefixes: Mapping[str, str], base: str | None, infer: bool
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        given = dict(prefixes)
        default: list[NamedNode | BlankNode | DefaultGraph] | None = None
        named = None
        # A query with FROM names its graphs itself.
        if self._inferred and not any(word.kind == "word" and word.text.upper() == "FROM" for word in tokenise(query)):
            default = [DefaultGraph(), INFERRED] if infer else None
            named = [graph for graph in self._engine.named_graphs() if graph != INFERRED]
        functions: dict[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]] = {}
        text = joinable(query)
        while True:
            try:
                return self._engine.query(
                    text,
                    prefixes=given,
                    base_iri=base,
                    custom_functions=functions or None,
                    default_graph=default,
                    named_graphs=named,
                )
            except SyntaxError:
                if text == query:
                    raise
                text = query  # an error is to be told of what was asked
            except RuntimeError as error:
                unknown = _UNKNOWN_FUNCTION.match(str(error))
                if unknown is None or self.unknown_functions is None:
                    raise
                self.unknown_functions.add(unknown[1])
                functions[NamedNode(unknown[1])] = _no_value

    def _written(self, answer: QuerySolutions | QueryBoolean | QueryTriples) -> tuple[type, bytes]:
        """Return the form and the bytes of an answer, as it has to be read in the thread that it was made in."""
        if isinstance(answer, QueryTriples):
            return QueryTriples, answer.serialize(None, RdfFormat.N_TRIPLES) or b""
        form = QueryResultsFormat.TSV if isinstance(answer, QuerySolutions) else QueryResultsFormat.JSON
        sink = io.BytesIO() if self.max_rows is None else RowCounter(self.max_rows)
        answer.serialize(sink, form)
        return type(answer), sink.getvalue()

    def _failing(self) -> AbstractContextManager[None]:
        return engine_errors(self.location)


def _read_back(form: type, text: bytes) -> QuerySolutions | QueryBoolean | Iterator[Triple]:
    if form is QueryTriples:
        return (quad.triple for quad in pyoxigraph.parse(text, RdfFormat.N_TRIPLES))
    written = QueryResultsFormat.TSV if form is QuerySolutions else QueryResultsFormat.JSON
    return pyoxigraph.parse_query_results(text, written)
