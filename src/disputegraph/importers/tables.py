"""Read tables of text: CSV and TSV here, XLSX through `workbooks`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from disputegraph.errors import DataError, LimitError, nearest
from disputegraph.importers.cells import from_cell, is_formula
from disputegraph.importers.problems import Problems

__all__ = ["MOST_CELLS", "Row", "Table", "read_table"]

MOST_BYTES = 512 * 2**20
MOST_CELLS = 30_000_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 1_000_000

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


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


def read_table(path: Path, problems: Problems, *, encoding: str | None = None, worksheet: str | None = None) -> Table:
    """Return the table in a CSV, TSV or XLSX file.

    Ragged rows, cells with formulas and duplicate headers are put into `problems` as the rows are read.

    Args:
        path: the file; its suffix tells the format.
        problems: where what is wrong with rows and headers goes.
        encoding: of a CSV or TSV file; by default what its byte order mark tells, else UTF-8.
        worksheet: of an XLSX file, the name of the sheet to prefer; else the first.

    Raises:
        DataError: the file is not there, is of another format, or is not in the encoding.
        LimitError: it is too large.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        raise DataError("is a folder, and a sheet is wanted.", path=str(path))
    if not path.is_file():
        folder = path.parent if path.parent.is_dir() else None
        near = nearest(path.name, [other.name for other in folder.iterdir()]) if folder else ""
        raise DataError(f"there is no such file.{near}", path=str(path))
    if suffix in (".xlsx", ".xlsm"):
        from disputegraph.importers.workbooks import read_worksheet

        return read_worksheet(path, problems, worksheet=worksheet)
    if suffix in (".xls", ".ods", ".numbers"):
        raise DataError(
            f"sheets are read as .csv, .tsv or .xlsx, not {suffix}; save it as one of these.", path=str(path)
        )
    name = str(path)
    text = _decoded(path, encoding)
    delimiter = "\t" if suffix in (".tsv", ".tab") else _delimiter(text)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    numbered = _records(records, name)
    header = clean_header(next(numbered, (1, []))[1], name, problems)
    return Table(name, header, checked_rows(numbered, header, name, problems))


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


def _records(records: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    limit = csv.field_size_limit()
    csv.field_size_limit(LONGEST_CELL)
    try:
        for record in records:
            number += 1
            yield number, record
    except csv.Error as error:
        line = getattr(records, "line_num", None)
        advice = "A quotation mark inside a quoted cell is written twice."
        raise DataError(f"row {number + 1} is no valid CSV: {error}. {advice}", path=name, line=line) from None
    finally:
        csv.field_size_limit(limit)


def _decoded(path: Path, encoding: str | None) -> str:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise LimitError(f"{path}: {size / 2**20:,.0f} MiB, and at most {MOST_BYTES // 2**20} MiB are read; split it.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}.", path=str(path)) from None
    if content.startswith(b"PK\x03\x04"):
        raise DataError("is a workbook, not text; give it the suffix .xlsx.", path=str(path))
    chosen = encoding or next((known for mark, known in _BOMS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(chosen)
    except LookupError:
        raise DataError(
            f"Python knows no encoding '{chosen}'; try utf-8, cp1252, latin-1 or utf-16.", path=str(path)
        ) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        tried = f"Tried {chosen}" + ("" if encoding else " (there is no byte order mark)")
        guess = (
            "" if encoding else " Sheets saved on Windows are often cp1252: say --encoding cp1252, or save it as UTF-8."
        )
        raise DataError(
            f"is not {chosen.upper()} text: byte 0x{content[error.start]:02x} fits nothing. {tried}.{guess}",
            path=str(path),
            line=line,
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DataError("holds a NUL character, so it is no text in this encoding.", path=str(path), line=line)
    return text.removeprefix("\ufeff")


def _delimiter(text: str) -> str:
    """Return what separates the cells of the header: the comma, the semicolon or the tab."""
    quoted, counts = False, {",": 0, ";": 0, "\t": 0}
    for char in text[:100_000]:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in "\r\n":
            break
        elif not quoted and char in counts:
            counts[char] += 1
    return max(counts, key=lambda char: counts[char])
