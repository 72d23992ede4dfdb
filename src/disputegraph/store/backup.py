"""Copies of a store on disk, checked when they are made and when they are brought back."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import shutil
from pathlib import Path

import pyoxigraph

from disputegraph.errors import DataError, OutputError
from disputegraph.store.answers import engine_errors
from disputegraph.store.disk import no_store, open_disk_store
from disputegraph.store.loading import prepare, unmake, writing_to
from disputegraph.store.locking import only_writer
from disputegraph.store.marker import Marker, is_engine_folder, is_store, listing, read_marker, write_marker
from disputegraph.store.staging import commit, discard, is_committing, roll_forward, stage

__all__ = ["back_up", "restore"]

_PIECE = 1 << 20
_UNKNOWN = -1  # of a store that is not ours


def back_up(folder: Path, target: Path) -> int:
    """Copy the store at `folder` to `target`, where there must be nothing yet, and return its number of quads.

    The copy is a store itself. It shares no file with the original, holds the digests of its files, and is counted
    before it takes its name.

    Raises:
        DataError: `folder` is no store, or is damaged.
        OutputError: there is something at `target`, or it cannot be written.
    """
    if target.exists():
        raise OutputError(f"{target}: exists already; name a new folder for the backup.")
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    with open_disk_store(folder) as store:
        if store.marker.state != "ready":
            raise OutputError(f"{folder}: is being written to; back it up when its writer is done.")
        try:
            with writing_to(target):
                beside.mkdir()
                digests = {name: _copy(folder / name, beside / name) for name in store.marker.files}
                quads = _count(beside, store.marker, folder)
                write_marker(beside, dataclasses.replace(store.marker, digests=digests))
                beside.rename(target)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    return quads


def restore(backup: Path, folder: Path, *, replace: bool = False) -> int:
    """Bring a backup back as the store at `folder`, and return its number of quads.

    A store that another Oxigraph program made may be brought in too. What stood at `folder` stays as it was until the
    copy is whole.

    Args:
        backup: a folder that `back_up` made, or any Oxigraph store that nobody writes to.
        folder: the store to be.
        replace: take the place of a store that is there.

    Raises:
        DataError: `backup` is no store, or not what it was when it was made.
        OutputError: there is a store already, another process writes to it, or the disk is full.
    """
    if not is_store(backup) and not is_engine_folder(backup):
        raise no_store(backup)
    marker = read_marker(backup) or Marker(files=listing(backup), quads=_UNKNOWN)
    made = prepare(folder, unknown_engine=replace)
    try:
        with only_writer(folder), writing_to(folder):
            if is_committing(folder):
                roll_forward(folder)
            _refuse_to_overwrite(folder, replace)
            try:
                quads = _bring(backup, marker, folder)
            except BaseException:
                discard(folder)
                raise
    except BaseException:
        if made:
            unmake(folder)
        raise
    return quads


def _refuse_to_overwrite(folder: Path, replace: bool) -> None:
    if is_store(folder) and not replace:
        raise OutputError(f"{folder}: holds a store already; --replace puts the backup in its place.")


def _bring(backup: Path, marker: Marker, folder: Path) -> int:
    staged = stage(folder, empty=True)
    for name in marker.files:
        try:
            digest = _copy(backup / name, staged / name)
        except FileNotFoundError:
            raise DataError(f"its file {name} is missing; use another backup.", path=str(backup)) from None
        if marker.digests.get(name, digest) != digest:
            raise DataError(f"its file {name} is not what it was when the backup was made.", path=str(backup))
    quads = _count(staged, marker, backup)
    write_marker(staged, dataclasses.replace(marker, state="ready", quads=quads, digests={}, files=listing(staged)))
    commit(folder)
    return quads


def _count(copy: Path, marker: Marker, original: Path) -> int:
    """Return the number of quads of a copy, which is what the marker says."""
    with engine_errors(str(original)):
        quads = len(pyoxigraph.Store.read_only(str(copy)))
    if marker.state == "ready" and marker.quads not in (quads, _UNKNOWN):
        raise DataError(f"holds {quads:,} quads, and {marker.quads:,} were loaded.", path=str(original))
    return quads


def _copy(source: Path, target: Path) -> str:
    """Copy a file, make it last, and return its SHA-256."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while piece := reading.read(_PIECE):
            digest.update(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()
