"""Statements of a test from rows that are easy to read; and written as Turtle, for what reads files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from disputegraph.model import StatementTable

__all__ = ["table_of", "write_statements"]


def table_of(
    rows: Sequence[Sequence[str]], names: Sequence[str] = ("speaker", "claim", "polarity"), **labels: str
) -> StatementTable:
    """Return rows as a table: the fields `names` of each; utterances are u0, u1 … unless they are among these."""
    fields: dict[str, list[str | None]] = {"utterance": [f"u{number}" for number in range(len(rows))]}
    fields |= {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return StatementTable.of(fields, labels=labels)


def write_statements(path: Path, table: StatementTable) -> None:
    """Write who says what with which polarity on which day; names become local names."""
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    lines += [
        f":{row.utterance} a dg:Utterance ; dg:speaker :{row.speaker} ; dg:addressesClaim :{row.claim} ; "
        f'dg:polarity dg:{row.polarity} ; dg:saidOn "{row.date}"^^<http://www.w3.org/2001/XMLSchema#date> .'
        for row in table
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
