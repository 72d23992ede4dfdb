"""Sort quads, on disk where they do not fit into memory.

They are sorted as lines of N-Quads, respelt so that sorting their bytes sorts the graph: bytes take a fraction of the
memory of the engine's objects, and Python sorts them without calling back. Blank nodes are labelled first, and their
labels hang on all quads that mention one; those are kept in memory, all others are sorted in runs that are written out
and merged.

The engine writes a quad as one line of N-Quads in a fixed spelling (line ends and control characters escaped), so that
two quads are equal where their lines are. A line respelt here has the named graph first, ``rdf:type`` before all other
properties, and delimiters exchanged such that an IRI comes before those that continue it, IRIs before literals, and
literals before blank nodes. Millions of lines are respelt and sorted without a step of Python for each.
"""

from __future__ import annotations

import heapq
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import IO, cast

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from disputegraph.errors import LimitError
from disputegraph.rdf.canonical import canonical_quads, mentions_blank_node

RUN = 256 << 20
"""Bytes of N-Quads sorted in memory at once; Python's objects for them take as much again for short lines."""

MAX_BLANK_QUADS = 1_000_000
"""Quads that may mention blank nodes, some 2 GB."""

_BLOCK = 8 << 20  # bytes respelt at once
_PIECE = 10_000  # lines spelt back at once

_TYPE = b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "

TYPE_MARK = b" \xff "
"""What stands for the property rdf:type: a byte that no text in UTF-8 has."""

_GRAPH_MARK = b"~"  # behind "<" and "_", with which lines of the default graph begin

_PAIRS = ((0xFF, 0x00), (ord(">"), 0x01), (ord("<"), 0x02))
_SWAP = bytes(dict([*_PAIRS, *((low, high) for high, low in _PAIRS)]).get(byte, byte) for byte in range(256))

_OBJECT = rb'(?:<<\(.*\)>>|<[^> ]*>|_:\S+|"[^"\\\n]*(?:\\.[^"\\\n]*)*"(?:@\S+|\^\^<[^> ]*>)?)'
_IN_GRAPH = re.compile(rb"^(\S+ \S+ " + _OBJECT + rb") (<[^> ]*>|_:\S+) \.$", re.MULTILINE)
_GRAPH_FIRST = re.compile(rb"^" + _GRAPH_MARK + rb"(\S+) (.*) \.$", re.MULTILINE)


class SortedLines:
    """The distinct quads as N-Quads in canonical order, to be read once as a binary file."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._distinct = (line for line, _ in groupby(lines))
        self._rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most `size` of them, which may be fewer; none at the end."""
        if not self._rest:
            self._rest = memoryview(_spelt_back(b"".join(islice(self._distinct, _PIECE))))
        given = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(given) :]
        return given.tobytes()

    def quads(self) -> Iterator[Quad]:
        """Return the quads."""
        return _parsed(cast("IO[bytes]", self))


class LineSorter:
    """A binary stream that takes N-Quads in any order, and from which they are read sorted.

    Lines are sorted in memory, and in runs on disk where they are too many; the system removes the files of the runs
    when the sorter is gone.
    """

    def __init__(self, *, graphs: bool = True, watch: Callable[[bytes], None] = lambda _: None, run: int = RUN) -> None:
        """Begin with no lines.

        Args:
            graphs: whether there may be named graphs.
            watch: shown all lines, with `TYPE_MARK` for the property rdf:type, in no order.
            run: how many bytes are sorted in memory at once.
        """
        self._watch, self._run, self._graphs = watch, run, graphs
        self._pieces: list[bytes] = []
        self._size = 0  # of the pieces
        self._held: list[bytes] = []
        self._held_size = 0
        self._files: list[IO[bytes]] = []
        self._blank: list[Quad] = []

    def write(self, data: bytes) -> int:
        """Take quads as the engine writes them in N-Quads or N-Triples, cut anywhere.

        Raises:
            LimitError: too many quads mention blank nodes.
        """
        self._pieces.append(bytes(data))
        self._size += len(data)
        if self._size >= min(_BLOCK, self._run):
            self._take()
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nothing behind this stream."""

    def lines(self) -> SortedLines:
        """Return the distinct quads in canonical order, blank nodes labelled by RDFC-1.0.

        They may be read again with another call, but not by two readers at once.

        Raises:
            LimitError: the blank nodes are too much alike (`canonical.canonical_quads`).
        """
        self._take(last=True)
        if self._blank:
            block = pyoxigraph.serialize(canonical_quads(self._blank), None, RdfFormat.N_QUADS) or b""
            self._blank = []
            self._hold(block)
        self._held.sort()
        return SortedLines(self._merged())

    def _merged(self) -> Iterator[bytes]:
        """Yield all lines, equal ones after each other; as long as it is read, the sorter is there with its files."""
        for file in self._files:
            file.seek(0)
        yield from heapq.merge(*self._files, self._held) if self._files else self._held

    def __del__(self) -> None:
        for file in self._files:
            file.close()

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
        block = _type_marked(block)
        self._watch(block)
        if self._graphs:
            block = _graph_first(block)
        self._held += _respelt(block).splitlines(keepends=True)
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
        self._held.sort()
        file = tempfile.TemporaryFile()  # noqa: SIM115  # read as long as the sorter is
        file.writelines(line for line, _ in groupby(self._held))
        self._files.append(file)
        self._held, self._held_size = [], 0


def _parsed(lines: bytes | IO[bytes]) -> Iterator[Quad]:
    # What the engine wrote it need not doubt: it lets IRIs pass in one format that it refuses in another.
    return pyoxigraph.parse(lines, RdfFormat.N_QUADS, lenient=True)


def _type_marked(lines: bytes) -> bytes:
    """Return N-Quads lines with `TYPE_MARK` in place of the property rdf:type."""
    return lines.replace(_TYPE, TYPE_MARK)


def _graph_first(lines: bytes) -> bytes:
    """Return N-Quads lines with the name of a named graph put to their head."""
    return _IN_GRAPH.sub(_GRAPH_MARK + rb"\2 \1 .", lines)


def _respelt(lines: bytes) -> bytes:
    """Return lines that `_type_marked` (and `_graph_first`) made, so that their bytes sort as the graph does."""
    return lines.translate(_SWAP)


def _spelt_back(lines: bytes) -> bytes:
    """Return the N-Quads of which `_respelt` lines were made."""
    lines = lines.translate(_SWAP).replace(TYPE_MARK, _TYPE)
    if lines.startswith(_GRAPH_MARK) or b"\n" + _GRAPH_MARK in lines:
        lines = _GRAPH_FIRST.sub(rb"\2 \1 .", lines)
    return lines
