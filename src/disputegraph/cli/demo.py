"""`disputegraph demo`: the main job on the bundled dispute."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.dispute import open_data
from disputegraph.rdf import open_output


@click.command()
@click.option(
    "--dir",
    "folder",
    default="demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files it writes; made if it is not there.",
)
def demo(folder: Path) -> None:
    """Do the main job on the bundled dispute and say what came of it.

    Loads the English junior doctors' strike of 2016, answers two questions, builds the networks, and writes the
    interactive page, the networks for Gephi and the graph as Turtle.
    """
    from disputegraph.cli.demo_summary import run_demo

    with open_data() as dispute:
        text = run_demo(dispute, folder)
    with open_output(None) as stream:
        stream.write(text.encode())
