"""Load files into a store on disk, whole or not at all."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from disputegraph.errors import file_errors
from disputegraph.rdf import Source, bulk_load, prefixes_of
from disputegraph.store.generations import next_state
from disputegraph.store.ontology_upgrade import is_old, upgrade_engine
from disputegraph.store.store_marker import LoadedSource, Marker

Progress = Callable[[Source, int], None]
"""Told of each piece read from a source: the source, and how many bytes of its file."""


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
    with next_state(folder, anew=replace) as state:
        documents = [_document(source) for source in sources]
        before = after = state.before
        wanted, skipped = _new(sources, documents, before)
        if wanted or not before.folder:
            after = _build(state.path, wanted, before, allow_network, progress)
            state.commit(after)
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
    """Add documents to what `folder` holds, and return the marker of the outcome."""
    prefixes = dict(before.prefixes)
    engine = pyoxigraph.Store(str(folder))
    for source, _ in wanted:
        told = (lambda count, source=source: progress(source, count)) if progress else None
        bulk_load(engine, source, allow_network=allow_network, progress=told)
        for name, iri in prefixes_of(source).items():
            prefixes.setdefault(name, iri)
    if is_old(engine):
        upgrade_engine(engine)
    engine.flush()
    quads = len(engine)
    del engine  # closes it: from here on its files stand still
    loaded = (*before.sources, *(document for _, document in wanted))
    return Marker(quads=quads, prefixes=prefixes, sources=loaded)


def _document(source: Source) -> LoadedSource:
    if source.path is None:
        digest = hashlib.sha256(source.text or b"").hexdigest()
    else:
        with file_errors(source.name), source.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return LoadedSource(source.name, digest, source.base, source.format.name)
