"""Page data as tests compare them: without what differs between machines; and the names of edges on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["comparable", "edge_name"]

_PLACES = ("x", "y", "tall")


def comparable(data: Any) -> Any:
    """Return page data to be compared with a golden file: without places and packed data, floats to three digits.

    Places follow from a minimum that linear algebra finds; another BLAS may find another one. `test_layout.py` and
    `test_pictures.py` look at them.
    """
    if isinstance(data, Mapping):
        dropped = {*(_PLACES if "tall" in data else ()), *(("packed",) if "suffix" in data else ())}
        return {name: comparable(value) for name, value in data.items() if name not in dropped}
    if isinstance(data, list | tuple):
        return [comparable(value) for value in data]
    return round(data, 3) if isinstance(data, float) else data


def edge_name(edge: Mapping[str, Any]) -> str:
    """Return what the page calls an edge: in addresses and in `data-edge`."""
    if edge.get("arrows") == "":
        return f"{edge['from']} = {edge['to']}"
    kind = edge["relation"] if edge["kind"] == "relation" else edge["kind"]
    return f"{edge['from']} > {edge['to']} : {kind}{' via' if edge.get('via') else ''}"
