"""Fill cells of a sheet that people keep: what is not filled stays as it is, letter by letter."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from disputegraph.errors import OutputError
from disputegraph.rdf import open_output
from disputegraph.tables.checked_tables import MOST_TITLES
from disputegraph.tables.table_reading import SEPARATOR, decoded, delimiter_of, encoding_of
from disputegraph.tables.workbooks import WORKBOOK_SUFFIXES

Cell = tuple[int, int]
"""Where a cell begins and ends in a text."""


def fill_column(
    path: Path, column: str, place: int | None, cells: Mapping[int, str], *, encoding: str | None = None,
    worksheet: str | None = None,
) -> int:  # fmt: skip
    """Write cells into one column of a CSV, TSV or XLSX file where they are empty, and return how many.

    Args:
        path: the file, as `read_table` has read it.
        column: the column's name, for a new one.
        place: which column it is, counted from 0; None to add one at the right.
        cells: what to write, by the number of the row.
        encoding: as for `read_table`.
        worksheet: as for `read_table`.

    Raises:
        OutputError: the file cannot be written, or holds what would be lost.
        DataError: it cannot be read any more.
    """
    if not cells:
        return 0
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        return _fill_workbook(path, column, place, cells, worksheet)
    text, chosen = decoded(path, encoding), encoding_of(path, encoding)
    told = SEPARATOR.match(text)
    start = told.end() if told else 0
    delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab") else told[1] if told else delimiter_of(text)
    records = list(_records(text, start, delimiter))
    added = dict(cells)
    if place is None:
        # As `below_titles` does: the first of the rows above the others that has several cells names the columns.
        wide = (at for at, record in enumerate(islice(records, MOST_TITLES)) if _filled(text, record) > 1)
        head = next(wide, 0)
        added[head + 1 + bool(told)] = column
    parts, done, count = [], 0, 0
    for number, record in enumerate(records, start=1 + bool(told)):
        cell = added.get(number, "")
        if place is None:
            new = delimiter + cell if _filled(text, record) else ""
            at = record[-1][1]
        elif cell and place < len(record) and not text[slice(*record[place])].strip(' "'):
            new, at = cell, record[place][0]
        else:
            continue
        parts += [text[done:at], new]
        done = record[place][1] if place is not None else at
        count += bool(cell)
    if place is None:
        count -= 1  # the column's name
    with open_output(path) as stream:
        stream.write("".join([*parts, text[done:]]).encode(chosen))
    return count


def _filled(text: str, record: list[Cell]) -> int:
    return sum(bool(text[start:end].strip()) for start, end in record)


def _records(text: str, at: int, delimiter: str) -> Iterator[list[Cell]]:
    """Yield where the cells of each record stand, as `csv.reader` divides them (RFC 4180)."""
    length = len(text)
    while at < length:
        record: list[Cell] = []
        while True:
            start = at
            if at < length and text[at] == '"':
                at += 1
                while at < length and (text[at] != '"' or text[at + 1 : at + 2] == '"'):
                    at += 2 if text[at] == '"' else 1
                at += 1
            while at < length and text[at] not in "\r\n" and text[at] != delimiter:
                at += 1
            record.append((start, min(at, length)))
            if at >= length or text[at] != delimiter:
                break
            at += 1
        yield record
        at += 2 if text[at : at + 2] == "\r\n" else 1


def _fill_workbook(path: Path, column: str, place: int | None, cells: Mapping[int, str], worksheet: str | None) -> int:
    with zipfile.ZipFile(path) as archive:
        lost = [name for name in archive.namelist() if name.startswith(("xl/drawings/", "xl/media/", "xl/charts/"))]
    if lost:
        raise OutputError(f"{path}: holds pictures, charts or comments, which writing it would lose ({lost[0]}).")
    import openpyxl

    book = openpyxl.load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
    names = [name for name in book.sheetnames if name.casefold() == (worksheet or "").casefold()]
    shown = [name for name in book.sheetnames if book[name].sheet_state == "visible"]
    sheet = book[(names or shown or book.sheetnames)[0]]
    at = place + 1 if place is not None else sheet.max_column + 1
    if place is None:
        head = next((row for row in range(1, MOST_TITLES + 1)
                     if sum(cell.value is not None for cell in sheet[row]) > 1), 1)  # fmt: skip
        sheet.cell(head, at, column)
    count = 0
    for row, text in cells.items():
        cell = sheet.cell(row, at)
        if cell.value in (None, ""):
            cell.value = text
            count += 1
    with open_output(path) as stream:
        book.save(stream)
    return count
