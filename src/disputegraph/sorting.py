"""Sort quads, on disk where they do not fit into memory.

Blank nodes are labelled before they are sorted, and their labels hang on all quads that mention one; those are kept in
memory, all others are sorted in runs that are written out and merged.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from disputegraph.canonical import canonical_quads, mentions_blank_node
from disputegraph.errors import LimitError

__all__ = ["MAX_BLANK_QUADS", "RUN", "place_of", "sorted_stream"]

RUN = 250_000
"""Quads sorted in memory at once, some 250 MB."""

MAX_BLANK_QUADS = 1_000_000
"""Quads that may mention blank nodes, some 2 GB."""

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@contextmanager
def sorted_stream(quads: Iterable[Quad], *, run: int = RUN) -> Iterator[Iterator[Quad]]:
    """Open a stream of the distinct quads in canonical order, blank nodes labelled by RDFC-1.0.

    `quads` has been read to its end when the block begins.

    Args:
        quads: the graph, in any order.
        run: how many quads are sorted in memory at once.

    Raises:
        LimitError: too many quads mention blank nodes, or those are too much alike (`canonical.canonical_quads`).
    """
    with ExitStack() as stack:
        blank: list[Quad] = []
        runs: list[Path] = []
        stream = _without_blank(quads, blank)
        held = list(islice(stream, run))
        while len(held) == run:
            more = list(islice(stream, run))
            if not more and not runs:
                break
            if not runs:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="disputegraph-sort-")))
            runs.append(_written(sorted(set(held), key=place_of), folder / str(len(runs))))
            held = more
        held = sorted(set(held).union(canonical_quads(blank) if blank else ()), key=place_of)
        del blank
        yield _merged(runs, held) if runs else iter(held)


def place_of(quad: Quad) -> tuple[str, str, str, str]:
    """Return the place of a quad: by graph, subject, property (rdf:type first) and value, names before literals."""
    subject, predicate, value, graph = quad
    # Bare IRIs, so that what continues a name follows it; "\x7f" puts blank nodes and literals behind all IRIs.
    return (
        "" if type(graph) is DefaultGraph else _name(graph),
        _name(subject),
        "" if predicate.value == _TYPE else predicate.value,
        _name(value),
    )


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else f"\x7f{term}"


def _without_blank(quads: Iterable[Quad], blank: list[Quad]) -> Iterator[Quad]:
    for quad in quads:
        if not mentions_blank_node(quad):
            yield quad
            continue
        if len(blank) == MAX_BLANK_QUADS:
            raise LimitError(
                f"more than {MAX_BLANK_QUADS:,} triples mention blank nodes, which a stable order must hold in memory. "
                "Give those nodes IRIs, or write without sorting."
            )
        blank.append(quad)


def _written(quads: Iterable[Quad], path: Path) -> Path:
    pyoxigraph.serialize(quads, str(path), RdfFormat.N_QUADS)
    return path


def _merged(runs: list[Path], held: list[Quad]) -> Iterator[Quad]:
    streams: list[Iterable[Quad]] = [pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS) for path in runs]
    before = None
    for quad in heapq.merge(*streams, held, key=place_of):
        if quad != before:
            yield quad
        before = quad
