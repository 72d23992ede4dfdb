"""Statements of a test written as Turtle, for what reads files."""

from __future__ import annotations

from pathlib import Path

from disputegraph.model import StatementTable

__all__ = ["write_statements"]


def write_statements(path: Path, table: StatementTable) -> None:
    """Write who says what with which polarity on which day; names become local names."""
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    lines += [
        f":{row.utterance} a dg:Utterance ; dg:speaker :{row.speaker} ; dg:addressesClaim :{row.claim} ; "
        f'dg:polarity dg:{row.polarity} ; dg:saidOn "{row.date}"^^<http://www.w3.org/2001/XMLSchema#date> .'
        for row in table
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
