"""`disputegraph convert`: RDF from one format to another."""

from __future__ import annotations

from typing import Any

import click

from disputegraph.cli.data import context_option, lenient_option, say_notes
from disputegraph.cli.output import graph_format, output_option
from disputegraph.rdf import convert_files, open_output


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "from_", metavar="FORMAT", help="Format of the input; default: by each file's suffix.")
@click.option("--to", metavar="FORMAT", help="Format of the output; default: by the suffix of -o, else turtle.")
@click.option("--base", metavar="IRI", help="What relative IRIs resolve against; default: each file's own IRI.")
@click.option("--stable", is_flag=True, help="Sort: the same bytes for the same graph, good to diff.")
@lenient_option
@click.option("--allow-network", is_flag=True, help="Let JSON-LD files fetch their contexts.")
@context_option
@output_option
def convert(files: tuple[str, ...], to: str | None, output: str | None, **options: Any) -> None:
    """Convert RDF files from one format to another.

    FILE is an RDF file or '-' for standard input; several are joined. Formats: turtle trig ntriples nquads jsonld
    rdfxml, or their usual suffixes. Streams in the order of the input and keeps the spelling of every literal.
    """
    form = graph_format(to, output)
    with open_output(output) as stream:
        notes = convert_files(files, stream, form, **options)
    say_notes(notes)
