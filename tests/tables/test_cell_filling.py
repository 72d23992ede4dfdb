"""Cells filled in: the column asked for, where it is empty, and not a letter beside it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.errors import OutputError
from disputegraph.tables import Problems, fill_column, read_table, write_workbook

CELLS = st.text(st.sampled_from('ab,;"\n\r é'), max_size=6)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6), place=st.integers(0, 2), end=st.booleans())
def test_what_is_not_filled_stays(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], place: int, end: bool
) -> None:
    path = tmp_path_factory.mktemp("fill") / "sheet.csv"
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows([["one", "two", "id"], *rows])
    text = stream.getvalue() if end else stream.getvalue().removesuffix("\r\n")
    path.write_bytes(text.encode())
    wanted = {number: f"u{number}" for number in range(2, len(rows) + 2)}
    count = fill_column(path, "id", place, wanted)
    after = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline=""), strict=True))
    expected = [list(row) for row in rows]
    for number, row in enumerate(expected, start=2):
        if not row[place].strip(' "'):
            row[place] = wanted[number]
    assert after == [["one", "two", "id"], *expected]
    assert count == sum(row != old for row, old in zip(expected, rows, strict=True))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_spelling_of_the_file_is_kept(tmp_path: Path, encoding: str) -> None:
    """Byte order mark, semicolons, Excel's line that names them, needless quotation marks, a title, a blank line."""
    path = tmp_path / "sheet.csv"
    text = 'sep=;\r\nMy sheet;;\r\nspeaker;id;note\r\n"Öse";;é\r\n\r\nLund; ;"a ""b"""\nEva;u9;\r\n'
    path.write_bytes(text.encode(encoding))
    told = None if encoding != "cp1252" else encoding
    rows = list(read_table(path, Problems(), encoding=told).rows)
    count = fill_column(path, "id", 1, {row.number: f"u{row.number}" for row in rows}, encoding=told)
    assert count == 2
    expected = text.replace('"Öse";;', '"Öse";u4;').replace("Lund; ;", "Lund;u6;")
    assert path.read_bytes() == expected.encode(encoding)


def test_a_column_is_added(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("Title,\nspeaker,claim\nAda,x\n\nEva,y", encoding="utf-8")
    assert fill_column(path, "id", None, {3: "u3", 5: "u5"}) == 2
    assert path.read_text(encoding="utf-8") == "Title,,\nspeaker,claim,id\nAda,x,u3\n\nEva,y,u5"


@pytest.mark.parametrize("place", [1, None])
def test_a_workbook_is_filled(tmp_path: Path, place: int | None) -> None:
    path = tmp_path / "book.xlsx"
    header = ["speaker", "id"] if place else ["speaker", "claim"]
    write_workbook(path, {"notes": [["x"]], "statements": [header, ["Ada", ""], ["Eva", "u9" if place else "c"]]})
    assert fill_column(path, "id", place, {2: "u2", 3: "u3"}, worksheet="statements") == (1 if place else 2)
    table = read_table(path, Problems(), worksheet="statements")
    at = table.header.index("id")
    assert [row.cells[at] for row in table.rows] == (["u2", "u9"] if place else ["u2", "u3"])


def test_a_workbook_with_a_picture_is_left_alone(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "book.xlsx"
    write_workbook(path, {"statements": [["speaker", "id"], ["Ada", ""]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.png", b"")
    before = path.read_bytes()
    with pytest.raises(OutputError, match="pictures"):
        fill_column(path, "id", 1, {2: "u2"})
    assert path.read_bytes() == before
