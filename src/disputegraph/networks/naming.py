"""Labels and classes of the nodes of a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files

from pyoxigraph import NamedNode

from disputegraph.networks.columns import read_columns
from disputegraph.networks.table import Names
from disputegraph.store import Store

__all__ = ["StoreNames", "read_names"]

_BATCH = 1000
_OURS = "https://w3id.org/disputegraph/ns#"

# The most specific class names a node: of several classes the first in this order. User data come without the
# ontology, so that its hierarchy is not at hand.
_SPECIFIC = (
    "HospitalTrust", "NewsOrganization", "UnnamedSource", "Person", "Collective", "Organization", "Hospital",
    "IndustrialAction", "Negotiation", "Claim", "Issue", "Actor",
)  # fmt: skip
_ORGANISATIONS = {_OURS + name for name in ("Organization", "HospitalTrust", "NewsOrganization")} | {
    "http://www.w3.org/ns/org#Organization",
    "http://www.w3.org/ns/org#FormalOrganization",
    "http://www.w3.org/ns/org#OrganizationalUnit",
    "http://xmlns.com/foaf/0.1/Organization",
    "https://schema.org/Organization",
}


class StoreNames(Names):
    """Names as a store has them.

    Attributes:
        organisations: those of the nodes that are organisations.
    """

    __slots__ = ("organisations",)
    organisations: frozenset[str]

    def __init__(self, labels: dict[str, str], kinds: dict[str, str], organisations: Iterable[str]) -> None:
        super().__init__(labels, kinds)
        object.__setattr__(self, "organisations", frozenset(organisations))


def read_names(store: Store, keys: Sequence[str]) -> StoreNames:
    """Return labels and classes of nodes, asked for in batches of their IRIs.

    skos:prefLabel goes before other naming properties, English before text without a language before others; of
    several the first in alphabetical order counts. Nodes without label or class are not in the answer.
    """
    best: dict[str, tuple[str, int, str]] = {}
    classes: dict[str, list[str]] = {}
    iris = [key for key in keys if not key.startswith("_:") and ":" in key]
    for start in range(0, len(iris), _BATCH):
        # The engine's own serialiser writes the terms, and it refuses what is no IRI, so no value becomes syntax.
        block = "VALUES ?node { " + " ".join(str(NamedNode(iri)) for iri in iris[start : start + _BATCH]) + " }"
        labels = read_columns(store.select(_query("labels", block)))
        for node, label, language, rank in zip(*(column.list() for column in labels.values()), strict=True):
            if node is not None and label is not None:
                place = (rank or "", _rank(language), label)
                best[node] = min(best.get(node, place), place)
        kinds = read_columns(store.select(_query("kinds", block)))
        for node, kind in zip(kinds["node"].list(), kinds["value"].list(), strict=True):
            if node is not None and kind is not None:
                classes.setdefault(node, []).append(kind)
    return StoreNames(
        {node: label for node, (_, _, label) in best.items()},
        {node: _most_specific(found) for node, found in classes.items()},
        (node for node, found in classes.items() if not _ORGANISATIONS.isdisjoint(found)),
    )


def _rank(language: str | None) -> int:
    if not language:
        return 1
    return 0 if language.lower().partition("-")[0] == "en" else 2


def _most_specific(classes: list[str]) -> str:
    ours = {iri.removeprefix(_OURS) for iri in classes if iri.startswith(_OURS)}
    for name in _SPECIFIC:
        if name in ours:
            return name
    return min(ours or {iri.rstrip("/#").replace("#", "/").rpartition("/")[2] for iri in classes})


def _query(name: str, block: str) -> str:
    text = files("disputegraph.networks").joinpath("queries").joinpath(f"{name}.rq").read_text(encoding="utf-8")
    head, brace, body = text.partition("WHERE {")
    return f"{head}{brace}\n  {block}{body}"
