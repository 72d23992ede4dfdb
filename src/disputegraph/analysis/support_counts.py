"""Support and opposition by claim or by actor: the counts behind DNA's bar plot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import weigh, without_duplicates

SIDES = ("affirms", "denies", "neutral", "unsided")
"""What a statement does to its claim; ``unsided`` where no polarity is coded."""


@dataclass(frozen=True, slots=True)
class Support:
    """How often a claim is affirmed and denied, or how often an actor affirms and denies.

    Attributes:
        node: IRI.
        label: what it is called.
        affirms: affirming statements.
        denies: denying statements.
        neutral: neutral statements.
        unsided: statements without a polarity.
        affirms_hearsay: how many of the affirming ones the documents have only through somebody else.
        denies_hearsay: how many of the denying ones.
        neutral_hearsay: how many of the neutral ones.
        unsided_hearsay: how many of those without a polarity.
    """

    node: str
    label: str
    affirms: int
    denies: int
    neutral: int
    unsided: int
    affirms_hearsay: int
    denies_hearsay: int
    neutral_hearsay: int
    unsided_hearsay: int

    @property
    def statements(self) -> int:
        """All of them."""
        return self.affirms + self.denies + self.neutral + self.unsided


def support(
    table: StatementTable, *, by: str = "claims", between: str = "voices", over: str | None = None, **options: Any
) -> list[Support]:
    """Return the counts of each claim or of each actor, those with most statements first.

    A statement is a repetition, where `duplicates` asks for them, if actor, claim and side are the same. With
    `dna_compat` DNA 3.1.2's bar plot looks at the counted node and the side alone.

    Args:
        table: the statements.
        by: ``claims`` (what is compared over) or ``actors`` (what is compared).
        between: the actors; see `NetworkOptions`.
        over: the claims; see `NetworkOptions`.
        options: further options of `NetworkOptions`.

    Raises:
        UsageError: `by` is neither, or a qualifier other than polarity.
    """
    if by not in ("claims", "actors"):
        raise UsageError(f"counts are by claims or by actors, and not by '{by}'.")
    if (qualifier := options.get("qualifier", "polarity")) != "polarity":
        raise UsageError(f"support and opposition are counted by polarity, and not by '{qualifier}'.")
    whole = {**options, "duplicates": "include", "min_statements": 0}
    weights = weigh(table, "affiliation", between=between, over=over, **whole)
    cells = weights.incidence
    counted, nodes = (cells.columns, weights.others) if by == "claims" else (cells.rows, weights.nodes)
    polarity = cells.table.column("polarity")
    places = {side: code for code, side in enumerate(polarity.values)}
    sides = np.full(len(cells.rows), SIDES.index("unsided"), dtype=np.int32)
    for number, side in enumerate(SIDES[:-1]):
        sides[polarity.codes == places.get(side, -2)] = number
    keys = [counted, sides] if options.get("dna_compat") else [cells.rows, cells.columns, sides]
    kept = without_duplicates(
        cells.table, keys, within=options.get("duplicates", "include"), dna_compat=bool(options.get("dna_compat"))
    )
    if (least := options.get("min_statements", 0)) > 1:
        often = np.bincount(cells.rows[kept], minlength=len(weights.nodes)) >= least
        kept = kept[often[cells.rows[kept]]]
    heard = cells.table.hearsay[kept]
    every, through = (_tallied(counted[rows], sides[rows], len(nodes)) for rows in (kept, kept[heard]))
    found = [
        Support(node, weights.labels[node], *every[place].tolist(), *through[place].tolist())
        for place, node in enumerate(nodes)
        if every[place].any()
    ]
    return sorted(found, key=lambda each: (-each.statements, each.label, each.node))


def read_support(found: list[Support]) -> str:
    """Say how many statements take which side, on how many, and how many are hearsay."""
    if not found:
        return "There are no statements to count."
    totals = {side: sum(getattr(each, side) for each in found) for side in SIDES}
    total = sum(totals.values())
    heard = sum(getattr(each, f"{side}_hearsay") for each in found for side in SIDES)
    both = sum(each.affirms > 0 and each.denies > 0 for each in found)
    parts = [f"affirming {totals['affirms']}", f"denying {totals['denies']}", f"neutral {totals['neutral']}"]
    if totals["unsided"]:
        parts.append(f"without polarity {totals['unsided']}")
    return (
        f"Statements: {total} in {len(found)} rows ({', '.join(parts)}); hearsay among them: {heard}. Rows with both "
        f"affirming and denying statements: {both}."
    )


def _tallied(rows: NDArray[np.int32], sides: NDArray[np.int32], height: int) -> NDArray[np.int64]:
    width = len(SIDES)
    flat = np.bincount(rows.astype(np.int64) * width + sides, minlength=height * width)
    return flat.reshape(height, width)
