"""The layout of a new dispute: two empty sheets, a folder for source texts, and what explains them."""

from __future__ import annotations

from disputegraph.importers.layout.dispute_layout import lay_out

__all__ = ["lay_out"]
