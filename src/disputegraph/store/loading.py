"""Load files into a store on disk, whole or not at all."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from disputegraph.errors import DataError, OutputError
from disputegraph.rdf import Source, bulk_load, prefixes_of
from disputegraph.store.disk import WAY_BACK, no_store, whole_marker
from disputegraph.store.locking import only_writer
from disputegraph.store.marker import LoadedSource, Marker, is_engine_folder, is_store, listing, write_marker
from disputegraph.store.staging import commit, discard, is_committing, roll_forward, stage

__all__ = ["Loaded", "Progress", "load_into", "prepare", "unmake", "writing_to"]

Progress = Callable[[Source, int], None]
"""Told of each piece read from a source: the source, and how many bytes of its file."""

_OURS = {".next", ".commit", "disputegraph.lock", "disputegraph.readers"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did.

    Attributes:
        loaded: names of the documents loaded.
        skipped: names of those that the store held already, byte for byte.
        added: how many quads the store has more than before.
        quads: how many it now holds.
        seconds: how long it took.
    """

    loaded: tuple[str, ...]
    skipped: tuple[str, ...]
    added: int
    quads: int
    seconds: float


def load_into(
    folder: Path,
    sources: Sequence[Source],
    *,
    replace: bool = False,
    allow_network: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Load `sources` into the store at `folder`, which is made if there is none, and return what was done.

    The store stays as it was until all is loaded, flushed and counted; readers are not disturbed. A document that
    was loaded before, byte for byte, is not loaded again, so that its blank nodes are not doubled.

    Args:
        folder: the store: one of ours, an empty folder, or a path where there is nothing yet.
        sources: the documents.
        replace: build the store anew instead of adding to it.
        allow_network: let JSON-LD fetch its contexts.
        progress: told of what was read.

    Raises:
        DataError: a source cannot be read, or the store is damaged.
        OutputError: another process writes to the store, the folder is somebody else's, or the disk is full.
    """
    start = time.monotonic()
    made = prepare(folder, unknown_engine=replace)
    try:
        with only_writer(folder), writing_to(folder):
            if is_committing(folder):
                roll_forward(folder)
            before = Marker() if replace or not is_store(folder) else whole_marker(folder)
            if before.state == "writing":  # its writer died; the engine kept each of its updates whole
                before = dataclasses.replace(before, quads=len(pyoxigraph.Store.read_only(str(folder))))
            documents = [_document(source) for source in sources]
            wanted, skipped = _new(sources, documents, before)
            after = before
            if wanted or replace or not is_store(folder):
                try:
                    after = _build(folder, wanted, before, allow_network, progress)
                except BaseException:
                    discard(folder)
                    raise
    except BaseException:
        if made:
            unmake(folder)
        raise
    names = tuple(source.name for source, _ in wanted)
    return Loaded(names, skipped, after.quads - before.quads, after.quads, time.monotonic() - start)


def _new(
    sources: Sequence[Source], documents: Sequence[LoadedSource], before: Marker
) -> tuple[list[tuple[Source, LoadedSource]], tuple[str, ...]]:
    known, wanted, skipped = list(before.sources), [], []
    for source, document in zip(sources, documents, strict=True):
        if any(document.same_content(other) for other in known):
            skipped.append(source.name)
        else:
            wanted.append((source, document))
            known.append(document)
    return wanted, tuple(skipped)


def _build(
    folder: Path,
    wanted: Sequence[tuple[Source, LoadedSource]],
    before: Marker,
    allow_network: bool,
    progress: Progress | None,
) -> Marker:
    staged = stage(folder, empty=not before.files)
    prefixes = dict(before.prefixes)
    engine = pyoxigraph.Store(str(staged))
    for source, _ in wanted:
        told = (lambda count, source=source: progress(source, count)) if progress else None
        bulk_load(engine, source, allow_network=allow_network, progress=told)
        for name, iri in prefixes_of(source).items():
            prefixes.setdefault(name, iri)
    engine.flush()
    quads = len(engine)
    del engine  # closes it: from here on its files stand still
    marker = Marker("ready", quads, listing(staged), prefixes, (*before.sources, *(one for _, one in wanted)))
    write_marker(staged, marker)
    commit(folder)
    return marker


def prepare(folder: Path, *, unknown_engine: bool = False) -> bool:
    """Make sure that `folder` may be ours, and return whether it was made for this.

    Args:
        folder: the store to be.
        unknown_engine: take over an Oxigraph store whose marker is gone.

    Raises:
        OutputError: the folder cannot be made, or holds other things.
        DataError: it holds an Oxigraph store that is not ours.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file; name a folder for the store.")
    if not folder.exists():
        try:
            folder.mkdir()
        except OSError as error:
            raise OutputError(f"{folder}: cannot be made: {error.strerror}.") from None
        return True
    if not is_store(folder) and not is_committing(folder):
        foreign = sorted(path.name for path in folder.iterdir() if path.name not in _OURS)
        if is_engine_folder(folder):
            if unknown_engine:
                return False
            raise no_store(folder)
        if foreign and foreign != ["lost+found"]:
            raise OutputError(
                f"{folder}: holds other things ({foreign[0]}) and is no disputegraph store; name a new or empty folder."
            )
    return False


def unmake(folder: Path) -> None:
    """Remove the folder that `prepare` made, if no store came of it."""
    if not is_store(folder) and not is_committing(folder):
        shutil.rmtree(folder, ignore_errors=True)


def _document(source: Source) -> LoadedSource:
    if source.path is None:
        digest = hashlib.sha256(source.text or b"").hexdigest()
    else:
        try:
            with source.path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise DataError(f"cannot be read: {error.strerror}.", path=source.name) from None
    return LoadedSource(source.name, digest, source.base, source.format.name)


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turn what goes wrong while the engine writes to `folder` into our errors.

    Raises:
        OutputError: the disk is full or cannot be written.
        DataError: the store is damaged.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if "No space left" in reason:
            reason = "the disk is full"
        raise OutputError(f"{folder}: cannot be written: {reason}; the store is as it was before.") from None
    except RuntimeError as error:
        raise DataError(f"is damaged: {error}.{WAY_BACK}", path=str(folder)) from None
