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

WIDE = (750.0, 680.0)
"""Width and height of the stage, in CSS pixels, on a window of 1280 × 800."""

TALL = (374.0, 600.0)
"""Width and height of the stage on a phone of 390 × 844."""

_EXACT = 180  # nodes up to which Kamada-Kawai stays well within a second
_FULL = 0.8  # share of the stage that padded boxes may cover and still be pushed apart
_SQUEEZED = 100  # nodes up to which they are squeezed onto the stage rather than given a larger one
_FULL_OF_MANY = 0.4
_GAPS = (70.0, 56.0, 46.0, 38.0, 32.0, 26.0, 21.0, 17.0, 13.0, 10.0, 7.0, 5.0)
_ROUNDS = 250
_SHAKE = 50  # rounds after which a jam is shaken
_TOUCH = 0.5  # overlap, in pixels, that counts as none


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
    lines = wrap(label, 20, 3) if claim else wrap(label, 18, 2)
    longest = max(map(len, lines))
    return Box(longest * 6.0 + 14, len(lines) * 14 + 8) if claim else Box(longest * 6.3 + 8, len(lines) * 15 + 20)


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
        start: Any = nx.circular_layout(nx.empty_graph(_by_neighbours(graph)))
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

    # A busy node needs longer lines, so that its neighbours find room around it.
    for a, b, found in graph.edges(data=True):
        found["length"] = 1 + 0.08 * max(0, max(graph.degree(a), graph.degree(b)) - 3)
    steps = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    far = max((max(row.values()) for row in steps.values()), default=1)
    apart = far * 0.75 + 1
    wanted_by: dict[str, dict[str, float]] = {}
    for a in graph:
        row: dict[str, float] = {}
        for b in graph:
            wanted = float(steps[a].get(b, apart))
            if groups:
                same = a in groups and groups.get(a) == groups.get(b)
                wanted = 0.6 + 0.4 * min(wanted, 3) if same else 1.6 + 0.8 * min(wanted, 3)
            row[b] = wanted
        wanted_by[a] = row
    return wanted_by


def _fit(rough: NDArray[np.float64], sizes: Sequence[Box], stage: tuple[float, float]) -> NDArray[np.float64]:
    """Return `rough` stretched over the stage, no box covering another, with as much air as the stage has.

    Wide gaps are tried first and given up step by step; only when not even the narrowest fits does the stage grow.
    """
    import numpy as np

    size = np.array([(box.width, box.height) for box in sizes])
    # Ranks even out a crowded middle; the shape is kept by mixing them with the distances.
    ranks = np.argsort(np.argsort(rough, axis=0, kind="stable"), axis=0, kind="stable").astype(float)
    points = 0.5 * _unit(rough) + 0.5 * _unit(ranks)
    area = stage[0] * stage[1]
    # A few nodes may fill the stage; many are given a larger one, which is quicker than squeezing them in.
    few = len(sizes) <= _SQUEEZED
    full, gaps = (_FULL, _GAPS) if few else (_FULL_OF_MANY, _GAPS[-2:])
    grow = max(1.0, (float(np.prod(size + gaps[-1], axis=1).sum()) / full / area) ** 0.5)
    while True:
        whole = np.array(stage) * grow
        room = np.maximum(whole - size - _GAPS[-1], 1.0)  # where the middle of a box may be
        # A crowd that jams when pushed is dealt out over a grid instead.
        starts = [points * room / 2, _dealt(points, size, whole)] if few else [points * room / 2]
        for gap in gaps:
            padded = size + gap
            if float(np.prod(padded, axis=1).sum()) > full * 1.05 * area * grow * grow:
                continue
            for start in starts:
                placed, done = _push(start, padded, room / 2)
                if done:
                    return placed
        grow *= 1.06 if few else 1.2


def _dealt(points: NDArray[np.float64], size: NDArray[np.float64], stage: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points moved to the cells of a staggered grid, the sum of squared ways being least."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    count = len(points)
    columns = max(1, min(count, int(stage[0] // (np.quantile(size[:, 0], 0.9) + _GAPS[-1]))))
    rows = -(-count // columns)
    cells = np.array(
        [
            ((column + 0.5 + (0.2 if row % 2 else -0.2)) / columns - 0.5, (row + 0.5) / rows - 0.5)
            for row in range(rows)
            for column in range(columns)
        ]
    )
    wanted = points / 2
    ways = ((wanted[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(ways)
    dealt: NDArray[np.float64] = cells[chosen] * stage
    return dealt


def _push(
    points: NDArray[np.float64], size: NDArray[np.float64], limit: NDArray[np.float64]
) -> tuple[NDArray[np.float64], bool]:
    """Return points moved until no two boxes overlap, and whether that was reached.

    The boxes grow to their size while they push, so that a crowd opens up from inside instead of jamming.
    """
    import numpy as np

    points = points.copy()
    shake = np.random.default_rng(0)
    for part in np.linspace(0.3, 1.0, 8):
        for turn in range(40 if part < 1 else _ROUNDS):
            moved = _step(points, size * part)
            if not moved:
                break
            np.clip(points, -limit, limit, out=points)
            if turn % _SHAKE == _SHAKE - 1:
                points += shake.uniform(-4, 4, points.shape)  # rows that block each other come loose, always alike
        else:
            if part == 1.0:
                return points, False
    return points, True


def _step(points: NDArray[np.float64], size: NDArray[np.float64]) -> bool:
    """Push overlapping boxes apart by half their overlap, in place; return whether there were any."""
    import numpy as np
    from scipy.spatial import cKDTree

    pairs = cKDTree(points / size.max(axis=0)).query_pairs(1.0, p=np.inf, output_type="ndarray")
    if not len(pairs):
        return False
    a, b = pairs.T
    apart = points[b] - points[a]
    overlap = (size[a] + size[b]) / 2 - np.abs(apart)
    hit = (overlap > _TOUCH).all(axis=1)
    if not hit.any():
        return False
    a, b, apart, overlap = a[hit], b[hit], apart[hit], overlap[hit]
    # Push along the way that is shorter; a pair exactly on top of each other parts by its order.
    axis = overlap.argmin(axis=1)
    rows = np.arange(len(a))
    step = np.zeros_like(apart)
    step[rows, axis] = np.where(apart[rows, axis] >= 0, 0.5, -0.5) * overlap[rows, axis]
    move = np.zeros_like(points)
    np.add.at(move, a, -step)
    np.add.at(move, b, step)
    crowd = np.bincount(np.concatenate([a, b]), minlength=len(points))
    points += move / np.maximum(np.sqrt(crowd), 1.0)[:, None]
    return True


def _unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values scaled to −1 … 1 along each axis."""
    import numpy as np

    low, high = values.min(axis=0), values.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    unit: NDArray[np.float64] = (values - low) / span * 2 - 1
    return np.where(high > low, unit, 0.0)


def _named(graph: nx.Graph[str], points: NDArray[np.float64]) -> dict[str, tuple[float, float]]:
    return {key: (round(float(x)), round(float(y))) for key, (x, y) in zip(graph, points, strict=True)}
