"""Coding sheets: one row an utterance, read into a graph and written back."""

from __future__ import annotations

from disputegraph.importers.sheets.exporting import SheetFiles, export_sheets
from disputegraph.importers.sheets.files import write_sheet, write_workbook
from disputegraph.importers.sheets.importing import SheetImport, import_sheet

__all__ = ["SheetFiles", "SheetImport", "export_sheets", "import_sheet", "write_sheet", "write_workbook"]
