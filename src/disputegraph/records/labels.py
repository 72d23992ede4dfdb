"""What nodes are called: one label a node, chosen the same way everywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from importlib.resources import files

from pyoxigraph import NamedNode

from disputegraph.records.model import Ref
from disputegraph.store import Store, read_texts

__all__ = ["Labels", "local_name", "query_text"]

_BATCH = 1_000  # nodes named in one query


def query_text(name: str) -> str:
    """Return the SPARQL text of one of this package's queries."""
    return files("disputegraph.records").joinpath(f"{name}.rq").read_text(encoding="utf-8")


def local_name(iri: str) -> str:
    """Return the part of an IRI behind its last ``#``, ``/`` or ``:``; the IRI itself if nothing stands there."""
    return re.split(r"[#/:]", iri.rstrip("/#"))[-1] or iri


class Labels:
    """The label of every node of a store.

    skos:prefLabel goes before other naming properties; English before text without a language before others; then
    the first in alphabetical order. A node without any is called by its IRI's local name.

    Args:
        store: where they are read.
        only: nodes whose labels are wanted; by default all that are named, which a server need not send for a few.
    """

    def __init__(self, store: Store, *, only: Collection[str] | None = None) -> None:
        best: dict[str, tuple[str, int, str]] = {}
        everything = query_text("labels")
        for query in [everything] if only is None else _about(everything, only):
            for node, label, language, rank in read_texts(store.select(query)):
                if node is not None and label is not None:
                    place = (rank or "", _language_rank(language), label)
                    if node not in best or place < best[node]:
                        best[node] = place
        self._labels = {iri: label for iri, (_, _, label) in best.items()}

    def __getitem__(self, iri: str) -> str:
        return self._labels.get(iri) or local_name(iri)

    def __contains__(self, iri: str) -> bool:
        return iri in self._labels

    def ref(self, iri: str) -> Ref:
        """Return the node with its label."""
        return Ref(self[iri], iri)

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield every labelled node with its label."""
        yield from self._labels.items()


def _about(query: str, nodes: Collection[str]) -> Iterator[str]:
    """Yield the query for these nodes, some at a time; for blank nodes, which cannot be named, all of them."""
    iris = sorted(node for node in nodes if ":" in node and not node.startswith("_:"))
    for start in range(0, len(iris), _BATCH):
        # The engine's own serialiser writes the terms, so that no value becomes syntax.
        block = f"VALUES ?node {{ {' '.join(str(NamedNode(iri)) for iri in iris[start : start + _BATCH])} }}"
        yield query.replace("?node skos:prefLabel", f"{block} ?node skos:prefLabel").replace(
            "?node ?naming", f"{block} ?node ?naming"
        )
    if any(node.startswith("_:") for node in nodes):
        yield query.replace("WHERE {", "WHERE { FILTER(ISBLANK(?node))", 1)


def _language_rank(language: str | None) -> int:
    if not language:
        return 1
    return 0 if language.lower().split("-")[0] == "en" else 2
