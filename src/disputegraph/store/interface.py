"""The store interface: a set of RDF quads that answers SPARQL, and all that the floors above know of an engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean

from disputegraph.errors import QueryError, UsageError
from disputegraph.sparql import QueryFacts, bind, examine, refuse_network
from disputegraph.store.inference import Axioms, axioms_of
from disputegraph.store.query_answers import Rows, Triples
from disputegraph.vocabulary import PREFIXES

Term: TypeAlias = NamedNode | Literal
"""A term that a query parameter may be bound to."""

Answer: TypeAlias = Rows | QueryBoolean | Triples
"""The answer to a query: rows, yes or no, or a graph."""


class Store(ABC):
    """A set of RDF quads that answers SPARQL: files in memory, a folder on disk, or a server.

    This class guards and binds a query; the engine of a sub-class answers it.

    Attributes:
        location: what the user called it, for messages.
        allow_network: whether queries may use SERVICE.
        unknown_functions: where this is a set, it collects the IRIs of functions that the engine does not know, and a
            call of one has no value (an error of its expression: SPARQL 1.1 Query, section 17.2); where it is None, a
            query that calls one is refused.
        notes: what a user should know of how the data were read.
        can_infer: whether it answers queries that infer.
        closed: whether it was closed, after which it answers nothing.
        max_rows: the most rows or triples that an answer may have, beyond which LimitError is raised; None for any.
    """

    location: str
    allow_network: bool = False
    unknown_functions: set[str] | None = None
    can_infer: bool = True
    closed: bool = False
    max_rows: int | None = None
    notes: tuple[str, ...] = ()

    @property
    @abstractmethod
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes met in its sources, from name to namespace."""

    @abstractmethod
    def load(self, path: Path, *, format: str | None = None, base: str | None = None) -> None:
        """Add the RDF file at `path`; raises DataError, and then the store is not to be used further."""

    @abstractmethod
    def quads(self) -> Iterator[Quad]:
        """Yield every quad, in no order."""

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of quads."""

    @abstractmethod
    def close(self) -> None:
        """Release what the store holds; a second call does nothing."""

    @property
    def together(self) -> int:
        """How many threads may ask at once with a gain."""
        return 1

    @property
    def infers_cheaply(self) -> bool:
        """Whether inference costs little beside opening the store: it is in memory, or a small one on disk."""
        return False

    def axioms(self) -> Axioms:
        """Return what follows from what by the ontology, and by the axioms in the data where they are at hand."""
        return axioms_of(None)

    @abstractmethod
    def _answer(
        self, query: str, *, prefixes: Mapping[str, str], base: str | None, path: str | None, infer: bool
    ) -> Answer:
        """Let the engine answer a query that has passed the guard."""

    def _check_open(self) -> None:
        """Refuse to answer when closed: an empty answer would look like a dispute in which nobody says anything."""
        if self.closed:
            raise UsageError(f"{self.location} is closed; read all that is wanted of it before.")

    def _check_datasets(self, query: str, facts: QueryFacts, path: str | None) -> None:
        """Refuse a FROM clause that this store cannot answer."""

    def query(
        self,
        query: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        base: str | None = None,
        path: str | None = None,
        infer: bool = False,
    ) -> Answer:
        """Return the answer to a query of any form.

        Args:
            query: SPARQL 1.1 text that only reads.
            bindings: values for the query's parameters, by variable name.
            base: what relative IRIs in the query resolve against.
            path: the file the query came from, named in errors.
            infer: let the query see also what follows from the default graph by the ontology (`inference`). A query
                with FROM names its own graphs and sees only these.

        Raises:
            QueryError: the text is not a SPARQL query, is an update, or would use the network without permission.
            UsageError: a binding names a variable that the query does not have, a server is to infer, or this is
                closed.
            LimitError: the query is longer or deeper than the engine survives, or the answer has more than `max_rows`
                rows (of triples: raised while they are read).
        """
        self._check_open()
        facts = examine(query, path=path)
        if bindings:
            # What the engine is given is what has to be looked at.
            query = bind(query, bindings)
            facts = examine(query, path=path)
        if not self.allow_network:
            refuse_network(query, facts, path=path)
        self._check_datasets(query, facts, path)
        # Only the prefixes that the query may mean: the engine reads each of them anew for every query.
        known = self._default_prefixes()
        prefixes = {name: known[name] for name in facts.undeclared if name in known}
        answer = self._answer(query, prefixes=prefixes, base=base, path=path, infer=infer)
        if self.max_rows is not None and not isinstance(answer, QueryBoolean):
            return answer.at_most(self.max_rows)
        return answer

    def select(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> Rows:
        """Return the rows of a SELECT query; raises as `query`, and QueryError for another form."""
        answer = self.query(query, bindings=bindings)
        if not isinstance(answer, Rows):
            raise QueryError("this is not a SELECT query, and rows are wanted.")
        return answer

    def ask(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the truth of an ASK query; raises as `query`, and QueryError for another form."""
        answer = self.query(query, bindings=bindings)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this is not an ASK query, and yes or no is wanted.")
        return bool(answer)

    def construct(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> Triples:
        """Return the triples of a CONSTRUCT or DESCRIBE query; raises as `query`, and QueryError for another form."""
        answer = self.query(query, bindings=bindings)
        if not isinstance(answer, Triples):
            raise QueryError("this is not a CONSTRUCT or DESCRIBE query, and a graph is wanted.")
        return answer

    def _default_prefixes(self) -> Mapping[str, str]:
        return {**PREFIXES, **self.prefixes}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
