"""The options by which a command is told where and in which format to write, and tables for people to read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from disputegraph.rdf import open_output

__all__ = [
    "chosen_format",
    "format_option",
    "output_option",
    "table_text",
    "write_csv",
    "write_json",
    "write_jsonl",
    "write_table",
]

if TYPE_CHECKING:
    from rich.table import Table

_Function = TypeVar("_Function", bound=Callable[..., Any])


def output_option(function: _Function) -> _Function:
    """Give a command ``-o/--output FILE`` (as ``output``)."""
    return click.option(
        "-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all; default: standard output."
    )(function)


def format_option(formats: Sequence[str]) -> Callable[[_Function], _Function]:
    """Give a command ``-f/--format`` (as ``format``) with these choices; None where the user made none."""
    return click.option(
        "-f",
        "--format",
        type=click.Choice(list(formats), case_sensitive=False),
        help="Format of the result; default: by the suffix of FILE, else " + formats[0] + ".",
    )


def chosen_format(given: str | None, output: str | None, suffixes: Mapping[str, str], default: str) -> str:
    """Return the format to write: the flag's, else what the output's suffix tells, else the default."""
    if given:
        return given.lower()
    if output and output != "-":
        return suffixes.get(Path(output).suffix.lower().removeprefix("."), default)
    return default


def write_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, output: str | None = None, title: str | None = None
) -> None:
    """Write a table for people: as wide as the terminal, or in a file or a pipe as wide as it needs to be."""
    if output in (None, "-") and sys.stdout.isatty():
        from rich.console import Console

        Console(file=sys.stdout, highlight=False).print(_table(columns, rows, title)[0])
        return
    with open_output(output) as stream:
        stream.write(table_text(columns, rows, title=title).encode())


def table_text(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> str:
    """Return a table for people as text, as wide as it needs to be."""
    import io

    from rich.console import Console

    table, widest = _table(columns, rows, title)
    text = io.StringIO()
    Console(file=text, width=max(widest, len(title or ""), 40), color_system=None, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None) -> tuple[Table, int]:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False, show_edge=False)
    numeric = [True] * len(columns)
    cells = [["" if value is None else str(value) for value in row] for row in rows]
    for row in cells:
        numeric = [flag and text.replace(".", "", 1).isdecimal() for flag, text in zip(numeric, row, strict=True)]
    for column, right in zip(columns, numeric, strict=True):
        table.add_column(column, justify="right" if right and cells else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(text) for text in row))  # Text: a label is not markup
    widest = sum(max([len(column), *(len(row[place]) for row in cells)]) + 3 for place, column in enumerate(columns))
    return table, widest


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], *, output: str | None = None) -> None:
    """Write RFC 4180 CSV in UTF-8; a text that a spreadsheet would run as a formula is led by an apostrophe."""
    import csv
    import io

    from disputegraph.tables import to_cell

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([to_cell(value) if isinstance(value, str) else value for value in row])
    with open_output(output) as stream:
        stream.write(text.getvalue().encode())


def write_json(value: Any, *, output: str | None = None) -> None:
    """Write indented JSON."""
    with open_output(output) as stream:
        stream.write(json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n")


def write_jsonl(values: Iterable[Any], *, output: str | None = None) -> None:
    """Write one JSON value a line."""
    with open_output(output) as stream:
        for value in values:
            stream.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
