"""Sort quads, on disk where they do not fit into memory.

They are sorted as lines of N-Quads (`nquads`): bytes take a fraction of the memory of the engine's objects, and Python
sorts them without calling back. Blank nodes are labelled first, and their labels hang on all quads that mention one;
those are kept in memory, all others are sorted in runs that are written out and merged.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import IO, cast

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from disputegraph.errors import LimitError
from disputegraph.rdf.canonical import canonical_quads, mentions_blank_node
from disputegraph.rdf.nquads import graph_first, respelt, spelt_back, type_marked

__all__ = ["MAX_BLANK_QUADS", "RUN", "SortedLines", "sorted_lines"]

RUN = 256 << 20
"""Bytes of N-Quads sorted in memory at once; Python's objects for them take as much again for short lines."""

MAX_BLANK_QUADS = 1_000_000
"""Quads that may mention blank nodes, some 2 GB."""

_BLOCK = 8 << 20  # bytes respelt at once
_PIECE = 10_000  # lines spelt back at once


class SortedLines:
    """The distinct quads as N-Quads in canonical order, to be read once as a binary file."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._distinct = (line for line, _ in groupby(lines))
        self._rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most `size` of them, which may be fewer; none at the end."""
        if not self._rest:
            self._rest = memoryview(spelt_back(b"".join(islice(self._distinct, _PIECE))))
        given = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(given) :]
        return given.tobytes()

    def quads(self) -> Iterable[Quad]:
        """Return the quads."""
        return _parsed(cast("IO[bytes]", self))


@contextmanager
def sorted_lines(
    write: Callable[[IO[bytes]], None],
    *,
    graphs: bool = True,
    watch: Callable[[bytes], None] | None = None,
    run: int = RUN,
) -> Iterator[SortedLines]:
    """Open the quads that `write` writes, distinct and in canonical order, blank nodes labelled by RDFC-1.0.

    All has been written when the block begins.

    Args:
        write: writes quads as the engine's N-Quads or N-Triples to the stream it is given.
        graphs: whether there may be named graphs.
        watch: shown all lines, with `nquads.TYPE_MARK` for the property rdf:type, in no order.
        run: how many bytes are sorted in memory at once.

    Raises:
        LimitError: too many quads mention blank nodes, or those are too much alike (`canonical.canonical_quads`).
    """
    with ExitStack() as stack:
        runs = _Runs(stack, watch or (lambda _: None), run, graphs=graphs)
        write(cast("IO[bytes]", runs))
        yield SortedLines(runs.finish())


class _Runs:
    """A stream that N-Quads are written to, and sorted from."""

    def __init__(self, stack: ExitStack, watch: Callable[[bytes], None], run: int, *, graphs: bool) -> None:
        self._stack, self._watch, self._run, self._graphs = stack, watch, run, graphs
        self._pieces: list[bytes] = []
        self._size = 0  # of the pieces
        self._held: list[bytes] = []
        self._held_size = 0
        self._files: list[IO[bytes]] = []
        self._folder: Path | None = None
        self._blank: list[Quad] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self._size += len(data)
        if self._size >= min(_BLOCK, self._run):
            self._take()
        return len(data)

    def flush(self) -> None:
        pass

    def finish(self) -> Iterable[bytes]:
        """Return all lines, respelt and sorted; equal ones follow each other."""
        self._take(last=True)
        if self._blank:
            block = pyoxigraph.serialize(canonical_quads(self._blank), None, RdfFormat.N_QUADS) or b""
            self._blank = []
            self._hold(block)
        self._held.sort()
        return heapq.merge(*self._files, self._held) if self._files else self._held

    def _take(self, *, last: bool = False) -> None:
        """Sort in the whole lines of the pieces."""
        block = b"".join(self._pieces)
        end = len(block) if last else block.rfind(b"\n") + 1
        self._pieces = [block[end:]] if end < len(block) else []
        self._size = len(block) - end
        if end < len(block):
            block = block[:end]
        if block.startswith(b"_:") or b" _:" in block or b"\n_:" in block:
            block = self._without_blank(block)
        if self._held_size + len(block) > self._run and self._held:
            self._write_out()
        self._hold(block)

    def _hold(self, block: bytes) -> None:
        block = type_marked(block)
        self._watch(block)
        if self._graphs:
            block = graph_first(block)
        self._held += respelt(block).splitlines(keepends=True)
        self._held_size += len(block)

    def _without_blank(self, block: bytes) -> bytes:
        """Put aside the quads that mention blank nodes."""
        lines = block.splitlines(keepends=True)
        # " _:" may stand in a text too, so that the engine has the last word.
        doubtful = [place for place, line in enumerate(lines) if line.startswith(b"_:") or b" _:" in line]
        quads = _parsed(b"".join(lines[place] for place in doubtful))
        for place, quad in zip(doubtful, quads, strict=True):
            if mentions_blank_node(quad):
                lines[place] = b""
                if len(self._blank) == MAX_BLANK_QUADS:
                    raise LimitError(
                        f"more than {MAX_BLANK_QUADS:,} triples mention blank nodes, which a stable order must hold in "
                        "memory. Give those nodes IRIs, or write without sorting."
                    )
                self._blank.append(quad)
        return b"".join(lines)

    def _write_out(self) -> None:
        if self._folder is None:
            self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="disputegraph-sort-")))
        self._held.sort()
        path = self._folder / str(len(self._files))
        with path.open("wb") as output:
            output.writelines(line for line, _ in groupby(self._held))
        self._files.append(self._stack.enter_context(path.open("rb")))
        self._held, self._held_size = [], 0


def _parsed(lines: bytes | IO[bytes]) -> Iterable[Quad]:
    # What the engine wrote it need not doubt: it lets IRIs pass in one format that it refuses in another.
    return pyoxigraph.parse(lines, RdfFormat.N_QUADS, lenient=True)
