"""Figures for print: vector files that stay readable in greyscale, the same bytes for the same data."""

from disputegraph.figures.figure_kinds import FIGURES, FORMATS, Figure, figure
from disputegraph.figures.print_style import WIDTHS

__all__ = ["FIGURES", "FORMATS", "WIDTHS", "Figure", "figure"]
