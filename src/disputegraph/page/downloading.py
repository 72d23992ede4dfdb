"""The data that a page carries for those who want them: the library's stable Turtle, packed."""

from __future__ import annotations

import base64
import gzip
import io
from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

from disputegraph.rdf import format_named, write_stable
from disputegraph.store import Store

__all__ = ["packed_data"]


_TIDY = 50_000  # quads up to which the Turtle is set out for reading


def packed_data(store: Store) -> dict[str, str]:
    """Return all quads of the store as ``packed`` (gzip in base64) and the ``suffix`` of a file for them.

    They are Turtle, or where there are named graphs TriG; many are N-Triples, which is Turtle, or N-Quads.

    The same data give the same text: it is sorted and the archive bears no time. One line for each triple takes a
    tenth of the time and memory of Turtle set out for reading.
    """
    many = len(store) > _TIDY
    plain = io.BytesIO()
    if many:
        unsorted = io.BytesIO()
        watched = _Watched(store.quads())
        serialize(watched, unsorted, format=RdfFormat.N_QUADS)
        named = watched.named
        plain.writelines(sorted(unsorted.getvalue().splitlines(keepends=True)))
    else:
        quads = list(store.quads())
        # Not by asking: a server may keep in a graph of its own what is the default graph to us.
        named = any(quad.graph_name != DefaultGraph() for quad in quads)
        write_stable(quads, plain, format_named("trig" if named else "turtle"), prefixes=store.prefixes)
    packed = base64.b64encode(gzip.compress(plain.getvalue(), compresslevel=6, mtime=0)).decode("ascii")
    return {"suffix": ("nq" if many else "trig") if named else "ttl", "packed": packed}


class _Watched:
    """Quads that tell, when they have been read, whether any was in a named graph."""

    def __init__(self, quads: Iterator[Quad]) -> None:
        self._quads = quads
        self.named = False

    def __iter__(self) -> Iterator[Quad]:
        for quad in self._quads:
            self.named = self.named or quad.graph_name != DefaultGraph()
            yield quad
