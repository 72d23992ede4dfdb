"""Short, stable identifiers for the page: what permalinks, selections and the data island call a node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

__all__ = ["Names"]


class Names:
    """Shorten IRIs by the namespace most of them share.

    An identifier without a colon is read as `base` followed by it, any other as it stands; both ways are exact.

    Attributes:
        base: the shared namespace, or an empty string.
    """

    def __init__(self, iris: Iterable[str]) -> None:
        spaces = Counter(_namespace(iri) for iri in iris)
        # Ties are broken by the name, so that the same data give the same page.
        self.base = max(spaces, key=lambda space: (spaces[space], space)) if spaces else ""

    def short(self, iri: str) -> str:
        """Return the identifier that the page uses for `iri`."""
        rest = iri[len(self.base) :]
        return rest if self.base and rest and ":" not in rest and iri.startswith(self.base) else iri


def _namespace(iri: str) -> str:
    if iri.startswith("_:"):
        return ""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
