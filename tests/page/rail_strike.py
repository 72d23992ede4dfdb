"""A strike on the railway in three short articles of our own: hearsay, members told their leader, words taken back."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from disputegraph.cli import main

__all__ = ["RAIL", "SAID", "coded"]

RAIL = Path(__file__).parent / "rail"
SAID = 25
"""Rows of the sheet, each of which says something; five of them were passed on by somebody."""


def coded(folder: Path) -> list[str]:
    """Import the sheets into a file in `folder`, and return what is to be opened."""
    path = folder / "coded.ttl"
    sheets = [str(RAIL / "statements.csv"), "--actors", str(RAIL / "actors.csv"), "--sources", str(RAIL / "sources")]
    done = CliRunner().invoke(
        main, ["import", "sheet", *sheets, "--base", "https://example.org/rail/", "-o", str(path)]
    )
    assert done.exit_code == 0, done.output
    return [str(path), str(RAIL / "dispute.ttl")]
