"""Write RDF: streamed in the order given, or stable (the same bytes for the same graph)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import IO, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple

from disputegraph.errors import UsageError
from disputegraph.rdf.formats import Format, format_named
from disputegraph.rdf.nquads import type_marked
from disputegraph.rdf.sorting import SortedLines, sorted_lines
from disputegraph.vocabulary import PREFIXES

__all__ = ["sorted_quads", "used_prefixes", "write_ordered", "write_quads", "write_stable"]


def write_quads(
    quads: Iterable[Quad],
    output: IO[bytes],
    form: Format,
    *,
    prefixes: Mapping[str, str] | None = None,
    base: str | None = None,
) -> None:
    """Write quads as they come, every literal spelt as it is.

    Raises:
        UsageError: a quad stands in a named graph and the format holds none.
    """
    _serialise(quads, output, form, form.engine, prefixes=prefixes, base=base)


def write_stable(
    quads: Iterable[Quad], output: IO[bytes], form: Format, *, prefixes: Mapping[str, str] | None = None
) -> None:
    """Write a graph sorted, with canonical blank node labels and only the prefixes it uses.

    The same graph gives the same bytes, whatever the order or the blank node labels it came with. Blank nodes are
    labelled by RDF Dataset Canonicalization (RDFC-1.0, W3C Recommendation 2024). What does not fit into memory is
    sorted on disk, in the system's folder for temporary files. rdf:type leads a subject's
    properties, as people write it.

    Args:
        quads: the graph, in any order; a quad that stands twice is written once.
        output: binary stream.
        form: RDF format.
        prefixes: prefixes to use beside the library's own; theirs win.

    Raises:
        UsageError: a quad stands in a named graph and the format holds none.
        LimitError: its blank nodes are too many or too much alike for a stable order.
    """
    uses = _PrefixUse({**PREFIXES, **(prefixes or {})})
    with _sorted(quads, form, uses.note) as ordered:
        if form.engine in _LINES:
            while piece := ordered.read():
                output.write(piece)
        else:
            write_ordered(ordered.quads(), output, form, prefixes=uses.found())


def write_ordered(quads: Iterable[Quad], output: IO[bytes], form: Format, *, prefixes: Mapping[str, str]) -> None:
    """Write quads that are in the order of `sorted_quads` already as `write_stable` would; raises UsageError as it."""
    if form.name != "turtle":
        write_quads(quads, output, form, prefixes=prefixes)
        return
    tidy = _TidyTurtle(output)
    write_quads(quads, cast("IO[bytes]", tidy), form, prefixes=prefixes)
    tidy.finish()


def sorted_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return the distinct quads in canonical order, blank nodes labelled by RDFC-1.0; raises as `write_stable`."""
    with _sorted(quads, format_named("nquads"), None) as ordered:
        return list(ordered.quads())


def used_prefixes(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that `quads` make use of, sorted by name; of two for one namespace the last given."""
    uses = _PrefixUse(prefixes)
    uses.note(type_marked(pyoxigraph.serialize(quads, None, RdfFormat.N_QUADS) or b""))
    return uses.found()


_LINES = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)


def _sorted(
    quads: Iterable[Quad], form: Format, watch: Callable[[bytes], None] | None
) -> AbstractContextManager[SortedLines]:
    lines = RdfFormat.N_QUADS if form.holds_datasets else RdfFormat.N_TRIPLES
    return sorted_lines(lambda stream: _serialise(quads, stream, form, lines), graphs=form.holds_datasets, watch=watch)


def _serialise(
    quads: Iterable[Quad],
    output: IO[bytes],
    form: Format,
    engine: RdfFormat,
    *,
    prefixes: Mapping[str, str] | None = None,
    base: str | None = None,
) -> None:
    """Write `quads` in the format `engine` on the way to `form`, which is named where it cannot hold them."""
    last: Quad | None = None

    def noted() -> Iterator[Quad]:
        nonlocal last
        for last in quads:  # noqa: UP028  # the last one is told of
            yield last

    try:
        pyoxigraph.serialize(noted(), output, engine, prefixes=dict(prefixes or {}), base_iri=base)
    except ValueError:
        if form.holds_datasets or last is None or isinstance(last.graph_name, DefaultGraph):
            raise
        raise UsageError(
            f"the data has a named graph ({last.graph_name}), which {form.name} cannot hold. "
            "Write trig, nquads or jsonld."
        ) from None
    except OSError:
        # So the engine says it, as the system says that a disk is full.
        if form.engine != RdfFormat.JSON_LD or last is None or not isinstance(last.object, Triple):
            raise
        raise UsageError(
            f"the data has a triple term (RDF 1.2), which {form.name} cannot hold. "
            "Write turtle, trig, ntriples or nquads."
        ) from None


class _TidyTurtle:
    """A stream that sorts the prefixes which the engine writes in an order of its own, and sets subjects apart.

    The engine escapes line ends in literals, so that a line of its output is a line of the graph.
    """

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._head: list[bytes] | None = []
        self._rest = b""

    def write(self, data: bytes) -> int:
        lines, newline, rest = data.rpartition(b"\n")
        if newline:
            self._write_lines(self._rest + lines + newline)
            self._rest = rest
        else:
            self._rest += rest
        return len(data)

    def flush(self) -> None:
        self._output.flush()

    def finish(self) -> None:
        if self._head is not None:
            self._write_head()
        self._output.write(self._rest)

    def _write_lines(self, lines: bytes) -> None:
        while self._head is not None and lines:
            line, _, rest = lines.partition(b"\n")
            if line.startswith((b"@prefix ", b"@base ")):
                self._head.append(line)
                lines = rest
            else:
                self._write_head()
        if lines:
            self._output.write(lines.replace(b" .\n", b" .\n\n"))

    def _write_head(self) -> None:
        self._output.write(b"".join(line + b"\n" for line in sorted(self._head or ())) + (b"\n" if self._head else b""))
        self._head = None


class _PrefixUse:
    """Notes which prefixes lines of N-Quads make use of."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._unused = {iri: name for name, iri in prefixes.items()}
        self._used: dict[str, str] = {}

    def note(self, lines: bytes) -> None:
        """Look at lines in which the property rdf:type, which Turtle writes as `a`, is marked."""
        for iri in [iri for iri in self._unused if self._stands_in(iri, lines)]:
            self._used[self._unused.pop(iri)] = iri

    def found(self) -> dict[str, str]:
        """Return the used ones, sorted by name."""
        return dict(sorted(self._used.items()))

    @staticmethod
    def _stands_in(iri: str, lines: bytes) -> bool:
        if iri == _XSD:
            return _WRITTEN_TYPE.search(lines) is not None
        return b"<" + iri.encode() in lines


_XSD = "http://www.w3.org/2001/XMLSchema#"
# But for the datatypes that Turtle has a short form for.
_WRITTEN_TYPE = re.compile(b"<" + re.escape(_XSD.encode()) + rb"(?!(?:string|integer|decimal|double|boolean)>)")
