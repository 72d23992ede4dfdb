"""Documents read as plain text: every format, and files that lie, are broken or mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disputegraph.coding import text_reading
from disputegraph.coding.text_reading import read_document, read_document_bytes
from disputegraph.errors import DataError, DisputeGraphError, LimitError, UsageError
from disputegraph.evidence import normalise
from tests.coding.document_samples import PAGE, bare, page, pdf, word

# Plain text


@given(st.text())
@example("\ufeffmarked")
@example("\ufeff\ufefftwice")
@example("one\r\ntwo\rthree")
@example("Cafe\u0301")
@example("%PDF-1.4 is how a PDF begins")
@example("PK\x03\x04")
@example("<!doctype html><p>Words</p>")
@example("{\\rtf1 Words}")
def test_a_utf8_text_comes_back_as_it_is_or_not_at_all(text: str) -> None:
    try:
        read = read_document_bytes(text.encode(), "statement.txt")
    except DataError:
        return
    assert read == bare(normalise(text))


@given(st.binary(max_size=60), st.sampled_from([".txt", ".md"]))
def test_any_bytes_are_a_text_or_an_error(content: bytes, suffix: str) -> None:
    try:
        read = read_document_bytes(content, "statement" + suffix)
    except DisputeGraphError:
        return
    assert read.text == normalise(read.text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "statement.TXT"
    path.write_bytes("Größe\r\nzählt.".encode(encoding))
    assert read_document(path) == bare("Größe\nzählt.")


def test_another_encoding_is_asked_for_with_the_byte_and_its_line() -> None:
    content = "Erste Zeile\nGröße".encode("windows-1252")
    with pytest.raises(
        DataError, match=r"byte 0xF6 at offset 14 is not UTF-8\. Name its encoding \(`encoding`\)"
    ) as caught:
        read_document_bytes(content, "wort.txt")
    assert (caught.value.path, caught.value.line) == ("wort.txt", 2)
    assert str(caught.value).startswith("wort.txt:2: byte")
    assert read_document_bytes(content, "wort.txt", encoding="windows-1252") == bare("Erste Zeile\nGröße")


def test_an_encoding_that_is_given_against_the_bytes_is_doubted() -> None:
    read = read_document_bytes("Größe".encode(), "wort.txt", encoding="windows-1252")
    assert read.notes == ("Read as windows-1252, as asked, though the file is valid UTF-8 as well.",)


@pytest.mark.parametrize("name", ["base64", "no-such", "rot13"])
@pytest.mark.parametrize("file", ["wort.txt", "wort.html"])
def test_no_encoding_of_text(name: str, file: str) -> None:
    with pytest.raises(UsageError, match=f"'{name}' is not an encoding of text"):
        read_document_bytes(b"Words", file, encoding=name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Größe".encode("utf-16-le"), "byte 2 is NUL. If it is UTF-16 without a byte order mark"),
        (b"one\ntwo\0", "byte 8 is NUL"),
        (b"\x01\x02\x03\x04 word", "4 of its 9 characters are control characters"),
        (b"", "holds no text"),
        (b" \n\t", "holds no text"),
        (b"+AAA-", "character 1 is NUL"),
        (b"+2AA-", "half of a surrogate pair"),
    ],
)
def test_what_is_no_text(content: bytes, message: str) -> None:
    encoding = "utf-7" if content.startswith(b"+") else None
    with pytest.raises(DataError) as caught:
        read_document_bytes(content, "statement.txt", encoding=encoding)
    assert message in str(caught.value)


# Which format a file has


@pytest.mark.parametrize("name", ["a.doc", "a.odt", "a.rtf", "a.xlsx", "a", "a.txt.zip"])
def test_other_suffixes_are_refused_with_those_that_are_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.txt, \.md, \.text, \.html, \.htm, \.xhtml, \.pdf, \.docx are") as caught:
        read_document(tmp_path / name)  # which need not be there
    assert ("save it as .docx or .txt" in str(caught.value)) == (name in {"a.doc", "a.odt", "a.rtf"})


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        (pdf(["Words of a report."]), "report.html", "PDF"),
        (pdf(["Words of a report."]), "report.txt", "PDF"),
        (word("Words of a report."), "report.pdf", "DOCX"),
        (PAGE.encode(), "report.pdf", "HTML"),
        (b"\xef\xbb\xbf<!-- saved -->\n" + PAGE.encode(), "report.docx", "HTML"),
    ],
    ids=["PDF as html", "PDF as txt", "DOCX as pdf", "HTML as pdf", "HTML as docx"],  # a DOCX has its time in its bytes
)
def test_the_content_tells_the_format_where_the_suffix_lies(content: bytes, name: str, form: str) -> None:
    read = read_document_bytes(content, name)
    assert read.text
    told = f"The name ends in {Path(name).suffix}, but the file is {form} by its content, and was read so."
    assert read.notes[0] == told


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (PAGE.encode(), "page.txt", "is a page of HTML by its content. Name it .html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.docx", "is an old Word document (.doc), or one with a password"),
        (b"{\\rtf1 words}", "old.docx", "is RTF by its content"),
        (b"Words alone", "report.pdf", "is not a readable PDF"),
        (b"Words alone", "report.docx", "is no DOCX"),
        (b"", "report.pdf", "is not a readable PDF"),
        (b"", "report.docx", "is no DOCX"),
        (b"", "report.html", "holds no text"),
        (b"\0\1\2", "report.html", "is not text"),
    ],
)
def test_what_is_of_no_format_that_its_name_says(content: bytes, name: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read_document_bytes(content, name)
    assert str(caught.value).startswith(f"{name}:")
    assert message in str(caught.value)


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such file"):
        read_document(tmp_path / "gone.pdf")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(DataError, match="is not a file"):
        read_document(tmp_path / "folder.txt")


def test_too_large_or_too_long(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as stream:
        stream.truncate(text_reading.MOST_BYTES + 2**20)
    with pytest.raises(LimitError, match=r"long\.txt: is 21\.0 MiB, and documents are read up to 20 MiB"):
        read_document(path)
    for name in ("long.txt", "long.html"):
        with pytest.raises(LimitError, match=f"{name}: holds more than 2,000,000 characters"):
            read_document_bytes(b"<p>" + b"words of a long text " * 100_000, name)


# The worker


@pytest.mark.parametrize(("limit", "value", "what"), [("PATIENCE", 0.001, "time"), ("MOST_MEMORY", 64, "memory")])
def test_reading_is_stopped_by_limits_of_time_and_memory(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: float, what: str
) -> None:
    monkeypatch.setattr(text_reading, limit, value)
    content = page("<p>A <b>word</b> or two.</p>" * 100_000)
    with pytest.raises(LimitError, match=rf"page\.html: reading it as HTML was stopped: the {what} limit"):
        read_document_bytes(content, "page.html")


@pytest.mark.parametrize(
    ("content", "name"),
    [(PAGE.encode(), "a.html"), (pdf(["Words of a report."]), "a.pdf"), (word("Words"), "a.docx")],
    ids=["HTML", "PDF", "DOCX"],
)
def test_without_workers_the_text_is_the_same(monkeypatch: pytest.MonkeyPatch, content: bytes, name: str) -> None:
    apart = read_document_bytes(content, name)
    monkeypatch.setattr(text_reading, "can_fork", lambda: False)
    assert read_document_bytes(content, name) == apart
