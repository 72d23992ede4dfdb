"""Where nodes stand: computed here, the same each time, so that the page opens still and drawn.

Distances between all nodes are turned into places by stress majorisation (Gansner, Koren and North 2004), which
minimises the energy of Kamada and Kawai (1989): even edge lengths leave room for names. Then the nodes, each with the
room its label takes, are stretched over the stage and pushed apart until no box covers another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDE = (750.0, 680.0)
"""Width and height of the stage, in CSS pixels, on a window of 1280 × 800."""

TALL = (374.0, 600.0)
"""Width and height of the stage on a phone of 390 × 844."""

_STEPS = 300  # of stress majorisation, which mostly stands still much earlier
_WORK = 40_000_000  # distances looked at in all steps; beyond some 300 nodes there are fewer steps
_STILL = 1e-4  # share of the stress that a step must still save
_FULL = 0.8  # share of the stage that padded boxes may cover and still be pushed apart
_SQUEEZED = 100  # nodes up to which they are squeezed onto the stage rather than given a larger one
_FULL_OF_MANY = 0.4
_GAPS = (70.0, 56.0, 46.0, 38.0, 32.0, 26.0, 21.0, 17.0, 13.0, 10.0, 7.0, 5.0)
_ROUNDS = 120
_ROUNDS_OF_GROWTH = 20
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
    boxes: Mapping[str, Box], edges: Iterable[tuple[str, str]], *, groups: Mapping[str, Hashable] | None = None
) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
    """Return the middle of each box on a wide and on a tall stage, in whole CSS pixels from the stage's middle.

    The order of boxes and edges makes no difference.

    Args:
        boxes: the nodes, with the room each takes.
        edges: pairs of nodes; several between two nodes count as one.
        groups: coalition of a node; members of one are drawn together and coalitions apart.
    """
    import numpy as np

    if not boxes:
        return {}, {}
    names = sorted(boxes)
    number = {name: place for place, name in enumerate(names)}
    joined = np.zeros((len(names), len(names)), dtype=bool)
    for source, target in edges:
        if source != target:
            joined[number[source], number[target]] = joined[number[target], number[source]] = True
    rough = _places(_distances(joined, [(groups or {}).get(name) for name in names]), _circle(joined))
    sizes = [boxes[name] for name in names]
    # The tall stage shows the same picture turned, so that a reader finds it again on the phone.
    wide, tall = _fit(rough, sizes, WIDE), _fit(rough[:, ::-1], sizes, TALL)
    return _named(names, wide), _named(names, tall)


def _distances(joined: NDArray[np.bool_], groups: Sequence[Hashable]) -> NDArray[np.float64]:
    """Return wanted distances: steps between two nodes, a fair step more where nothing joins them."""
    import numpy as np
    from scipy.sparse.csgraph import shortest_path

    # A busy node needs longer lines, so that its neighbours find room around it.
    degree = joined.sum(axis=0)
    length = 1 + 0.08 * np.maximum(0, np.maximum(degree[:, None], degree[None, :]) - 3)
    steps = shortest_path(np.where(joined, length, 0.0), directed=False)
    wanted: NDArray[np.float64] = np.where(np.isfinite(steps), steps, steps[np.isfinite(steps)].max() * 0.75 + 1)
    if any(group is not None for group in groups):
        same = np.array([[a is not None and a == b for b in groups] for a in groups])
        near = np.minimum(wanted, 3)
        wanted = np.where(same, 0.6 + 0.4 * near, 1.6 + 0.8 * near)
    return wanted


def _circle(joined: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return places on a circle, in depth-first order from the busiest node, so that few lines cross at the start."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import depth_first_order

    graph, order = csr_array(joined.astype(np.float64)), dict[int, None]()
    for root in np.argsort(-joined.sum(axis=0), kind="stable").tolist():
        if root not in order:
            order |= dict.fromkeys(depth_first_order(graph, root, return_predecessors=False).tolist())
    turn = np.empty(len(order))
    turn[list(order)] = np.arange(len(order)) * (2 * np.pi / len(order))
    return np.column_stack([np.cos(turn), np.sin(turn)])


def _places(wanted: NDArray[np.float64], start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places whose distances are about the wanted ones, by Gansner, Koren and North's equation 7."""
    import numpy as np
    from scipy.linalg import cho_factor, cho_solve

    count = len(wanted)
    weight = np.zeros_like(wanted)
    np.divide(1.0, wanted**2, out=weight, where=~np.eye(count, dtype=bool))
    # The Laplacian of the weights is singular: only distances count. A constant keeps the middle where it is.
    solver = cho_factor(np.diag(weight.sum(axis=0)) - weight + 1.0 / count)
    places: NDArray[np.float64] = start * wanted.mean()
    before = np.inf
    for _ in range(min(_STEPS, _WORK // count**2)):
        apart = np.hypot(*(places[:, None, axis] - places[None, :, axis] for axis in (0, 1)))
        stress = float((weight * (apart - wanted) ** 2).sum())
        if before - stress < _STILL * stress:
            break
        before = stress
        pull = np.zeros_like(wanted)
        np.divide(weight * wanted, apart, out=pull, where=apart > 0)
        places[:] = cho_solve(solver, pull.sum(axis=1)[:, None] * places - pull @ places)
    return places


def _fit(rough: NDArray[np.float64], sizes: Sequence[Box], stage: tuple[float, float]) -> NDArray[np.float64]:
    """Return `rough` stretched over the stage, no box covering another, with as much air as the stage has.

    The widest of the gaps that fit is taken; only when not even the narrowest fits does the stage grow.
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
        # A crowd that jams when pushed is dealt out over a grid instead, which is looked for only then.
        starts: list[Callable[[], NDArray[np.float64]]] = [partial(np.multiply, points, room / 2)]
        starts += [cache(partial(_dealt, points, size, whole))] if few else []
        best: NDArray[np.float64] | None = None
        low, high = 0, len(gaps)
        while low < high:  # bisection: what fits with a wide gap fits with a narrower one
            middle = (low + high) // 2
            padded = size + gaps[middle]
            placed = None
            if float(np.prod(padded, axis=1).sum()) <= full * 1.05 * area * grow * grow:
                pushed = (_push(start(), padded, room / 2) for start in starts)
                placed = next((found for found in pushed if found is not None), None)
            best, low, high = (best, middle + 1, high) if placed is None else (placed, low, middle)
        if best is not None:
            return best
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
) -> NDArray[np.float64] | None:
    """Return points moved until no two boxes overlap, or None where they jam.

    The boxes grow to their size while they push, so that a crowd opens up from inside instead of jamming.
    """
    import numpy as np

    points = points.copy()
    shake = np.random.default_rng(0)
    for part in np.linspace(0.3, 1.0, 8):
        for turn in range(_ROUNDS_OF_GROWTH if part < 1 else _ROUNDS):
            moved = _step(points, size * part)
            if not moved:
                break
            np.clip(points, -limit, limit, out=points)
            if turn % _SHAKE == _SHAKE - 1:
                points += shake.uniform(-4, 4, points.shape)  # rows that block each other come loose, always alike
        else:
            if part == 1.0:
                return None
    return points


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


def _named(names: Sequence[str], points: NDArray[np.float64]) -> dict[str, tuple[int, int]]:
    return {name: (round(x), round(y)) for name, (x, y) in zip(names, points.tolist(), strict=True)}
