"""Tables of text with a header, checked row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disputegraph.errors import DataError, LimitError
from disputegraph.tables.cells import from_cell, is_formula
from disputegraph.tables.problems import Problems

__all__ = ["LONGEST_CELL", "MOST_CELLS", "Row", "Table", "checked_rows", "clean_header"]

MOST_CELLS = 30_000_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: the row as a spreadsheet counts it; the header is row 1.
        cells: its cells, stripped, as many as the header has.
    """

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header.

    Attributes:
        name: the file as the user named it, with the worksheet where there is one.
        header: the column names, stripped.
        rows: the rows below, each once; empty rows are left out.
    """

    name: str
    header: list[str]
    rows: Iterator[Row]


def clean_header(cells: list[str], name: str, problems: Problems) -> list[str]:
    """Return the column names; duplicates are problems, trailing empty ones are dropped.

    Raises:
        DataError: there is none.
        LimitError: there are too many.
    """
    header = [cell.strip() for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise DataError("the first row is empty, and it should name the columns.", path=name)
    if len(header) > MOST_COLUMNS:
        raise LimitError(f"{name}: {len(header):,} columns, and at most {MOST_COLUMNS:,} are read.")
    seen: dict[str, int] = {}
    for place, column in enumerate(header):
        folded = column.casefold()
        if folded and folded in seen:
            problems.error(
                f"stands at the head of columns {seen[folded] + 1} and {place + 1}; rename one.", name, 1, column
            )
        seen[folded] = place
    return header


def checked_rows(
    records: Iterator[tuple[int, list[str]]], header: list[str], name: str, problems: Problems
) -> Iterator[Row]:
    """Yield rows with exactly the header's cells; what is ragged or a formula goes to `problems`."""
    width, cells_read = len(header), 0
    for number, cells in records:
        cells_read += len(cells)
        if cells_read > MOST_CELLS:
            raise LimitError(f"{name}, row {number}: more than {MOST_CELLS:,} cells; split the sheet.")
        if not any(cells) or not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            beyond = [cell for cell in cells[width:] if cell.strip()]
            if beyond or len(cells) < width:
                problems.error(
                    f"has {len(cells)} cells, and the header has {width}. Is a separator missing, or a text unquoted?",
                    name,
                    number,
                )
                continue
        row = []
        for place in range(width):
            cell = cells[place]
            if cell and (cell[0] in "='+-@\t\r " or cell[-1] in " \t\r\n" or cell[0] in "\n\u00a0"):
                if is_formula(cell):
                    problems.error(
                        "begins with '=', as a formula does. Write its value, or if it is text an apostrophe in front.",
                        name,
                        number,
                        header[place],
                    )
                cell = from_cell(cell)
            if len(cell) > LONGEST_CELL:
                raise LimitError(f"{name}, row {number}: a cell of {len(cell):,} characters.")
            row.append(cell)
        yield Row(number, row)
