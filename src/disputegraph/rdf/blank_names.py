"""Name blank nodes by what is said of them, so that the same data give the same names at every reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

__all__ = ["blank_names"]

_LABEL = re.compile(r"_:[^\s()<>]+")
_ROUNDS = 20

Link = tuple[str, str, str]


def blank_names(triples: Iterable[tuple[str, str, str]], wanted: Callable[[str], bool] = bool) -> dict[str, str]:
    """Return a stable name (``_:n…``) for the blank nodes of some triples, by their labels.

    A name is a digest of all that is said of a node, and so on through the blank nodes that it hangs together with
    (colour refinement). Nodes that this does not tell apart are numbered: where they are alike in every way, it does
    not matter which of them is which.

    Args:
        triples: subject, predicate and object as N-Triples spells them; those without a blank node tell nothing.
        wanted: which nodes to name, by their labels; only what hangs together with these is looked at.
    """
    links: dict[str, list[Link]] = defaultdict(list)
    for subject, predicate, value in dict.fromkeys(triples):
        for node in _nodes(subject):
            links[node].append((">" + predicate, subject, value))
        for node in _nodes(value):
            links[node].append(("<" + predicate, subject, value))
    near = {
        node: {other for _, *ends in found for end in ends for other in _nodes(end)} for node, found in links.items()
    }
    group = [node for node in links if wanted(node)]
    seen = set(group)
    for node in group:  # grows as we go
        fresh = near[node] - seen
        seen |= fresh
        group += fresh
    looks = _told_apart(dict.fromkeys(group, ""), links, near)
    return {node: f"_:n{look[:24]}" for node, look in looks.items()}


def _nodes(term: str) -> list[str]:
    """Return the blank nodes of a term: itself, or those of a triple term."""
    return [term] if term[:1] == "_" else _LABEL.findall(term) if term[:2] == "<<" else []


def _told_apart(looks: dict[str, str], links: Mapping[str, list[Link]], near: Mapping[str, set[str]]) -> dict[str, str]:
    """Return what each node looks like, no two alike."""
    for _ in range(_ROUNDS):
        looks = _refined(looks, links)
        alike: dict[str, list[str]] = defaultdict(list)
        for node, look in looks.items():
            alike[look].append(node)
        # Nodes that hang on no other are numbered at once; of others it shows what hangs on those with a number.
        linked = sorted(look for look, nodes in alike.items() if len(nodes) > 1 and len(near[nodes[0]]) > 1)
        apart = [*alike] if not linked else [look for look in alike if look not in linked] + linked[:1]
        looks |= {
            node: _digest(f"{look} {number}")
            for look in apart
            if len(alike[look]) > 1
            for number, node in enumerate(alike[look])
        }
        if not linked:
            return looks
    return {node: _digest(f"{look} {number}") for number, (node, look) in enumerate(looks.items())}


def _refined(looks: dict[str, str], links: Mapping[str, list[Link]]) -> dict[str, str]:
    """Return what each node looks like, seen as far as it takes to tell apart all that can be told apart so."""
    number = -1
    while len(set(looks.values())) > number:
        number = len(set(looks.values()))
        looks = {node: _digest("\n".join([looks[node], *sorted(_seen(links[node], node, looks))])) for node in looks}
    return looks


def _seen(links: list[Link], node: str, looks: Mapping[str, str]) -> Iterable[str]:
    def told(term: str) -> str:
        if term[:1] == "_":
            return "@" if term == node else "?" + looks.get(term, "")
        return _LABEL.sub(lambda found: told(found[0]), term) if term[:2] == "<<" else term

    return (f"{predicate} {told(subject)} {told(value)}" for predicate, subject, value in links)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
