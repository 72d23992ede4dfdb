"""Phase transitions: when the network of a debate passes from one state into another.

Source: Masuda & Holme (2019), Scientific Reports 9:795 (states of a temporal network by clustering its snapshots);
Vandenhole, Garic & Leifeld (2025) for discourse networks; Discourse Network Analyzer 3.1.2, dna_phaseTransitions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from disputegraph.analysis.actor_clustering import communities, cut_linkage
from disputegraph.analysis.newman_modularity import modularity
from disputegraph.errors import UsageError, nearest
from disputegraph.model import StatementTable
from disputegraph.networks import kernel_windows

Floats = NDArray[np.float64]

PHASE_METHODS = ("single", "average", "complete", "ward", "greedy_modularity")
DISTANCES = ("absdiff", "spectral")
_LINKAGES = PHASE_METHODS[:-1]


@dataclass(frozen=True, slots=True)
class States:
    """The states that one method finds.

    Attributes:
        method: one of `PHASE_METHODS`.
        k: number of states.
        modularity: of the division of the moments, with 1 minus the distance as weights.
        states: the state of each moment, numbered from 1 in order of time.
    """

    method: str
    k: int
    modularity: float | None
    states: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phases:
    """The states of a debate over time.

    Attributes:
        moments: the middle of each window, ISO dates.
        distance: how different the networks of two moments are, 0 to 1.
        found: one division for each method.
        best: the one with the largest modularity.
        transitions: the moments at which the state of `best` is another than at the moment before.
    """

    moments: tuple[str, ...]
    distance: Floats
    found: tuple[States, ...]
    best: States
    transitions: tuple[str, ...]


def phase_transitions(
    table: StatementTable,
    unit: str,
    width: int,
    *,
    kind: str = "affiliation",
    kernel: str = "gaussian",
    step: int = 1,
    indent: bool = False,
    distance: str = "absdiff",
    to_one: bool = True,
    k_max: int = 6,
    methods: Sequence[str] = PHASE_METHODS,
    **options: Any,
) -> Phases:
    """Return the states that the network of a debate is in, one moment after another.

    The network of each kernel window is divided by the sum of its absolute weights. ``absdiff`` is the sum of absolute
    differences between two of them; ``spectral`` that between the sorted eigenvalues of their normalised Laplacians,
    without negative ties (one sort of node only). Distances are divided by the largest. The moments are clustered by
    each method, with the number of states from 2 to `k_max` that has the largest modularity.

    Args:
        table: the statements.
        unit: of the windows; see `kernel_windows`.
        width: units in a window.
        kind: ``affiliation`` (default, with ``value="subtract"``) or a kind of one sort of node.
        kernel: see `KERNELS`.
        step: units from one moment to the next.
        indent: leave out the moments nearer than half a width to the first and last statement.
        distance: ``absdiff`` or ``spectral``.
        to_one: False leaves the networks as they are, so that how much is said tells moments apart too.
        k_max: largest number of states.
        methods: some of `PHASE_METHODS`.
        options: see `NetworkOptions`. With `dna_compat` as rDNA: networks are divided by their signed sums,
            ``spectral`` compares shares of row sums, and of equally good methods the last counts.

    Raises:
        UsageError: an unknown option, or fewer than three moments.
    """
    for word, known, what in (
        (distance, DISTANCES, "distance"),
        *((each, PHASE_METHODS, "method") for each in methods),
    ):
        if word not in known:
            raise UsageError(f"unknown {what} '{word}'.{nearest(word, known)} There are {', '.join(known)}.")
    if k_max <= 1:
        raise UsageError(f"there are at least 2 states; {k_max} is not a number of them.")
    by_dna = bool(options.get("dna_compat"))
    if kind == "affiliation":
        options.setdefault("value", "subtract")
        if distance == "spectral" and not by_dna:
            raise UsageError("spectral distance needs a network of one sort of node; take another --kind, or absdiff.")
    windows = kernel_windows(table, kind, kernel, unit, width, step=step, indent=indent, **options)
    if len(windows) <= 2:  # noqa: PLR2004  # two moments are no two states
        raise UsageError(f"states need three moments at least, and there are only {len(windows)}; take smaller units.")
    matrices = [weights.matrix.toarray() for _, weights in windows]
    if to_one:
        matrices = [_to_one(matrix, signed=by_dna) for matrix in matrices]
    if distance == "spectral" and kind != "affiliation":
        features = np.array([(_shares if by_dna else _spectrum)(matrix) for matrix in matrices])
    else:
        features = np.array([matrix.ravel() for matrix in matrices])
    apart = np.array([np.abs(features - each).sum(axis=1) for each in features])
    apart = apart / apart.max() if apart.max() else apart
    likeness = 1 - apart
    np.fill_diagonal(likeness, 0.0)
    found = [made for method in methods if (made := _states(method, apart, likeness, k_max)) is not None]
    if not found:
        raise UsageError("no method can divide the moments: their networks do not differ.")
    order = found[::-1] if by_dna else found
    best = max(order, key=lambda each: -np.inf if each.modularity is None else round(each.modularity, 12))
    moments = tuple(each.name for each, _ in windows)
    changes = tuple(moments[place] for place in range(1, len(moments)) if best.states[place] != best.states[place - 1])
    return Phases(moments=moments, distance=apart, found=tuple(found), best=best, transitions=changes)


def _to_one(matrix: Floats, *, signed: bool) -> Floats:
    total = matrix.sum() if signed else np.abs(matrix).sum()
    return matrix / total if total else matrix


def _spectrum(matrix: Floats) -> Floats:
    """Return the eigenvalues of the normalised Laplacian ``I - D^-1/2 A D^-1/2`` of the positive ties, sorted."""
    ties = matrix.clip(0)
    degree = ties.sum(axis=1)
    root = np.divide(1.0, np.sqrt(degree), out=np.zeros_like(degree), where=degree > 0)
    laplacian = np.diag((degree > 0).astype(np.float64)) - root[:, None] * ties * root[None, :]
    values: Floats = np.linalg.eigvalsh(laplacian)
    return values


def _shares(matrix: Floats) -> Floats:
    """Return what DNA compares in place of eigenvalues: sorted row sums as shares of their total."""
    degree = np.sort(matrix.clip(0).sum(axis=1))[::-1]
    total = degree.sum()
    return degree / total if total else degree


def _states(method: str, apart: Floats, likeness: Floats, k_max: int) -> States | None:
    numbers = range(2, min(k_max, len(apart) - 1) + 1)
    if method in _LINKAGES:
        made = list(cut_linkage(method, apart, numbers))
    else:
        made = list(communities(method, likeness, numbers, 0))
    divided = []
    for members in made:
        number: dict[int, int] = {}
        states = tuple(number.setdefault(place, len(number) + 1) for place in members.tolist())
        divided.append(States(method, len(number), modularity(likeness, members), states))
    if not divided:
        return None
    return max(divided, key=lambda each: -np.inf if each.modularity is None else round(each.modularity, 12))
