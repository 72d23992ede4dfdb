"""What the query editor offers: prefixes, terms with their definitions, and the named queries."""

from __future__ import annotations

import json
from typing import Any

from disputegraph.rdf import short_iri
from disputegraph.site import ontology
from disputegraph.sparql import named_queries, query_text
from disputegraph.store import Store
from disputegraph.vocabulary import PREFIXES


def completion(store: Store) -> bytes:
    """Return the prefixes and terms that a query may use, as JSON."""
    prefixes = {**PREFIXES, **store.prefixes}
    terms: dict[str, dict[str, str]] = {}
    for row in ontology().query(query_text("server", "terms-defined")):  # type: ignore[union-attr]  # a SELECT
        name = short_iri(row["term"], prefixes)
        if ":" in name and not name.startswith("http"):
            definition = row["definition"].value if row["definition"] is not None else ""
            terms[name] = {"name": name, "label": row["label"].value, "definition": definition}
    for row in store.select(query_text("server", "terms-in-use")):
        name = short_iri(row["term"], prefixes)
        if not name.startswith(("http:", "https:", "_:")):
            terms.setdefault(name, {"name": name, "label": "", "definition": ""})
    listed: dict[str, Any] = {"prefixes": prefixes, "terms": sorted(terms.values(), key=lambda term: term["name"])}
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()


def queries_listed() -> bytes:
    """Return the named queries with what their headers say, as JSON."""
    listed = [query.to_dict() | {"text": query.text} for query in named_queries().values()]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()
