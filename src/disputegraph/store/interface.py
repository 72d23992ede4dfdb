"""The store interface: all that the floors above know of an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean

from disputegraph.store.answers import Rows, Triples

__all__ = ["Answer", "Store", "Term"]

Term: TypeAlias = NamedNode | Literal
"""A term that a query parameter may be bound to."""

Answer: TypeAlias = Rows | QueryBoolean | Triples
"""What a query gives: rows, yes or no, or a graph."""


class Store(Protocol):
    """A set of RDF quads that answers SPARQL: a file in memory, a folder on disk, or a server.

    Attributes:
        location: what the user called it, for messages.
        prefixes: prefixes met in its sources, from name to namespace.
        unknown_functions: see `store.base.BaseStore`.
        max_rows: the most rows or triples that an answer may have, beyond which LimitError is raised; None for any.
    """

    max_rows: int | None
    unknown_functions: set[str] | None

    @property
    def location(self) -> str:
        """What the user called it."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes met in its sources."""

    def query(
        self,
        query: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        base: str | None = None,
        path: str | None = None,
    ) -> Answer:
        """Return the answer to a query of any form.

        Args:
            query: SPARQL 1.1 text that only reads.
            bindings: values for the query's parameters, by variable name.
            base: what relative IRIs in the query resolve against.
            path: the file the query came from, named in errors.

        Raises:
            QueryError: the query is no SPARQL, is an update, or would use the network without leave.
            UsageError: a binding names no variable of the query.
            LimitError: the query is longer or deeper than the engine survives.
        """

    def select(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> Rows:
        """Return the rows of a SELECT query; raises as `query`, and QueryError for another form."""

    def ask(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the truth of an ASK query; raises as `query`, and QueryError for another form."""

    def construct(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> Triples:
        """Return the triples of a CONSTRUCT or DESCRIBE query; raises as `query`, and QueryError for another form."""

    def load(self, path: Path, *, format: str | None = None, base: str | None = None) -> None:
        """Add the RDF file at `path`; raises DataError, and then the store is not to be used further."""

    def quads(self) -> Iterator[Quad]:
        """Yield every quad, in no order."""

    def __len__(self) -> int: ...

    def close(self) -> None:
        """Give back what the store holds; a second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
