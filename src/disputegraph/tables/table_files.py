"""Write sheets to files: CSV and TSV, or both sheets in one workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from disputegraph.rdf import open_output, write_text
from disputegraph.tables.cells import from_cell

# What XML cannot hold, and what reads like such an escape, is escaped (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write_sheet(path: str | Path | None, rows: Sequence[Sequence[str]]) -> None:
    """Write rows as RFC 4180 CSV, or as TSV where the suffix says so; None is standard output.

    Raises:
        OutputError: the file cannot be written.
    """
    tabbed = path is not None and Path(path).suffix.lower() in (".tsv", ".tab")
    text = io.StringIO()
    csv.writer(text, delimiter="\t" if tabbed else ",", lineterminator="\r\n").writerows(rows)
    write_text(path, text.getvalue())


def write_workbook(path: str | Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Write sheets as the worksheets of one XLSX file, every cell as text.

    Raises:
        OutputError: the file cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            cells = []
            for text in row:
                cell = WriteOnlyCell(sheet, value=_ESCAPED.sub(_escape, from_cell(text)))
                cell.data_type = "s"  # else a text that begins with '=' would become a formula
                cells.append(cell)
            sheet.append(cells)
    with open_output(path) as stream:
        book.save(stream)


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
