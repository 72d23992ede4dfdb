"""Names of a store's blank nodes that are the same at every reading."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from disputegraph.rdf import blank_names
from disputegraph.store.interface import Store

_BLANK = "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) }"


def stable_names(store: Store, nodes: AbstractSet[str]) -> dict[str, str]:
    """Return a stable name for each of some blank nodes (``_:label``), and for those that hang together with them."""
    if not nodes:
        return {}
    rows = ((str(row["s"]), str(row["p"]), str(row["o"])) for row in store.select(_BLANK))
    return blank_names(rows, nodes.__contains__)
