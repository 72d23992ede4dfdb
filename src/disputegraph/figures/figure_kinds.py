"""The kinds of figures there are, and one call that draws them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from disputegraph import __version__
from disputegraph.analysis import Coalitions, Inference, VersionRows, coalitions, ideal_points, support
from disputegraph.errors import UsageError, nearest
from disputegraph.figures.claim_bars import draw_claims
from disputegraph.figures.claim_matrix import draw_matrix
from disputegraph.figures.coalition_network import draw_network
from disputegraph.figures.congruence_tree import draw_dendrogram
from disputegraph.figures.polarisation_line import draw_polarisation, indexed, indexed_over_coders
from disputegraph.figures.position_intervals import draw_positions
from disputegraph.figures.print_style import WIDTHS, file_of, print_style, unknown_letters
from disputegraph.figures.statement_timeline import draw_timeline
from disputegraph.model import StatementTable
from disputegraph.networks import NetworkOptions, Weights, kernel_slices, slices, weigh
from disputegraph.rdf import open_output

FORMATS = ("pdf", "svg", "png")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure for print.

    Attributes:
        kind: one of `FIGURES`.
        caption: what it shows, of how much, with the options that differ from the usual ones, and our version.
        sheet: the `matplotlib.figure.Figure`, for changes of one's own.
    """

    kind: str
    caption: str
    sheet: Any

    def file(self, form: str = "pdf") -> bytes:
        """Return the figure as a file of one of `FORMATS`: the same bytes for the same data.

        Raises:
            UsageError: it is another format.
        """
        if form not in FORMATS:
            raise UsageError(f"a figure is written as {', '.join(FORMATS)}, and not as '{form}'.")
        with print_style():
            return file_of(self.sheet, form)

    def write(self, path: str | Path) -> None:
        """Write the figure, whole or not at all, in the format that the suffix names; raises as `file` does."""
        data = self.file(Path(path).suffix[1:].lower())
        with open_output(path) as stream:
            stream.write(data)

    def _repr_png_(self) -> bytes:
        return self.file("png")

    def __repr__(self) -> str:
        return f"<Figure {self.kind}: {self.caption.partition('. ')[0]}>"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be drawn, how."""

    table: StatementTable
    width: str
    most: int | None
    ties: str
    window: str
    every: int
    step: int | None
    kernel: str | None
    time_limit: float
    options: NetworkOptions
    coders: VersionRows | None

    def at_most(self, one: int, two: int) -> int:
        return self.most if self.most is not None else one if self.width == "one" else two


def _divided(wish: _Wish, draws: int = 0) -> Coalitions:
    how = Inference(null=0, bootstrap=draws)
    limit = wish.time_limit
    return coalitions(wish.table, ties=wish.ties, inference=how, hangs_on=False, time_limit=limit, **wish.options)


def _network(wish: _Wish) -> tuple[Any, str]:
    return draw_network(_divided(wish, draws=200), wish.width, wish.at_most(16, 40))


def _affiliation(wish: _Wish) -> Weights:
    options: NetworkOptions = {**wish.options, "baseline": "none"}  # who says what is not compared with anything
    return weigh(wish.table, "affiliation", **options)


def _matrix(wish: _Wish) -> tuple[Any, str]:
    found = _divided(wish)
    return draw_matrix(_affiliation(wish), found.numbers, wish.width, wish.at_most(14, 30))


def _claims(wish: _Wish) -> tuple[Any, str]:
    options: NetworkOptions = {**wish.options, "baseline": "none"}
    return draw_claims(support(wish.table, **options), wish.width, wish.at_most(20, 30))


def _timeline(wish: _Wish) -> tuple[Any, str]:
    return draw_timeline(_affiliation(wish), wish.width, wish.at_most(16, 24))


def _polarisation(wish: _Wish) -> tuple[Any, str]:
    how: dict[str, Any] = {"ties": wish.ties, **wish.options}
    if wish.kernel is None:
        cut = slices(wish.table, wish.window, wish.every, step=wish.step)
        counting: list[dict[str, Any]] = [{}] * len(cut)
    else:
        if wish.coders is not None:
            raise UsageError("versions of coders are drawn for time slices, and not for the windows of a kernel.")
        smooth = kernel_slices(wish.table, wish.kernel, wish.window, wish.every, step=wish.step or 1)
        cut, counting = [each for each, _ in smooth], [{"amounts": amounts} for _, amounts in smooth]
    limit = wish.time_limit / len(cut)
    if wish.coders is None:
        found = [indexed(one, time_limit=limit, **how, **z) for one, z in zip(cut, counting, strict=True)]
        drawn = "by the bootstrap over documents"
    else:
        found = [indexed_over_coders(each, wish.table, wish.coders, **how) for each in cut]
        drawn = "over the versions of coders and utterances of these"
    return draw_polarisation(found, wish.width, drawn)


def _dendrogram(wish: _Wish) -> tuple[Any, str]:
    options: NetworkOptions = {**wish.options}
    if options.setdefault("normalise", "jaccard") not in ("jaccard", "cosine"):
        raise UsageError("a dendrogram needs similarities from 0 to 1: normalise by jaccard or cosine.")
    alike = weigh(wish.table, "congruence", **options)
    return draw_dendrogram(alike, wish.width, wish.at_most(30, 60))


def _positions(wish: _Wish) -> tuple[Any, str]:
    return draw_positions(ideal_points(wish.table, **wish.options), wish.width, wish.at_most(30, 60))


FIGURES: Mapping[str, tuple[str, Callable[[_Wish], tuple[Any, str]]]] = {
    "network": ("agreement and opposition of actors, by coalition", _network),
    "matrix": ("voices and claims: who affirms and denies what", _matrix),
    "claims": ("support and opposition per claim", _claims),
    "timeline": ("statements by voice and day", _timeline),
    "polarisation": ("polarisation over time, with its interval", _polarisation),
    "dendrogram": ("who speaks alike: clusters of congruence", _dendrogram),
    "positions": ("ideal points of actors, with their intervals", _positions),
}
"""The kinds, each with what it shows."""

_USUAL = {
    "between": "voices", "qualifier": "polarity", "duplicates": "include", "min_statements": 0, "contradictions": True,
    "over": None, "baseline": "none",
}  # fmt: skip


def figure(
    table: StatementTable,
    kind: str,
    *,
    width: str = "one",
    most: int | None = None,
    ties: str = "statements",
    window: str = "months",
    every: int = 1,
    step: int | None = None,
    kernel: str | None = None,
    time_limit: float = 60.0,
    note: str = "",
    coders: VersionRows | None = None,
    **options: Unpack[NetworkOptions],
) -> Figure:
    """Return a figure of a table of statements.

    Args:
        table: the statements.
        kind: ``network``, ``matrix``, ``claims``, ``timeline``, ``polarisation``, ``dendrogram`` or
            ``positions``.
        width: ``one`` or ``two`` columns of a journal; see `WIDTHS`.
        most: rows, or actors, at most; the caption says of how many. By default what stays readable at that width.
        ties: what coalitions and polarisation are read from; see `disputegraph.analysis.find_ties`.
        window: of ``polarisation``: ``days``, ``weeks``, ``months`` or ``years``.
        every: of ``polarisation``: units in a time slice.
        step: of ``polarisation``: units from one slice to the next; by default `every`, with a kernel 1.
        kernel: of ``polarisation``: one of `KERNELS`, for moving windows in place of slices.
        time_limit: seconds for coalitions and polarisation.
        note: what the caption is to say besides, such as how statements were chosen.
        coders: of ``polarisation``: whose the rows are, for intervals over the versions of coders.
        options: those of networks; see `NetworkOptions`.

    Raises:
        UsageError: matplotlib is missing, an unknown kind or option, or nothing to draw.
    """
    if kind not in FIGURES:
        raise UsageError(f"unknown kind of figure '{kind}'.{nearest(kind, FIGURES)} There are {', '.join(FIGURES)}.")
    if coders is not None and kind != "polarisation":
        raise UsageError(f"versions of coders are drawn for the figure of polarisation, and not for {kind}.")
    if kind in ("claims", "timeline") and options.get("baseline", "none") != "none":
        raise UsageError(f"the figure of {kind} shows no agreement, and has nothing to compare with a baseline.")
    if width not in WIDTHS:
        raise UsageError(f"unknown width '{width}'.{nearest(width, WIDTHS)} There are {', '.join(WIDTHS)}.")
    if most is not None and most < 1:
        raise UsageError("a figure shows at least one row.")
    with print_style():
        if not len(table):
            raise UsageError("no statement is left to draw; check the filters and dates.")
        sheet, told = FIGURES[kind][1](
            _Wish(table, width, most, ties, window, every, step, kernel, time_limit, options, coders)
        )
        letters = unknown_letters(sheet)
    chosen = [f"{name} {value}" for name, value in options.items() if name in _USUAL and value != _USUAL[name]]
    if ties != "statements":
        chosen.append(f"ties {ties}")
    if kind == "polarisation":
        chosen.append(f"window {every} {window}" + (f" step {step}" if step else ""))
        chosen += [f"kernel {kernel}"] if kernel else []
    how = f" Options: {', '.join(chosen)}." if chosen else ""
    heard = f" {table.uncounted} statements are not counted, being hearsay." if table.uncounted else ""
    boxes = f" Letters that the font does not have, drawn as boxes: {' '.join(letters)}." if letters else ""
    caption = f"{told}{boxes}{heard}{' ' + note if note else ''}{how} Made with disputegraph {__version__}."
    return Figure(kind, caption, sheet)
