"""The picture that goes with a link to the page: 1200 × 630 pixels, the size that social networks show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from disputegraph.figures.print_style import INK, file_of, print_style, wrapped
from disputegraph.page import Box, page_texts, place_boxes, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CARD_SIZE = (1200, 630)
"""Width and height in pixels."""

_DOTS = 300  # an inch, as all our pictures have
_LEFT, _GAP = 440, 36  # pixels of the column of text, and around it
_BENDS = (0.1, -0.1, 0.25, -0.25, 0.4, -0.4, 0.55, -0.55, 0.7, -0.7)  # of a line, tried in turn
_MOST, _NAMED = 9, 5  # actors in the picture at most; lines that the words name
_LETTER, _ROW = 13.0, 28  # pixels of a letter of a name, and of its line
_SOFT, _VIA = "#4d5868", (0, (2.2, 1.4))
_LOOKS = {
    "critical": ("#b23a00", "-"),
    "supportive": ("#0a5fa8", "-"),
    "mixedTone": ("#7a5195", (0, (4, 1, 1, 1))),
    "conflict": ("#b23a00", "-"),
    "agree": ("#0a5fa8", "-"),
    "mixed": ("#7a5195", (0, (4, 1, 1, 1))),
}
"""Colour and dashes of the lines that are drawn: those of the page. Arrows lead from a voice to whom it is about."""

Edge = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SocialCard:
    """The picture that goes with a link.

    Attributes:
        png: the picture, the same bytes for the same data.
        alt: what it shows, in words.
    """

    png: bytes
    alt: str


def draw_card(data: Mapping[str, Any], *, language: str = "en") -> SocialCard:
    """Return the picture of a page: title, who speaks critically or supportively of whom, and on how much it rests.

    Where nobody speaks so of anybody, it shows who agrees and who conflicts; where nobody does, words alone.

    Args:
        data: what `disputegraph.page.page_data` returned.
        language: of the words that are not the dispute's own.

    Raises:
        UsageError: matplotlib is missing.
        ValueError: there are no texts in that language.
    """
    say = partial(_say, page_texts(language))
    view, edges = _drawn(data["views"])
    title = str(data["title"])
    counted = _counts(data, say)
    labels = {node["id"]: node["label"] for node in data["views"][view]["nodes"]}
    with print_style():
        from matplotlib.figure import Figure

        sheet = Figure(figsize=(CARD_SIZE[0] / _DOTS, CARD_SIZE[1] / _DOTS), dpi=_DOTS, facecolor="white")
        axes = sheet.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, CARD_SIZE[0])
        axes.set_ylim(CARD_SIZE[1], 0)
        axes.set_axis_off()
        _write(axes, title, counted, edges, say)
        axes.text(_GAP, CARD_SIZE[1] - 28, wrapped(_source_line(data, say), 42, 4), fontsize=4.4, color=_SOFT,
                  va="bottom", linespacing=1.4)  # fmt: skip
        if edges:
            _draw(axes, edges, labels)
        png = file_of(sheet, "png")
    return SocialCard(png, " ".join([f"{title}.", counted, *_told(view, edges, labels, say)]))


def _drawn(views: Mapping[str, Any]) -> tuple[str, list[Edge]]:
    """Return which view is drawn, and its weightiest lines between a few actors."""
    for view in ("whom", "coalitions"):
        there = {node["id"] for node in views[view]["nodes"]}
        lines = [edge for edge in views[view]["edges"] if edge["kind"] in _LOOKS and edge["utterances"]]
        chosen: list[Edge] = []
        ends: set[str] = set()
        for edge in sorted(lines, key=lambda edge: (-_number(edge), edge["from"], edge["to"], edge["kind"])):
            more = ends | {edge["from"], edge["to"]}
            if edge["from"] != edge["to"] and more <= there and len(more) <= _MOST:
                ends = more
                chosen.append(edge)
        if chosen:
            return view, chosen
    return "whom", []


def _number(edge: Edge) -> int:
    """Return the number of a line, as on the page: its utterances or, of voices, the claims on which it rests."""
    return sum(map(len, edge["rests"].values())) if "rests" in edge else len(edge["utterances"])


def _write(axes: Axes, title: str, counted: str, edges: list[Edge], say: Callable[..., str]) -> None:
    """Write the column of text: the title, how much there is, what the lines mean."""
    size, letters, lines = next(
        (each for each in ((11.5, 15, 3), (9.0, 20, 4)) if len(wrap(title, each[1], 9)) <= each[2]), (7.5, 24, 5)
    )
    shown = wrapped(title, letters, lines)
    axes.text(_GAP, _GAP, shown, fontsize=size, fontweight="bold", color=INK, va="top", linespacing=1.15)
    below = _GAP + (shown.count("\n") + 1) * size * 1.3 * _DOTS / 72 + 16
    told = wrapped(counted, 36, 4)
    axes.text(_GAP, below, told, fontsize=5.0, color=_SOFT, va="top", linespacing=1.35)
    y = below + (told.count("\n") + 1) * 30 + 34
    kinds = {edge["kind"] for edge in edges}
    looks: list[tuple[str, str, Any]] = [(say(f"line.{kind}"), *_LOOKS[kind]) for kind in _LOOKS if kind in kinds]
    if any(edge.get("via") for edge in edges):
        looks.append((say("line.via"), _SOFT, _VIA))
    for row, (name, colour, dashes) in enumerate(looks):
        at = y + 34 * row
        axes.plot((_GAP + 4, _GAP + 58), (at, at), color=colour, linestyle=dashes, linewidth=1.6)
        axes.text(_GAP + 78, at, name, fontsize=5.2, color=INK, va="center")


def _draw(axes: Axes, edges: list[Edge], labels: Mapping[str, str]) -> None:
    """Draw the names and the lines between them to the right of the text, as large as they fit."""
    from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

    nodes = sorted({end for edge in edges for end in (edge["from"], edge["to"])})
    lines = {node: wrap(labels[node], 16, 2) for node in nodes}
    boxes = {node: Box(max(map(len, text)) * _LETTER + 24, len(text) * _ROW + 18) for node, text in lines.items()}
    # Twice the room below and above, so that lines have some length.
    roomy = {node: Box(box.width + 10, box.height * 2) for node, box in boxes.items()}
    places, _ = place_boxes(roomy, ((edge["from"], edge["to"]) for edge in edges))
    left, right = _reach({node: (x, boxes[node].width) for node, (x, _) in places.items()})
    top, bottom = _reach({node: (y, boxes[node].height) for node, (_, y) in places.items()})
    room = (CARD_SIZE[0] - _LEFT - 2 * _GAP, CARD_SIZE[1] - 2 * _GAP)
    scale = min(room[0] / (right - left), room[1] / (bottom - top), 1.25)
    shift = (
        _LEFT + _GAP + (room[0] - (right - left) * scale) / 2 - left * scale,
        _GAP + (room[1] - (bottom - top) * scale) / 2 - top * scale,
    )
    at = {node: (x * scale + shift[0], y * scale + shift[1]) for node, (x, y) in places.items()}
    frames = {}
    for node in nodes:
        wide, high = boxes[node].width * scale, boxes[node].height * scale
        frames[node] = FancyBboxPatch(
            (at[node][0] - wide / 2, at[node][1] - high / 2), wide, high, boxstyle="round,pad=0,rounding_size=10",
            facecolor="#f5f6f8", edgecolor="#8f99a8", linewidth=0.4, zorder=2,
        )  # fmt: skip
        axes.add_patch(frames[node])
        axes.text(*at[node], "\n".join(lines[node]), fontsize=5.4 * scale, ha="center", va="center", zorder=3,
                  color=INK, linespacing=1.15)  # fmt: skip
    most = max(map(_number, edges))
    bent: set[tuple[str, str, float]] = set()
    for edge in edges:
        ends = (edge["from"], edge["to"])
        others = [(at[node], boxes[node], scale) for node in nodes if node not in ends]
        free = [bend for bend in _BENDS if (*ends, bend) not in bent and (*ends[::-1], -bend) not in bent]
        bend = next((each for each in free if _misses(at[ends[0]], at[ends[1]], each, others)), free[0])
        bent.add((*ends, bend))  # lines of different kinds between the same two are drawn apart
        axes.add_patch(
            FancyArrowPatch(
                at[ends[0]],
                at[ends[1]],
                patchA=frames[ends[0]],
                patchB=frames[ends[1]],
                shrinkA=1,
                shrinkB=1,
                connectionstyle=f"arc3,rad={bend}",
                color=_LOOKS[edge["kind"]][0],
                zorder=1,
                arrowstyle="-|>" if edge.get("arrows", True) else "-",
                mutation_scale=7,
                linewidth=0.8 + 1.2 * _number(edge) / most,
                linestyle=_VIA if edge.get("via") else _LOOKS[edge["kind"]][1],
            )
        )


def _misses(
    start: tuple[float, float], end: tuple[float, float], bend: float, others: Iterable[tuple[Any, Box, float]]
) -> bool:
    """Return whether a line, bent as matplotlib's ``arc3`` is, passes by the names of others."""
    (x1, y1), (x2, y2) = start, end
    middle = ((x1 + x2) / 2 - bend * (y2 - y1), (y1 + y2) / 2 + bend * (x2 - x1))
    parts = [step / 24 for step in range(25)]
    points = [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c for a, b, c in zip(start, middle, end, strict=True))
        for t in parts
    ]
    return not any(
        abs(x - at[0]) < box.width * scale / 2 + 6 and abs(y - at[1]) < box.height * scale / 2 + 6
        for at, box, scale in others
        for x, y in points
    )


def _reach(spans: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """Return from where to where middles with widths reach."""
    return min(at - wide / 2 for at, wide in spans.values()), max(at + wide / 2 for at, wide in spans.values())


def _counts(data: Mapping[str, Any], say: Callable[..., str]) -> str:
    """Return how much the picture rests on, and how much of it does not count."""
    said = [one for one in data["utterances"] if not one.get("relay")]
    counted = [one for one in said if not one.get("superseded") and not one.get("uncounted")]
    sizes = (
        ("utterance", len(counted)),
        ("claim", len({claim for one in counted for claim in one.get("claims", ())})),
        ("actor", len({one["voice"] for one in counted if "voice" in one})),
        ("document", len(data["documents"])),
    )
    told = ", ".join(say(f"{name}.{'one' if number == 1 else 'many'}", count=f"{number:,}") for name, number in sizes)
    left = len(said) - len(counted)
    return f"{told}." + (f" {say('not_counted')}: {left:,}." if left else "")


def _source_line(data: Mapping[str, Any], say: Callable[..., str]) -> str:
    """Return the documents, who coded them and when, and the licence, in the words of the page's own pictures."""
    number = len(data["documents"])
    many = say(f"document.{'one' if number == 1 else 'many'}", count=f"{number:,}")
    coders, coded = ", ".join(data["coders"]), data["coded"]
    parts = [
        say("from_documents", documents=many),
        f"{say('coded_by')} {coders}{f', {coded}' if coded else ''}." if coders else "",
        f"{say('coded_on')} {coded}." if coded and not coders else "",
        f"{say('licence')}: {data['licence_label']}." if data["licence_label"] else "",
        say("made_with"),
    ]
    return " ".join(filter(None, parts))


def _told(view: str, edges: list[Edge], labels: Mapping[str, str], say: Callable[..., str]) -> list[str]:
    """Return the lines in words: who, of whom, in which tone, how often."""
    if not edges:
        return []
    arrow = "→" if view == "whom" else "–"
    lines: list[str] = []
    for edge in edges:
        via = f", {say('line.via')}" if edge.get("via") else ""
        kind = f"{say('line.' + edge['kind'])}{via}: {_number(edge)}"
        if len(lines) == _NAMED:
            lines.append(say("and_more", count=f"{len(edges) - _NAMED}"))
            break
        lines.append(f"{labels[edge['from']]} {arrow} {labels[edge['to']]} ({kind})")
    return [f"{say('view.' + view)}: {'; '.join(lines)}."]


def _say(words: Mapping[str, str], name: str, **values: str) -> str:
    """Return a text of the page, with values for its {places}."""
    text = words[name]
    for place, value in values.items():
        text = text.replace(f"{{{place}}}", value)
    return text
