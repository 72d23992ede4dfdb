"""The states of a store on disk, each in a sub-folder of its own.

    DIR/disputegraph-store.json    the marker: names the sub-folder that is the store
    DIR/data-7/                    an Oxigraph store; it stands still
    DIR/.next/                     the next state while it is built; of no use if its writer died
    DIR/.first                     there while the first state gets its name, before there is a marker

A new state becomes the store by one rename, that of the marker.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph

from disputegraph.errors import DataError, OutputError
from disputegraph.store.store_locks import LOCK, is_read, only_writer
from disputegraph.store.store_marker import (
    Marker,
    is_engine_folder,
    is_store,
    listing,
    read_marker,
    sync_folder,
    write_marker,
)

WAY_BACK = (
    " Build it anew with 'disputegraph load DATA… --into DIR --replace', or bring back a backup with "
    "'disputegraph restore'."
)
_STATE, _NEXT, _FIRST = re.compile(r"data-(\d+)"), ".next", ".first"


class NextState:
    """The next state of a store while it is built.

    Attributes:
        path: the sub-folder to build it in.
        before: the marker of the store as it is; an empty one where there is none, or none that counts.
    """

    def __init__(self, folder: Path, before: Marker) -> None:
        self._folder, self.path, self.before = folder, folder / _NEXT, before

    def commit(self, marker: Marker) -> None:
        """Make it the store; `marker` says what it holds, and its files and their sub-folder are filled in here."""
        numbers = [int(found[1]) for path in self._folder.iterdir() if (found := _STATE.fullmatch(path.name))]
        state = self._folder / f"data-{max(numbers, default=0) + 1}"
        sync_folder(self.path)
        if not is_store(self._folder):  # a state without a marker is a store that lost it, but for the first one
            (self._folder / _FIRST).touch()
            sync_folder(self._folder)
        self.path.rename(state)
        write_marker(self._folder, replace(marker, folder=state.name, files=listing(state)))
        (self._folder / _FIRST).unlink(missing_ok=True)
        _remove_unused(self._folder)


@contextmanager
def next_state(folder: Path, *, anew: bool) -> Iterator[NextState]:
    """Open the next state of the store at `folder` to build, as its one writer.

    Its sub-folder holds hard links to all that the store now holds, or does not exist yet where there is no store. If
    the block ends without `commit`, all is as it was before.

    Args:
        folder: the store, or where it is to be: an empty folder, or a path where there is nothing yet.
        anew: begin with nothing, whatever the store now holds.

    Raises:
        OutputError: another process writes to it, the folder holds other things, or the disk is full.
        DataError: the store is damaged.
    """
    made = _prepare(folder, anew)
    with only_writer(folder), _writing_to(folder):
        shutil.rmtree(folder / _NEXT, ignore_errors=True)  # of a writer that died
        if (folder / _FIRST).exists():
            for path in [] if is_store(folder) else list(folder.glob("data-*")):
                shutil.rmtree(path, ignore_errors=True)
            (folder / _FIRST).unlink()
        _remove_unused(folder)
        before = Marker()
        try:
            if not anew and is_store(folder):
                before = present_state(folder)
                engine = pyoxigraph.Store.read_only(str(folder / before.folder))
                engine.backup(str(folder / _NEXT))
                del engine
            yield NextState(folder, before)
        finally:
            # While the lock is held: another writer may already be waiting to fill the folder that was made here.
            shutil.rmtree(folder if made and not is_store(folder) else folder / _NEXT, ignore_errors=True)


def present_state(folder: Path) -> Marker:
    """Return the marker of a store whose files are those it was left with.

    Raises:
        DataError: `folder` is not a store of ours, or its files are others than the marker says.
    """
    marker = read_marker(folder)
    if marker is None:
        raise no_store(folder)
    state = folder / marker.folder
    now = listing(state) if state.is_dir() else {}
    if wrong := sorted(name for name, size in marker.files.items() if now.get(name) != size):
        what = f"{wrong[0]} is missing" if wrong[0] not in now else f"{wrong[0]} has another size"
        raise DataError(f"is damaged or was changed by another program: its file {what}.{WAY_BACK}", path=str(folder))
    return marker


def no_store(folder: Path) -> DataError:
    """Return what is to be said of a folder that is not a store of ours."""
    if is_engine_folder(folder):
        return DataError(
            "is an Oxigraph store that this disputegraph did not make. 'disputegraph restore' copies it into one that "
            "it can use.",
            path=str(folder),
        )
    return DataError("is not a disputegraph store; 'disputegraph load DATA… --into DIR' makes one.", path=str(folder))


def _prepare(folder: Path, anew: bool) -> bool:
    """Make sure that `folder` may be ours, and return whether it was made for this."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file; name a folder for the store.")
    if not folder.exists():
        try:
            folder.mkdir()
        except OSError as error:
            raise OutputError(f"{folder}: cannot be made: {error.strerror}.") from None
        return True
    if is_engine_folder(folder):
        raise no_store(folder)
    if not is_store(folder):
        found = sorted(path.name for path in folder.iterdir() if path.name not in (LOCK, _NEXT, _FIRST, "lost+found"))
        if found and all(_STATE.fullmatch(name) for name in found):
            if not anew and not (folder / _FIRST).exists():
                raise DataError(
                    f"has lost its marker file. 'disputegraph restore {folder / found[-1]} --into DIR' makes a store "
                    "of what it holds; 'load … --replace' builds it anew.",
                    path=str(folder),
                )
        elif found:
            raise OutputError(
                f"{folder}: holds other things ({found[0]}) and is not a disputegraph store; name a new or empty "
                "folder."
            )
    return False


def _remove_unused(folder: Path) -> None:
    """Remove the states that are the store no longer, unless somebody still reads them."""
    try:
        marker = read_marker(folder)
    except DataError:
        return  # what a damaged marker named may still be wanted
    for path in list(folder.iterdir()) if marker else ():
        if _STATE.fullmatch(path.name) and marker and path.name != marker.folder and not is_read(path):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """Turn what goes wrong while the engine writes to `folder` into our errors."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if "No space left" in reason:
            reason = "the disk is full"
        raise OutputError(f"{folder}: cannot be written: {reason}; the store is as it was before.") from None
    except RuntimeError as error:
        raise DataError(f"is damaged: {error}.{WAY_BACK}", path=str(folder)) from None
