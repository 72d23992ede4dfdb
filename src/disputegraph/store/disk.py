"""The store on disk: a folder that Oxigraph reads, with our marker in it."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph

from disputegraph.errors import DataError, DisputeGraphError, OutputError
from disputegraph.process import deep_stack
from disputegraph.rdf import Source
from disputegraph.sparql import examine_update
from disputegraph.store.answers import engine_errors
from disputegraph.store.embedded import EmbeddedStore, query_error
from disputegraph.store.locking import Hold, hold_for_reading, only_writer
from disputegraph.store.marker import MARKER, Marker, is_engine_folder, is_store, listing, read_marker, write_marker
from disputegraph.store.staging import is_committing, roll_forward

__all__ = ["COUNTED_AT_OPEN", "WAY_BACK", "DiskStore", "no_store", "open_disk_store", "open_for_update", "whole_marker"]

WAY_BACK = (
    " Build it anew with 'disputegraph load DATA… --into DIR --replace', or bring back a backup with "
    "'disputegraph restore'."
)

COUNTED_AT_OPEN = 100_000
"""Stores of at most that many quads are counted whenever they are opened (at some four million quads a second).
Of larger ones the names and sizes of the files are compared, which the engine too checks against its own list."""

_PATIENCE = 5.0  # seconds that a reader waits while a writer puts a new state into place
_ATTEMPTS = 3
_ROOM, _LEVEL = 4 << 20, 256 << 20  # bytes: what is always left free, and the most that the engine merges at once


class DiskStore(EmbeddedStore):
    """A store on disk, opened for reading; `open_for_update` opens it for updates."""

    def __init__(
        self,
        engine: pyoxigraph.Store,
        folder: Path,
        marker: Marker,
        *,
        allow_network: bool = False,
        held: Hold | None = None,
    ) -> None:
        super().__init__(engine, location=str(folder), allow_network=allow_network)
        self._prefixes = dict(marker.prefixes)
        self.marker = marker
        self._held = held
        self._writable = False

    def load_source(self, source: Source) -> None:  # noqa: ARG002  # the interface's
        """Refuse: a store on disk is loaded whole or not at all, by `store.loading.load_into`."""
        raise OutputError(f"{self.location}: is open for reading; load with 'disputegraph load … --into DIR'.")

    def update(self, update: str, *, base: str | None = None) -> None:
        """Carry out a SPARQL 1.1 Update, whole or not at all; it is on disk when this returns.

        Raises:
            OutputError: the store is open for reading only, or the disk is full.
            QueryError: it is no update, or would read from the network.
            LimitError: it is too long or too deep.
        """
        if not self._writable:
            raise OutputError(f"{self.location}: is open for reading only.")
        stack = examine_update(update)
        self._need_room(len(update))
        try:
            with self._failing():
                change = partial(self._engine.update, update, base_iri=base, prefixes=dict(self._default_prefixes()))
                deep_stack(change, stack)
                self._engine.flush()
        except SyntaxError as error:
            raise query_error(update, str(error), self._default_prefixes(), None) from None
        except DataError as error:
            if "No space left" in str(error):
                raise OutputError(f"{self.location}: the disk is full; the update was not made.") from None
            raise

    def _need_room(self, size: int) -> None:
        """Raise OutputError when the disk is nearly full: on a full one the engine waits for room, for ever."""
        folder = Path(self.location)
        try:
            free, held = shutil.disk_usage(folder).free, sum(listing(folder).values())
        except OSError:
            return
        # To merge its files the engine writes them anew beside the old ones, a level of them at a time.
        needed = _ROOM + 2 * size + min(held, _LEVEL)
        if free < needed:
            raise OutputError(
                f"{self.location}: the disk is nearly full ({free >> 20:,} MiB are left, and {needed >> 20:,} MiB are "
                "needed to write safely); the update was not made."
            )

    def __len__(self) -> int:
        # Counting walks through every quad; a reader's store does not change under it.
        return len(self._engine) if self._writable else self.marker.quads

    def close(self) -> None:
        """Let go of the folder; what was read from it lazily can then no longer be read."""
        if self._held is not None:
            self._held.close()
            self._held = None
        # The engine frees its files when nothing refers to it any more.
        self._engine = pyoxigraph.Store()

    def _failing(self) -> AbstractContextManager[None]:
        return engine_errors(self.location, WAY_BACK)


def open_disk_store(folder: Path, *, allow_network: bool = False) -> DiskStore:
    """Open a store on disk for reading, which any number of processes may do at once.

    Raises:
        DataError: `folder` is no store of ours, is damaged, or does not hold what it held when it was written; the
            text says how to come back to a whole one.
    """
    deadline, attempts = time.monotonic() + _PATIENCE, 0
    while True:
        before = _stamp(folder)
        held = hold_for_reading(folder)
        try:
            marker = whole_marker(folder)
            engine = _read_only(folder)
            if marker.state == "writing":  # its writer is at work, or died; the engine keeps each update whole
                marker = replace(marker, quads=len(engine))
            elif marker.quads <= COUNTED_AT_OPEN:
                _compare_count(engine, marker, folder)
        except (DisputeGraphError, OSError) as error:
            if held is not None:
                held.close()
            # A writer may be putting a new state into place this very moment.
            attempts = attempts + 1 if _stamp(folder) == before else 0
            if time.monotonic() > deadline or (attempts >= _ATTEMPTS and not is_committing(folder)):
                if isinstance(error, OSError):
                    raise DataError(f"cannot be opened: {error}.{WAY_BACK}", path=str(folder)) from None
                raise
            _finish_commit(folder)
            time.sleep(0.02)
        else:
            with contextlib.suppress(OSError):
                for old in folder.glob("LOG.old.*"):  # the engine leaves one at every opening
                    old.unlink()
            return DiskStore(engine, folder, marker, allow_network=allow_network, held=held)


def _stamp(folder: Path) -> tuple[int, int] | None:
    """Return what changes when a writer puts a new state into place; None while there is no marker."""
    try:
        found = (folder / MARKER).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


@contextmanager
def open_for_update(folder: Path) -> Iterator[DiskStore]:
    """Open a store on disk for updates; each is on disk when it has returned, whatever happens after.

    Raises:
        OutputError: another process writes to it.
        DataError: as `open_disk_store`.
    """
    with ExitStack() as stack:
        if not is_store(folder) and not is_committing(folder):
            raise no_store(folder)
        stack.enter_context(only_writer(folder))
        if is_committing(folder):
            roll_forward(folder)
        marker = whole_marker(folder)
        write_marker(folder, replace(marker, state="writing"))
        with engine_errors(str(folder), WAY_BACK):
            engine = pyoxigraph.Store(str(folder))
        store = DiskStore(engine, folder, marker)
        store._writable = True
        try:
            yield store
        finally:
            with store._failing():
                engine.flush()
                quads = len(engine)
            store.close()
            del engine
            write_marker(folder, replace(marker, state="ready", quads=quads).with_files_of(folder))


def no_store(folder: Path) -> DataError:
    """Return what is to be said of a folder that is no store of ours."""
    if is_engine_folder(folder):
        return DataError(
            "is an Oxigraph store that disputegraph did not make. 'disputegraph restore' copies it into one of ours.",
            path=str(folder),
        )
    return DataError("is no disputegraph store; 'disputegraph load DATA… --into DIR' makes one.", path=str(folder))


def whole_marker(folder: Path) -> Marker:
    """Return the marker of a store whose files are those it was left with."""
    marker = None if is_committing(folder) else read_marker(folder)
    if marker is None:
        raise no_store(folder)
    if marker.state == "ready":
        now = listing(folder)
        wrong = sorted(name for name, size in marker.files.items() if now.get(name) != size)
        if wrong:
            what = f"{wrong[0]} is missing" if wrong[0] not in now else f"{wrong[0]} has another size"
            raise DataError(
                f"is damaged or was changed by another program: its file {what}.{WAY_BACK}", path=str(folder)
            )
    return marker


def _compare_count(engine: pyoxigraph.Store, marker: Marker, folder: Path) -> None:
    with engine_errors(str(folder), WAY_BACK):
        quads = len(engine)
    if quads != marker.quads:
        raise DataError(f"holds {quads:,} quads, and {marker.quads:,} were loaded.{WAY_BACK}", path=str(folder))


def _read_only(folder: Path) -> pyoxigraph.Store:
    with engine_errors(str(folder), WAY_BACK):
        return pyoxigraph.Store.read_only(str(folder))


def _finish_commit(folder: Path) -> None:
    """Put a committed state into place whose writer died; a living writer is left to do it."""
    if not is_committing(folder):
        return
    with contextlib.suppress(OutputError), only_writer(folder, patience=0):
        if is_committing(folder):
            roll_forward(folder)
