"""Answers: rows and triples as the engine gives them, with our errors where one breaks off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import IO, overload

from pyoxigraph import QueryResultsFormat, QuerySolution, QuerySolutions, Triple, Variable

from disputegraph.errors import DataError, LimitError, QueryError

__all__ = ["Failing", "Rows", "Triples", "engine_errors"]

Failing = Callable[[], AbstractContextManager[None]]
"""Opens a context that turns what the engine raises into one of our errors."""


class Rows:
    """The rows of a SELECT, in the engine's order, read once.

    Attributes:
        variables: the columns.
    """

    def __init__(self, solutions: QuerySolutions, failing: Failing) -> None:
        self._solutions, self._failing = solutions, failing
        self._rows = self._read()

    @property
    def variables(self) -> list[Variable]:
        """The columns."""
        return self._solutions.variables

    def __iter__(self) -> Iterator[QuerySolution]:
        return self._rows

    def __next__(self) -> QuerySolution:
        return next(self._rows)

    def _read(self) -> Iterator[QuerySolution]:
        with self._failing():
            yield from self._solutions

    @overload
    def serialize(self, output: None, format: QueryResultsFormat) -> bytes: ...
    @overload
    def serialize(self, output: IO[bytes], format: QueryResultsFormat) -> None: ...
    def serialize(self, output: IO[bytes] | None, format: QueryResultsFormat) -> bytes | None:
        """Write the rows not yet read to a binary stream, or return them as bytes for None."""
        with self._failing():
            if output is None:
                return self._solutions.serialize(None, format)
            self._solutions.serialize(output, format)
            return None


class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, in no order, read once; they may repeat."""

    def __init__(self, triples: Iterable[Triple], failing: Failing) -> None:
        self._triples = self._read(triples, failing)

    def __iter__(self) -> Iterator[Triple]:
        return self._triples

    def __next__(self) -> Triple:
        return next(self._triples)

    @staticmethod
    def _read(triples: Iterable[Triple], failing: Failing) -> Iterator[Triple]:
        with failing():
            yield from triples


@contextmanager
def engine_errors(location: str, advice: str = "") -> Iterator[None]:
    """Turn what the engine raises while it reads a store or evaluates a query into our errors.

    Args:
        location: the store, as the user wrote it.
        advice: what to do when the store is damaged.

    Raises:
        DataError: the store is damaged or cannot be read.
        QueryError: the query cannot be evaluated.
    """
    try:
        yield
    except OSError as error:
        if error.errno is not None:  # the caller's output, not our input
            raise
        raise DataError(f"could not be read to its end: {error}.{advice}", path=location) from None
    except RuntimeError as error:
        text = str(error)
        if text.startswith("Corruption"):
            raise DataError(f"is damaged: {text}.{advice}", path=location) from None
        raise QueryError(f"the query cannot be evaluated: {text}.") from None
    except MemoryError:
        raise LimitError("the answer does not fit into memory.") from None
