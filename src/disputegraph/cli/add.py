"""`disputegraph add`: take texts into a project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from disputegraph.errors import DisputeGraphError, UsageError

_DIR = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...", type=click.Path(path_type=Path))
@click.option(
    "-d", "--data", "folder", default=".", metavar="DIR", type=_DIR, help="The project; default: this folder."
)
@click.option("--name", metavar="NAME", help="What the document is called in the project; default: the file's name.")
@click.option("--title", metavar="TEXT", help="Its title; default: what the file says.")
@click.option("--date", metavar="DAY", help="The day it came out (YYYY-MM-DD); default: what the file says.")
@click.option("--publisher", metavar="NAME", help="Who published it; default: what the file says.")
@click.option("--url", metavar="URL", help="Its address; nothing is fetched. Default: what the file says.")
def add(texts: tuple[Path, ...], folder: Path, **facts: Any) -> None:
    """Take texts into a project: plain text, HTML, PDF or DOCX.

    The text is kept in the project's folder 'sources', in the form in which evidence is counted. What was taken, and
    what was left out, is told. A file that cannot be read stops none of the others.
    """
    from disputegraph.coding import Project

    named = [f"--{name}" for name in ("name", "title", "url") if facts[name]]
    if named and len(texts) > 1:
        raise UsageError(f"{' and '.join(named)} can be said of one text only, and {len(texts)} are named.")
    project = Project(folder)
    failed = 0
    for path in texts:
        try:
            iri = project.add_document(path, **facts)
        except DisputeGraphError as error:
            click.echo(f"Error: {error}" if str(path) in str(error) else f"Error: {path}: {error}", err=True)
            failed += 1
            continue
        source = project.source(iri)
        entry = project.entry(iri)["fields"]
        told = [entry["label"][0], *(value for name in ("issued", "url") for value in entry.get(name, ()))]
        click.echo(
            f"{path}: {len(source.text) if source else 0:,} characters as sources/{source.name if source else '?'}"
        )
        click.echo(f"  {', '.join(told)}")
        for note in project.notes:
            click.echo(f"  Note: {note}", err=True)
    if failed:
        raise UsageError(f"{failed} of {len(texts)} were not taken.")
