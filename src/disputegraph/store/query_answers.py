"""Answers: rows and triples as the engine gives them, with our errors where one breaks off."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import IO, TYPE_CHECKING, cast, overload

from pyoxigraph import QueryResultsFormat, QuerySolution, QuerySolutions, Triple, Variable, parse_query_results

from disputegraph.errors import DataError, LimitError, QueryError
from disputegraph.rdf import XmlOutput

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Failing = Callable[[], AbstractContextManager[None]]
"""Opens a context that turns what the engine raises into one of our errors."""


class Rows:
    """The rows of a SELECT, in the engine's order, read once.

    Attributes:
        variables: the columns.
    """

    def __init__(self, solutions: QuerySolutions, failing: Failing) -> None:
        self._solutions, self._failing = solutions, failing
        # No part may lead back to the whole: a cycle is freed by whichever thread collects next, and the engine's
        # solutions may only be freed where they were made.
        self._rows = self._read(solutions, failing)

    @property
    def variables(self) -> list[Variable]:
        """The columns."""
        return self._solutions.variables

    def __iter__(self) -> Iterator[QuerySolution]:
        return self._rows

    def __next__(self) -> QuerySolution:
        return next(self._rows)

    def at_most(self, number: int) -> Rows:
        """Return the same rows, read to their end; raises LimitError if there are more than `number`."""
        sink = RowCounter(number)
        with self._failing():
            self._solutions.serialize(sink, QueryResultsFormat.TSV)
        sink.seek(0)
        again = parse_query_results(sink, QueryResultsFormat.TSV)
        assert isinstance(again, QuerySolutions)  # noqa: S101  # rows were written
        return Rows(again, self._failing)

    @staticmethod
    def _read(solutions: QuerySolutions, failing: Failing) -> Iterator[QuerySolution]:
        with failing():
            yield from solutions

    @overload
    def serialize(self, output: None, format: QueryResultsFormat) -> bytes: ...
    @overload
    def serialize(self, output: IO[bytes], format: QueryResultsFormat) -> None: ...
    def serialize(self, output: IO[bytes] | None, format: QueryResultsFormat) -> bytes | None:
        """Write the rows not yet read to a binary stream, or return them as bytes for None.

        Raises:
            FormatError: the format is XML, and there is a character that XML cannot hold.
        """
        sink = io.BytesIO() if output is None else output
        with self._failing():
            if format == QueryResultsFormat.XML:
                xml = XmlOutput(sink, "Write json or tsv.")
                self._solutions.serialize(cast("IO[bytes]", xml), format)
                xml.finish()
            else:
                self._solutions.serialize(sink, format)
        return cast("io.BytesIO", sink).getvalue() if output is None else None


class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, in no order, read once; they may repeat."""

    def __init__(self, triples: Iterable[Triple], failing: Failing) -> None:
        self._triples = self._read(triples, failing)

    def __iter__(self) -> Iterator[Triple]:
        return self._triples

    def __next__(self) -> Triple:
        return next(self._triples)

    def at_most(self, number: int) -> Triples:
        """Return the same triples; reading more than `number` of them raises LimitError."""
        return Triples(_counted(self._triples, number), nullcontext)

    @staticmethod
    def _read(triples: Iterable[Triple], failing: Failing) -> Iterator[Triple]:
        with failing():
            yield from triples


def _counted(triples: Iterator[Triple], most: int) -> Iterator[Triple]:
    for number, triple in enumerate(triples):
        if number == most:
            raise _too_many(most, "triples")
        yield triple


class RowCounter(io.BytesIO):
    """Keeps an answer in TSV, in which a line end is never part of a value, and stops when it has too many rows."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._rows = most, -1  # the first line names the columns

    def write(self, data: ReadableBuffer) -> int:
        """Keep `data`; raises LimitError where it makes too many rows."""
        self._rows += bytes(data).count(b"\n")
        if self._rows > self._most:
            raise _too_many(self._most, "rows")
        return super().write(data)


def _too_many(most: int, what: str) -> LimitError:
    return LimitError(f"the answer has more than {most:,} {what} (--max-rows); nothing was written.")


class engine_errors:  # noqa: N801  # used as a function; a generator would cost a look-up a tenth of its time
    """Turn what the engine raises while it reads a store or evaluates a query into our errors.

    Raises:
        DataError: the store is damaged or cannot be read.
        QueryError: the query cannot be evaluated.
        LimitError: the answer does not fit into memory.
    """

    __slots__ = ("_advice", "_location")

    def __init__(self, location: str, advice: str = "") -> None:
        self._location, self._advice = location, advice

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        if error is None:
            return
        if isinstance(error, OSError) and error.errno is None:  # with a number it is the caller's output, not our input
            raise DataError(f"could not be read to its end: {error}.{self._advice}", path=self._location) from None
        if isinstance(error, RuntimeError):
            text = str(error)
            if text.startswith("Corruption"):
                raise DataError(f"is damaged: {text}.{self._advice}", path=self._location) from None
            raise QueryError(f"the query cannot be evaluated: {text}.") from None
        if isinstance(error, MemoryError):
            raise LimitError("the answer does not fit into memory.") from None
