"""Tables as people keep them: CSV, TSV and XLSX read and written, with all that is wrong told in one go."""

from __future__ import annotations

from disputegraph.tables.cell_filling import fill_column
from disputegraph.tables.cells import from_cell, join_list, split_list, to_cell
from disputegraph.tables.checked_tables import Row, Table
from disputegraph.tables.problems import Problem, Problems, ProblemsError
from disputegraph.tables.table_files import write_sheet, write_workbook
from disputegraph.tables.table_reading import TABLE_SUFFIXES, read_table
from disputegraph.tables.workbooks import WORKBOOK_SUFFIXES
from disputegraph.tables.written_names import compared, key_of, shown, stands_for_nothing, whole

__all__ = [
    "TABLE_SUFFIXES",
    "WORKBOOK_SUFFIXES",
    "Problem",
    "Problems",
    "ProblemsError",
    "Row",
    "Table",
    "compared",
    "fill_column",
    "from_cell",
    "join_list",
    "key_of",
    "read_table",
    "shown",
    "split_list",
    "stands_for_nothing",
    "to_cell",
    "whole",
    "write_sheet",
    "write_workbook",
]
