"""Where nodes stand: computed here, with a fixed seed, so that the page opens still and drawn.

The distances come from networkx: Kamada and Kawai (1989) up to a few hundred nodes, whose even edge lengths leave
room for names; above that the energy form of its spring layout, which grows less. Then the nodes, each with the room
its label takes, are stretched over the stage and pushed apart until no box covers another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["TALL", "WIDE", "Box", "box_of", "layout", "wrap"]

WIDE = (780.0, 650.0)
"""Width and height of the stage, in CSS pixels, on a window of 1280 × 800."""

TALL = (380.0, 560.0)
"""Width and height of the stage on a phone of 390 × 844."""

_EXACT = 320  # nodes up to which Kamada-Kawai stays within a second
_FILL = 0.42  # share of the stage that boxes may cover and still leave room for lines
_GAP = 9.0
_ROUNDS = 400



@dataclass(frozen=True, slots=True)
class Box:
    """The room a node takes, in CSS pixels: its mark and its label together."""

    width: float
    height: float


def wrap(label: str, width: int, lines: int) -> list[str]:
    """Return `label` in at most `lines` lines of about `width` characters, the last cut with an ellipsis."""
    import textwrap

    return textwrap.wrap(label, width, max_lines=lines, placeholder="…", break_long_words=True) or [label[:1]]


def box_of(label: str, *, claim: bool) -> Box:
    """Return the room for a node of that label, from the mean width of sans-serif letters."""
    lines = wrap(label, 21, 3) if claim else wrap(label, 18, 2)
    longest = max(map(len, lines))
    return Box(longest * 6.5 + 16, len(lines) * 14 + 10) if claim else Box(longest * 6.9 + 8, len(lines) * 15 + 22)


def layout(
    boxes: Mapping[str, Box],
    edges: Sequence[tuple[str, str, float]],
    *,
    groups: Mapping[str, Any] | None = None,
    seed: int = 7,
) -> tuple[dict[str, tuple[float, float]], dict[str, tuple[float, float]]]:
    """Return the middle of each box on a wide and on a tall stage, in CSS pixels around the stage's middle.

    Args:
        boxes: the nodes, with the room each takes.
        edges: pairs of nodes with a weight; heavier pairs come closer.
        groups: camp of a node; members of a camp are drawn together and camps apart.
        seed: of the random start, for large graphs.
    """
    import networkx as nx

    if not boxes:
        return {}, {}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(boxes)
    for source, target, weight in edges:
        if source != target:
            known = graph.get_edge_data(source, target, {}).get("weight", 0.0)
            graph.add_edge(source, target, weight=known + weight)
    rough = _rough(graph, groups or {}, seed)
    sizes = [boxes[key] for key in graph]
    # The tall stage shows the same picture turned, so that a reader finds it again on the phone.
    wide, tall = _fit(rough, sizes, WIDE), _fit(rough[:, ::-1], sizes, TALL)
    return _named(graph, wide), _named(graph, tall)


def _rough(graph: nx.Graph[str], groups: Mapping[str, Any], seed: int) -> NDArray[np.float64]:
    import networkx as nx
    import numpy as np

    count = graph.number_of_nodes()
    if count == 1:
        return np.zeros((1, 2))
    if count <= _EXACT:
        start = nx.circular_layout(_by_neighbours(graph))
        found = nx.kamada_kawai_layout(graph, dist=_distances(graph, groups), pos=start)
    else:
        found = nx.spring_layout(graph, seed=seed, method="energy", iterations=40, gravity=1.5)
    return np.array([found[key] for key in graph], dtype=float)


def _by_neighbours(graph: nx.Graph[str]) -> list[str]:
    """Return the nodes in depth-first order from the busiest, so that the circle to start from crosses little."""
    import networkx as nx

    order: list[str] = []
    for root in sorted(graph, key=lambda key: (-graph.degree(key), key)):
        if root not in order:
            order += [key for key in nx.dfs_preorder_nodes(graph, root) if key not in order]
    return order


def _distances(graph: nx.Graph[str], groups: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Return wanted distances: steps between two nodes, a fair step more where nothing joins them."""
    import networkx as nx

    steps = dict(nx.all_pairs_shortest_path_length(graph))
    far = max((max(row.values()) for row in steps.values()), default=1)
    apart = min(far, 4) * 0.75 + 1.2
    found: dict[str, dict[str, float]] = {}
    for a in graph:
        row: dict[str, float] = {}
        for b in graph:
            wanted = float(steps[a].get(b, apart))
            if groups:
                same = a in groups and groups.get(a) == groups.get(b)
                wanted = 0.6 + 0.4 * min(wanted, 3) if same else 1.6 + 0.8 * min(wanted, 3)
            row[b] = wanted
        found[a] = row
    return found


def _fit(rough: NDArray[np.float64], sizes: Sequence[Box], stage: tuple[float, float]) -> NDArray[np.float64]:
    """Return `rough` stretched over the stage, no box covering another; the stage grows when it is too small."""
    import numpy as np

    size = np.array([(box.width + _GAP, box.height + _GAP) for box in sizes])
    full = float((size[:, 0] * size[:, 1]).sum())
    grow = max(1.0, (full / _FILL / (stage[0] * stage[1])) ** 0.5)
    # Ranks even out a crowded middle; the shape is kept by mixing them with the distances.
    points = 0.55 * _unit(rough) + 0.45 * _unit(np.argsort(np.argsort(rough, axis=0), axis=0).astype(float))
    for _ in range(12):
        room = np.maximum(np.array(stage) * grow - size, 1.0)  # where the middle of each box may be
        placed, done = _push(points * room / 2, size, room / 2)
        if done:
            break
        grow *= 1.07
    return placed


def _push(
    points: NDArray[np.float64], size: NDArray[np.float64], limit: NDArray[np.float64]
) -> tuple[NDArray[np.float64], bool]:
    """Return points moved until no two boxes overlap, and whether that was reached."""
    import numpy as np
    from scipy.spatial import cKDTree

    points = points.copy()
    reach = size.max(axis=0)
    for turn in range(_ROUNDS):
        pairs = cKDTree(points / reach).query_pairs(1.0, p=np.inf, output_type="ndarray")
        if len(pairs):
            a, b = pairs.T
            apart = points[b] - points[a]
            overlap = (size[a] + size[b]) / 2 - np.abs(apart)
            hit = (overlap > 0.5).all(axis=1)
        if not len(pairs) or not hit.any():
            return points, True
        a, b, apart, overlap = a[hit], b[hit], apart[hit], overlap[hit]
        # Push along the way that is shorter; a pair exactly on top of each other parts by its order.
        axis = overlap.argmin(axis=1)
        rows = np.arange(len(a))
        step = np.zeros_like(apart)
        side = np.where(apart[rows, axis] >= 0, 1.0, -1.0)
        step[rows, axis] = side * overlap[rows, axis] * 0.5
        move = np.zeros_like(points)
        np.add.at(move, a, -step)
        np.add.at(move, b, step)
        crowd = np.bincount(np.concatenate([a, b]), minlength=len(points))
        points += move / np.maximum(np.sqrt(crowd), 1.0)[:, None]
        np.clip(points, -limit, limit, out=points)
        if turn == _ROUNDS // 2:
            # Rows that block each other are shaken loose, always in the same way.
            points += np.random.default_rng(turn).uniform(-6, 6, points.shape)
    return points, False


def _unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values scaled to −1 … 1 along each axis."""
    import numpy as np

    low, high = values.min(axis=0), values.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    unit: NDArray[np.float64] = (values - low) / span * 2 - 1
    return np.where(high > low, unit, 0.0)


def _named(graph: nx.Graph[str], points: NDArray[np.float64]) -> dict[str, tuple[float, float]]:
    return {key: (round(float(x)), round(float(y))) for key, (x, y) in zip(graph, points, strict=True)}
