"""`disputegraph mcp`: the dispute for an assistant."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from disputegraph.cli.data import data_options, named_data, sources_option
from disputegraph.errors import UsageError


@click.command()
@data_options
@sources_option
@click.option("--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds for one answer.")
@click.option("--max-memory", type=click.IntRange(16), default=1024, show_default=True, help="MiB one answer may take.")
def mcp(sources: Path | None, timeout: float, max_memory: int) -> None:
    """Answer an assistant from the dispute, by the Model Context Protocol on standard input and output.

    It only reads, has no network, and quotes nothing that does not verify. A program that speaks the protocol starts
    it; docs/assistants.md shows how to put it into two of them.
    """
    from disputegraph.assistant import AssistantOptions, Session
    from disputegraph.resources import BUNDLED_DISPUTE, bundled_dispute
    from disputegraph.store import is_address

    locations = named_data() or tuple(filter(None, os.environ.get("DISPUTEGRAPH_DATA", "").split(os.pathsep)))
    if not locations:
        click.echo(f"Note: no -d/--data given; reading the bundled dispute '{BUNDLED_DISPUTE}'.", err=True)
        locations = (str(bundled_dispute()),)
    if any(map(is_address, locations)):
        raise UsageError(
            "an assistant's server has no network; fetch the data first ('disputegraph convert'), and name files."
        )
    session = Session(AssistantOptions(locations, sources, timeout, max_memory))
    click.echo("Ready for an assistant on standard input; the end of the input stops it.", err=True)
    session.run(sys.stdin.buffer, sys.stdout.buffer)
