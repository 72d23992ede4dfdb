"""Figures for print: vector files that stay readable in greyscale, the same bytes for the same data."""

from disputegraph.figures.figure_kinds import FIGURES, FORMATS, Figure, figure
from disputegraph.figures.print_style import WIDTHS
from disputegraph.figures.social_card import CARD_SIZE, SocialCard, draw_card

__all__ = ["CARD_SIZE", "FIGURES", "FORMATS", "WIDTHS", "Figure", "SocialCard", "draw_card", "figure"]
