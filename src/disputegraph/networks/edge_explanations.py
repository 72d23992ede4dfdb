"""Say which utterances an edge is made of, and how much of its weight each brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Unpack

import numpy as np

from disputegraph.errors import UsageError, nearest
from disputegraph.model import StatementTable, local_name
from disputegraph.networks.formulas import Floats, Matrix
from disputegraph.networks.network_options import NetworkOptions
from disputegraph.networks.network_weights import Weights
from disputegraph.networks.weighing import weigh


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one utterance brings to one edge.

    Attributes:
        utterance: IRI of the utterance.
        node: the end of the edge whose utterance it is.
        over: the claim, issue or actor over which the two ends meet.
        against: the claim that contradicts `over` and that the other end affirms, where the two ends meet over a
            contradiction; else None.
        level: the qualifier: ``affirms``, ``denies``, ``neutral``, a number or a category; None where there is none.
        amount: its part of the edge's weight. The amounts of an edge add up to the weight.
        parts: its part of each further number of the edge, such as ``congruence`` and ``conflict``.
        date: when it was said, or None.
        document: the first document it stands in, or None.
    """

    utterance: str
    node: str
    over: str
    against: str | None
    level: str | None
    amount: float
    parts: dict[str, float]
    date: str | None
    document: str | None


def explain(table: StatementTable, kind: str, a: str, b: str, **options: Unpack[NetworkOptions]) -> list[Contribution]:
    """Return the utterances behind the edge between two nodes of a network, largest contribution first.

    A weight of a network of one sort of node is a sum over pairs of utterances; each utterance of a pair brings half of
    what the pair brings. An utterance that meets the other end over several claims comes with each.

    Args:
        table: the statements.
        kind: kind of network.
        a: a node, by IRI or by label; of a directed network or an affiliation the one where edges begin.
        b: the other node.
        options: those of the network, see `NetworkOptions`.

    Returns:
        The contributions; their amounts add up to the weight of the edge. Empty where there is no edge.

    Raises:
        UsageError: no node of the network is called `a` or `b`.
    """
    return contributions(weigh(table, kind, **options), a, b)


def contributions(weights: Weights, a: str, b: str) -> list[Contribution]:
    """Return the utterances behind an edge of finished weights; see `explain`."""
    row, column = _found(weights, a, weights.nodes), _found(weights, b, weights.columns)
    if weights.bipartite or weights.directed:
        made = _of_cell(weights, row, column)
    elif row == column:
        made = iter(())
    else:
        made = _of_pair(weights, row, column)
    return sorted(made, key=lambda each: (-abs(each.amount), each.over, each.utterance, each.against or ""))


def _found(weights: Weights, name: str, nodes: tuple[str, ...]) -> int:
    if name in nodes:
        return nodes.index(name)
    wanted = name.casefold()
    hits = [place for place, node in enumerate(nodes) if weights.labels[node].casefold() == wanted]
    hits = hits or [place for place, node in enumerate(nodes) if local_name(node) == name]
    if len(hits) == 1:
        return hits[0]
    if hits:
        listed = ", ".join(f"<{nodes[place]}>" for place in hits)
        raise UsageError(f"'{name}' may mean {len(hits)} nodes of the network: {listed}. Give one of the IRIs.")
    near = nearest(name, [weights.labels[node] for node in nodes])
    raise UsageError(f"no node of this {weights.kind} network is called '{name}'.{near}")


def _of_cell(weights: Weights, row: int, column: int) -> Iterator[Contribution]:
    """Yield the statements of one cell. A weight that counts them is shared by sign, one that does not is even."""
    incidence = weights.incidence
    there = np.flatnonzero((incidence.rows == row) & (incidence.columns == column))
    weight = float(weights.matrix[row, column])
    signs = np.ones(len(there))
    if weights.settings["value"] == "subtract":
        signs = np.array([_signed(incidence.values[code]) for code in incidence.levels[there].tolist()])
        if weights.settings["scale"] == "boolean":
            signs = np.where(signs == 0, -1.0, signs)
    total = float(signs.sum())
    # Divided weights are shared in the same proportions; where the signs cancel out, the divisor no longer shows.
    share = weight / total if total else 1.0
    over = weights.columns[column]
    for place, sign in zip(there.tolist(), signs.tolist(), strict=True):
        yield _contribution(weights, place, node=weights.nodes[row], over=over, amount=sign * share, parts={})


def _of_pair(weights: Weights, row: int, column: int) -> Iterator[Contribution]:
    incidence = weights.incidence
    size = len(incidence.values)
    sides = []
    for node in (row, column):
        places = np.flatnonzero(incidence.rows == node)
        cells = np.zeros((incidence.shape[1], size))
        np.add.at(cells, (incidence.columns[places], incidence.levels[places]), 1.0)
        sides.append((node, places, cells))
    scales = {name: _scale(weights, name, sides, row, column) for name in weights.similarity}
    signs = {"conflict": -1.0} if weights.kind in ("subtract", "signed") else {}
    across = weights.incidence.across
    for (node, places, _), (_, _, others) in (sides, sides[::-1]):
        for place in places.tolist():
            mine, level = incidence.columns[place], incidence.levels[place]
            for claim, parts in _meetings(weights, others, mine, level):
                scaled = {name: value * scales[name] for name, value in parts.items()}
                yield _contribution(
                    weights,
                    place,
                    node=weights.nodes[node],
                    over=across[mine],
                    against=None if claim == mine else across[claim],
                    amount=sum(signs.get(name, 1.0) * value for name, value in scaled.items()),
                    parts=scaled if len(scaled) > 1 else {},
                )


def _meetings(weights: Weights, others: Floats, mine: int, level: int) -> Iterator[tuple[int, dict[str, float]]]:
    """Yield the column nodes on which a statement meets those of the other end, and what that adds to each part."""
    met = others[mine]
    counting = {name: float(each[mine]) for name, each in weights.counting.items()}
    parts = {
        name: 0.5 * counting.get(name, 1.0) * float(met @ alike[level]) for name, alike in weights.similarity.items()
    }
    if _dna_categories(weights) and "conflict" in parts:
        parts["conflict"] = float(met[level] == 0)
    if any(parts.values()):
        yield mine, parts
    if weights.contradicting is not None and level == weights.incidence.affirming:
        rivals = weights.contradicting.indices[slice(*weights.contradicting.indptr[mine : mine + 2])]
        for rival in sorted(rivals.tolist()):
            if number := float(others[rival, level]):
                yield rival, {name: 0.5 * number * (name == "conflict") for name in weights.similarity}


def _dna_categories(weights: Weights) -> bool:
    """Whether conflict is DNA's over a short-text qualifier, which no pair of utterances makes up."""
    values = weights.incidence.values
    return weights.settings["formulas"] == "DNA 3.1.2" and any(isinstance(value, str) for value in values)


def _scale(
    weights: Weights, name: str, sides: list[tuple[int, np.ndarray, np.ndarray]], row: int, column: int
) -> float:
    """Return what the raw sum of a part was multiplied by to give the part."""
    (_, _, mine), (_, _, theirs) = sides
    if name == "conflict" and _dna_categories(weights):
        raw = float((mine * (theirs == 0)).sum() + (theirs * (mine == 0)).sum())
    else:
        counting = weights.counting.get(name, np.ones(len(mine)))
        raw = float((counting[:, None] * (mine @ weights.similarity[name] * theirs)).sum())
        if name == "conflict" and weights.contradicting is not None:
            affirms = weights.incidence.affirming
            raw += float(mine[:, affirms] @ (weights.contradicting @ theirs[:, affirms]))
    matrix: Matrix = weights.parts.get(name, weights.matrix)
    return float(matrix[row, column]) / raw if raw else 0.0


def _contribution(
    weights: Weights,
    place: int,
    *,
    node: str,
    over: str,
    amount: float,
    parts: dict[str, float],
    against: str | None = None,
) -> Contribution:
    incidence = weights.incidence
    table = incidence.table
    row = table.take(np.array([place]))
    level = incidence.values[incidence.levels[place]]
    if weights.settings["qualifier"] == "polarity" or weights.directed:
        shown = row.column("polarity").list()[0]
    else:
        shown = None if level is None else f"{level:g}" if isinstance(level, float) else level
    if weights.directed:
        over = row.column("claim").list()[0] or over
    return Contribution(
        utterance=row.column("utterance").list()[0] or "",
        node=node,
        over=over,
        against=against,
        level=shown,
        amount=amount,
        parts=parts,
        date=row.column("date").list()[0],
        document=row.column("document").list()[0],
    )


def _signed(value: float | str | None) -> float:
    return value if isinstance(value, float) else 1.0
