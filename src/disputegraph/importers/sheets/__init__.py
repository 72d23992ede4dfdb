"""Coding sheets: one row an utterance, read into a graph and written back."""

from __future__ import annotations

from disputegraph.importers.sheets.exporting import SheetFiles, export_sheets
from disputegraph.importers.sheets.sheet_import import import_sheet

__all__ = ["SheetFiles", "export_sheets", "import_sheet"]
