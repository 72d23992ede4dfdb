"""Columns as data frames of the libraries that people use, each imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

from disputegraph.errors import UsageError, nearest

Frame = Literal["pandas", "arrow", "polars"]
_MADE_BY = {"pandas": ("pandas", "DataFrame"), "arrow": ("pyarrow", "table"), "polars": ("polars", "DataFrame")}


def frame_of(columns: Mapping[str, Sequence[Any]], kind: str) -> Any:
    """Return columns as a data frame: `pandas.DataFrame`, `pyarrow.Table` or `polars.DataFrame`.

    The latter two have one type for a column: whole numbers beside others become such, and where values differ
    otherwise, or a whole number has more than 64 bits, all of them become text.

    Raises:
        UsageError: the library is not installed, or there is no such kind.
    """
    if kind not in _MADE_BY:
        raise UsageError(f"there is no data frame of '{kind}'.{nearest(kind, _MADE_BY)} Kinds: {', '.join(_MADE_BY)}.")
    library, maker = _MADE_BY[kind]
    try:
        module = import_module(library)
    except ImportError:
        raise UsageError(f"this needs {library}: pip install {library}.") from None
    made = getattr(module, maker)
    return made(dict(columns) if kind == "pandas" else {name: _of_one_type(each) for name, each in columns.items()})


def _of_one_type(values: Sequence[Any]) -> Sequence[Any]:
    types = {type(each) for each in values if each is not None}
    if types == {int, float}:
        return [None if each is None else float(each) for each in values]
    small = all(-(2**63) <= each < 2**63 for each in values if type(each) is int)
    if len(types) > 1 or not small:
        return [each if each is None else str(each).lower() if isinstance(each, bool) else str(each) for each in values]
    return values


def rows_as(rows: Sequence[Mapping[str, Any]], names: Sequence[str], kind: str) -> Any:
    """Return rows of plain values as a data frame; see `frame_of`."""
    return frame_of({name: [row[name] for row in rows] for name in names}, kind)
