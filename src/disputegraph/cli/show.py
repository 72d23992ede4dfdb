"""`disputegraph show`: one actor or claim, with all that is known of it."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.cli.data import data_options, open_data, say_notes, sources_option
from disputegraph.cli.output import chosen_format, format_option, output_option, write_json, write_shown
from disputegraph.cli.portrait_text import portrait_text
from disputegraph.evidence import Sources
from disputegraph.model import find_node, portrait


@click.command()
@click.argument("name")
@data_options
@sources_option
@format_option(["text", "json"])
@output_option
def show(name: str, sources: Path | None, format: str | None, output: str | None) -> None:
    """Show all that is known of one actor, claim or statement, evidence included.

    NAME is a label, an alias, a prefixed name, an IRI, or the id of a row of a sheet; part of a label will do if it
    fits only one.
    """
    form = chosen_format(format, output, {"json": "json"}, "text")
    with open_data() as store:
        texts = Sources(sources) if sources else None
        say_notes(texts.notes() if texts else [])
        found = portrait(find_node(name, store), store, sources=texts)
    if form == "json":
        write_json(found, output=output)
    else:
        write_shown(portrait_text(found), output=output)
