"""Actors that are likely the same, each pair with its reason; nothing is unified here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Any

from disputegraph.identity.naming import folded, initials, initials_first, is_acronym, short_of
from disputegraph.model import Model
from disputegraph.store import Store

_ALL_AGAINST_ALL = 4_000  # above so many names only those that share a word's beginning are compared
_LARGEST_BLOCK = 400


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two actors that are likely one.

    Attributes:
        score: how likely, from 0 to 100; a ranking, no probability.
        reason: why, in words.
        label: name of the first.
        other_label: name of the second.
        iri: the first.
        other_iri: the second.
        files: where the first is described.
        other_files: where the second is described.
    """

    score: float
    reason: str
    label: str
    other_label: str
    iri: str
    other_iri: str
    files: tuple[str, ...]
    other_files: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the pair as plain JSON."""
        return {
            "score": round(self.score, 1),
            "reason": self.reason,
            "label": self.label,
            "other_label": self.other_label,
            "iri": self.iri,
            "other_iri": self.other_iri,
            "files": list(self.files),
            "other_files": list(self.other_files),
        }


@dataclass(slots=True)
class _Actor:
    iri: str
    label: str
    kinds: set[str] = field(default_factory=set)
    sides: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


def find_duplicates(stores: Iterable[tuple[str, Store]], *, threshold: float = 88.0) -> list[Duplicate]:
    """Return pairs of actors that are likely doubles, the likeliest first.

    Looked for, within and across the stores: the same page about both; the same name, or the same apart from accents,
    order, titles and legal forms; a name and its acronym; a person's full name and a short form of it; names that are
    spelt alike (rapidfuzz's token_sort_ratio of the folded names, an indel similarity from 0 to 100). Actors of kinds
    that exclude one another (a person and an organisation) are no doubles, and unnamed sources are never identified.

    Args:
        stores: a name for each store, such as its file, and the store.
        threshold: how alike names must be spelt, from 0 to 100.
    """
    actors = [actor for actor in _actors(stores).values() if "UnnamedSource" not in actor.kinds]
    best: dict[tuple[str, str], tuple[float, str]] = {}
    by_iri = {actor.iri: actor for actor in actors}
    for one, other, score, reason in chain(
        _by_key(actors), _by_acronym(actors), _by_short_names(actors), _by_spelling(actors, threshold)
    ):
        pair = (one, other) if one < other else (other, one)
        if one != other and _compatible(by_iri[one], by_iri[other]) and score > best.get(pair, (0.0, ""))[0]:
            best[pair] = (score, reason)
    found = [
        Duplicate(
            score,
            reason,
            by_iri[one].label,
            by_iri[other].label,
            one,
            other,
            tuple(sorted(by_iri[one].files)),
            tuple(sorted(by_iri[other].files)),
        )
        for (one, other), (score, reason) in best.items()
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.label.casefold(), pair.iri, pair.other_iri))


_Pairs = Iterator[tuple[str, str, float, str]]


def _by_key(actors: Sequence[_Actor]) -> _Pairs:
    """Yield pairs that share a page, a name, or a name's folded form."""
    pages: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    forms: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for actor in actors:
        for page in {*actor.pages, actor.iri}:
            pages[page].append(actor.iri)
        for name in actor.names:
            names[" ".join(name.casefold().split())].append(actor.iri)
            forms[tuple(sorted(folded(name)))].append((actor.iri, name))
    for page, iris in pages.items():
        yield from ((one, other, 100.0, f"the same page: {page}") for one, other in combinations(sorted(set(iris)), 2))
    for name, iris in names.items():
        yield from ((one, other, 99.0, f"the same name: {name}") for one, other in combinations(sorted(set(iris)), 2))
    for form, held in forms.items():
        if form:
            for (one, name), (other, other_name) in combinations(sorted(held), 2):
                yield one, other, 97.0, f"the same apart from spelling: {name} = {other_name}"


def _by_acronym(actors: Sequence[_Actor]) -> _Pairs:
    """Yield pairs of a name and its acronym."""
    long_names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for actor in actors:
        for name in actor.names:
            if letters := initials(name):
                long_names[letters].append((actor.iri, name))
    for actor in actors:
        for name in filter(is_acronym, actor.names):
            letters = "".join(char for char in name if char.isalpha()).upper()
            for other, long in long_names.get(letters, ()):
                yield actor.iri, other, 94.0, f"{name} are the initials of {long}"


def _by_short_names(actors: Sequence[_Actor]) -> _Pairs:
    """Yield pairs of a person's full name and a short form of it."""
    surnames: dict[str, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
    for actor in actors:
        if actor.kinds <= {"Person", "Actor"}:
            for name in actor.names:
                form = initials_first(folded(name))
                if form:
                    surnames[form[-1]].append((actor.iri, name, form))
    for held in surnames.values():
        if len(held) <= _LARGEST_BLOCK:
            for (one, name, form), (other, other_name, other_form) in combinations(held, 2):
                if short_of(form, other_form):
                    yield one, other, 90.0, f"one name may be short for the other: {name} = {other_name}"


def _by_spelling(actors: Sequence[_Actor], threshold: float) -> _Pairs:
    """Yield pairs with names that are spelt alike."""
    named = sorted({(" ".join(sorted(folded(name))), actor.iri, name) for actor in actors for name in actor.names})
    named = [entry for entry in named if len(entry[0]) > 3]  # noqa: PLR2004  # of three letters, one is a third
    for block in _blocks(named):
        yield from _alike(block, threshold)


def _blocks(named: list[tuple[str, str, str]]) -> Iterator[list[tuple[str, str, str]]]:
    if len(named) <= _ALL_AGAINST_ALL:
        yield named
        return
    by_start: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for entry in named:
        for start in {word[:4] for word in entry[0].split()}:
            by_start[start].append(entry)
    yield from (block for block in by_start.values() if 1 < len(block) <= _LARGEST_BLOCK)


def _alike(named: Sequence[tuple[str, str, str]], threshold: float) -> _Pairs:
    import numpy as np
    from rapidfuzz import fuzz, process

    forms = [entry[0] for entry in named]
    for start in range(0, len(forms), 500):  # a matrix of all pairs at once would fill the memory
        scores = process.cdist(forms[start : start + 500], forms[start:], scorer=fuzz.ratio, score_cutoff=threshold)
        for row, column in zip(*np.nonzero(scores), strict=True):
            if column > row:
                (_, one, name), (_, other, other_name) = named[start + row], named[start + column]
                score = float(scores[row, column])
                yield one, other, min(score, 96.0), f"spelt alike ({score:.0f} of 100): {name} = {other_name}"


def _compatible(one: _Actor, other: _Actor) -> bool:
    return len((one.sides | other.sides) - {0}) <= 1


def _actors(stores: Iterable[tuple[str, Store]]) -> dict[str, _Actor]:
    """Return the actors of all stores by IRI; blank nodes, which no other store can name, are left out."""
    actors: dict[str, _Actor] = {}
    for file, store in stores:
        model = Model(store)
        for found in model.actors:
            if found.iri.startswith("_:"):
                continue
            actor = actors.setdefault(found.iri, _Actor(found.iri, found.label))
            actor.files.add(file)
            kinds = model.kinds.all_of(model.facts.code(found.iri))
            actor.kinds.update(kind.name for kind in kinds)
            actor.sides.update(kind.side for kind in kinds)
            actor.names.update((found.label, *found.aliases))
            actor.pages.update(found.identities)
    return actors
