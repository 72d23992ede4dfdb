"""Read a worksheet of an XLSX file, which is a hostile archive until shown otherwise."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from disputegraph.archives import bomb_told
from disputegraph.errors import DataError, LimitError
from disputegraph.tables.cells import to_cell
from disputegraph.tables.checked_tables import MOST_CELLS, Table, below_titles, checked_rows, clean_header
from disputegraph.tables.problems import Problems

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
"""Of workbooks that are read."""

MOST_UNPACKED = 1024 * 2**20
MOST_RATIO = 250  # honest sheets pack to about a tenth; a bomb to a thousandth
MOST_ENTRIES = 5_000
MOST_SHARED_STRINGS = 256 * 2**20
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376 part 1, 22.9.2.19 (ST_Xstring)


def read_worksheet(path: Path, problems: Problems, *, worksheet: str | None = None) -> Table:
    """Return one worksheet as a table; see `tables.read_table`.

    Raises:
        DataError: the file is not a workbook or is encrypted.
        LimitError: it would unpack to too much.
    """
    _check_archive(path)
    import openpyxl

    warnings.filterwarnings("ignore", module="openpyxl")  # on styles and validations, which no cell's value needs
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # noqa: BLE001
        # openpyxl raises whatever its parts raise: KeyError, ValueError, ParseError, BadZipFile, ...
        raise DataError(f"is not a readable workbook: {type(error).__name__}: {error}.", path=str(path)) from None
    sheet = _chosen(book, path, worksheet, problems)
    name = f"{path} [{sheet.title}]"
    # The recorded size may claim a million rows of sixteen thousand columns; only cells that are there are read.
    sheet.reset_dimensions()
    records = below_titles(_records(book, sheet, name, problems), name, problems)
    first = next(records, (1, []))
    header = clean_header(first[1], name, problems)
    padded = ((number, cells + [""] * (len(header) - len(cells))) for number, cells in records)
    signs: set[int] = set()
    return Table(name, header, checked_rows(padded, header, name, problems, signs=signs), signs)


def _chosen(book: Any, path: Path, worksheet: str | None, problems: Problems) -> Any:
    """Return the worksheet of that name, else the first that is not hidden, with a warning where there are others."""
    sheets = [book[name] for name in book.sheetnames if hasattr(book[name], "iter_rows")]
    if not sheets:
        raise DataError("the workbook has no worksheet.", path=str(path))
    named = [sheet for sheet in sheets if sheet.title.casefold() == (worksheet or "").casefold()]
    chosen = (named or [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets)[0]
    others = ", ".join(f"'{sheet.title}'" for sheet in sheets if sheet is not chosen)
    if chosen.sheet_state != "visible":
        problems.warn(f"the worksheet '{chosen.title}', which is hidden, is read.", str(path))
    elif others and not named:
        problems.warn(f"the worksheet '{chosen.title}' is read, and not {others}.", str(path))
    return chosen


def _check_archive(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            raise DataError(
                "is encrypted or an old .xls workbook; save it as .xlsx without a password.", path=str(path)
            )
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise DataError(f"is no XLSX workbook: {error}.", path=str(path)) from None
    bomb = bomb_told(entries, path.stat().st_size, most=MOST_UNPACKED, ratio=MOST_RATIO, parts=MOST_ENTRIES)
    if bomb:
        raise LimitError(f"{path}: {bomb} Save the sheet as .csv if it is honest.")
    for entry in entries:
        if entry.filename.endswith("sharedStrings.xml") and entry.file_size > MOST_SHARED_STRINGS:
            raise LimitError(f"{path}: {entry.file_size:,} bytes of text in cells; save the sheet as .csv.")
        if entry.flag_bits & 1:
            raise DataError("is encrypted; save it without a password.", path=str(path))


def _records(book: Any, sheet: Any, name: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    read = 0
    number = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            read += len(cells)
            _check_size(read, name, number)
            yield number, [_text(cell, name, number, problems) for cell in cells]
    except (DataError, LimitError):
        raise
    except Exception as error:  # noqa: BLE001  # as above
        raise DataError(f"row {number + 1} cannot be read: {type(error).__name__}: {error}.", path=name) from None
    finally:
        book.close()


def _check_size(cells: int, name: str, row: int) -> None:
    if cells > MOST_CELLS:
        raise LimitError(f"{name}, row {row}: more than {MOST_CELLS:,} cells; split the sheet.")


def _text(cell: Any, name: str, row: int, problems: Problems) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "f":
            problems.error("holds a formula; paste its value instead.", name, row, _letter(cell))
            return "?"
        if cell.data_type == "e" and value != "#N/A":
            problems.error(f"holds the error {value}; mend the formula or clear the cell.", name, row, _letter(cell))
            return "?"
        # What is plain text in a workbook is not a formula, whatever it begins with.
        if _ESCAPE.search(value):
            value = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), value)
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return to_cell(value.strip())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    problems.error(f"holds a {type(value).__name__}, which is not a plain value.", name, row, _letter(cell))
    return "?"


def _letter(cell: Any) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(cell.column))
