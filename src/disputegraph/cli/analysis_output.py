"""What `disputegraph analyse` writes: a reading, and below it tables, or both as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from disputegraph.cli.output import chosen_format, table_text, write_json, write_table
from disputegraph.rdf import write_text

__all__ = ["form_of", "percent", "write_figures", "write_reading", "write_records"]


def percent(share: float | None) -> str:
    """Return a share as a percentage, or an empty text for none."""
    return "" if share is None else f"{share:.0%}"


def shown(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def form_of(chosen: dict[str, Any]) -> str:
    """Return the format to write: table or json."""
    return chosen_format(chosen["given"], chosen["output"], {"json": "json", "txt": "table"}, "table")


def write_figures(reading: str, figures: dict[str, Any], chosen: dict[str, Any]) -> None:
    """Write single figures below their reading."""
    if form_of(chosen) == "json":
        write_json({"reading": reading, **figures}, output=chosen["output"])
        return
    rows = [[name.replace("_", " "), shown(value)] for name, value in figures.items()]
    write_reading(reading, [(["figure", "value"], rows, "")], chosen["output"])


def write_records(reading: str, found: Sequence[Any], columns: Sequence[str], chosen: dict[str, Any]) -> None:
    """Write records below their reading; the table has these columns, and JSON all of them."""
    if form_of(chosen) == "json":
        write_json({"reading": reading, "results": [asdict(each) for each in found]}, output=chosen["output"])
        return
    rows = [[shown(getattr(each, column)) for column in columns] for each in found]
    write_reading(reading, [([column.replace("_", " ") for column in columns], rows, "")], chosen["output"])


def write_reading(reading: str, tables: Sequence[tuple[list[str], list[list[Any]], str]], output: str | None) -> None:
    """Write the reading and the tables below it."""
    if output in (None, "-"):
        click.echo(reading)
        for columns, rows, title in tables:
            if rows:
                click.echo()
                write_table(columns, rows, title=title or None)
        return
    texts = [table_text(columns, rows, title=title or None) for columns, rows, title in tables if rows]
    write_text(output, "\n".join([reading + "\n", *texts]))
