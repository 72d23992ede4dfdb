"""Tables as people keep them: CSV, TSV and XLSX read and written, with all that is wrong told in one go."""

from __future__ import annotations

from disputegraph.tables.cells import from_cell, join_list, split_list, to_cell
from disputegraph.tables.checked_tables import Row, Table
from disputegraph.tables.problems import Problem, Problems, ProblemsError
from disputegraph.tables.table_files import write_sheet, write_workbook
from disputegraph.tables.table_reading import read_table

__all__ = [
    "Problem",
    "Problems",
    "ProblemsError",
    "Row",
    "Table",
    "from_cell",
    "join_list",
    "read_table",
    "split_list",
    "to_cell",
    "write_sheet",
    "write_workbook",
]
