"""`disputegraph export statements`: the statement table, for Spark and for statistics."""

from __future__ import annotations

from typing import Any

import click

from disputegraph.cli.data import data_options, open_data
from disputegraph.cli.output import chosen_format, output_option
from disputegraph.cli.statement_options import chosen_statements, statement_options
from disputegraph.errors import UsageError
from disputegraph.rdf import open_output


@click.command("statements")
@data_options
@statement_options
@click.option(
    "-f", "--format", "given", metavar="FORMAT", help="parquet or csv; default: by the suffix of FILE, else csv."
)
@output_option
def export_statements(
    data: tuple[str, ...], allow_network: bool, given: str | None, output: str | None, **chosen: Any
) -> None:
    """Write the table of statements: who said what, when, and where it stands.

    Parquet is what 'network --engine spark' reads; it is written in chunks.
    """
    from disputegraph.spark import write_statements

    form = chosen_format(given, output, {"parquet": "parquet", "pq": "parquet"}, "csv")
    if form not in ("parquet", "csv"):
        raise UsageError(f"unknown format '{form}'. There are parquet and csv.")
    if form == "parquet" and output in (None, "-"):
        raise UsageError("Parquet cannot be shown in a terminal; name a file with -o.")
    with open_data(data, allow_network=allow_network) as store:
        _, table = chosen_statements(store, chosen)
        with open_output(output) as stream:
            count = write_statements(table, stream, form)
    click.echo(f"{count:,} statements.", err=True)
