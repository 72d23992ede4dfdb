"""The store on disk: a folder that Oxigraph reads, with our marker in it."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph

from disputegraph.errors import DataError, OutputError
from disputegraph.process import deep_stack
from disputegraph.rdf import Source
from disputegraph.sparql import examine_update
from disputegraph.store.embedded_store import EmbeddedStore
from disputegraph.store.generations import WAY_BACK, no_store, present_state
from disputegraph.store.interface import Answer
from disputegraph.store.query_answers import engine_errors
from disputegraph.store.query_mistakes import query_error
from disputegraph.store.store_locks import Hold, only_writer
from disputegraph.store.store_marker import Marker, is_store, listing, read_marker, write_marker

COUNTED_AT_OPEN = 100_000
"""Stores of at most that many quads are counted whenever they are opened (at some four million quads a second).
Of larger ones the names and sizes of the files are compared, which the engine too checks against its own list."""

COPIED_AT_ONCE = 20_000
"""Quads of a store on disk that are copied into memory, in a tenth of a second, for a named query to infer of."""

_ATTEMPTS = 3  # at opening a state that a writer is at work in
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
        self._copy: EmbeddedStore | None = None

    def load_source(self, source: Source) -> None:  # noqa: ARG002  # the interface's
        """Refuse: a store on disk is loaded whole or not at all, by `load_into`."""
        raise OutputError(f"{self.location}: is open for reading; load with 'disputegraph load … --into DIR'.")

    def update(self, update: str, *, base: str | None = None) -> None:
        """Carry out a SPARQL 1.1 Update, whole or not at all; it is on disk when this returns.

        Raises:
            OutputError: the store is open for reading only, or the disk is full.
            QueryError: it is not an update, or would read from the network.
            LimitError: it is too long or too deep.
        """
        if not self._writable:
            raise OutputError(f"{self.location}: is open for reading only.")
        stack = examine_update(update)
        self._need_room(len(update))
        self._copy = None
        try:
            with self._failing():
                change = partial(self._engine.update, update, base_iri=base, prefixes=dict(self._default_prefixes()))
                deep_stack(change, stack)
                self._engine.flush()
        except SyntaxError as error:
            raise query_error(update, str(error), self._default_prefixes(), None, kind="update") from None
        except DataError as error:
            if "No space left" in str(error):
                raise OutputError(f"{self.location}: the disk is full; the update was not made.") from None
            raise

    def _need_room(self, size: int) -> None:
        """Raise OutputError when the disk is nearly full: on a full one the engine waits for room, for ever."""
        folder = Path(self.location)
        try:
            held = sum(listing(folder / self.marker.folder).values())
            free = shutil.disk_usage(folder).free
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

    @property
    def infers_cheaply(self) -> bool:
        """See `Store.infers_cheaply`."""
        return self.marker.quads <= COPIED_AT_ONCE

    def _answer(
        self, query: str, *, prefixes: Mapping[str, str], base: str | None, path: str | None, infer: bool
    ) -> Answer:
        if not infer:
            return super()._answer(query, prefixes=prefixes, base=base, path=path, infer=False)
        # Nothing is written into a store that others read; a copy in memory is inferred of.
        if self._copy is None:
            self._copy = EmbeddedStore(location=self.location, allow_network=self.allow_network)
            self._copy.add_store(self)
        self._copy.unknown_functions, self._copy.max_rows = self.unknown_functions, self.max_rows
        return self._copy._answer(query, prefixes=prefixes, base=base, path=path, infer=True)

    def close(self) -> None:
        """Let go of the folder; what was read from it lazily can then no longer be read."""
        if self._held is not None:
            self._held.close()
            self._held = None
        self._copy = None
        # The engine frees its files when nothing refers to it any more.
        super().close()

    def _failing(self) -> AbstractContextManager[None]:
        return engine_errors(self.location, WAY_BACK)


def open_disk_store(folder: Path, *, allow_network: bool = False) -> DiskStore:
    """Open a store on disk for reading, which any number of processes may do at once.

    Raises:
        DataError: `folder` is not a store of ours, is damaged, or does not hold what it held when it was written; the
            text says how to come back to a whole one.
    """
    attempts = 0
    while True:
        before = read_marker(folder)
        try:
            return _opened(folder, allow_network)
        except (DataError, OSError) as error:
            # Did a writer replace this state, or was it at work in it?
            if read_marker(folder) == before:
                attempts += 1
                if before is None or before.state == "ready" or attempts == _ATTEMPTS:
                    if isinstance(error, DataError):
                        raise
                    raise DataError(f"cannot be opened: {error}.{WAY_BACK}", path=str(folder)) from None
                time.sleep(0.02)


def _opened(folder: Path, allow_network: bool) -> DiskStore:
    marker = read_marker(folder)
    if marker is None:
        raise no_store(folder)
    held = Hold(folder / marker.folder)
    if present_state(folder) != marker:
        raise OSError("a writer changes it")
    with engine_errors(str(folder), WAY_BACK):
        engine = pyoxigraph.Store.read_only(str(folder / marker.folder))
        if marker.state == "writing":  # its writer is at work, or died; the engine keeps each update whole
            marker = replace(marker, quads=len(engine))
        elif marker.quads <= COUNTED_AT_OPEN and len(engine) != marker.quads:
            raise DataError(
                f"holds {len(engine):,} quads, and {marker.quads:,} were loaded.{WAY_BACK}", path=str(folder)
            )
    with contextlib.suppress(OSError):
        for old in (folder / marker.folder).glob("LOG.old.*"):  # the engine leaves one at every opening
            old.unlink()
    return DiskStore(engine, folder, marker, allow_network=allow_network, held=held)


@contextmanager
def open_for_update(folder: Path) -> Iterator[DiskStore]:
    """Open a store on disk for updates; each is on disk when it has returned, whatever happens after.

    Raises:
        OutputError: another process writes to it.
        DataError: as `open_disk_store`.
    """
    if not is_store(folder):
        raise no_store(folder)
    with only_writer(folder):
        marker = present_state(folder)
        write_marker(folder, replace(marker, state="writing"))
        with engine_errors(str(folder), WAY_BACK):
            engine = pyoxigraph.Store(str(folder / marker.folder))
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
            files = listing(folder / marker.folder)
            write_marker(folder, replace(marker, state="ready", quads=quads, files=files, digests={}))
