"""Write RDF: streamed in the order given, or stable (the same bytes for the same graph)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, Quad, Triple

from disputegraph.errors import UsageError
from disputegraph.formats import Format
from disputegraph.vocabulary import PREFIXES

__all__ = ["sorted_quads", "used_prefixes", "write_quads", "write_stable"]


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
    labelled by RDF Dataset Canonicalization (RDFC-1.0, W3C Recommendation 2024). rdf:type leads a subject's
    properties, as people write it.

    Args:
        quads: the graph, in any order; a quad that stands twice is written once.
        output: binary stream.
        form: RDF format.
        prefixes: prefixes to use beside the library's own; theirs win.

    Raises:
        UsageError: a quad stands in a named graph and the format holds none.
    """
    ordered = sorted_quads(quads)
    write_quads(ordered, output, form, prefixes=used_prefixes(ordered, {**PREFIXES, **(prefixes or {})}))


def sorted_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return the distinct quads in canonical order, blank nodes labelled by RDFC-1.0."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=_key)


def used_prefixes(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that `quads` make use of, sorted by name; of two for one namespace the last given."""
    namespaces: dict[str, str] = {iri: name for name, iri in prefixes.items()}
    heads: set[str] = set()
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, pyoxigraph.Literal):
                heads.add(_head(term.datatype.value))
            elif isinstance(term, pyoxigraph.NamedNode):
                heads.add(_head(term.value))
    used = {
        name: iri for iri, name in namespaces.items() if iri in heads or any(head.startswith(iri) for head in heads)
    }
    return dict(sorted(used.items()))


def _head(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def _key(quad: Quad) -> tuple[str, str, str, str]:
    predicate = str(quad.predicate)
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return (graph, str(quad.subject), "" if predicate == _TYPE else predicate, str(quad.object))


def _triples(quads: Iterable[Quad], form: Format) -> Iterable[Triple]:
    default = DefaultGraph()
    for quad in quads:
        if quad.graph_name != default:
            raise UsageError(
                f"the data has a named graph ({quad.graph_name}), which {form.name} cannot hold. "
                "Write trig, nquads or jsonld."
            )
        yield quad.triple
