"""Places that an editor gave to marks, kept from one build of a page to the next.

The page saves them as JSON (*Save → Places*): for each view and each shape of stage, the IRI of every node with its
place. What the file does not have, since it is new, is put on a free spot near the place that was computed for it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from disputegraph.errors import DataError, file_errors
from disputegraph.page.layout import Box, box_of

Place: TypeAlias = tuple[int, int]

Places: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Place]]]
"""View → ``wide`` or ``tall`` → IRI of a node → its place on that stage."""

FORMAT = "disputegraph-places/1"

_SHAPES = ("wide", "tall")
_FURTHEST = 100_000  # pixels: beyond that a place is a mistake, and the page would show nothing else
_STEPS = 600
_GAP = 6.0


def read_places(path: str | Path) -> Places:
    """Return the places that a page saved.

    Raises:
        DataError: there is no such file, or it is not what a page saves as places.
    """
    with file_errors(path):
        text = Path(path).read_bytes()
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise DataError(
            "is not JSON. Take the file that the page saves (Save → Places).", path=str(path), line=line
        ) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("views"), dict):
        raise DataError(f"is not a file of places ({FORMAT}), as the page saves it (Save → Places).", path=str(path))
    try:
        return {
            str(view): {shape: {str(iri): _place(at) for iri, at in shapes[shape].items()} for shape in _SHAPES}
            for view, shapes in found["views"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"a place is not right ({error}): each view needs 'wide' and 'tall', each node two numbers.", path=str(path)
        ) from None


def keep_places(views: Mapping[str, Mapping[str, Any]], places: Places, short: Callable[[str], str]) -> dict[str, int]:
    """Put the nodes of drawn views where `places` says, in place, and return how many were kept, new, and gone.

    Args:
        views: the views of a page, each with ``nodes`` that have ``id``, ``x``, ``y`` and ``tall``.
        places: what `read_places` returned.
        short: gives the page's identifier of an IRI.
    """
    counts = dict.fromkeys(("kept", "new", "gone"), 0)
    for name, view in views.items():
        nodes = {node["id"]: node for node in view["nodes"]}
        for shape in _SHAPES if name in places else ():
            given = {short(iri): at for iri, at in places[name][shape].items()}
            fresh = [node for key, node in nodes.items() if key not in given]
            taken = [(at, _box(nodes[key])) for key, at in given.items() if key in nodes]
            for key in given.keys() & nodes.keys():
                _put(nodes[key], shape, given[key])
            for node in fresh:
                at = _free(node, shape, taken)
                _put(node, shape, at)
                taken.append((at, _box(node)))
            if shape == "wide":
                counts["kept"] += len(nodes) - len(fresh)
                counts["new"] += len(fresh)
                counts["gone"] += len(given.keys() - nodes.keys())
    return counts


def _place(at: Sequence[float]) -> Place:
    x, y = at
    if not all(isinstance(value, int | float) and abs(value) <= _FURTHEST for value in (x, y)):
        raise ValueError(f"{json.dumps(at)[:40]} is not a place on a stage")
    return round(x), round(y)


def _box(node: Mapping[str, Any]) -> Box:
    return box_of(node["label"], claim=node["kind"] == "Claim")


def _put(node: dict[str, Any], shape: str, at: Place) -> None:
    node |= {"x": at[0], "y": at[1]} if shape == "wide" else {"tall": list(at)}


def _free(node: Mapping[str, Any], shape: str, taken: Iterable[tuple[Place, Box]]) -> Place:
    """Return the first spot that is free on a spiral around the node's own place; after `_STEPS`, its own."""
    own, box = (node["x"], node["y"]) if shape == "wide" else tuple(node["tall"]), _box(node)
    others = list(taken)
    for step in range(_STEPS):
        angle, reach = step * 2.39996, 7 * math.sqrt(step)  # the golden angle: no direction is looked at twice
        x, y = round(own[0] + math.cos(angle) * reach), round(own[1] + math.sin(angle) * reach)
        if not any(
            abs(x - there[0]) < (box.width + other.width) / 2 + _GAP
            and abs(y - there[1]) < (box.height + other.height) / 2 + _GAP
            for there, other in others
        ):
            return x, y
    return own[0], own[1]
