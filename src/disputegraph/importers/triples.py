"""Terms by prefixed name, and the graph that an import makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.errors import UsageError
from disputegraph.importers.minting import slug
from disputegraph.rdf import Format, SortedGraph, format_named
from disputegraph.tables import Problem, fill_column
from disputegraph.vocabulary import PREFIXES

Object: TypeAlias = NamedNode | Literal

_NODES: dict[str, NamedNode] = {}
_TYPES = ("boolean", "date", "dateTime", "gYear", "gYearMonth", "integer")
_XSD = {name: NamedNode(PREFIXES["xsd"] + name) for name in _TYPES}
_BLOCK = 10_000  # lines


def term(name: str) -> NamedNode:
    """Return the node for a prefixed name in the library's own prefixes, such as ``dg:speaker``."""
    node = _NODES.get(name)
    if node is None:
        prefix, _, local = name.partition(":")
        node = _NODES[name] = NamedNode(PREFIXES[prefix] + local)
    return node


def curie(node: NamedNode) -> str:
    """Return the prefixed name of a node in one of the library's own namespaces; the inverse of `term`."""
    for prefix, namespace in PREFIXES.items():
        if node.value.startswith(namespace):
            return f"{prefix}:{node.value[len(namespace) :]}"
    raise ValueError(node.value)


def literal(value: object, datatype: str | None = None, *, language: str | None = None) -> Literal:
    """Return a literal; `datatype` is the local name of an XML Schema type, one of `_TYPES`."""
    if language:
        return Literal(str(value), language=language)
    return Literal(str(value), datatype=_XSD[datatype]) if datatype else Literal(str(value))


def checked_language(tag: str) -> str:
    """Return a language tag as it is, such as ``en`` or ``pt-BR``; raises UsageError if it is not one (BCP 47)."""
    try:
        Literal("", language=tag)
    except ValueError as error:
        raise UsageError(f"'{tag}' is not a language tag, such as en or pt-BR: {error}.") from None
    return tag


class Triples:
    """A graph without blank nodes, to be written as sorted Turtle; what is added twice is written once.

    Triples are kept as lines of N-Triples: a term of the engine for each of millions of values would cost more than
    everything else.
    """

    def __init__(self, base: str) -> None:
        """Begin an empty graph, in which the names under `base` are written with the prefix ``d:``."""
        self._graph = SortedGraph({"d": base}, graphs=False)
        self._lines: list[str] = []

    def add(self, subject: str, predicate: str, value: Object) -> None:
        """Add one triple; `predicate` is a prefixed name such as ``dg:speaker``."""
        self._append(f"<{subject}> {term(predicate)} {value} .\n")

    def add_iri(self, subject: str, predicate: str, value: str) -> None:
        """Add one triple whose object is an IRI, which must be valid: minted, or accepted by `NamedNode`."""
        self._append(f"<{subject}> {term(predicate)} <{value}> .\n")

    def typed(self, subject: str, *classes: str) -> None:
        """Say of which classes a subject is, by prefixed name."""
        for name in classes:
            self.add(subject, "rdf:type", term(name))

    def named(self, subject: str, label: object, *classes: str, language: str | None = None) -> None:
        """Say of which classes a subject is, by prefixed name, and what it is called."""
        self.typed(subject, *classes)
        self.add(subject, "skos:prefLabel", literal(label, language=language))

    def variable(self, iri: str, name: str, kind: str = "text", *, language: str | None = None) -> None:
        """Describe a variable, of plain text if nothing else is said, as a column is that is not a field."""
        self.named(iri, name, "dg:Variable", language=language)
        self.add(iri, "dg:variableType", term(f"dg:{kind}Variable"))

    def coded(self, node: str, coded: str, variable: str, value: Object, predicate: str = "dg:codedValue") -> None:
        """Give a node a value for a variable; `coded` is the IRI of the coded value."""
        self.add_iri(node, "dg:hasCodedValue", coded)
        self.typed(coded, "dg:CodedValue")
        self.add_iri(coded, "dg:codedVariable", variable)
        self.add(coded, predicate, value)

    def coded_text(self, node: str, column: str, variable: str, value: str) -> None:
        """Give a node the text that a row has in a column which is not a field."""
        self.coded(node, f"{node}-{slug(column) or 'value'}-{variable.rpartition('-')[2]}", variable, literal(value))

    def quads(self) -> Iterator[Quad]:
        """Yield the triples sorted, each once; nothing may be added while they are read."""
        self._gather()
        return self._graph.quads()

    def write(
        self,
        output: IO[bytes],
        form: Format | None = None,
        *,
        watch: Callable[[Iterable[Quad]], Iterable[Quad]] = lambda quads: quads,
    ) -> None:
        """Write the graph sorted, by default as Turtle; `watch` wraps the triples, to show how far they are."""
        self._gather()
        self._graph.write(output, form or format_named("turtle"), watch=watch)

    def _append(self, line: str) -> None:
        self._lines.append(line)
        if len(self._lines) == _BLOCK:
            self._gather()

    def _gather(self) -> None:
        self._graph.add_lines("".join(self._lines))
        self._lines.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowIds:
    """What to write into the column `id` of a sheet of statements, so that its utterances keep their IRIs.

    Attributes:
        path: the sheet.
        place: which column it is, counted from 0; None where there is none.
        given: the identifiers, by the number of the row.
        encoding: how the sheet is encoded, where that was told.
    """

    path: Path
    place: int | None
    given: Mapping[int, str]
    encoding: str | None

    def write(self) -> int:
        """Write them where the cells are empty, a column added where there is none, and return how many.

        Raises:
            OutputError: the sheet cannot be written, or is a workbook that would lose something.
        """
        return fill_column(self.path, "id", self.place, self.given, encoding=self.encoding, worksheet="statements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import.

    Attributes:
        triples: the graph.
        warnings: what a user should know.
        base: the IRI under which the names stand.
        counts: how many there are of what, such as utterances and claims.
        ids: the identifiers of rows that have none, where a sheet was imported.
    """

    triples: Triples
    warnings: tuple[Problem, ...]
    base: str
    counts: Mapping[str, int]
    ids: RowIds | None = None
