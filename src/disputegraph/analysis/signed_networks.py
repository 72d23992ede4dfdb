"""Signed networks: pairs of nodes that agree or disagree, with what each verdict weighs."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import DataError

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True, eq=False)
class SignedNetwork:
    """An undirected signed network without loops and parallel edges.

    Attributes:
        nodes: names of the nodes.
        labels: what they are called, in the same order.
        ends: the two ends of each edge as places in `nodes`, the smaller first; of shape (edges, 2).
        weights: positive where the two agree, negative where they disagree; never zero.
        undecided: pairs that agree and disagree alike and so have no sign.
    """

    nodes: tuple[str, ...]
    labels: tuple[str, ...]
    ends: NDArray[np.int64]
    weights: NDArray[np.float64]
    undecided: tuple[tuple[int, int], ...] = ()

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def signs(self) -> NDArray[np.int64]:
        """+1 or -1 for each edge."""
        return np.sign(self.weights).astype(np.int64)

    def by_signs(self) -> SignedNetwork:
        """Return the network with every edge counting as one."""
        return SignedNetwork(self.nodes, self.labels, self.ends, np.sign(self.weights), self.undecided)


def signed_network(graph: nx.Graph[str], *, weighted: bool = False) -> SignedNetwork:
    """Return the signed network of a graph.

    The number of an edge is its `sign` if it has one, else its `weight`, else 1; in a ``signed`` or ``subtract``
    network the weight is congruence minus conflict. Loops are left out; the direction of edges is ignored, and the
    two directions of a pair are added.

    Args:
        graph: a networkx graph, such as ``network(table, "signed")``.
        weighted: keep how much the two agree or disagree on balance; by default each edge counts as its sign.
    """
    nodes = tuple(graph)
    place = {node: number for number, node in enumerate(nodes)}
    labels = tuple(str(graph.nodes[node].get("label", node)) for node in nodes)
    found = (
        (place[a], place[b], float(told.get("sign", told.get("weight", 1.0)))) for a, b, told in graph.edges(data=True)
    )
    made = _summed(nodes, labels, found)
    return made if weighted else made.by_signs()


def read_signed_edges(path: str | Path) -> SignedNetwork:
    """Return the signed network in a CSV file with the columns ``source``, ``target`` and ``sign``.

    Direction is ignored. Several rows of a pair are added up, and the sign of the sum counts; where it is zero the
    pair is undecided. Loops are left out.

    Raises:
        DataError: the file cannot be read, a column is missing, or a sign is not a number; the text names the line.
    """
    name = str(path)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            missing = {"source", "target", "sign"} - set(reader.fieldnames or ())
            if missing:
                found = ", ".join(reader.fieldnames or ()) or "nothing"
                raise DataError(
                    f"has no column {', '.join(sorted(missing))}. Its first line must name source, target and sign; it "
                    f"names {found}.",
                    path=name,
                    line=1,
                )
            rows = [(row, reader.line_num) for row in reader]
    except UnicodeDecodeError:
        raise DataError("is not UTF-8 text; save it as UTF-8.", path=name) from None
    except csv.Error as error:
        raise DataError(f"is not valid CSV: {error}.", path=name) from None
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}.", path=name) from None
    place: dict[str, int] = {}
    found_edges = []
    for row, line in rows:
        source, target = (row["source"] or "").strip(), (row["target"] or "").strip()
        if not source or not target:
            raise DataError("an edge needs a source and a target.", path=name, line=line)
        found_edges.append(
            (place.setdefault(source, len(place)), place.setdefault(target, len(place)), _sign(row["sign"], name, line))
        )
    nodes = tuple(place)
    return _summed(nodes, nodes, found_edges).by_signs()


def _sign(text: str | None, path: str, line: int) -> float:
    named = {"+": 1.0, "-": -1.0, "positive": 1.0, "negative": -1.0}
    cleaned = (text or "").strip().lower()
    if cleaned in named:
        return named[cleaned]
    try:
        number = float(cleaned)
    except ValueError:
        number = float("nan")
    if not np.isfinite(number):
        raise DataError(f"the sign '{text}' is not a number; write 1 or -1.", path=path, line=line)
    return number


def _summed(nodes: tuple[str, ...], labels: tuple[str, ...], edges: Iterable[tuple[int, int, float]]) -> SignedNetwork:
    total: defaultdict[tuple[int, int], float] = defaultdict(float)
    for a, b, weight in edges:
        if a != b:
            total[min(a, b), max(a, b)] += weight
    decided = [(pair, weight) for pair, weight in total.items() if weight]
    return SignedNetwork(
        nodes,
        labels,
        np.array([pair for pair, _ in decided], dtype=np.int64).reshape(-1, 2),
        np.array([weight for _, weight in decided], dtype=np.float64),
        tuple(pair for pair, weight in total.items() if not weight),
    )
