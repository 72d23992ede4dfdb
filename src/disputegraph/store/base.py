"""What every store does alike: the guard before a query, and the answer's form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from pyoxigraph import QueryBoolean

from disputegraph.errors import QueryError
from disputegraph.sparql import QueryFacts, bind, examine, refuse_network
from disputegraph.store.answers import Rows, Triples
from disputegraph.store.interface import Answer, Term
from disputegraph.vocabulary import PREFIXES

__all__ = ["BaseStore"]


class BaseStore(ABC):
    """Guards and binds a query, then lets the engine answer it."""

    allow_network: bool = False
    unknown_functions: set[str] | None = None
    """Where a set is given, it takes the IRIs of functions that the engine does not know, and a call of one has no
    value (an error of its expression, SPARQL 1.1 Query, section 17.2); without one, such a query is refused."""

    max_rows: int | None = None
    """The most rows or triples that an answer may have; None for any number."""

    def query(
        self,
        query: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        base: str | None = None,
        path: str | None = None,
    ) -> Answer:
        """See `Store.query`."""
        facts = examine(query, path=path)
        if bindings:
            # What the engine is given is what has to be looked at.
            query = bind(query, bindings)
            facts = examine(query, path=path)
        if not self.allow_network:
            refuse_network(query, facts, path=path)
        self._check_datasets(query, facts, path)
        # Only those that may be meant: the engine reads each of them anew for every query.
        known = self._default_prefixes()
        prefixes = {name: known[name] for name in facts.undeclared if name in known}
        answer = self._answer(query, prefixes=prefixes, base=base, path=path)
        if self.max_rows is not None and not isinstance(answer, QueryBoolean):
            return answer.at_most(self.max_rows)
        return answer

    def select(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> Rows:
        """See `Store.select`."""
        answer = self.query(query, bindings=bindings)
        if not isinstance(answer, Rows):
            raise QueryError("this is no SELECT query, and rows are wanted.")
        return answer

    def ask(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> bool:
        """See `Store.ask`."""
        answer = self.query(query, bindings=bindings)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this is no ASK query, and yes or no is wanted.")
        return bool(answer)

    def construct(self, query: str, *, bindings: Mapping[str, Term] | None = None) -> Triples:
        """See `Store.construct`."""
        answer = self.query(query, bindings=bindings)
        if not isinstance(answer, Triples):
            raise QueryError("this is no CONSTRUCT or DESCRIBE query, and a graph is wanted.")
        return answer

    def close(self) -> None:
        """Give back what the store holds."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    @abstractmethod
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes met in the sources."""

    def _default_prefixes(self) -> Mapping[str, str]:
        return {**PREFIXES, **self.prefixes}

    def _check_datasets(self, query: str, facts: QueryFacts, path: str | None) -> None:
        """Refuse a FROM clause that this store cannot answer."""

    @abstractmethod
    def _answer(self, query: str, *, prefixes: Mapping[str, str], base: str | None, path: str | None) -> Answer:
        """Let the engine answer a query that may be answered."""
