"""The picture of the ontology's classes, drawn from its Turtle; only where a class stands is told by hand."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from html import escape
from pathlib import Path

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from disputegraph.resources import ontology_file
from disputegraph.vocabulary import DG

__all__ = ["class_picture"]

_COLUMN, _ROW, _WIDTH, _LINE, _EDGE = 300, 200, 150, 17, 120
_STYLE = """
svg { font: 13px system-ui, sans-serif; }
.box { fill: #f4f5f8; stroke: #5b5f6b; } .claim { fill: #fff4e0; stroke: #a86a00; }
text { fill: #1c1d21; } .below { fill: #5b5f6b; font-size: 12px; } .name { font-weight: 600; }
path { fill: none; stroke: #5b5f6b; marker-end: url(#tip); } .said { stroke: #a86a00; stroke-dasharray: 5 3; }
.on { font-size: 11px; fill: #33353c; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
"""
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0 8 4 0 8" style="marker-end:none;fill:#5b5f6b;stroke:none"/></marker></defs>'
)


def class_picture() -> str:
    """Return the picture as SVG."""
    graph = Graph().parse(ontology_file("core")).parse(ontology_file("health"))
    for term in list(graph.subjects(OWL.deprecated)):
        graph.remove((term, None, None))
    parents = {name: _parent(graph, name) for name in _classes(graph)}
    roots = sorted(name for name, parent in parents.items() if parent is None)
    below = {root: sorted(name for name in parents if name != root and _root(parents, name) == root) for root in roots}
    places = _places(roots)
    columns = 1 + max(column for column, _ in places.values())
    rows = 1 + max(row for _, row in places.values())
    boxes = {
        root: (column * _COLUMN + _EDGE, row * _ROW + 30, _WIDTH, 26 + _LINE * len(below[root]))
        for root, (column, row) in places.items()
    }
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * _COLUMN} {rows * _ROW - 70}">',
        "<title>The classes of the ontology and the properties between them</title>",
        f"<style>{_STYLE}</style>",
        _TIP,
        *_arrows(graph, parents, boxes),
    ]
    for root, (x, y, width, height) in sorted(boxes.items()):
        kind = "box claim" if root in ("Claim", "ClaimedThing", "Stance") else "box"
        parts.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="5"/>')
        parts.append(f'<text class="name" x="{x + 10}" y="{y + 18}">{root}</text>')
        for line, name in enumerate(below[root]):
            parts.append(f'<text class="below" x="{x + 18}" y="{y + 18 + _LINE * (line + 1)}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _classes(graph: Graph) -> list[str]:
    names = (DG.local(str(term)) for term in graph.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef))
    return sorted(name for name in names if name)


def _parent(graph: Graph, name: str) -> str | None:
    parents = (DG.local(str(term)) for term in graph.objects(URIRef(DG.base + name), RDFS.subClassOf))
    return min((parent for parent in parents if parent), default=None)


def _root(parents: dict[str, str | None], name: str) -> str:
    while (parent := parents[name]) is not None:
        name = parent
    return name


def _places(roots: list[str]) -> dict[str, tuple[int, int]]:
    """Return column and row of each class; those that nobody has placed stand in a row of their own."""
    told = tomllib.loads((Path(__file__).parent / "classes.toml").read_text(encoding="utf-8"))["places"]
    last = 1 + max(row for _, row in told.values())
    places, free = {}, 0
    for root in roots:
        if root in told:
            places[root] = (told[root][0], told[root][1])
        else:
            places[root] = (free, last)
            free += 1
    return places


def _arrows(graph: Graph, parents: dict[str, str | None], boxes: dict[str, tuple[int, int, int, int]]) -> list[str]:
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    inverse = set(graph.subjects(OWL.inverseOf))
    for term in sorted(set(graph.subjects(RDF.type, OWL.ObjectProperty)) - inverse):
        if (DG.local(str(term)) or "").startswith("reported"):
            continue  # each stands for a property of utterances
        for domain in graph.objects(term, RDFS.domain):
            for reach in graph.objects(term, RDFS.range):
                ends = DG.local(str(domain)), DG.local(str(reach))
                if (name := DG.local(str(term))) and ends[0] in parents and ends[1] in parents:
                    named[_root(parents, ends[0] or ""), _root(parents, ends[1] or "")].append(name)
    # Evidence may be had by anything, and so has no domain; it is the point of the whole.
    named["Statement", "Anchor"].append("evidence")
    named["Statement", "Document"].append("documentedIn")
    parts = []
    for (start, end), names in sorted(named.items()):
        said = all(name.startswith("claimed") for name in names)
        parts.append(_arrow(boxes[start], boxes[end], names, said=said, back=(end, start) in named and start > end))
    return parts


def _arrow(
    start: tuple[int, int, int, int], end: tuple[int, int, int, int], names: list[str], *, said: bool, back: bool
) -> str:
    x0, y0, w0, h0 = start
    x1, y1, w1, h1 = end
    kind = ' class="said"' if said else ""
    if start == end:
        x, y = x0 + 8, y0 + h0
        path = f"M{x} {y} c -10 30, -40 10, -8 -8"
        spot = (x - 26, y + 12, "end")
    else:
        ax, ay = _edge(x0 + w0 / 2, y0 + h0 / 2, w0, h0, x1 + w1 / 2, y1 + h1 / 2)
        bx, by = _edge(x1 + w1 / 2, y1 + h1 / 2, w1, h1, x0 + w0 / 2, y0 + h0 / 2)
        bend = 26 if back else 0
        path = f"M{ax:.0f} {ay:.0f} Q {(ax + bx) / 2 + bend:.0f} {(ay + by) / 2 + bend:.0f} {bx:.0f} {by:.0f}"
        # Behind the middle, where crossing arrows have parted again.
        spot = (ax + (bx - ax) * 0.6 + bend / 2, ay + (by - ay) * 0.6 + bend / 2 - 6 * (len(names) - 1), "middle")
    x, y, anchor = spot
    lines = "".join(
        f'<tspan x="{x:.0f}" dy="{0 if place == 0 else 13}">{escape(name)}</tspan>' for place, name in enumerate(names)
    )
    return f'<path{kind} d="{path}"/><text class="on" y="{y:.0f}" text-anchor="{anchor}">{lines}</text>'


def _edge(x: float, y: float, width: float, height: float, to_x: float, to_y: float) -> tuple[float, float]:
    """Return where the line from the middle of a box to another point leaves the box."""
    dx, dy = to_x - x, to_y - y
    scale = min(width / 2 / abs(dx) if dx else 9e9, height / 2 / abs(dy) if dy else 9e9)
    return x + dx * scale, y + dy * scale
