"""One plain sentence on what does not count as agreement, the same for commands, figures and page."""

from __future__ import annotations

from disputegraph.model import StatementTable


def read_baseline(
    table: StatementTable, baseline: str = "none", drop_consensual: float | None = None, *, of_positions: bool = False
) -> str:
    """Say, after a space, what agreement is compared with and how many claims are left out; nothing by default.

    Args:
        table: the statements that are analysed.
        baseline: as in `NetworkOptions`.
        drop_consensual: the share of voices at which claims were left out; see `without_consensual`.
        of_positions: whether it is said of the polarisation index, which no baseline changes.
    """
    text = ""
    if baseline == "expected" and of_positions:
        text += " The index deducts what the margins of each claim let expect, with a baseline and without."
    elif baseline == "expected":
        text += " Ties are agreement and conflict beyond what the margins of each claim let expect."
    if drop_consensual is not None:
        side = f"at least {100 * drop_consensual:g}% of the voices take one side"
        text += f" Left out are claims on which {side}: {table.consensual:,}."
    return text
