"""The store on disk: a folder that Oxigraph reads, with our marker in it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph

from disputegraph.errors import DataError, OutputError
from disputegraph.rdf import Source
from disputegraph.store.embedded_store import EmbeddedStore
from disputegraph.store.generations import WAY_BACK, no_store, present_state
from disputegraph.store.interface import Answer
from disputegraph.store.query_answers import engine_errors
from disputegraph.store.store_locks import Hold
from disputegraph.store.store_marker import Marker, read_marker

COUNTED_AT_OPEN = 100_000
"""Stores of at most that many quads are counted whenever they are opened (at some four million quads a second).
Of larger ones the names and sizes of the files are compared, which the engine too checks against its own list."""

COPIED_AT_ONCE = 20_000
"""Quads of a store on disk that are copied into memory, in a tenth of a second, for a named query to infer of."""


class DiskStore(EmbeddedStore):
    """A store on disk, opened for reading."""

    def __init__(
        self, engine: pyoxigraph.Store, folder: Path, marker: Marker, held: Hold, *, allow_network: bool = False
    ) -> None:
        super().__init__(engine, location=str(folder), allow_network=allow_network)
        self._prefixes = dict(marker.prefixes)
        self.marker, self._held = marker, held
        self._copy: EmbeddedStore | None = None

    def load_source(self, source: Source) -> None:  # noqa: ARG002  # the interface's
        """Refuse: a store on disk is loaded whole or not at all, by `load_into`."""
        raise OutputError(f"{self.location}: is open for reading; load with 'disputegraph load … --into DIR'.")

    def __len__(self) -> int:
        return self.marker.quads

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
        self._held.close()
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
    while True:
        before = read_marker(folder)
        try:
            return _opened(folder, allow_network)
        except (DataError, OSError) as error:
            if read_marker(folder) == before:  # no writer replaced this state meanwhile
                if isinstance(error, DataError):
                    raise
                raise DataError(f"cannot be opened: {error}.{WAY_BACK}", path=str(folder)) from None


def _opened(folder: Path, allow_network: bool) -> DiskStore:
    marker = read_marker(folder)
    if marker is None:
        raise no_store(folder)
    held = Hold(folder / marker.folder)
    if present_state(folder) != marker:
        raise OSError("a writer changes it")
    with engine_errors(str(folder), WAY_BACK):
        engine = pyoxigraph.Store.read_only(str(folder / marker.folder))
        if marker.quads <= COUNTED_AT_OPEN and len(engine) != marker.quads:
            raise DataError(
                f"holds {len(engine):,} quads, and {marker.quads:,} were loaded.{WAY_BACK}", path=str(folder)
            )
    with contextlib.suppress(OSError):
        for old in (folder / marker.folder).glob("LOG.old.*"):  # the engine leaves one at every opening
            old.unlink()
    return DiskStore(engine, folder, marker, held, allow_network=allow_network)
