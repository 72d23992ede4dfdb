"""Stores: where the quads are and where SPARQL is answered."""

from typing import TYPE_CHECKING, Any

from disputegraph.store.addresses import is_address, public_address
from disputegraph.store.disk_store import open_disk_store
from disputegraph.store.embedded_store import EmbeddedStore
from disputegraph.store.inference import Axioms, ontology_terms
from disputegraph.store.interface import Answer, Store, Term
from disputegraph.store.ontology_upgrade import UpgradeStep, upgrade_engine
from disputegraph.store.query_answers import Rows, Triples
from disputegraph.store.query_mistakes import query_error
from disputegraph.store.stable_naming import stable_names
from disputegraph.store.store_backup import back_up, restore
from disputegraph.store.store_loading import Loaded, Progress, load_into
from disputegraph.store.store_marker import is_store
from disputegraph.store.store_opening import open_store, read_sources, sources_of
from disputegraph.store.text_columns import TsvSink, decoded, read_texts
from disputegraph.store.waiting_times import seconds_to_wait

if TYPE_CHECKING:
    from disputegraph.store.uploading import upload

__all__ = [
    "Answer",
    "Axioms",
    "EmbeddedStore",
    "Loaded",
    "Progress",
    "Rows",
    "Store",
    "Term",
    "Triples",
    "TsvSink",
    "UpgradeStep",
    "back_up",
    "decoded",
    "is_address",
    "is_store",
    "load_into",
    "ontology_terms",
    "open_disk_store",
    "open_store",
    "public_address",
    "query_error",
    "read_sources",
    "read_texts",
    "restore",
    "seconds_to_wait",
    "sources_of",
    "stable_names",
    "upgrade_engine",
    "upload",
]


def __getattr__(name: str) -> Any:
    """Import `upload` when it is asked for: what speaks HTTP takes as long to import as all the rest."""
    if name != "upload":
        raise AttributeError(f"module 'disputegraph.store' has no attribute '{name}'")
    from disputegraph.store.uploading import upload

    return upload
