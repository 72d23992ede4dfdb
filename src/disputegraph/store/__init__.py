"""Stores: where the quads are and where SPARQL is answered."""

from disputegraph.store.answers import Rows, Triples
from disputegraph.store.embedded import EmbeddedStore
from disputegraph.store.interface import Answer, Store, Term
from disputegraph.store.opening import open_store

__all__ = ["Answer", "EmbeddedStore", "Rows", "Store", "Term", "Triples", "open_store"]
