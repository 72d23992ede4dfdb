"""What all figures share: widths, letters, greys, and files that are the same bytes for the same data."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from disputegraph.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTHS = {"one": 3.5, "two": 7.2}
"""Widths in inches: one and two columns of a journal (89 and 183 mm)."""

INK, DARK, MIDDLE, LIGHT = "#1a1a1a", "#1f4e79", "#8c8c8c", "#d9d9d9"
"""Colours whose greys differ by more than a fifth of the way from black to white; patterns tell apart besides."""

_STYLE: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters on every machine
    "font.size": 7,
    "axes.labelsize": 7,
    "axes.titlesize": 8,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 6.5,
    "legend.fontsize": 6.5,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "hatch.linewidth": 0.6,
    "text.parse_math": False,  # a $ in a name is a $
    "pdf.fonttype": 42,  # TrueType, embedded: journals refuse Type 3
    "ps.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "disputegraph",
    "savefig.dpi": 300,
}


@contextmanager
def print_style() -> Iterator[None]:
    """Draw in our style, whatever style the user has set.

    Raises:
        UsageError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise UsageError(
            "figures need matplotlib, which is not installed; install it with: pip install 'disputegraph[figures]'"
        ) from None
    import warnings

    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def canvas(width: str, height: float) -> tuple[Figure, Axes]:
    """Return a figure of one or two columns and `height` inches, with its axes; no window is ever opened."""
    from matplotlib.figure import Figure as Sheet

    sheet = Sheet(figsize=(WIDTHS[width], height), layout="constrained")
    return sheet, sheet.add_subplot()


def bare(axes: Axes) -> None:
    """Take away frame and ticks."""
    axes.set_axis_off()


def legend_below(sheet: Figure, handles: list[Any], *, columns: int) -> None:
    """Put a legend under the axes, never upon them."""
    sheet.legend(handles=handles, loc="outside lower center", ncols=columns, handlelength=1.6, columnspacing=1.2)


def wrapped(label: str, characters: int, lines: int = 3) -> str:
    """Return a label in lines of so many characters; what is too long ends in an ellipsis."""
    return (
        "\n".join(textwrap.wrap(label, characters, max_lines=lines, placeholder=" …", break_long_words=True)) or label
    )


def unknown_letters(sheet: Figure) -> str:
    """Return the letters of a figure that its font does not have, and that are drawn as boxes."""
    import warnings

    with warnings.catch_warnings(record=True) as said:
        warnings.filterwarnings("always", message="Glyph .* missing from font")
        sheet.draw_without_rendering()
    numbers = {int(found[1]) for one in said if (found := re.match(r"Glyph (\d+)", str(one.message)))}
    return "".join(map(chr, sorted(numbers)))


def file_of(sheet: Figure, form: str) -> bytes:
    """Return the figure as a file without dates or names of programs' versions, so that it hangs on the data alone."""
    stream = io.BytesIO()
    nothing: dict[str, dict[str, str | None]] = {
        "pdf": {"CreationDate": None, "Producer": None, "Creator": "disputegraph"},
        "svg": {"Date": None, "Creator": "disputegraph"},
        "png": {"Software": "disputegraph"},
    }
    sheet.savefig(stream, format=form, metadata=nothing[form])
    return stream.getvalue()


def dated_axis(axes: Axes, first: np.datetime64, last: np.datetime64, *, most: int) -> None:
    """Let the horizontal axis run from day to day, with at most so many dates written once each."""
    from matplotlib import dates

    locator = dates.AutoDateLocator(minticks=2, maxticks=most)  # type: ignore[no-untyped-call]
    low, high = dates.date2num([first, last])  # type: ignore[no-untyped-call]
    axes.set_xlim(low, high)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
