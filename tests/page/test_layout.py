"""Layouts are still, fill the stage and keep boxes apart."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest

from disputegraph.page.layout import TALL, WIDE, Box, box_of, layout, wrap


def overlap(boxes: dict[str, Box], places: dict[str, tuple[float, float]]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in itertools.combinations(boxes, 2)
        if abs(places[a][0] - places[b][0]) < (boxes[a].width + boxes[b].width) / 2 - 1.5
        and abs(places[a][1] - places[b][1]) < (boxes[a].height + boxes[b].height) / 2 - 1.5
    ]


def graph(count: int) -> tuple[dict[str, Box], list[tuple[str, str]]]:
    made = nx.barabasi_albert_graph(count, 2, seed=3)
    boxes = {f"n{n}": box_of(f"Actor with a name {n}", claim=n % 3 == 0) for n in made}
    return boxes, [(f"n{a}", f"n{b}") for a, b in made.edges]


@pytest.mark.parametrize("count", [3, 30, 120, 400])
def test_no_box_covers_another(count: int) -> None:
    boxes, edges = graph(count)
    for places in layout(boxes, edges):
        assert places.keys() == boxes.keys()
        assert overlap(boxes, places) == []


def test_the_same_graph_gives_the_same_picture() -> None:
    boxes, edges = graph(40)
    assert layout(boxes, edges) == layout(boxes, edges)


def test_a_small_graph_stays_on_the_stage_and_uses_it() -> None:
    boxes, edges = graph(20)
    for places, (width, height) in zip(layout(boxes, edges), (WIDE, TALL), strict=True):
        left = min(places[key][0] - boxes[key].width / 2 for key in boxes)
        right = max(places[key][0] + boxes[key].width / 2 for key in boxes)
        top = min(places[key][1] - boxes[key].height / 2 for key in boxes)
        bottom = max(places[key][1] + boxes[key].height / 2 for key in boxes)
        assert -width / 2 - 2 <= left
        assert right <= width / 2 + 2
        assert -height / 2 - 2 <= top
        assert bottom <= height / 2 + 2
        assert (right - left) * (bottom - top) > 0.5 * width * height


def test_what_nothing_joins_is_drawn_too() -> None:
    boxes = {name: box_of(name, claim=False) for name in "abcdef"}
    wide, _ = layout(boxes, [("a", "b"), ("c", "d")])
    assert overlap(boxes, wide) == []
    assert layout({}, []) == ({}, {})
    assert set(layout({"a": Box(10, 10)}, [("a", "a")])[0]) == {"a"}


def test_coalitions_stand_apart() -> None:
    boxes = {f"{side}{n}": box_of("Somebody", claim=False) for side in "xy" for n in range(6)}
    edges = [(a, b) for a, b in itertools.combinations(boxes, 2)]
    wide, _ = layout(boxes, edges, groups={key: key[0] for key in boxes})
    middle = {side: [sum(wide[key][axis] for key in boxes if key[0] == side) / 6 for axis in (0, 1)] for side in "xy"}

    def away(key: str, side: str) -> float:
        return sum((wide[key][axis] - middle[side][axis]) ** 2 for axis in (0, 1))

    assert all(away(key, key[0]) < away(key, "y" if key[0] == "x" else "x") for key in boxes)


def test_labels_wrap() -> None:
    assert wrap("Department of Health spokesman", 18, 2) == ["Department of", "Health spokesman"]
    assert wrap("a b c d e f", 3, 2)[-1].endswith("…")
    assert wrap("", 10, 2) == [""]
