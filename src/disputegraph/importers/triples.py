"""Gather triples by subject and write them sorted: what `writing.write_stable` writes, in less time and memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from disputegraph.errors import UsageError
from disputegraph.importers.turtle import TurtleWriter
from disputegraph.rdf import Format, format_named, text_place, used_prefixes, write_ordered
from disputegraph.vocabulary import PREFIXES

__all__ = ["Object", "Subject", "Triples", "checked_language", "curie", "literal", "term"]

Object: TypeAlias = NamedNode | Literal
Subject: TypeAlias = tuple[str, list[tuple[str, str]]]
"""A subject with its (property, value) pairs in order; see `Triples.subjects`."""

_NODES: dict[str, NamedNode] = {}
_FULL: dict[str, str] = {}
_XSD = {name: NamedNode(PREFIXES["xsd"] + name) for name in ("boolean", "date", "dateTime", "integer")}
_LITERAL = "\x7f"  # literals stand behind all IRIs, as in `writing.sorted_quads`


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
    """Return a literal; `datatype` is the local name of an XML Schema type: boolean, date, dateTime or integer."""
    if language:
        return Literal(str(value), language=language)
    return Literal(str(value), datatype=_XSD[datatype]) if datatype else Literal(str(value))


def checked_language(tag: str) -> str:
    """Return a language tag as it is, such as ``en`` or ``pt-BR``; raises UsageError if it is none (BCP 47)."""
    try:
        Literal("", language=tag)
    except ValueError as error:
        raise UsageError(f"'{tag}' is no language tag, such as en or pt-BR: {error}.") from None
    return tag


class Triples:
    """A graph without blank nodes, kept by subject.

    A graph of many subjects needs no canonical labels and no copy to be sorted: subjects are sorted by name and each
    one's few triples when they are written. Values are kept as text, IRIs as they are, literals as N-Triples writes
    them: a term of the engine for each of millions of values would cost more than everything else.
    """

    def __init__(self) -> None:
        self._by_subject: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._literals: dict[str, Literal] = {}

    def add(self, subject: str, predicate: str, value: Object) -> None:
        """Add one triple; `predicate` is a prefixed name such as ``dg:speaker``."""
        if type(value) is NamedNode:
            key = value.value
        else:
            key = f"{_LITERAL}{value}"
            self._literals[key] = value
        self._by_subject[subject].append((predicate, key))

    def add_iri(self, subject: str, predicate: str, value: str) -> None:
        """Add one triple whose object is an IRI, which must be valid: minted, or accepted by `NamedNode`."""
        self._by_subject[subject].append((predicate, value))

    def typed(self, subject: str, *classes: str) -> None:
        """Say of which classes a subject is, by prefixed name."""
        self._by_subject[subject] += [("rdf:type", _full(name)) for name in classes]

    def __contains__(self, subject: str) -> bool:
        return subject in self._by_subject

    def __len__(self) -> int:
        """Return the number of triples, repetitions not counted."""
        return sum(len(set(pairs)) for pairs in self._by_subject.values())

    def subjects(self) -> Iterator[Subject]:
        """Yield each subject with its pairs, in the order of `writing.sorted_quads`.

        The property is a full IRI, empty for rdf:type, which comes first; the value is an IRI, or a literal as
        N-Triples writes it behind the character U+007F.
        """
        places = {"rdf:type": ""}
        for subject in sorted(self._by_subject):
            rows = set()
            for predicate, value in self._by_subject[subject]:
                place = places.get(predicate)
                if place is None:
                    place = places[predicate] = _full(predicate)
                rows.add((place, value))
            yield subject, sorted(rows, key=_pair_place)

    def quads(self) -> Iterator[Quad]:
        """Yield the triples in the order of `writing.sorted_quads`, each once."""
        rdf_type = term("rdf:type")
        for subject, rows in self.subjects():
            node = NamedNode(subject)
            for predicate, value in rows:
                yield Quad(node, NamedNode(predicate) if predicate else rdf_type, self._value(value))

    def write(
        self,
        output: IO[bytes],
        form: Format | None = None,
        *,
        prefixes: Mapping[str, str] | None = None,
        watch: Callable[[Iterable[Subject]], Iterable[Subject]] = lambda subjects: subjects,
    ) -> None:
        """Write the graph, by default as Turtle: the same bytes as `writing.write_stable` writes.

        Args:
            output: binary stream.
            form: RDF format.
            prefixes: prefixes beside the library's own.
            watch: wraps the stream of subjects, to show how far it is.
        """
        form = form or format_named("turtle")
        others = self._others()
        used = used_prefixes(self._samples(others), {**PREFIXES, **(prefixes or {})})
        writer = TurtleWriter(used, self._literals)
        if form.name == "turtle" and writer.can_write(self._by_subject, others):
            writer.write(output, watch(self.subjects()))
        else:
            write_ordered(self.quads(), output, form, prefixes=used)

    def _value(self, value: str) -> Object:
        return self._literals[value] if value.startswith(_LITERAL) else NamedNode(value)

    def _others(self) -> set[str]:
        """Return the IRIs that are values of triples and no subjects of this graph."""
        values = {value for pairs in self._by_subject.values() for _, value in pairs}
        values -= self._by_subject.keys()
        return values - self._literals.keys()

    def _samples(self, others: Iterable[str]) -> Iterator[Quad]:
        """Yield quads that between them hold an IRI of every namespace in use: cheaper than all of them."""
        nowhere, anything = BlankNode("b"), term("rdf:type")
        predicates = {predicate for pairs in self._by_subject.values() for predicate, _ in pairs}
        heads: dict[str, str] = {}
        for subject in self._by_subject:
            heads.setdefault(_head(subject), subject)
        for value in others:
            heads.setdefault(_head(value), value)
        datatypes = {value.datatype: value for value in self._literals.values()}
        yield from (Quad(nowhere, term(predicate), nowhere) for predicate in predicates)
        yield from (Quad(nowhere, anything, NamedNode(value)) for value in heads.values())
        yield from (Quad(nowhere, anything, value) for value in datatypes.values())


def _pair_place(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0], text_place(pair[1])


def _full(name: str) -> str:
    full = _FULL.get(name)
    if full is None:
        full = _FULL[name] = term(name).value
    return full


def _head(value: str) -> str:
    return value[: max(value.rfind("#"), value.rfind("/")) + 1]
