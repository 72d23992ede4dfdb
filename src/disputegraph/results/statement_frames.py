"""The statements of a dispute for data frames."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from disputegraph.model import Statement, StatementTable
from disputegraph.results.data_frames import frame_of
from disputegraph.results.result_tables import html_table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_SHOWN = 20
_FIELDS = ("voice_label", "polarity", "claim_label", "date", "document_label", "hearsay")


class Statements:
    """The statements of a dispute, in the order in which they were said: who took which side on which claim.

    Attributes:
        table: the table that networks and analyses read.
    """

    def __init__(self, table: StatementTable) -> None:
        self.table = table

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.table)

    def __repr__(self) -> str:
        return f"<{len(self):,} statements>"

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        """The columns `disputegraph.networks.COLUMNS` as lists of plain values.

        ``said`` is a `datetime.datetime` or None, ``hearsay`` a truth value.
        """
        from disputegraph.networks import COLUMNS, statement_chunks

        found: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        for chunk in statement_chunks(self.table):
            for name, values in chunk.items():
                found[name] += values
        found["said"] = [None if each is None else np.datetime64(each, "s").item() for each in found["said"]]
        found["hearsay"] = [each == "true" for each in found["hearsay"]]
        return found

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a dict for each statement."""
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*self.columns.values(), strict=True)]

    def to_pandas(self) -> pd.DataFrame:
        """Return the statements as a `pandas.DataFrame`; raises UsageError where pandas is not installed."""
        frame: pd.DataFrame = frame_of(self.columns, "pandas")
        return frame

    def to_arrow(self) -> pa.Table:
        """Return the statements as a `pyarrow.Table`; raises UsageError where pyarrow is not installed."""
        return frame_of(self.columns, "arrow")

    def to_polars(self) -> pl.DataFrame:
        """Return the statements as a `polars.DataFrame`; raises UsageError where polars is not installed."""
        frame: pl.DataFrame = frame_of(self.columns, "polars")
        return frame

    def _repr_html_(self) -> str:
        rows = list(zip(*(self.columns[name] for name in _FIELDS), strict=True))
        return html_table([name.removesuffix("_label") for name in _FIELDS], rows[:_SHOWN], of=len(rows))
