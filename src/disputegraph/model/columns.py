"""Columns: values as integer codes, each value kept once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

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
