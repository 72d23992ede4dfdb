"""`disputegraph demo`: the main job on the bundled dispute."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.dispute import open_data
from disputegraph.rdf import open_output
from disputegraph.resources import WHOLE_DISPUTE, data_folder


@click.command()
@click.option("--dir", "folder", default="demo", show_default=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the files it writes; made if it is not there.")  # fmt: skip
def demo(folder: Path) -> None:
    """Do the main job on the bundled dispute and say what came of it.

    Loads one report of the English junior doctors' strike of 2016, answers two questions, builds the networks, and
    writes the interactive page, the networks for Gephi and the graph as Turtle. Then it loads the whole dispute, of
    many documents, says which coalitions there are and how sure that is, and writes its page.
    """
    from disputegraph.cli.demo_summary import run_demo

    with open_data() as dispute, open_data(data_folder() / WHOLE_DISPUTE) as whole:
        text = run_demo(dispute, whole, folder)
    with open_output(None) as stream:
        stream.write(text.encode())
