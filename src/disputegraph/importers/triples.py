"""Gather triples by subject and write them sorted: what `writing.write_stable` writes, in less memory."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from operator import itemgetter
from typing import IO, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from disputegraph.formats import Format, format_named
from disputegraph.vocabulary import PREFIXES
from disputegraph.writing import used_prefixes, write_ordered

__all__ = ["Object", "Triples", "curie", "literal", "term", "without_cycles"]

Object: TypeAlias = NamedNode | Literal

_IRIS: dict[str, NamedNode] = {}
_XSD = PREFIXES["xsd"]


def term(curie: str) -> NamedNode:
    """Return the node for a prefixed name in the library's own prefixes, such as ``dg:speaker``."""
    node = _IRIS.get(curie)
    if node is None:
        prefix, _, local = curie.partition(":")
        node = _IRIS[curie] = NamedNode(PREFIXES[prefix] + local)
    return node


def curie(node: NamedNode) -> str:
    """Return the prefixed name of a node in one of the library's own namespaces; the inverse of `term`."""
    for prefix, namespace in PREFIXES.items():
        if node.value.startswith(namespace):
            return f"{prefix}:{node.value[len(namespace) :]}"
    raise ValueError(node.value)


def literal(value: object, datatype: str | None = None, *, language: str | None = None) -> Literal:
    """Return a literal; `datatype` is the local name of an XML Schema type, such as ``date``."""
    if language:
        return Literal(str(value), language=language)
    return Literal(str(value), datatype=NamedNode(_XSD + datatype)) if datatype else Literal(str(value))


@contextmanager
def without_cycles() -> Iterator[None]:
    """Pause Python's search for reference cycles: millions of small records hold none, and each search visits all."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Triples:
    """A graph without blank nodes, kept by subject.

    A graph of many subjects needs no canonical labels and no copy to be sorted: subjects are sorted by name and each
    one's few triples when they are written.
    """

    def __init__(self) -> None:
        self._by_subject: defaultdict[str, list[tuple[str, Object]]] = defaultdict(list)

    def add(self, subject: str, predicate: str, value: Object) -> None:
        """Add one triple; `predicate` is a prefixed name such as ``dg:speaker``."""
        self._by_subject[subject].append((predicate, value))

    def add_iri(self, subject: str, predicate: str, value: str) -> None:
        """Add one triple whose object is an IRI."""
        self._by_subject[subject].append((predicate, NamedNode(value)))

    def typed(self, subject: str, *classes: str) -> None:
        """Say of which classes a subject is, by prefixed name."""
        self._by_subject[subject] += [("rdf:type", term(name)) for name in classes]

    def __contains__(self, subject: str) -> bool:
        return subject in self._by_subject

    def __len__(self) -> int:
        """Return the number of triples, repetitions not counted."""
        return sum(len(set(pairs)) for pairs in self._by_subject.values())

    def quads(self) -> Iterator[Quad]:
        """Yield the triples in the order of `writing.sorted_quads`, each once."""
        places = {"rdf:type": ""}
        for subject in sorted(self._by_subject):
            node = NamedNode(subject)
            rows = []
            for predicate, value in self._by_subject[subject]:
                place = places.get(predicate)
                if place is None:
                    place = places[predicate] = term(predicate).value
                rows.append((place, value.value if type(value) is NamedNode else f"\x7f{value}", predicate, value))
            rows.sort(key=_PLACE)
            before = None
            for row in rows:
                if row[:2] != before:
                    yield Quad(node, term(row[2]), row[3])
                    before = row[:2]

    def write(
        self,
        output: IO[bytes],
        form: Format | None = None,
        *,
        prefixes: Mapping[str, str] | None = None,
        watch: Callable[[Iterable[Quad]], Iterable[Quad]] = lambda quads: quads,
    ) -> None:
        """Write the graph, by default as Turtle: the same bytes as `writing.write_stable` writes.

        Args:
            output: binary stream.
            form: RDF format.
            prefixes: prefixes beside the library's own.
            watch: wraps the stream of quads, to show how far it is.
        """
        form = form or format_named("turtle")
        # The terms that could use a prefix: one of each predicate, and every subject, object and datatype.
        used = used_prefixes(self._samples(), {**PREFIXES, **(prefixes or {})})
        with without_cycles():
            write_ordered(watch(self.quads()), output, form, prefixes=used)

    def _samples(self) -> Iterator[Quad]:
        """Yield quads that between them hold an IRI of every namespace in use: cheaper than all of them twice."""
        nowhere, anything = BlankNode("b"), term("rdf:type")
        predicates: set[str] = set()
        heads: dict[str, NamedNode] = {}
        datatypes: dict[str, Literal] = {}
        for subject, pairs in self._by_subject.items():
            heads.setdefault(_head(subject), NamedNode(subject))
            for predicate, value in pairs:
                predicates.add(predicate)
                if type(value) is Literal:
                    datatypes.setdefault(value.datatype.value, value)
                elif value.value not in self._by_subject:
                    heads.setdefault(_head(value.value), value)
        yield from (Quad(nowhere, term(predicate), nowhere) for predicate in predicates)
        yield from (Quad(nowhere, anything, node) for node in heads.values())
        yield from (Quad(nowhere, anything, node) for node in datatypes.values())


_PLACE = itemgetter(0, 1)


def _head(value: str) -> str:
    return value[: max(value.rfind("#"), value.rfind("/")) + 1]
