"""What nodes are called: one label a node, chosen the same way everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from disputegraph.records.model import Ref
from disputegraph.store.interface import Store
from disputegraph.store.texts import read_texts

__all__ = ["Labels", "local_name", "query_text"]


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
    """

    def __init__(self, store: Store) -> None:
        best: dict[str, tuple[str, int, str]] = {}
        for node, label, language, rank in read_texts(store.select(query_text("labels"))):
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


def _language_rank(language: str | None) -> int:
    if not language:
        return 1
    return 0 if language.lower().split("-")[0] == "en" else 2
