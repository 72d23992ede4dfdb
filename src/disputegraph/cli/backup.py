"""`disputegraph backup` and `disputegraph restore`: copy a store on disk, and bring the copy back."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("store", type=click.Path(file_okay=False, path_type=Path), metavar="STORE")
@click.argument("backup", type=click.Path(path_type=Path), metavar="BACKUP")
def backup(store: Path, backup: Path) -> None:
    """Copy a store on disk to a new folder, checked.

    The copy shares no file with STORE and knows the digests of its own. 'disputegraph restore' brings it back; it can
    also be read as it is with -d.
    """
    from disputegraph.store import back_up

    quads = back_up(store, backup)
    click.echo(f"Copied {quads:,} triples to {backup}.", err=True)


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
