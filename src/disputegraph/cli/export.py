"""`disputegraph export`: the dispute for work elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from disputegraph.cli.data import data_options, open_data
from disputegraph.cli.output import chosen_format, output_option, refuse_suffix
from disputegraph.cli.statement_options import chosen_statements, statement_options
from disputegraph.errors import UsageError
from disputegraph.rdf import open_output


@click.group()
def export() -> None:
    """Export for work elsewhere."""


@export.command()
@data_options
@click.option("--actors", metavar="FILE", help="Where to write the sheet of actors (.csv or .tsv).")
@click.option("--base", metavar="IRI", help="Under which the data's names stand; default: where most utterances do.")
@output_option
def sheet(actors: str | None, base: str | None, output: str | None) -> None:
    """Write the sheets that 'import sheet' reads.

    -o FILE.xlsx holds both sheets; -o DIR gets statements.csv and actors.csv; -o FILE.csv is the sheet of statements
    alone, with that of actors where --actors says. What sheets cannot say is counted on standard error.
    """
    from disputegraph.importers import export_sheets
    from disputegraph.tables import write_sheet, write_workbook

    folder = output not in (None, "-") and (Path(output).is_dir() or not (Path(output).suffix or Path(output).exists()))
    if not folder:
        refuse_suffix(output, ("xlsx", "csv", "tsv", "tab"), "sheets")
    with open_data() as store:
        files = export_sheets(store, base=base)
    if output and Path(output).suffix.lower() == ".xlsx":
        write_workbook(output, {"statements": files.statements, "actors": files.actors})
    elif output and folder:
        write_sheet(Path(output) / "statements.csv", files.statements)
        write_sheet(Path(output) / "actors.csv", files.actors)
    else:
        if actors:
            write_sheet(actors, files.actors)
        write_sheet(output, files.statements)
    click.echo(
        f"{len(files.statements) - 1:,} statements, {len(files.actors) - 1:,} actors and things. "
        f"Import again with --base {files.base}",
        err=True,
    )
    if files.left_out:
        click.echo(f"Not in the sheets: {', '.join(files.left_out)}.", err=True)


@export.command()
@data_options
@statement_options
@click.option(
    "-f", "--format", "given", metavar="FORMAT", help="parquet or csv; default: by the suffix of FILE, else csv."
)
@output_option
def statements(given: str | None, output: str | None, **chosen: Any) -> None:
    """Write the table of statements: who said what, when, and where it stands.

    Parquet is what 'network --engine spark' reads; it is written in chunks.
    """
    from disputegraph.spark import write_statements

    form = chosen_format(given, output, {"parquet": "parquet", "pq": "parquet", "csv": "csv"}, "csv")
    if form == "parquet" and output in (None, "-"):
        raise UsageError("Parquet cannot be shown in a terminal; name a file with -o.")
    with open_data() as store:
        _, table = chosen_statements(store, chosen)
        with open_output(output) as stream:
            count = write_statements(table, stream, form)
    click.echo(f"{count:,} statements.", err=True)
