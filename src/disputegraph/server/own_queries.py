"""The queries that the server itself asks, kept as files beside the code, and the ontology that some are asked of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph

from disputegraph.resources import ontology_file

__all__ = ["ontology", "query_text"]


@cache
def query_text(name: str) -> str:
    """Return the SPARQL text of one of the server's own queries."""
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")


@cache
def ontology() -> pyoxigraph.Store:
    """Return the ontology, whose terms the data uses and does not describe."""
    engine = pyoxigraph.Store()
    for part in ("core", "health", "actions"):
        engine.extend(pyoxigraph.parse(path=str(ontology_file(part))))  # bulk_load reserves 200 MB
    return engine
