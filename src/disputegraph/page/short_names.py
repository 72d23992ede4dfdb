"""Short, stable identifiers for the page: what permalinks, selections and the data island call a node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from disputegraph.model import Codes


def base_of(iris: Iterable[str]) -> str:
    """Return the namespace that shortens IRIs most, or an empty string.

    An identifier without a colon is read as that base followed by it, any other as it stands; both ways are exact.
    """
    saved = Counter[str]()
    for space, count in Counter(map(_namespace, iris)).items():
        for parent in _parents(space):
            saved[parent] += count * len(parent)
    # Ties are broken by the name, so that the same data give the same page.
    return max(saved, key=lambda space: (saved[space], space)) if saved else ""


class Ids(dict[int, str]):
    """The identifier that the page uses for each node, by number; an empty text for -1."""

    def __init__(self, texts: Sequence[str], base: str) -> None:
        super().__init__({-1: ""})
        self._texts, self._base = texts, base

    def __missing__(self, code: int) -> str:
        found = self[code] = shortened(self._texts[code], self._base)
        return found

    def each(self, codes: Codes) -> list[str]:
        """Return the identifiers of several nodes."""
        return [self[code] for code in codes.tolist()]


def shortened(iri: str, base: str) -> str:
    """Return `iri` without `base`, where `base` followed by the rest says the same."""
    rest = iri[len(base) :]
    return rest if base and rest and ":" not in rest and iri.startswith(base) else iri


def _namespace(iri: str) -> str:
    if iri.startswith("_:"):
        return ""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _parents(space: str) -> list[str]:
    """Return a namespace and those above it, down to the authority."""
    start = space.find("//") + 2
    return [space[: place + 1] for place in range(start, len(space)) if space[place] in "/#"] if start > 1 else []
