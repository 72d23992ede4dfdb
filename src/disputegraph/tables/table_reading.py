"""Read tables of text: CSV and TSV here, XLSX through `workbooks`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from disputegraph.errors import DataError, LimitError, absent, file_errors, nearest
from disputegraph.tables.checked_tables import LONGEST_CELL, Table, below_titles, checked_rows, clean_header
from disputegraph.tables.problems import Problems
from disputegraph.tables.workbooks import WORKBOOK_SUFFIXES, read_worksheet

TABLE_SUFFIXES = (".csv", ".tsv", ".tab", *WORKBOOK_SUFFIXES)
"""Of files that `read_table` knows as tables; others it takes for CSV."""

MOST_BYTES = 512 * 2**20
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SEPARATOR = re.compile(r'"?sep=([^\r\n"])"?[,;\t]*\r?\n', re.IGNORECASE)


def read_table(
    path: Path,
    problems: Problems,
    *,
    encoding: str | None = None,
    worksheet: str | None = None,
    raw: bool = False,
) -> Table:
    """Return the table in a CSV, TSV or XLSX file.

    Ragged rows, cells with formulas and duplicate headers are put into `problems` as the rows are read.

    Args:
        path: the file; its suffix tells the format.
        problems: where what is wrong with rows and headers goes.
        encoding: of a CSV or TSV file; by default what its byte order mark tells, else UTF-8.
        worksheet: of an XLSX file, the name of the sheet to prefer; else the first that is not hidden.
        raw: take cells as they stand, since a program wrote them: nothing is a formula or a mark for a missing value.

    Raises:
        DataError: the file is not there, is of another format, or is not in the encoding.
        LimitError: it is too large.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        raise DataError("is a folder, and a sheet is wanted.", path=str(path))
    if not path.is_file():
        folder = path.parent if path.parent.is_dir() else None
        names = [other.name for other in folder.iterdir() if other.name != path.name] if folder else []
        raise DataError(absent(path) + nearest(path.name, names), path=str(path))
    if suffix in WORKBOOK_SUFFIXES:
        return read_worksheet(path, problems, worksheet=worksheet)
    if suffix in (".xls", ".ods", ".numbers"):
        raise DataError(
            f"sheets are read as .csv, .tsv or .xlsx, not {suffix}; save it as one of these.", path=str(path)
        )
    name = str(path)
    text = decoded(path, encoding)
    delimiter = "\t" if suffix in (".tsv", ".tab") else delimiter_of(text)
    if told := SEPARATOR.match(text):  # Excel's own way to name it
        delimiter, text = told[1], text[told.end() :]
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    numbered = below_titles(_records(records, name, bool(told)), name, problems)
    header = clean_header(next(numbered, (1, []))[1], name, problems)
    signs: set[int] = set()
    rows = checked_rows(numbered, header, name, problems, raw=raw, signs=signs)
    return Table(name, header, rows, signs)


def _records(records: Iterator[list[str]], name: str, above: int) -> Iterator[tuple[int, list[str]]]:
    number = above
    limit = csv.field_size_limit()
    csv.field_size_limit(LONGEST_CELL)
    try:
        for record in records:
            number += 1
            yield number, record
    except csv.Error as error:
        line = getattr(records, "line_num", None)
        advice = "A quotation mark inside a quoted cell is written twice."
        raise DataError(f"row {number + 1} is not valid CSV: {error}. {advice}", path=name, line=line) from None
    finally:
        csv.field_size_limit(limit)


def encoding_of(path: Path, encoding: str | None) -> str:
    """Return in what a CSV or TSV file is written: as told, else what its byte order mark tells, else UTF-8."""
    with file_errors(path), path.open("rb") as stream:
        begin = stream.read(4)
    return encoding or next((known for mark, known in _BOMS if begin.startswith(mark)), "utf-8")


def decoded(path: Path, encoding: str | None) -> str:
    """Return the text of a CSV or TSV file, without byte order marks.

    Raises:
        DataError: it is not text in the encoding.
        LimitError: it is too large.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise LimitError(f"{path}: {size / 2**20:,.0f} MiB, and at most {MOST_BYTES // 2**20} MiB are read; split it.")
    with file_errors(path):
        content = path.read_bytes()
    if content.startswith(b"PK\x03\x04"):
        raise DataError("is a workbook, not text; give it the suffix .xlsx.", path=str(path))
    chosen = encoding_of(path, encoding)
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
        raise DataError("holds a NUL character, so it is not text in this encoding.", path=str(path), line=line)
    return text.replace("\ufeff", "")  # also between files that were joined


def delimiter_of(text: str) -> str:
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
