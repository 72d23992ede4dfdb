"""Sheets written for a test, and their import."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from disputegraph.importers.sheets import import_sheet
from disputegraph.importers.triples import Imported

BASE = "https://example.org/dispute/"

Rows = Iterable[Mapping[str, str]]


def write_rows(path: Path, rows: Rows, *, delimiter: str = ",") -> Path:
    """Write dictionaries as a sheet, a column for each key."""
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def statement(**cells: str) -> dict[str, str]:
    """Return a row that is right, with some cells changed."""
    row = {"document": "gazette", "speaker": "Ada Osei", "claim": "The report was hidden", "polarity": "affirms"}
    return row | cells


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Imported]:
    """Import rows given as dictionaries."""

    def run(rows: Rows, actors: Rows | None = None, **options: Any) -> Imported:
        path = write_rows(tmp_path / "statements.csv", rows)
        listed = write_rows(tmp_path / "actors.csv", actors) if actors is not None else None
        return import_sheet(path, actors=listed, **{"base": BASE, **options})

    return run
