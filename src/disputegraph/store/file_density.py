"""How dense a file is, from its head: for the speed that is shown while it loads."""

from __future__ import annotations

import io

import pyoxigraph

from disputegraph.errors import DisputeGraphError, LimitError
from disputegraph.rdf import Source, screened

_HEAD = 1 << 18


def triples_per_byte(source: Source) -> float:
    """Return about how many triples a byte of the file holds as it lies on the disk; 0 where that cannot be told."""
    if source.path is None or source.format.name == "jsonld":
        return 0.0
    try:
        with source.path.open("rb") as stream:
            head = stream.read(_HEAD)
            if head[:2] == b"\x1f\x8b":
                import gzip

                stream.seek(0)
                text = gzip.GzipFile(fileobj=stream).read(_HEAD)
                read = stream.tell()
            else:
                text, read = head, len(head)
    except (OSError, EOFError, DisputeGraphError):
        return 0.0
    count = 0
    try:
        for _ in pyoxigraph.parse(
            screened(io.BytesIO(text), source.format, source.name), source.format.engine, base_iri=source.base
        ):
            count += 1
    except (SyntaxError, ValueError, LimitError):
        pass  # the head ends within a statement, or loading the file will be refused
    return count / max(read, 1)
