"""`disputegraph restore`: bring a backup back."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="BACKUP")
@click.option(
    "--into", required=True, type=click.Path(path_type=Path), metavar="STORE", help="The folder of the store to be."
)
@click.option("--replace", is_flag=True, help="Take the place of a store that is there.")
def restore(backup: Path, into: Path, replace: bool) -> None:
    """Bring a backup back as a store on disk.

    BACKUP is a folder made by 'disputegraph backup', or any Oxigraph store. What stands at STORE stays as it is until
    the backup is found whole.
    """
    from disputegraph.store import restore as bring_back

    quads = bring_back(backup, into, replace=replace)
    click.echo(f"Restored {quads:,} triples into {into}.", err=True)
