"""Write RDF: streamed in the order given, or stable (the same bytes for the same graph)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from disputegraph.errors import FormatError
from disputegraph.rdf.formats import Format
from disputegraph.rdf.sorting import LineSorter
from disputegraph.rdf.xml_output import XmlOutput, as_rdfxml, xml_prefixes
from disputegraph.vocabulary import PREFIXES

_IN_MEMORY = 16 << 20  # bytes of RDF/XML


def write_quads(
    quads: Iterable[Quad],
    output: IO[bytes],
    form: Format,
    *,
    prefixes: Mapping[str, str] | None = None,
    base: str | None = None,
) -> None:
    """Write quads as they come, every literal spelt as it is; JSON-LD when all of them have come.

    Raises:
        FormatError: a quad stands in a named graph and the format holds none, or it is RDF/XML and cannot hold it.
        LimitError: there are too many for JSON-LD.
    """
    if form.engine == RdfFormat.JSON_LD:
        from disputegraph.rdf.jsonld_writing import write_jsonld

        write_jsonld(quads, output, prefixes=prefixes or {})
    else:
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
        FormatError: a quad stands in a named graph and the format holds none, or it is RDF/XML and cannot hold it.
        LimitError: its blank nodes are too many or too much alike for a stable order.
    """
    gathered = SortedGraph(prefixes, graphs=form.holds_datasets)
    gathered.add(quads, form)
    gathered.write(output, form)


class SortedGraph:
    """A graph gathered in any order, in bounded memory, and written sorted; see `write_stable`."""

    def __init__(self, prefixes: Mapping[str, str] | None = None, *, graphs: bool = True) -> None:
        """Begin an empty graph, with prefixes to use beside the library's own and perhaps without named graphs."""
        self._uses = _PrefixUse({**PREFIXES, **(prefixes or {})})
        self._sorter = LineSorter(graphs=graphs, watch=self._uses.note)
        self._graphs = graphs

    def add(self, quads: Iterable[Quad], form: Format) -> None:
        """Add quads that are to be written in a format; raises FormatError if it cannot hold them."""
        lines = RdfFormat.N_QUADS if self._graphs else RdfFormat.N_TRIPLES
        _serialise(quads, cast("IO[bytes]", self._sorter), form, lines)

    def add_lines(self, lines: str) -> None:
        """Add triples as the engine writes them in N-Triples, several times as fast as `add`."""
        self._sorter.write(lines.encode())

    def quads(self) -> Iterator[Quad]:
        """Yield the distinct quads in canonical order; raises LimitError as `write_stable`."""
        return self._sorter.lines().quads()

    def write(
        self,
        output: IO[bytes],
        form: Format,
        *,
        watch: Callable[[Iterable[Quad]], Iterable[Quad]] = lambda quads: quads,
    ) -> None:
        """Write the graph; `watch` wraps the quads, to show how far they are. Raises as `write_stable`."""
        lines = self._sorter.lines()
        if form.engine in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
            while piece := lines.read():
                output.write(piece)
        elif form.name == "turtle":
            tidy = _TidyTurtle(output)
            write_quads(watch(lines.quads()), cast("IO[bytes]", tidy), form, prefixes=self._uses.found())
            tidy.finish()
        else:
            write_quads(watch(lines.quads()), output, form, prefixes=self._uses.found())


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
    if engine != RdfFormat.RDF_XML:
        _write_by_engine(quads, output, form, engine, prefixes=prefixes, base=base)
        return
    # Kept until it is whole: half of it on standard output would be worse than none.
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        xml = XmlOutput(cast("IO[bytes]", kept), "Write turtle, ntriples or jsonld.")
        sink, names = cast("IO[bytes]", xml), xml_prefixes(prefixes or {})
        _write_by_engine(as_rdfxml(quads, names.values()), sink, form, engine, prefixes=names, base=base)
        xml.finish()
        kept.seek(0)
        copyfileobj(kept, output)


def _write_by_engine(
    quads: Iterable[Quad],
    output: IO[bytes],
    form: Format,
    engine: RdfFormat,
    *,
    prefixes: Mapping[str, str] | None,
    base: str | None,
) -> None:
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
        raise FormatError(
            f"the data has a named graph ({last.graph_name}), which {form.name} cannot hold. "
            "Write trig, nquads or jsonld."
        ) from None


class _TidyTurtle:
    """A stream that sorts the prefixes which the engine writes in an order of its own, and sets subjects apart.

    The engine escapes line ends in literals, so that a line of its output is a line of the graph.
    """

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._head: list[bytes] | None = []  # the lines with prefixes, until another line has come
        self._rest = b""

    def write(self, data: bytes) -> int:
        whole, newline, self._rest = (self._rest + data).rpartition(b"\n")
        self._write_lines(whole + newline)
        return len(data)

    def flush(self) -> None:
        self._output.flush()

    def finish(self) -> None:
        self._write_lines(self._rest, last=True)

    def _write_lines(self, lines: bytes, *, last: bool = False) -> None:
        while self._head is not None and lines.startswith((b"@prefix ", b"@base ")):
            line, newline, lines = lines.partition(b"\n")
            self._head.append(line + newline)
        if self._head is not None and (lines or last):
            self._output.write(b"".join([*sorted(self._head), b"\n" if self._head else b""]))
            self._head = None
        self._output.write(lines.replace(b" .\n", b" .\n\n"))


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
