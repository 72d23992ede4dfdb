"""Ties of agreement and opposition between actors, from what they say and from what they say of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.signed_networks import SignedNetwork
from disputegraph.errors import UsageError, nearest
from disputegraph.model import Names, StatementTable
from disputegraph.networks import NetworkOptions, Weights, weigh

TIES = ("statements", "portrayal", "both")
"""What ties are read from; see `find_ties`."""

_PARTS = {"signed": ("congruence", "conflict"), "portrayal": ("credits", "accuses")}
_NOTHING = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Pairs of nodes with how much they agree and how much they are opposed.

    Attributes:
        nodes: IRIs of the nodes, in order of their labels.
        names: labels and classes of the nodes.
        pairs: the two ends of each tie as places in `nodes`, the smaller first; of shape (ties, 2).
        agreement: congruence, or credits, or their sum, for each tie.
        opposition: conflict, or accusations, or their sum, for each tie.
        networks: the networks they were read from.
    """

    nodes: tuple[str, ...]
    names: Names
    pairs: NDArray[np.int64]
    agreement: Floats
    opposition: Floats
    networks: tuple[Weights, ...]

    def network(self, *, weighted: bool = False) -> SignedNetwork:
        """Return the signed network of the ties: agreement minus opposition, or only its sign unless `weighted`."""
        values = self.agreement - self.opposition
        decided = np.abs(values) > _NOTHING
        labels = tuple(self.names.labels.get(node, node) for node in self.nodes)
        undecided = tuple((int(a), int(b)) for a, b in self.pairs[~decided])
        made = SignedNetwork(self.nodes, labels, self.pairs[decided], values[decided], undecided)
        return made if weighted else made.by_signs()


def find_ties(
    table: StatementTable, ties: str = "statements", *, names: Names | None = None, **options: Unpack[NetworkOptions]
) -> Ties:
    """Return the ties that a table of statements shows between actors.

    ``statements``: agreement is congruence and opposition conflict, as in a ``signed`` network. ``portrayal``: with
    c[x, y] and a[x, y] the numbers of times that x credits and accuses y, agreement is c[x, y] + c[y, x] and opposition
    a[x, y] + a[y, x], the support and attack among political actors of de Nooy & Kleinnijenhuis (2013). Who accuses and
    who is accused cannot be distinguished then. ``both``: the sums of the two, each pair of statements and each
    portrayal counting one. A `baseline` is that of statements; portrayals are counted as they are.

    Args:
        table: the statements.
        ties: one of `TIES`.
        names: labels and classes of the nodes, where they are known already.
        options: those of the networks; see `NetworkOptions`.

    Raises:
        UsageError: `ties` is not one of `TIES`, or does not go with a normalisation.
    """
    if ties not in TIES:
        raise UsageError(f"unknown ties '{ties}'.{nearest(ties, TIES)} There are {', '.join(TIES)}.")
    if ties != "statements" and options.get("normalise", "none") != "none":
        raise UsageError("portrayals are counted, so that ties from them cannot be normalised.")
    kinds = {"statements": ("signed",), "portrayal": ("portrayal",), "both": ("signed", "portrayal")}[ties]
    made = []
    for kind in kinds:
        # What is said of each other has no margins over claims.
        fitting: NetworkOptions = {**options, "baseline": "none"} if kind == "portrayal" else options
        made.append(weigh(table, kind, names=names, **fitting))
    labels = {node: label for weights in made for node, label in weights.labels.items()}
    known = Names(labels, {node: kind for weights in made for node, kind in weights.kinds.items()})
    nodes = made[0].nodes
    if len(made) > 1:
        nodes = tuple(sorted({node for weights in made for node in weights.nodes}, key=lambda n: (labels.get(n, n), n)))
    place = {node: number for number, node in enumerate(nodes)}
    keys, numbers = [], []
    for weights in made:
        mine = np.array([place[node] for node in weights.nodes], dtype=np.int64)
        one, other = (mine[ends] for ends in weights.pattern)
        apart = one != other  # to credit or accuse oneself makes no tie
        keys.append((np.minimum(one, other) * len(nodes) + np.maximum(one, other))[apart])
        numbers.append(np.stack([weights.values(weights.parts[name])[apart] for name in _PARTS[weights.kind]]))
    pairs, pair_of = np.unique(np.concatenate(keys), return_inverse=True)
    counted = np.concatenate(numbers, axis=1)
    agreement, opposition = (np.bincount(pair_of, row, len(pairs)).astype(np.float64) for row in counted)
    ends = np.stack(np.divmod(pairs, max(len(nodes), 1)), axis=1)
    return Ties(nodes, known, ends, agreement, opposition, tuple(made))
