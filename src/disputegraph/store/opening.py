"""Open what a user names as data: files, folders, standard input, a store on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from disputegraph.errors import DataError
from disputegraph.reading import source_of_path, source_of_stdin, sources_in_folder
from disputegraph.store.embedded import EmbeddedStore
from disputegraph.store.interface import Store

__all__ = ["open_store"]


def open_store(
    locations: Sequence[str | Path],
    *,
    format: str | None = None,
    base: str | None = None,
    allow_network: bool = False,
) -> Store:
    """Return a store over all that `locations` name together.

    Args:
        locations: RDF files (plain or compressed), folders of them, ``-`` for standard input.
        format: format of the files whose suffix tells none, and of standard input.
        base: base IRI for relative IRIs; by default each file's own.
        allow_network: let queries use SERVICE and JSON-LD fetch its contexts.

    Raises:
        DataError: something cannot be read; the text names file and line.
    """
    if not locations:
        raise DataError("no data is named.")
    store = EmbeddedStore(location=", ".join(map(str, locations)), allow_network=allow_network)
    for location in locations:
        if str(location) == "-":
            sources = [source_of_stdin(format=format, base=base)]
        elif (path := Path(location)).is_dir():
            sources = sources_in_folder(path, base=base)
        else:
            sources = [source_of_path(path, format=format, base=base)]
        for source in sources:
            store.load_source(source)
    return store
