"""`disputegraph new`: a folder for coding a dispute."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.errors import UsageError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option("--title", metavar="TEXT", help="What the dispute is called; default: the folder's name.")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="Language of labels.")
def new(folder: str, title: str | None, language: str) -> None:
    """Lay out a folder for coding a dispute of your own.

    Writes two sheets with their columns, a README that explains each with an example, a folder for source texts that
    git leaves out, and a Turtle file for what sheets cannot say.
    """
    from disputegraph.importers import lay_out

    if not folder.strip():
        raise UsageError("the folder has no name; write '.' for the one you are in.")
    for path in lay_out(Path(folder), title=title, language=language):
        click.echo(f"{path}/" if path.is_dir() else str(path))
    click.echo(
        f"Next: read {Path(folder, 'README.md')}, put texts into {Path(folder, 'sources')}, fill the sheets.", err=True
    )
