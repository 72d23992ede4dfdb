"""Change a store whole or not at all.

The next state is built in a sub-folder of the store, from hard links to the engine's files, which it never changes
once written. One rename commits it; moving its files up is then repeated by whoever comes next, should this process
die in between.

    DIR/.next      being built; thrown away if nobody finishes it
    DIR/.commit    finished: from this rename on it is the store, wherever its files lie
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from disputegraph.store.locking import no_reader
from disputegraph.store.marker import MARKER, listing, read_marker, sync_folder

__all__ = ["commit", "discard", "is_committing", "remove_strays", "roll_forward", "stage"]

_NEXT, _COMMIT = ".next", ".commit"


def stage(folder: Path, *, empty: bool) -> Path:
    """Return the sub-folder to build the next state in: `empty`, or with all that the store now holds."""
    staged = folder / _NEXT
    if staged.exists():
        shutil.rmtree(staged)  # of a writer that died
    staged.mkdir()
    if not empty:
        for name in listing(folder):
            # Tables never change once written; the engine appends to or replaces all else, so that is copied.
            if name.endswith((".sst", ".blob")):
                _link(folder / name, staged / name)
            else:
                shutil.copyfile(folder / name, staged / name)
    return staged


def discard(folder: Path) -> None:
    """Throw away what was staged."""
    shutil.rmtree(folder / _NEXT, ignore_errors=True)


def commit(folder: Path) -> None:
    """Make what was staged, marker included, the store."""
    staged = folder / _NEXT
    sync_folder(staged)
    staged.rename(folder / _COMMIT)
    sync_folder(folder)
    roll_forward(folder)


def is_committing(folder: Path) -> bool:
    """Return whether a committed state has not yet been moved into its place."""
    return (folder / _COMMIT).is_dir()


def roll_forward(folder: Path) -> None:
    """Move a committed state into its place; to be called by the one writer, as often as need be."""
    committed = folder / _COMMIT
    for name in listing(committed):
        (committed / name).replace(folder / name)
    if (committed / MARKER).exists():
        sync_folder(folder)
        (committed / MARKER).replace(folder / MARKER)
        sync_folder(folder)
    shutil.rmtree(committed)
    remove_strays(folder)


def remove_strays(folder: Path) -> None:
    """Remove the engine's files that are of no use any more, unless a reader may still need them."""
    marker = read_marker(folder)
    if marker is None or marker.state != "ready" or not no_reader(folder):
        return
    for name in listing(folder).keys() - marker.files.keys():
        with contextlib.suppress(FileNotFoundError):
            (folder / name).unlink()


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)
