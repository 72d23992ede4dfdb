"""Name blank nodes by what is said of them, so that the same data give the same names at every reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

_LABEL = re.compile(r"_:[^\s()<>]+")
_WORK = 300_000  # digests, some seconds

Link = tuple[str, str, str]


def blank_names(triples: Iterable[tuple[str, str, str]], wanted: Callable[[str], bool] = bool) -> dict[str, str]:
    """Return a stable name (``_:n…``) for the blank nodes of some triples, by their labels.

    A name is a digest of all that is said of a node, and so on through the blank nodes that it hangs together with
    (colour refinement). Nodes that this does not tell apart are numbered: where they are alike in every way, it does
    not matter which of them is which. In long chains of alike nodes that would take too long, it may be another one at
    the next reading.

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
    work, alike = max(_WORK, 4 * len(looks)), {"": [*looks]}
    while True:
        before = 0
        while len(alike) > before and work > 0:
            before, doubtful = len(alike), [node for nodes in alike.values() if len(nodes) > 1 or not before
                                            for node in nodes]  # fmt: skip
            looks |= {node: _digest("\n".join([looks[node], *sorted(_seen(links[node], node, looks))]))
                      for node in doubtful}  # fmt: skip
            work -= len(doubtful)
            alike = _grouped(looks)
        # Nodes that hang on no other are numbered at once; of others it shows what hangs on those with a number.
        several = {look: nodes for look, nodes in sorted(alike.items()) if len(nodes) > 1}
        linked = [look for look, nodes in several.items() if len(near[nodes[0]]) > 1]
        for look in several.keys() - (linked[1:] if work > 0 else []):
            looks |= {node: _digest(f"{look} {number}") for number, node in enumerate(several[look])}
        alike = _grouped(looks)
        if len(alike) == len(looks):
            return looks


def _grouped(looks: Mapping[str, str]) -> dict[str, list[str]]:
    alike: dict[str, list[str]] = defaultdict(list)
    for node, look in looks.items():
        alike[look].append(node)
    return alike


def _seen(links: list[Link], node: str, looks: Mapping[str, str]) -> Iterable[str]:
    def told(term: str) -> str:
        if term[:1] == "_":
            return "@" if term == node else "?" + looks.get(term, "")
        return _LABEL.sub(lambda found: told(found[0]), term) if term[:2] == "<<" else term

    return (f"{predicate} {told(subject)} {told(value)}" for predicate, subject, value in links)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
