"""Tables of text with a header, checked row by row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from disputegraph.errors import DataError, LimitError
from disputegraph.tables.cells import from_cell, is_formula
from disputegraph.tables.problems import Problems
from disputegraph.tables.written_names import shown, stands_for_nothing, visible

MOST_CELLS = 30_000_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 1_000_000
MOST_TITLES = 10
_BROKEN = re.compile(r"#(REF|VALUE|NAME|NUM|NULL|DIV/0|SPILL|CALC)[!?]", re.IGNORECASE)


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
        signs: the places of columns in which a lone ``-`` is a sign and not a missing value; to be filled by whoever
            knows the columns, before the rows are read.
    """

    name: str
    header: list[str]
    rows: Iterator[Row]
    signs: set[int] = field(default_factory=set)


def clean_header(cells: list[str], name: str, problems: Problems) -> list[str]:
    """Return the column names; duplicates are problems, trailing empty ones are dropped.

    Raises:
        DataError: there is none.
        LimitError: there are too many.
    """
    header = [visible(cell).strip() for cell in cells]
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


def below_titles(
    records: Iterator[tuple[int, list[str]]], name: str, problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    """Return the records from the column names on: blank rows and titles above them are left out with a warning."""
    ahead = list(islice(records, MOST_TITLES))
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in ahead]
    titles = next((place for place, count in enumerate(filled) if count > 1), 0)
    if titles:
        problems.warn(f"{titles} rows above the one that names the columns are left out.", name, ahead[titles][0])
    return chain(ahead[titles:], records)


def checked_rows(
    records: Iterator[tuple[int, list[str]]],
    header: list[str],
    name: str,
    problems: Problems,
    *,
    raw: bool = False,
    signs: Collection[int] = (),
) -> Iterator[Row]:
    """Yield rows with exactly the header's cells; what is ragged or a formula goes to `problems`.

    Invisible characters are left out, and marks for missing values are emptied and counted (see `Table.signs`), unless
    the cells are `raw`: then they stay as they stand, white space around them left out.
    """
    width, cells_read = len(header), 0
    cleaner = _Cleaner(header, name, problems, signs)
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
        row = [cells[place].strip() if raw else cleaner.clean(cells[place], place, number) for place in range(width)]
        if raw or any(row):
            yield Row(number, row)
    cleaner.tell()


@dataclass(slots=True)
class _Cleaner:
    """Reads the cells of one table that people wrote."""

    header: list[str]
    name: str
    problems: Problems
    signs: Collection[int]
    missing: int = 0
    first: str = ""

    def clean(self, cell: str, place: int, row: int) -> str:
        """Return what a cell says; what it cannot say is a problem."""
        if not cell.isascii():
            cell = visible(cell) if shown(cell) else ""
        if cell and (cell[0] in "='+-@\t\r " or cell[-1] in " \t\r\n" or cell[0] in "\n\u00a0"):
            if is_formula(cell):
                text = "begins with '=', as a formula does. Write its value, or if it is text an apostrophe in front."
                self.problems.error(text, self.name, row, self.header[place])
            cell = from_cell(cell)
        if len(cell) > LONGEST_CELL:
            raise LimitError(f"{self.name}, row {row}: a cell of {len(cell):,} characters.")
        if cell and len(cell) < 9 and stands_for_nothing(bare := cell.lstrip("'")):  # noqa: PLR2004
            if bare != cell:
                return cell[1:]
            if cell != "-" or place not in self.signs:
                self.missing += 1
                self.first = self.first or f"'{cell}' in row {row}, column '{self.header[place]}'"
                return ""
        elif cell[:1] == "#" and _BROKEN.fullmatch(cell):
            text = f"holds the error {cell}; mend it or clear the cell."
            self.problems.error(text, self.name, row, self.header[place])
        return cell

    def tell(self) -> None:
        """Warn of the cells that were emptied."""
        if self.missing:
            self.problems.warn(
                f"{self.missing:,} cells hold a mark for a missing value (the first is {self.first}), and are taken as "
                "empty. Where it is a name, put an apostrophe in front.",
                self.name,
            )
