"""Columns: the answer of a SELECT as integer codes and the values they stand for.

The engine writes its answer as text (`store.texts`); coding each piece of it through a dictionary was measured faster
than walking the rows as Python objects, and needs memory for one piece of the answer at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from disputegraph.store import Rows, TsvSink, decoded

__all__ = ["Codes", "Column", "Scale", "column_of", "read_columns"]

Codes = NDArray[np.int32]
Scale = Literal["boolean", "integer", "text"]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A categorical column.

    Attributes:
        codes: for each row the place of its value in `values`; -1 where there is none.
        values: the distinct values: IRIs, blank nodes as ``_:name``, literals by their lexical form.
        scale: ``boolean``, ``integer`` or ``text`` where it is known what the values are, else None.
    """

    codes: Codes
    values: Sequence[str]
    scale: Scale | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: NDArray[np.intp]) -> Column:
        """Return the column of these rows only, with the same values."""
        return Column(self.codes[rows], self.values, self.scale)

    def list(self) -> list[str | None]:
        """Return the value of each row, None where there is none."""
        values = [*self.values, None]
        return [values[code] for code in self.codes.tolist()]

    def mapped(self, values: Sequence[str | None]) -> Column:
        """Return the column with each value replaced by the one at its place in `values`; equal ones become one."""
        distinct = {value: code for code, value in enumerate(dict.fromkeys(v for v in values if v is not None))}
        table = np.array([-1 if value is None else distinct[value] for value in values] + [-1], dtype=np.int32)
        return Column(table[self.codes], list(distinct), self.scale)

    def filled_from(self, other: Column) -> Column:
        """Return the column with each missing value taken from the same row of `other`."""
        known = {value: code for code, value in enumerate(self.values)}
        recode = np.array([known.setdefault(value, len(known)) for value in other.values] + [-1], dtype=np.int32)
        return Column(np.where(self.codes >= 0, self.codes, recode[other.codes]), list(known), self.scale)

    def joined_with(self, other: Column) -> Column:
        """Return the rows of this column and below them those of `other`."""
        known = {value: code for code, value in enumerate(self.values)}
        recode = np.array([known.setdefault(value, len(known)) for value in other.values] + [-1], dtype=np.int32)
        return Column(np.concatenate([self.codes, recode[other.codes]]), list(known))


def column_of(values: Iterable[str | None]) -> Column:
    """Return the column that holds `values`; None and the empty text count as missing."""
    rows = [value or None for value in values]
    distinct = {value: code for code, value in enumerate(dict.fromkeys(v for v in rows if v is not None))}
    codes = np.fromiter((-1 if value is None else distinct[value] for value in rows), dtype=np.int32, count=len(rows))
    return Column(codes, list(distinct))


def read_columns(solutions: Rows, *, distinct: str | None = None) -> dict[str, Column]:
    """Return the columns of a SELECT's answer by variable name, in the order of its rows.

    Args:
        solutions: the answer, consumed by this call.
        distinct: a column whose values are mostly all different: they are kept one by one, equal ones apart, which
            saves the dictionary.
    """
    names = [variable.value for variable in solutions.variables]
    sink = _Sink(len(names), names.index(distinct) if distinct in names else -1)
    sink.read(solutions)
    return dict(zip(names, sink.columns(), strict=True))


class _Sink(TsvSink):
    """Codes the answer as it is written."""

    def __init__(self, width: int, distinct: int) -> None:
        super().__init__(width)
        self._distinct = distinct
        self._rows = 0
        self._index: list[dict[str, int]] = [{} for _ in range(width)]
        self._codes: list[list[Codes]] = [[] for _ in range(width)]
        self._one_by_one: list[str] = []

    def take(self, columns: Sequence[list[str]]) -> None:
        for place, column in enumerate(columns):
            self._code(place, column)
        self._rows += len(columns[0])

    def _code(self, place: int, column: list[str]) -> None:
        if place == self._distinct:
            self._one_by_one += [text[1:-1] if text[:1] == "<" else text for text in column]
            return
        # A value's code is for now the row where it first stood, so that one pass in C does it all.
        places = range(self._rows, self._rows + len(column))
        found = map(self._index[place].setdefault, column, places)
        self._codes[place].append(np.fromiter(found, dtype=np.int32, count=len(column)))

    def columns(self) -> list[Column]:
        return [
            Column(np.arange(len(self._one_by_one), dtype=np.int32), self._one_by_one)
            if place == self._distinct
            else self._column(place)
            for place in range(self._width)
        ]

    def _column(self, place: int) -> Column:
        index = self._index[place]
        dense = np.empty(self._rows, dtype=np.int32)
        dense[list(index.values())] = np.arange(len(index), dtype=np.int32)
        codes = dense[np.concatenate([*self._codes[place], np.empty(0, dtype=np.int32)])]
        texts = list(index)
        if "" in index:
            missing = texts.index("")
            del texts[missing]
            codes = np.where(codes == missing, -1, codes - (codes > missing)).astype(np.int32)
        if all(text[0] == "<" for text in texts):
            return Column(codes, [text[1:-1] for text in texts])
        return Column(codes, texts).mapped([decoded(text) for text in texts])
