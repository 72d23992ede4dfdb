"""The qualifier of a statement as levels: agreement, an ordinal scale, or categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from disputegraph.model import Codes, Column, Scale, StatementTable


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The qualifier of each statement of a table.

    Attributes:
        codes: the place of each statement's level in `values`; -1 where it takes none.
        values: the levels, sorted: 0.0 and 1.0 for a boolean, numbers for an ordinal scale, texts for categories.
        scale: which of the three it is.
    """

    codes: Codes
    values: tuple[float, ...] | tuple[str, ...]
    scale: Scale

    def similarity(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Return how alike two levels are, 0 to 1: ``1 - |k-l|/R`` on a scale of range R, else equal or not.

        Source: Discourse Network Analyzer 3.1.2, one-mode congruence. Where all statements have one level, R is 0 and
        they are alike.
        """
        if self.scale == "text":
            return np.eye(len(self.values))
        numbers = np.array(self.values, dtype=np.float64)
        spread = np.ptp(numbers) if len(numbers) else 0.0
        distance: np.ndarray[tuple[int, int], np.dtype[np.float64]] = np.abs(numbers[:, None] - numbers[None, :])
        return 1.0 - distance / spread if spread else np.ones_like(distance)


def levels_of(table: StatementTable, qualifier: str, *, among: StatementTable | None = None) -> Levels:
    """Return the levels of a field of the table.

    The polarity is boolean: affirms 1, denies 0; a neutral statement has no level, since it takes no side. Other
    fields are what the data say (dg:variableType); where they say nothing, boolean if all values are true or false, an
    ordinal scale if all are numbers, else categories. Fields of documents are categories.

    Args:
        table: the statements whose levels are wanted.
        qualifier: the field.
        among: the statements that tell which levels there are; by default the whole table, so that a scale's range
            stays the same whatever statements are chosen from it.

    Raises:
        UsageError: the table has no such field.
    """
    column = table.column(qualifier)
    if qualifier == "polarity":
        return Levels(places_of(column, {"affirms": 1, "denies": 0}), (0.0, 1.0), "boolean")
    wanted = (among or table.whole).column(qualifier)
    used = np.zeros(len(column.values) + 1, dtype=bool)
    used[wanted.codes] = True
    used[column.codes] = True
    column = column.mapped([text if there else None for text, there in zip(column.values, used, strict=False)])
    texts = list(column.values)
    truths = {"true": 1, "false": 0} if column.scale is None else {"true": 1, "false": 0, "1": 1, "0": 0}
    if column.scale in (None, "boolean") and texts and all(text in truths for text in texts):
        return Levels(places_of(column, truths), (0.0, 1.0), "boolean")
    numbers = {text: number for text in texts if (number := _number(text)) is not None}
    if column.scale in (None, "integer") and texts and len(numbers) == len(texts):
        values = tuple(sorted(set(numbers.values())))
        place = {text: values.index(number) for text, number in numbers.items()}
        return Levels(places_of(column, place), values, "integer")
    names = tuple(sorted(set(texts)))
    return Levels(places_of(column, {name: code for code, name in enumerate(names)}), names, "text")


def places_of(column: Column, place: Mapping[str, int]) -> Codes:
    """Return for each row of a column the place of its value; -1 where it has none."""
    return np.array([*(place.get(value, -1) for value in column.values), -1], dtype=np.int32)[column.codes]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None
