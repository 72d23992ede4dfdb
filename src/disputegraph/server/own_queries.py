"""The queries that the server itself asks, kept as files beside the code, and the ontology that some are asked of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph

from disputegraph.resources import axiom_files

__all__ = ["ontology", "query_text"]


@cache
def query_text(name: str) -> str:
    """Return the SPARQL text of one of the server's own queries."""
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")


@cache
def ontology() -> pyoxigraph.Store:
    """Return the ontology, whose terms the data uses and does not describe."""
    engine = pyoxigraph.Store()
    for path in axiom_files():
        engine.extend(pyoxigraph.parse(path=str(path)))  # bulk_load reserves 200 MB
    return engine
