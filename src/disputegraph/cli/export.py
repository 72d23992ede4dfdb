"""`disputegraph export`: the dispute for work elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.cli.data import data_options, open_data
from disputegraph.cli.export_statements import export_statements
from disputegraph.cli.output import output_option


@click.group()
def export() -> None:
    """Export for work elsewhere."""


export.add_command(export_statements)


@export.command()
@data_options
@click.option("--actors", metavar="FILE", help="Where to write the sheet of actors (.csv or .tsv).")
@click.option("--base", metavar="IRI", help="Under which the data's names stand; default: where most utterances do.")
@output_option
def sheet(data: tuple[str, ...], allow_network: bool, actors: str | None, base: str | None, output: str | None) -> None:
    """Write the sheets that 'import sheet' reads.

    -o FILE.xlsx holds both sheets; -o DIR gets statements.csv and actors.csv; -o FILE.csv is the sheet of statements
    alone, with that of actors where --actors says. What sheets cannot say is counted on standard error.
    """
    from disputegraph.importers import export_sheets
    from disputegraph.tables import write_sheet, write_workbook

    with open_data(data, allow_network=allow_network) as store:
        files = export_sheets(store, base=base)
    if output and Path(output).suffix.lower() == ".xlsx":
        write_workbook(output, {"statements": files.statements, "actors": files.actors})
    elif output and (Path(output).is_dir() or output.endswith(("/", "\\"))):
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
