"""Find the node that a user means by a name, an alias, a prefixed name or an IRI."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from disputegraph.errors import UsageError, nearest
from disputegraph.model.dispute_model import Model
from disputegraph.model.kinds import iri_of
from disputegraph.model.node_labels import local_name
from disputegraph.model.properties import NAMING
from disputegraph.store import Store, read_texts

# A name can be looked up in an engine's index only with its language; these are tried beside none at all.
_LANGUAGES = (
    "en", "en-GB", "en-US", "en-IE", "de", "de-AT", "de-CH", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "fi",
    "cs", "el", "ru", "uk", "tr", "ar", "zh", "ja",
)  # fmt: skip


def find_node(name: str, store: Store) -> str:
    """Return the IRI of the node called `name`.

    Tried in turn: an IRI (with or without angle brackets), a prefixed name, a name letter by letter, a name in another
    case, an IRI's local name (such as the id of a row of a sheet), a name that holds the words. The first three cost
    one look-up at most, of the engine's index; the others read all names.

    Raises:
        UsageError: nothing is called so (the nearest names are given), or several nodes are (they are listed).
    """
    wanted = name.strip()
    if wanted.startswith("<") and wanted.endswith(">"):
        return wanted[1:-1]
    if "://" in wanted or wanted.startswith("urn:"):
        return wanted
    prefix, colon, rest = wanted.partition(":")
    if colon and prefix in store.prefixes and " " not in wanted:
        return store.prefixes[prefix] + rest
    if hits := _called_exactly(wanted, store):
        return _only(name, hits, store)
    model = Model(store)
    nodes = [*(actor.iri for actor in model.actors), *(claim.iri for claim in model.claims)]
    called = [*model.labels.names(), *((local_name(iri), iri) for iri in nodes if not model.labels.named(iri))]
    folded = wanted.casefold()
    said = [model.facts.terms.text(code) for code in model.said.nodes.tolist()]
    for hits in (
        {iri for text, iri in called if text.casefold() == folded},
        {iri for iri in (*(iri for _, iri in called), *said) if local_name(iri).casefold() == folded},
        {iri for text, iri in called if folded in text.casefold()},
    ):
        if hits:
            return _only(name, hits, store)
    raise UsageError(f"nothing is called '{name}'.{nearest(wanted, [text for text, _ in called])}")


def _called_exactly(wanted: str, store: Store) -> set[str]:
    literals = [Literal(wanted), *(Literal(wanted, language=language) for language in _LANGUAGES)]
    parts = [
        f"{{ VALUES ?name {{ {' '.join(map(str, literals))} }} ?node {NamedNode(iri_of(naming))} ?name }}"
        for naming in NAMING
    ]
    rows = store.select(f"SELECT DISTINCT ?node WHERE {{ {' UNION '.join(parts)} }}")
    return {node for (node,) in read_texts(rows) if node is not None}


def _only(name: str, hits: Iterable[str], store: Store) -> str:
    found = sorted(hits)
    if len(found) == 1:
        return found[0]
    labels = Model(store).labels
    listed = "; ".join(f"{labels[iri]} <{iri}>" for iri in found[:8])
    raise UsageError(f"'{name}' may mean {len(found)} things: {listed}. Give one of the IRIs.")
