"""Convert RDF from format to format, straight from parser to serialiser.

A store keeps values and not spellings (``"01"^^xsd:integer`` becomes ``1``), so nothing here goes through one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO

from disputegraph.rdf.formats import Format
from disputegraph.rdf.rdf_sources import source_of_path
from disputegraph.rdf.reading import prefixes_of, read_all
from disputegraph.rdf.writing import write_quads, write_stable


def convert_files(
    files: Sequence[str],
    output: IO[bytes],
    form: Format,
    *,
    from_: str | None = None,
    base: str | None = None,
    stable: bool = False,
    allow_network: bool = False,
    contexts: Mapping[str, Path] | None = None,
    lenient: bool = False,
) -> list[str]:
    """Write the RDF of all `files` to `output`, and return notes on what of them was left out.

    Args:
        files: RDF files; ``-`` is standard input.
        output: binary stream.
        form: the format to write.
        from_: the format to read; by default what each file's suffix tells.
        base: base IRI; by default each file's own.
        stable: sort (`writing.write_stable`), instead of streaming in the order of the input.
        allow_network: fetch remote JSON-LD contexts.
        contexts: files of JSON-LD contexts by IRI, which are then not fetched.
        lenient: leave out what is not RDF, as far as a format allows, instead of raising an error.

    Raises:
        DataError: an input cannot be read.
        UsageError: a format is unknown, or the data has named graphs and `form` holds none.
    """
    sources = [source_of_path(name, format=from_, base=base, contexts=contexts, lenient=lenient) for name in files]
    prefixes: dict[str, str] = {}
    for source in sources:
        prefixes = {**prefixes_of(source), **prefixes}
    quads = read_all(sources, allow_network=allow_network)
    if stable:
        write_stable(quads, output, form, prefixes=prefixes)
    else:
        # The first quad is read before anything is written: a file broken at its head leaves nothing behind it.
        first = next(quads, None)
        write_quads(chain([first], quads) if first is not None else (), output, form, prefixes=prefixes)
    return [note for source in sources for note in source.notes]
