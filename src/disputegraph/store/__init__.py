"""Stores: where the quads are and where SPARQL is answered."""

from disputegraph.store.embedded import EmbeddedStore
from disputegraph.store.interface import Answer, Store, Term
from disputegraph.store.opening import open_store

__all__ = ["Answer", "EmbeddedStore", "Store", "Term", "open_store"]
