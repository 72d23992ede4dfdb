"""Open what a user names as data: files, folders, standard input, a store on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from disputegraph.errors import DataError, UsageError
from disputegraph.rdf import Source, source_of_path, sources_in_folder
from disputegraph.resources import bundled_named
from disputegraph.store.addresses import is_address, public_address
from disputegraph.store.disk_store import open_disk_store
from disputegraph.store.embedded_store import EmbeddedStore
from disputegraph.store.generations import no_store
from disputegraph.store.interface import Store
from disputegraph.store.ontology_upgrade import is_old, old_store_note, upgrade_engine, upgrade_note
from disputegraph.store.store_marker import is_engine_folder, is_store


def open_store(
    locations: Sequence[str | Path],
    *,
    format: str | None = None,
    base: str | None = None,
    allow_network: bool = False,
    contexts: Mapping[str, Path] | None = None,
    user: str | None = None,
) -> Store:
    """Return a store over all that `locations` name together.

    A store on disk or a server that is named alone is asked where it is. Stores on disk named beside other things are
    copied into memory with them.

    Args:
        locations: RDF files (plain or compressed), folders of them, ``-`` for standard input, folders that
            `load_into` made, the name of a bundled dispute (see `bundled_named`), or the address (http, https) of one
            SPARQL endpoint.
        format: format of the files whose suffix tells none, and of standard input.
        base: base IRI for relative IRIs; by default each file's own.
        allow_network: let queries use SERVICE and JSON-LD fetch its contexts.
        contexts: files of JSON-LD contexts by IRI, which are then not fetched.
        user: the name to give to the server; see `credentials`.

    Raises:
        DataError: something cannot be read; the text names file and line.
        UsageError: an endpoint is named beside other data.
    """
    if not locations:
        raise DataError("no data is named.")
    addresses = [str(location) for location in locations if is_address(location)]
    if addresses:
        if len(locations) > 1:
            shown = public_address(addresses[0])
            raise UsageError(
                f"{shown} is a server, and answers alone; load the other data into it ('disputegraph load … "
                f"--into {shown}'), or name only files and folders."
            )
        from disputegraph.store.remote_store import RemoteStore

        return RemoteStore(addresses[0], user=user, allow_network=allow_network)
    if len(locations) == 1 and is_store(Path(locations[0])):
        kept = open_disk_store(Path(locations[0]), allow_network=allow_network)
        if is_old(kept.engine):
            kept.notes = (old_store_note(kept.location),)
        return kept
    store = EmbeddedStore(location=", ".join(map(str, locations)), allow_network=allow_network)
    for location in locations:
        if str(location) != "-" and is_store(Path(location)):
            with open_disk_store(Path(location), allow_network=allow_network) as other:
                store.add_store(other)
            continue
        for source in sources_of(location, format=format, base=base, contexts=contexts):
            store.load_source(source)
    _upgrade(store)
    return store


def read_sources(sources: Iterable[Source], *, location: str) -> EmbeddedStore:
    """Return a store in memory over documents that are at hand; `location` is what errors and notes call them.

    Raises:
        DataError: a document cannot be read; the text names it and the line.
    """
    store = EmbeddedStore(location=location)
    for source in sources:
        store.load_source(source)
    _upgrade(store)
    return store


def _upgrade(store: EmbeddedStore) -> None:
    if is_old(store.engine):
        store.notes += (upgrade_note(upgrade_engine(store.engine), store.location),)


def sources_of(
    location: str | Path,
    *,
    format: str | None = None,
    base: str | None = None,
    contexts: Mapping[str, Path] | None = None,
    lenient: bool = False,
) -> list[Source]:
    """Return the documents that a file, a folder, a bundled dispute or ``-`` stands for; raises as `open_store`."""
    if not str(location).strip():
        raise UsageError("the name of the data is empty; write '.' for the folder you are in.")
    path = Path(bundled_named(location))
    if str(location) == "-" or not path.is_dir():
        return [source_of_path(path, format=format, base=base, contexts=contexts, lenient=lenient)]
    if is_engine_folder(path):
        raise no_store(path)
    return sources_in_folder(path, base=base, contexts=contexts, lenient=lenient)
