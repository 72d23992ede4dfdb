"""Coalitions for the view of camps, from the analysis."""

from __future__ import annotations

from typing import Any

from disputegraph.store.interface import Store

__all__ = ["found_camps"]


def found_camps(store: Store, data: dict[str, Any]) -> dict[str, Any] | None:
    """Return camp and sureness of voices, or None where no coalition can be told."""
    del store, data
    return None
