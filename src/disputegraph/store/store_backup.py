"""Copies of a store on disk, checked when they are made and when they are brought back."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace as changed
from pathlib import Path

import pyoxigraph

from disputegraph.errors import DataError, OutputError
from disputegraph.store.disk_store import open_disk_store
from disputegraph.store.generations import next_state, no_store
from disputegraph.store.query_answers import engine_errors
from disputegraph.store.store_marker import Marker, is_engine_folder, is_store, listing, read_marker


def back_up(folder: Path, target: Path) -> int:
    """Copy the store at `folder` to `target`, where there must be no store yet, and return its number of quads.

    The copy is a store itself. It shares no file with the original and holds the digests of its files.

    Raises:
        DataError: `folder` is not a store, or is damaged.
        OutputError: there is a store at `target`, it holds other things, or it cannot be written.
    """
    if is_store(target):
        raise OutputError(f"{target}: holds a store already; name a new folder for the backup.")
    with open_disk_store(folder) as store:
        marker = store.marker
        with next_state(target, anew=True) as state:
            digests = _copy(folder / marker.folder, marker.files, state.path)
            _check_count(state.path, marker.quads, folder)
            state.commit(changed(marker, digests=digests))
    return marker.quads


def restore(backup: Path, folder: Path, *, replace: bool = False) -> int:
    """Bring a backup back as the store at `folder`, and return its number of quads.

    A store that another Oxigraph program made may be brought in too. What stood at `folder` stays as it was until the
    copy is whole.

    Args:
        backup: a folder that `back_up` made, or any Oxigraph store that nobody writes to.
        folder: the store to be.
        replace: take the place of a store that is there.

    Raises:
        DataError: `backup` is not a store, or not what it was when it was made.
        OutputError: there is a store already, another process writes to it, or the disk is full.
    """
    if is_engine_folder(backup):
        marker, source = Marker(files=listing(backup), quads=-1), backup
    elif (found := read_marker(backup)) is not None:
        marker, source = found, backup / found.folder
    else:
        raise no_store(backup)
    if is_store(folder) and not replace:
        raise OutputError(f"{folder}: holds a store already; --replace puts the backup in its place.")
    with next_state(folder, anew=True) as state:
        digests = _copy(source, marker.files, state.path)
        for name, digest in marker.digests.items():
            if digests[name] != digest:
                raise DataError(f"its file {name} is not what it was when the backup was made.", path=str(backup))
        quads = _check_count(state.path, marker.quads, backup)
        state.commit(changed(marker, quads=quads, digests={}))
    return quads


def _check_count(copy: Path, expected: int, original: Path) -> int:
    """Return the number of quads of a copy; raises DataError if it is not what is expected (-1 for any)."""
    with engine_errors(str(original)):
        quads = len(pyoxigraph.Store.read_only(str(copy)))
    if expected not in (quads, -1):
        raise DataError(f"holds {quads:,} quads, and {expected:,} were loaded.", path=str(original))
    return quads


def _copy(source: Path, names: Iterable[str], target: Path) -> dict[str, str]:
    """Copy files to a new folder, make them last, and return their SHA-256."""
    target.mkdir()
    digests = {}
    for name in names:
        try:
            shutil.copyfile(source / name, target / name)
        except FileNotFoundError:
            raise DataError(f"its file {name} is missing; use another backup.", path=str(source)) from None
        with (target / name).open("rb+") as stream:
            digests[name] = hashlib.file_digest(stream, "sha256").hexdigest()
            os.fsync(stream.fileno())
    return digests
