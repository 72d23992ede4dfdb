"""Clusters of actors by several methods, each with its modularity: what discourse network papers report as coalitions.

Source of the methods, of the distance and of the graph: Discourse Network Analyzer 3.1.2, dna_multiclust.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.newman_modularity import modularity
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import Weights, weigh

Floats = NDArray[np.float64]
Members = NDArray[np.intp]

LINKAGES = ("single", "average", "complete", "ward")
CLUSTERINGS = (*LINKAGES, "equivalence", "concor_one_mode", "concor_two_mode", "louvain", "greedy_modularity")
"""The methods, in the order in which the first of equally good ones counts as the best."""

_ROUNDS, _CONVERGED = 50, 0.999


@dataclass(frozen=True, slots=True)
class Clustering:
    """A division of the actors by one method.

    Attributes:
        method: one of `CLUSTERINGS`.
        k: number of clusters.
        modularity: Newman's Q over the weights, -0.5 to 1: the share of agreement within clusters less the share that
            the actors' strengths let expect. None where nobody agrees with anybody more than not.
        unweighted: the same with each tie counted as 1, which is what DNA reports.
        members: cluster of every actor, numbered from 1 in order of the actors' labels.
    """

    method: str
    k: int
    modularity: float | None
    unweighted: float | None
    members: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The clusterings of one network.

    Attributes:
        found: one for each method that could divide it.
        best: the first with the largest modularity (with `dna_compat` the largest unweighted one); None if none could.
        nodes: the actors, in order of their labels.
        labels: label by actor.
        failed: the methods that could not, with the reason.
        first: first day of the time slice, if it is one.
        last: its last day.
        moment: the day in the middle of a kernel's window, or None.
    """

    found: tuple[Clustering, ...]
    best: Clustering | None
    nodes: tuple[str, ...]
    labels: Mapping[str, str]
    failed: Mapping[str, str]
    first: str | None = None
    last: str | None = None
    moment: str | None = None


def actor_clusters(
    table: StatementTable,
    *,
    k: int = 0,
    k_max: int = 5,
    methods: Sequence[str] = CLUSTERINGS,
    seed: int = 0,
    first: str | None = None,
    last: str | None = None,
    moment: str | None = None,
    **options: Any,
) -> Clusters:
    """Return the actors divided into clusters by each method.

    The graph is the subtract network, normalised by the average, without its negative ties. Linkage goes by the
    Jaccard distance of what actors say: the share of (claim, side) pairs that only one of the two has, of those that
    one of them has. ``equivalence`` is complete linkage over the Euclidean distance of the actors' ties (structural
    equivalence), CONCOR (Breiger, Boorman & Arabie 1975) repeats correlation until all are 1 or -1, Louvain (Blondel et
    al. 2008) and greedy modularity (Clauset, Newman & Moore 2004) are networkx'.

    Args:
        table: the statements.
        k: number of clusters; 0 takes of 2 to `k_max` the one with the largest modularity. CONCOR always makes 2, and
            Louvain as many as it finds, so that with another k they are left out.
        k_max: largest number of clusters to try.
        methods: some of `CLUSTERINGS`.
        seed: of the order in which Louvain goes through the actors.
        first: first day, for the record.
        last: last day, for the record.
        moment: the middle of a kernel's window, for the record.
        options: see `NetworkOptions`; with `dna_compat` modularity is compared unweighted, as in DNA.

    Raises:
        UsageError: an unknown method or option, or a number of clusters below 2.
    """
    unknown = [method for method in methods if method not in CLUSTERINGS]
    if unknown:
        raise UsageError(f"unknown method '{unknown[0]}'. There are {', '.join(CLUSTERINGS)}.")
    if (k and k <= 1) or k_max <= 1:
        raise UsageError(f"there are at least 2 clusters; {min(k or k_max, k_max)} is not a number of them.")
    options["normalise"] = "average"
    weights = weigh(table, "subtract", **options)
    graph = weights.matrix.toarray().clip(0)
    nothing = np.zeros((len(graph), 0), dtype=bool)
    said: NDArray[np.bool_] = np.hstack([nothing, *(each.toarray() > 0 for each in weights.incidence.matrices())])
    by_dna = bool(options.get("dna_compat"))
    # DNA also takes each actor for a cluster, and gives up a linkage of which it cannot make k.max clusters.
    nodes = len(graph) + by_dna
    found, failed = [], {}
    for method in methods:
        made = list(_divisions(method, graph, said, _numbers(method, k, k_max, nodes, by_dna=by_dna), seed))
        if made:
            found.append(_best([_clustering(method, members, graph, weights) for members in made], by_dna=by_dna))
        else:
            failed[method] = _why(method, k, len(graph))
    return Clusters(
        found=tuple(found),
        best=_best(found, by_dna=by_dna) if found else None,
        nodes=weights.nodes,
        labels=weights.labels,
        failed=failed,
        first=first,
        last=last,
        moment=moment,
    )


# ---- one division after another


def _numbers(method: str, k: int, k_max: int, nodes: int, *, by_dna: bool) -> range:
    if method.startswith("concor"):
        return range(2, 3) if k in (0, 2) else range(0)
    if method == "louvain":
        return range(1) if k == 0 else range(0)
    numbers = range(k, k + 1) if k else range(2, k_max + 1)
    if by_dna and method != "greedy_modularity" and numbers.stop > nodes:
        return range(0)
    return range(numbers.start, min(numbers.stop, nodes))


def _divisions(method: str, graph: Floats, said: NDArray[np.bool_], numbers: range, seed: int) -> Iterator[Members]:
    if len(graph) <= 1 or not len(numbers):
        return
    if method in LINKAGES:
        yield from cut_linkage(method, _jaccard_distance(said), numbers)
    elif method == "equivalence":
        yield from cut_linkage("complete", _equivalence_distance(graph), numbers)
    elif method.startswith("concor"):
        yield _concor(graph if method == "concor_one_mode" else said.T.astype(np.float64))
    else:
        yield from communities(method, graph, numbers, seed)


def cut_linkage(linkage: Any, distance: Floats, numbers: range) -> Iterator[Members]:
    """Yield the divisions of a hierarchical clustering into each of these numbers of clusters."""
    from scipy.cluster.hierarchy import cut_tree
    from scipy.cluster.hierarchy import linkage as join
    from scipy.spatial.distance import squareform

    tree = join(squareform(distance, checks=False), linkage)
    for column in cut_tree(tree, n_clusters=list(numbers)).T:
        yield column.astype(np.intp)


def _jaccard_distance(said: NDArray[np.bool_]) -> Floats:
    both = (said.astype(np.int64) @ said.T.astype(np.int64)).astype(np.float64)
    own = said.sum(axis=1)
    either = own[:, None] + own[None, :] - both
    distance: Floats = 1 - np.divide(both, either, out=np.ones_like(both), where=either > 0)
    np.fill_diagonal(distance, 0.0)
    return distance


def _equivalence_distance(graph: Floats) -> Floats:
    """Return how differently two actors are tied to all others, the tie between them left out."""
    distance = np.zeros_like(graph)
    for one, ties in enumerate(graph):
        squared = (graph - ties) ** 2
        squared[:, one] = 0.0
        np.fill_diagonal(squared, 0.0)
        distance[one] = np.sqrt(squared.sum(axis=1))
    return distance


def _concor(matrix: Floats) -> Members:
    """Return the two halves into which correlating columns again and again divides them."""
    for _ in range(_ROUNDS):
        with np.errstate(invalid="ignore", divide="ignore"):
            centred = matrix - matrix.mean(axis=0)
            length = np.sqrt((centred**2).sum(axis=0))
            matrix = np.nan_to_num(centred.T @ centred / np.outer(length, length), posinf=0.0, neginf=0.0)
        np.fill_diagonal(matrix, 1.0)  # a column that does not vary correlates with nothing but itself
        if (np.abs(matrix) > _CONVERGED).all():
            break
    return (matrix[:, 0] > 0).astype(np.intp)


def communities(method: str, graph: Floats, numbers: range, seed: int) -> Iterator[Members]:
    """Yield the communities of a weighted graph, for each of these numbers where the method takes one."""
    import networkx as nx

    ties: nx.Graph[int] = nx.from_numpy_array(graph)
    if not ties.number_of_edges():
        return
    finders: dict[str, Callable[[int], Iterable[Iterable[int]]]] = {
        "louvain": lambda _: nx.community.louvain_communities(ties, weight="weight", seed=seed),
        "greedy_modularity": lambda k: nx.community.greedy_modularity_communities(
            ties, weight="weight", cutoff=k, best_n=k
        ),
    }
    parts = nx.number_connected_components(ties)
    for k in numbers:
        if method == "louvain" or parts <= k:  # no merging makes fewer communities than there are parts
            members = np.zeros(len(graph), dtype=np.intp)
            for number, community in enumerate(finders[method](k)):
                members[list(community)] = number
            yield members


# ---- what comes of a division


def _clustering(method: str, members: Members, graph: Floats, weights: Weights) -> Clustering:
    number: dict[int, int] = {}
    numbered = [number.setdefault(place, len(number) + 1) for place in members.tolist()]
    return Clustering(
        method,
        len(number),
        modularity(graph, members),
        modularity((graph > 0).astype(np.float64), members),
        dict(zip(weights.nodes, numbered, strict=True)),
    )


def _best(found: Sequence[Clustering], *, by_dna: bool) -> Clustering:
    def quality(each: Clustering) -> float:
        value = each.unweighted if by_dna else each.modularity
        # Sums of many small terms: what differs in the last digits only is equal.
        return -np.inf if value is None else round(value, 12)

    return max(found, key=quality)


def _why(method: str, k: int, nodes: int) -> str:
    if nodes <= 2:  # noqa: PLR2004  # two actors are no groups
        return f"there are {nodes} actors"
    if method.startswith("concor") and k not in (0, 2):
        return "it makes two clusters"
    if method == "louvain" and k:
        return "it finds the number of clusters itself"
    if k >= nodes:
        return f"there are {nodes} actors"
    return "too few actors agree with each other"
