"""The queries that the server itself asks, kept as files beside the code."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def query_text(name: str) -> str:
    """Return the SPARQL text of one of the server's own queries."""
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")
