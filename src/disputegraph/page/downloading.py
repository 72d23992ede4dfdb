"""The data that a page carries for those who want them: the library's stable Turtle, packed."""

from __future__ import annotations

import base64
import gzip
import io

from pyoxigraph import DefaultGraph

from disputegraph.formats import format_named
from disputegraph.store.interface import Store
from disputegraph.writing import write_stable

__all__ = ["packed_turtle"]


def packed_turtle(store: Store) -> str:
    """Return all quads of the store as gzip in base64: Turtle, or TriG where there are named graphs.

    The same data give the same text: the Turtle is sorted and the archive bears no time.
    """
    quads = list(store.quads())
    named = any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads)
    plain = io.BytesIO()
    write_stable(quads, plain, format_named("trig" if named else "turtle"), prefixes=store.prefixes)
    return base64.b64encode(gzip.compress(plain.getvalue(), compresslevel=6, mtime=0)).decode("ascii")
