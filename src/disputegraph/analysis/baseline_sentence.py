"""One plain sentence on what does not count as agreement, the same for commands, figures and page."""

from __future__ import annotations

from disputegraph.model import StatementTable

__all__ = ["read_baseline"]


def read_baseline(table: StatementTable, baseline: str = "none", drop_consensual: float | None = None) -> str:
    """Say, after a space, what agreement is compared with and how many claims are left out; nothing by default.

    Args:
        table: the statements that are analysed.
        baseline: as in `NetworkOptions`.
        drop_consensual: the share of voices at which claims were left out; see `without_consensual`.
    """
    text = ""
    if baseline == "expected":
        text += " Ties are agreement and conflict beyond what the margins of each claim let expect."
    if drop_consensual is not None:
        number = table.consensual
        claims = {0: "No claim is", 1: "1 claim is"}.get(number, f"{number:,} claims are")
        text += f" {claims} left out on which at least {100 * drop_consensual:g}% of the voices take one side."
    return text
