"""Short, stable identifiers for the page: what permalinks, selections and the data island call a node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

__all__ = ["Names", "shortened"]


class Names:
    """Shorten IRIs by the namespace that shortens them most.

    An identifier without a colon is read as `base` followed by it, any other as it stands; both ways are exact.

    Attributes:
        base: the shared namespace, or an empty string.
    """

    def __init__(self, iris: Iterable[str]) -> None:
        spaces = Counter(_namespace(iri) for iri in iris)
        saved = Counter[str]()
        for space, count in spaces.items():
            for parent in _parents(space):
                saved[parent] += count * len(parent)
        # Ties are broken by the name, so that the same data give the same page.
        self.base = max(saved, key=lambda space: (saved[space], space)) if saved else ""

    def short(self, iri: str) -> str:
        """Return the identifier that the page uses for `iri`."""
        return shortened(iri, self.base)


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
