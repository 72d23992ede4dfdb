"""What both exports of sheets share: cells that are safe, and the base of the names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from disputegraph.importers.minting import Minter
from disputegraph.tables import stands_for_nothing, to_cell

Sheet: TypeAlias = list[list[str]]


def safe_cell(text: str) -> str:
    """Return a cell that the import neither runs as a formula nor takes for a mark of a missing value."""
    return to_cell(f"'{text}" if text and stands_for_nothing(text.lstrip("'")) else text)


def common_base(utterances: Iterable[str]) -> str:
    """Return the base under which most utterances stand."""
    bases = Counter(iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in utterances)
    return bases.most_common(1)[0][0] if bases else Minter.for_name("").base
