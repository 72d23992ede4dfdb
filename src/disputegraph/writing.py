"""Write RDF: streamed in the order given, or stable (the same bytes for the same graph)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from disputegraph.errors import UsageError
from disputegraph.formats import Format
from disputegraph.sorting import sorted_stream
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
    stream: Iterable[Quad] | Iterable[Triple] = quads
    if not form.holds_datasets:
        stream = _triples(quads, form)
    pyoxigraph.serialize(stream, output, form.engine, prefixes=dict(prefixes or {}), base_iri=base)


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
    with sorted_stream(uses.watched(quads)) as ordered:
        write_ordered(ordered, output, form, prefixes=uses.found())


def write_ordered(quads: Iterable[Quad], output: IO[bytes], form: Format, *, prefixes: Mapping[str, str]) -> None:
    """Write quads that are in the order of `sorted_quads` already as `write_stable` would; raises UsageError as it."""
    if form.name != "turtle":
        write_quads(quads, output, form, prefixes=prefixes)
        return
    tidy = _TidyTurtle(output)
    write_quads(quads, cast("IO[bytes]", tidy), form, prefixes=prefixes)
    tidy.finish()


class _TidyTurtle:
    """A stream that sorts the prefixes which the engine writes in an order of its own, and sets subjects apart.

    The engine escapes line ends in literals, so that a line of its output is a line of the graph.
    """

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._head: list[bytes] | None = []
        self._rest = b""

    def write(self, data: bytes) -> int:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if self._head is not None:
            for place, line in enumerate(lines):
                if not line.startswith((b"@prefix ", b"@base ")):
                    self._write_head()
                    lines = lines[place:]
                    break
                self._head.append(line)
            else:
                return len(data)
        self._output.write(b"".join(line + (b"\n\n" if line.endswith(b" .") else b"\n") for line in lines))
        return len(data)

    def flush(self) -> None:
        self._output.flush()

    def finish(self) -> None:
        if self._head is not None:
            self._write_head()
        self._output.write(self._rest)

    def _write_head(self) -> None:
        self._output.write(b"".join(line + b"\n" for line in sorted(self._head or ())) + (b"\n" if self._head else b""))
        self._head = None


def sorted_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return the distinct quads in canonical order, blank nodes labelled by RDFC-1.0; raises as `write_stable`."""
    with sorted_stream(quads) as ordered:
        return list(ordered)


def used_prefixes(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that `quads` make use of, sorted by name; of two for one namespace the last given."""
    uses = _PrefixUse(prefixes)
    for _ in uses.watched(quads):
        pass
    return uses.found()


class _PrefixUse:
    """Notes which prefixes the quads that pass by make use of."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._unused = {iri: name for name, iri in prefixes.items()}
        self._used: dict[str, str] = {}
        self._heads: set[str] = set()

    def watched(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        before: object = None
        predicates: set[NamedNode] = set()
        for quad in quads:
            subject, predicate, value, graph = quad
            if predicate not in predicates:
                predicates.add(predicate)
                if predicate.value != _TYPE:  # that one is written as `a`
                    self._note(predicate)
            if subject != before:
                self._note(subject)
                before = subject
            self._note(value)
            if type(graph) is not DefaultGraph:
                self._note(graph)
            yield quad

    def found(self) -> dict[str, str]:
        return dict(sorted(self._used.items()))

    def _note(self, term: object) -> None:
        if isinstance(term, Literal):
            iri = term.datatype.value
            if iri in _UNWRITTEN:
                return
        elif isinstance(term, NamedNode):
            iri = term.value
        else:
            return
        cut = iri.rfind("#")
        head = iri[: (cut if cut >= 0 and cut > iri.rfind("/") else iri.rfind("/")) + 1]
        if head in self._heads:
            return
        if len(self._heads) >= _HEADS:
            self._heads.clear()  # what is forgotten is looked at again
        self._heads.add(head)
        for known in [known for known in self._unused if head.startswith(known)]:
            self._used[self._unused.pop(known)] = known


_HEADS = 100_000
_XSD = "http://www.w3.org/2001/XMLSchema#"
# Datatypes that Turtle has a short form for.
_UNWRITTEN = {_XSD + name for name in ("string", "integer", "decimal", "double", "boolean")} | {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _triples(quads: Iterable[Quad], form: Format) -> Iterable[Triple]:
    default = DefaultGraph()
    for quad in quads:
        if quad.graph_name != default:
            raise UsageError(
                f"the data has a named graph ({quad.graph_name}), which {form.name} cannot hold. "
                "Write trig, nquads or jsonld."
            )
        yield quad.triple
