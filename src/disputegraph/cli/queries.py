"""`disputegraph queries`: the named queries."""

from __future__ import annotations

import click

from disputegraph.cli.output import chosen_format, format_option, output_option, write_json, write_table
from disputegraph.sparql import named_queries


@click.command()
@format_option(["table", "json"])
@output_option
def queries(format: str | None, output: str | None) -> None:
    """List the named queries with their questions and parameters.

    Run one with 'disputegraph query NAME', its parameters bound with -p NAME=VALUE.
    """
    form = chosen_format(format, output, {"json": "json"}, "table")
    known = named_queries().values()
    if form == "json":
        write_json([query.to_dict() for query in known], output=output)
        return
    rows = [(query.name, query.question or query.title, ", ".join(query.parameters)) for query in known]
    write_table(["name", "question", "parameters"], rows, output=output)
