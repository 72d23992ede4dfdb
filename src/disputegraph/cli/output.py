"""The options by which a command is told where and in which format to write, and tables for people to read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from disputegraph.cli.shown_text import shown_text
from disputegraph.errors import UsageError
from disputegraph.rdf import (
    FORMATS,
    Format,
    format_named,
    format_of_path,
    open_output,
    suffix_without_compression,
    write_text,
)

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
    return click.option("-f", "--format", type=click.Choice(list(formats), case_sensitive=False), help="Format of the "
                        "result; default: by the suffix of FILE, else " + formats[0] + ".")  # fmt: skip


def chosen_format(given: str | None, output: str | None, suffixes: Mapping[str, str], default: str) -> str:
    """Return the format to write: the flag's, else what the output's suffix tells, else the default.

    Raises:
        UsageError: the suffix tells of something else.
    """
    if given:
        return given.lower()
    refuse_suffix(output, suffixes, "this result", advice=", or name the format (-f)")
    return suffixes.get(suffix_without_compression(output or "")[0], default)


def refuse_suffix(output: str | None, suffixes: Iterable[str], what: str, *, advice: str = "") -> None:
    """Raise UsageError if the suffix of a file to write tells of a format that `what` does not have.

    A file without a suffix, or with one that tells of nothing but text, may hold anything.
    """
    suffix = suffix_without_compression(output)[0] if output and output != "-" else ""
    known = list(suffixes)
    if suffix[:1].isalpha() and suffix not in known and suffix not in _ANYTHING:
        names = " ".join(f".{each}" for each in known)
        raise UsageError(f"{output}: .{suffix} is not a suffix of a format of {what}; use one of {names}{advice}.")


def graph_format(given: str | None, output: str | None) -> Format:
    """Return the RDF format to write, as `chosen_format` does; Turtle where nothing tells."""
    if given:
        return format_named(given)
    refuse_suffix(output, (suffix for form in FORMATS for suffix in form.suffixes), "RDF")
    return (format_of_path(output) if output and output != "-" else None) or format_named("turtle")


def write_shown(text: str, *, output: str | None = None) -> None:
    """Write text for people; see `shown_text`."""
    write_text(output, shown_text(text))


_ANYTHING = ("txt", "text", "out", "log", "dat", "tmp")


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
    cells = [["" if value is None else shown_text(str(value)) for value in row] for row in rows]
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
