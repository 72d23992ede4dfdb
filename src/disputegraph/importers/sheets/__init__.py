"""Coding sheets: one row an utterance, read into a graph and written back."""

from __future__ import annotations

from disputegraph.importers.sheets.exporting import SheetFiles, export_sheets
from disputegraph.importers.sheets.sheet_division import SHEETS
from disputegraph.importers.sheets.sheet_import import import_sheet
from disputegraph.importers.sheets.workbook_writing import Workbook, export_workbook

__all__ = ["SHEETS", "SheetFiles", "Workbook", "export_sheets", "export_workbook", "import_sheet"]
