"""Tables: encodings, ragged rows, hostile workbooks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from disputegraph.errors import DataError, LimitError
from disputegraph.tables.cells import to_cell
from disputegraph.tables.problems import Problems
from disputegraph.tables.table_files import write_workbook
from disputegraph.tables.table_reading import read_table


def rows_of(path: Path, problems: Problems | None = None, **options: str) -> list[list[str]]:
    table = read_table(path, problems or Problems(), **options)
    return [table.header, *(row.cells for row in table.rows)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'name,note\nÅsa,"one, two"\n'.encode()),
        ("a.csv", 'name,note\r\nÅsa,"one, two"\r\n\r\n'.encode("utf-8-sig")),
        ("a.csv", "name;note\nÅsa;one, two\n".encode()),
        ("a.tsv", "name\tnote\nÅsa\tone, two\n".encode()),
        ("a.csv", 'name,note\nÅsa,"one, two"\n'.encode("utf-16")),
        ("a.csv", 'name,note,\nÅsa,"one, two",\n'.encode()),
    ],
)
def test_styles_of_csv(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert rows_of(tmp_path / name) == [["name", "note"], ["Åsa", "one, two"]]


def test_wrong_encoding_says_what_was_tried(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("name\nfirst\nÅsa\n".encode("cp1252"))
    with pytest.raises(DataError, match=r"a\.csv:3: is not UTF-8.*Tried utf-8.*--encoding cp1252"):
        rows_of(tmp_path / "a.csv")
    assert rows_of(tmp_path / "a.csv", encoding="cp1252")[2] == ["Åsa"]
    with pytest.raises(DataError, match="no encoding 'utf-99'"):
        rows_of(tmp_path / "a.csv", encoding="utf-99")


def test_ragged_rows_are_all_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1\n1,2\n1,2,3\n1,2,,\n", encoding="utf-8")
    problems = Problems()
    assert rows_of(tmp_path / "a.csv", problems) == [["a", "b"], ["1", "2"], ["1", "2"]]
    assert [(p.row, "cells" in p.message) for p in problems.errors] == [(2, True), (4, True)]


def test_duplicate_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,A\n1,2,3\n", encoding="utf-8")
    problems = Problems()
    rows_of(tmp_path / "a.csv", problems)
    assert "columns 1 and 3" in problems.errors[0].message


def test_formula_in_csv(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n=1+1,'=text\n-5,+1\n", encoding="utf-8")
    problems = Problems()
    assert rows_of(tmp_path / "a.csv", problems)[1:] == [["=1+1", "=text"], ["-5", "+1"]]
    assert [(p.row, p.column) for p in problems.errors] == [(2, "a")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "first row is empty"),
        ("a.csv", b'a,b\n"open,1\n', "row 2 is not valid CSV"),
        ("a.csv", b"a\n1\x002\n", "NUL"),
        ("a.csv", b"PK\x03\x04rest", "is a workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "save it as one of these"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted or an old"),
        ("a.xlsx", b"nothing", "is no XLSX workbook"),
    ],
)
def test_unreadable(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=message):
        rows_of(tmp_path / name)


def test_missing_file_suggests_a_near_one(tmp_path: Path) -> None:
    (tmp_path / "statements.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"statements\.csv"):
        rows_of(tmp_path / "statement.csv")


def workbook(path: Path, rows: list[list[object]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_workbook_values_become_text(tmp_path: Path) -> None:
    import datetime as dt

    day = dt.datetime(2016, 2, 10)  # noqa: DTZ001  # workbooks know no time zones
    rows: list[list[object]] = [["a", "b", "c", "d"], [day, 3.0, True, None], [1.5, "x", None, "y"]]
    path = workbook(tmp_path / "a.xlsx", rows)
    assert rows_of(path)[1:] == [["2016-02-10", "3", "true", ""], ["1.5", "x", "", "y"]]


def test_workbook_formula_and_error(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], ["=1+1", "#REF!"]])
    problems = Problems()
    rows_of(path, problems)
    assert [(p.row, p.column) for p in problems.errors] == [(2, "A"), (2, "B")]


def test_zip_bomb(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/bomb.xml", b"0" * 60_000_000)
    with pytest.raises(LimitError, match="zip bomb"):
        rows_of(path)


def test_cells_far_out_do_not_fill_memory(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "a"
    sheet["XFD2"] = "far right"
    sheet["A900000"] = "far below"
    book.save(tmp_path / "a.xlsx")
    problems = Problems()
    assert rows_of(tmp_path / "a.xlsx", problems) == [["a"], ["far below"]]
    assert [p.row for p in problems.errors] == [2]


def test_workbooks_read_the_escapes_and_the_sheet_that_is_seen(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.title, hidden.sheet_state = "old", "hidden"
    hidden.append(["name", "note"])
    sheet, more = book.create_sheet("new"), book.create_sheet("more")
    for row in (
        ["Codings of spring", None],
        [None, None],
        ["name", "note"],
        ["Pay_x000D_ ri_x0073_e", 3.0],
        ["#N/A", "-"],
    ):
        sheet.append(row)
    more.append(["x"])
    book.active = 1
    book.save(tmp_path / "a.xlsx")
    problems = Problems()
    assert rows_of(tmp_path / "a.xlsx", problems) == [["name", "note"], ["Pay\r rise", "3"]]
    told = " ".join(str(warning) for warning in problems.warnings)
    for words in ("'new' is read, and not 'old', 'more'", "2 rows above", "2 cells hold a mark"):
        assert words in told


@pytest.mark.parametrize("text", ["_x000D_", "_x005F_x000D_", "a\rb", "NA", "-x", "_x_"])
def test_texts_come_back_from_a_workbook(tmp_path: Path, text: str) -> None:
    write_workbook(tmp_path / "a.xlsx", {"s": [["a", "b"], [to_cell(f"x{text}y"), "z"]]})
    assert rows_of(tmp_path / "a.xlsx")[1][0] == f"x{text}y"


def test_errors_of_a_spreadsheet_are_no_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n#REF!,x\n", encoding="utf-8")
    problems = Problems()
    rows_of(tmp_path / "a.csv", problems)
    assert "holds the error #REF!" in problems.errors[0].message
