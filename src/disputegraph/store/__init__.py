"""Stores: where the quads are and where SPARQL is answered."""

from disputegraph.store.answers import Rows, Triples
from disputegraph.store.embedded import EmbeddedStore
from disputegraph.store.interface import Answer, Store, Term
from disputegraph.store.opening import open_store
from disputegraph.store.texts import TsvSink, decoded, read_texts

__all__ = [
    "Answer",
    "EmbeddedStore",
    "Rows",
    "Store",
    "Term",
    "Triples",
    "TsvSink",
    "decoded",
    "open_store",
    "read_texts",
]
