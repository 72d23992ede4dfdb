"""`disputegraph backup`: copy a store on disk."""

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
