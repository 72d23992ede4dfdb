"""Find the node that a user means by a name, an alias, a prefixed name or an IRI."""

from __future__ import annotations

from collections.abc import Iterable

from disputegraph.errors import UsageError, nearest
from disputegraph.records.labels import local_name
from disputegraph.records.listing import Records
from disputegraph.records.model import Actor, Claim
from disputegraph.store import Store

__all__ = ["resolve"]


def resolve(name: str, store: Store, records: Records, *, among: Iterable[Actor | Claim] | None = None) -> str:
    """Return the IRI of the node called `name`.

    Tried in turn: an IRI (with or without angle brackets), a prefixed name, a label or alias letter by letter, a label
    or alias in another case, an IRI's local name, a label that holds the words.

    Args:
        name: what the user wrote.
        store: where prefixes are looked up.
        records: where labels are looked up.
        among: the actors or claims to look among; by default all actors, claims and other labelled nodes.

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
    called = _called(records, among)
    folded = wanted.casefold()
    for fits in (
        lambda text, _: text == wanted,
        lambda text, _: text.casefold() == folded,
        lambda _, iri: local_name(iri).casefold() == folded,
        lambda text, _: folded in text.casefold(),
    ):
        hits = sorted({iri for text, iri in called if fits(text, iri)})
        if len(hits) == 1:
            return hits[0]
        if hits:
            listed = "; ".join(f"{records.labels[iri]} <{iri}>" for iri in hits[:8])
            raise UsageError(f"'{name}' may mean {len(hits)} things: {listed}. Give one of the IRIs.")
    raise UsageError(f"nothing is called '{name}'.{nearest(wanted, [text for text, _ in called])}")


def _called(records: Records, among: Iterable[Actor | Claim] | None) -> list[tuple[str, str]]:
    """Return every (name, IRI) there is to choose from."""
    chosen: list[Actor | Claim] = [*records.actors, *records.claims] if among is None else list(among)
    called = [(item.label, item.iri) for item in chosen]
    called += [(alias, item.iri) for item in chosen if isinstance(item, Actor) for alias in item.aliases]
    if among is None:
        called += [(label, iri) for iri, label in records.labels.items()]
    return called
