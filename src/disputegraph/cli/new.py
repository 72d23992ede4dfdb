"""`disputegraph new`: a folder for coding a dispute."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.errors import UsageError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option("--title", metavar="TEXT", help="What the dispute is called; default: the folder's name.")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="Language of labels.")
@click.option("--base", metavar="IRI", help="Under which names are made; default: from the folder's name.")
@click.option("--coder", metavar="NAME", help="Who codes.")
@click.option("--sheets", is_flag=True, help="Lay out sheets to fill in a spreadsheet instead.")
def new(folder: str, title: str | None, language: str, base: str | None, coder: str | None, sheets: bool) -> None:
    """Lay out a folder for coding a dispute of your own.

    A project has its settings, a codebook, a file for each document that is coded, and a folder for source texts that
    git leaves out: 'disputegraph code' opens it in the browser. With --sheets it is two sheets with their columns, a
    README that explains each, and a Turtle file for what sheets cannot say.
    """
    if not folder.strip():
        raise UsageError("the folder has no name; write '.' for the one you are in.")
    if sheets:
        if base or coder:
            raise UsageError("--base and --coder are for projects; 'import sheet' takes a base, and a row its coder.")
        from disputegraph.importers import lay_out

        for path in lay_out(Path(folder), title=title, language=language):
            click.echo(f"{path}/" if path.is_dir() else str(path))
        click.echo(
            f"Next: read {Path(folder, 'README.md')}, put texts into {Path(folder, 'sources')}, fill the sheets.",
            err=True,
        )
        return
    from disputegraph.coding import new_project

    project = new_project(folder, title=title, language=language, base=base, coder=coder)
    for path in sorted(project.folder.iterdir()):
        if not path.name.startswith(".disputegraph"):
            click.echo(f"{path}/" if path.is_dir() else str(path))
    click.echo(f"Next: disputegraph add FILE… -d {folder}, then disputegraph code {folder}.", err=True)
