"""Label blank nodes canonically, where that can be done in a reasonable time.

RDF Dataset Canonicalization (RDFC-1.0, W3C Recommendation 2024) may take time that grows with the factorial of how
many blank nodes look alike (its section 7.1 warns of such "poison" graphs). Where more than a few that look alike hang
together, the engine, which cannot be interrupted, is asked in a process that can be killed. On Windows, which has no
such process, those graphs are refused.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple

from disputegraph.errors import LimitError
from disputegraph.process import Reply, Worker, WorkerError, can_fork

FEW = 8
"""Blank nodes that may hang together and be alike in any way: they take milliseconds."""

PATIENCE = 10.0
"""Seconds after which labelling is given up."""


def mentions_blank_node(quad: Quad) -> bool:
    """Return whether a blank node stands anywhere in a quad, triple terms included."""
    subject, _, value, graph = quad
    kinds = type(subject), type(value), type(graph)
    if BlankNode in kinds:
        return True
    return Triple in kinds and next(blank_nodes(quad), None) is not None


def canonical_quads(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the distinct quads, in no order, their blank nodes labelled by RDFC-1.0.

    Raises:
        LimitError: labelling them would take too long.
    """
    dataset = Dataset(quads)
    if _is_doubtful(dataset):
        yield from _labelled_apart(dataset)
        return
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from dataset


def _labelled_apart(dataset: Dataset) -> Iterable[Quad]:
    """Return the quads labelled by a worker, which is killed when it takes too long."""
    too_much = _too_much_alike(len({node for quad in dataset for node in blank_nodes(quad)}))
    if not can_fork():
        raise too_much
    worker = Worker(lambda: _label)
    try:
        _, labelled = worker.ask({}, pyoxigraph.serialize(dataset, None, RdfFormat.N_QUADS) or b"", timeout=PATIENCE)
    except WorkerError:
        raise too_much from None
    finally:
        worker.kill()
    return pyoxigraph.parse(labelled, RdfFormat.N_QUADS, lenient=True)


def _label(head: dict[str, Any], body: bytes) -> Reply:
    dataset = Dataset(pyoxigraph.parse(body, RdfFormat.N_QUADS, lenient=True))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return head, pyoxigraph.serialize(dataset, None, RdfFormat.N_QUADS) or b""


def blank_nodes(quad: Quad | Triple) -> Iterator[BlankNode]:
    """Yield the blank nodes of a quad, those within triple terms too."""
    for term in (quad.subject, quad.object):
        if isinstance(term, BlankNode):
            yield term
        elif isinstance(term, Triple):
            yield from blank_nodes(term)
    if isinstance(quad, Quad) and isinstance(quad.graph_name, BlankNode):
        yield quad.graph_name


def _too_much_alike(number: int) -> LimitError:
    return LimitError(
        f"the graph has {number:,} blank nodes that hang together and look alike, and to tell them apart in a stable "
        "order would take too long. Give them IRIs, or write without sorting."
    )


def _is_doubtful(quads: Iterable[Quad]) -> bool:
    """Return whether more than a few blank nodes that look alike hang together, so that labelling may take for ever."""
    seen: dict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in set(blank_nodes(quad)):
            seen[node].append(quad)
    # What RDFC-1.0 calls the first degree hash: a node's quads, with all blank nodes but itself taken for one.
    looks = {node: hash(tuple(sorted(_looks(quad, node) for quad in found))) for node, found in seen.items()}
    alike = Counter(looks.values())
    doubtful = {node for node, look in looks.items() if alike[look] > 1}
    return any(len(group) > FEW for group in _linked(doubtful, seen))


def _looks(quad: Quad | Triple, node: BlankNode) -> str:
    def look(term: object) -> str:
        if isinstance(term, BlankNode):
            return "_:a" if term == node else "_:z"
        return f"<<{_looks(term, node)}>>" if isinstance(term, Triple) else str(term)

    graph = look(quad.graph_name) if isinstance(quad, Quad) else ""
    return f"{look(quad.subject)} {quad.predicate} {look(quad.object)} {graph}"


def _linked(doubtful: set[BlankNode], seen: dict[BlankNode, list[Quad]]) -> Iterator[list[BlankNode]]:
    """Yield the doubtful nodes in groups that hang together through quads."""
    left = set(doubtful)
    while left:
        group = [left.pop()]
        for node in group:  # grows as we go
            for quad in seen[node]:
                for other in blank_nodes(quad):
                    if other in left:
                        left.remove(other)
                        group.append(other)
        yield group
