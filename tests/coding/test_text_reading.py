"""Documents read as plain text: every format, and files that lie, are broken or mean harm."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfWriter

from disputegraph.coding import text_reading
from disputegraph.coding.text_reading import TextRead, read_document, read_document_bytes
from disputegraph.errors import DataError, DisputeGraphError, LimitError, UsageError
from disputegraph.evidence import normalise

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOX = "[0 0 612 792]"
FONT = "<< /Font << /F1 3 0 R >> >>"
LONG = "The harbour board put off its vote for the third time, and nobody in the hall was surprised by that at all."
PAGE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Quay votes | The Daily Tide</title>
<meta property="og:site_name" content="The Daily Tide">
<meta property="article:published_time" content="2021-03-12T23:30:00-02:00">
<link rel="canonical" href="https://tide.example/quay">
<style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li></ul></nav>
<main><article><h1>Council votes on the quay</h1>
<p>On <time datetime="2021-03-12">12 March</time> the council voted,  by nine to four, to widen
the <b>har</b>bour basin, after a debate past midnight.</p>
<p>Mayor Ingrid Falk said that the plan brings work.<br>She called it overdue.<script>track()</script> So be it.</p>
<blockquote><p>{LONG}</p></blockquote>
<ul><li><p>The basin gets deeper, as the file <code>plan.pdf</code> shows.</p></li><li><p>Boats move.</p></li></ul>
<table><tr><th>Ward</th><th>Votes</th></tr><tr><td>North</td><td>1,204</td></tr></table>
<p>Opponents led by Jon Berg announced a complaint to the county governor within three weeks.</p></article>
<section id="comments" class="comments"><h2>Comments</h2><p>What a shame, the worst plan ever.</p></section></main>
<footer><p>All rights with The Daily Tide</p></footer></body></html>
"""


def pdf(pages: Sequence[str], *, info: str = "", catalog: str = "") -> bytes:
    """Return a PDF with one page for each text; an empty text gives an empty page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n") if line)
        drawing = f"BT /F1 12 Tf 72 720 Td {shown}ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox {BOX} /Contents {5 + 2 * number} 0 R /Resources {FONT} >>",
            f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
        ]
    objects.append(f"<< {info} >>")
    body, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{held}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R "
    return body + f"{end}/Info {len(objects)} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def word(*blocks: str, **properties: str) -> bytes:
    """Return a DOCX of paragraphs; a block that is XML goes into the body as it is."""
    document = docx.Document()
    for name in ("title", "language"):
        setattr(document.core_properties, name, properties.get(name, ""))
    for block in blocks:
        if block.startswith("<"):
            document.element.body.insert(len(document.element.body) - 1, parse_xml(block))
        else:
            document.add_paragraph(block)
    return saved(document)


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return an archive with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return stream.getvalue()


def bare(text: str, *notes: str) -> TextRead:
    return TextRead(text=text, title=None, date=None, publisher=None, url=None, language=None, notes=notes)


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
        (b"Words alone", "report.pdf", "is no readable PDF"),
        (b"Words alone", "report.docx", "is no DOCX"),
        (b"", "report.pdf", "is no readable PDF"),
        (b"", "report.docx", "is no DOCX"),
        (b"", "report.html", "holds no text"),
        (b"\0\1\2", "report.html", "is no text"),
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


# HTML


def test_a_page_gives_its_main_text_in_whole_paragraphs() -> None:
    read = read_document_bytes(PAGE.encode(), "page.html")
    assert read.text.split("\n\n") == [
        "Council votes on the quay",
        "On 12 March the council voted, by nine to four, to widen the harbour basin, after a debate past midnight.",
        "Mayor Ingrid Falk said that the plan brings work.\nShe called it overdue. So be it.",
        LONG,
        "The basin gets deeper, as the file plan.pdf shows.",
        "Boats move.",
        "Ward",
        "Votes",
        "North",
        "1,204",
        "Opponents led by Jon Berg announced a complaint to the county governor within three weeks.",
    ]
    assert read.title == "Quay votes | The Daily Tide"
    assert (read.date, read.publisher, read.language) == ("2021-03-12", "The Daily Tide", "en-GB")
    assert read.url == "https://tide.example/quay"
    assert read.notes == ("Left out: 5 of 16 paragraphs of the page (menus, captions, comments and the like).",)


def test_a_page_reads_the_same_each_time() -> None:
    assert len({read_document_bytes(PAGE.encode(), "page.html") for _ in range(3)}) == 1


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def test_tables_and_formulas_that_are_left_out_are_said() -> None:
    menu = "".join(
        f'<tr><td><a href="/{n}">A link to some other page of this site, number {n}</a></td></tr>' for n in range(9)
    )
    content = page(f"<p>{LONG}</p><p>Let <math><mi>x</mi></math> be. {LONG} {LONG}</p><nav><table>{menu}</table></nav>")
    read = read_document_bytes(content, "page.html")
    assert read.text == f"{LONG}\n\nLet be. {LONG} {LONG}"
    assert read.notes == (
        "Left out: 9 of 11 paragraphs of the page (menus, captions, comments and the like).",
        "Left out, wholly or in part: 1 of 1 table of the page.",
        "Left out: 1 formula of the page.",
    )


def test_breaks_and_preformatted_text() -> None:
    body = (
        f"<div>{LONG}<br>next line<br>\n<br>next paragraph\n<br> last </div><pre>  a\n\n  b</pre><p>{LONG}&nbsp;End</p>"
    )
    text = read_document_bytes(page(body), "page.html").text
    assert text.startswith(f"{LONG}\nnext line\n\nnext paragraph\nlast\n\n")
    assert text.endswith(f"{LONG}\u00a0End")


def test_signs_that_mark_the_pieces_of_a_page_stay_in_its_text() -> None:
    assert read_document_bytes(page(f"<p>{LONG} \u2801\u28ff</p><p>{LONG}</p>"), "p.html").text.startswith(
        f"{LONG} \u2801\u28ff"
    )


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(
        DataError, match="no main text was found among 0 paragraphs of the page. If it is loaded by a script"
    ):
        read_document_bytes(b"<html><body><div id=app></div><script>run()</script></body></html>", "app.html")


def test_text_that_is_only_in_data_for_search_engines_is_taken_with_a_word() -> None:
    text = f"{LONG} \u2801\u2802 {LONG}"
    data = json.dumps({"@type": "NewsArticle", "articleBody": text, "datePublished": "2020-01-02"})
    read = read_document_bytes(
        page("<div id=app></div>", f'<script type="application/ld+json">{data}</script>'), "app.html"
    )
    assert (read.text, read.date) == (text, "2020-01-02")
    assert read.notes == (
        "The page itself shows no text; it was taken from the data for search engines that it carries.",
    )


@pytest.mark.parametrize(
    ("head", "date", "notes"),
    [
        ('<meta name="DC.date" content="2019/05/04">', "2019-05-04", ()),
        ('<meta name="citation_date" content="20190504">', "2019-05-04", ()),
        ('<meta name="date" content="2019-05">', None, ()),
        ('<meta name="date" content="2019-02-30">', None, ()),
        ('<meta name="date" content="4 May 2019">', None, ()),
        ('<meta property="article:modified_time" content="2019-05-04">', None, ()),
        (
            '<meta name="date" content="2019-05-04"><meta property="article:published_time" content="2019-05-03">',
            "2019-05-03",
            ("The page names 2 days of publication (2019-05-03, 2019-05-04); the first was taken.",),
        ),
        (
            '<script type="application/ld+json">{"@graph": [1, {"datePublished": "2019-05-04"}]}</script>',
            "2019-05-04",
            (),
        ),
        ('<script type="application/ld+json">{"datePublished": </script>', None, ()),
    ],
)
def test_a_day_of_publication_is_what_the_page_says(head: str, date: str | None, notes: tuple[str, ...]) -> None:
    read = read_document_bytes(page(f"<p>{LONG}</p><p>On 7 June 2018 it rained. {LONG}</p>", head), "page.html")
    assert (read.date, read.notes) == (date, notes)


def test_data_that_nest_to_death_say_nothing() -> None:
    head = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    assert read_document_bytes(page(f"<p>{LONG}</p><p>{LONG}</p>", head), "page.html").date is None


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta property="og:title" content=" A  title "><title>Window</title>', "title", "A title"),
        ("<title>Window</title>", "title", "Window"),
        ("", "title", None),
        ('<script type="application/ld+json">{"publisher": {"name": "Tide"}}</script>', "publisher", "Tide"),
        ("", "publisher", None),
        ('<link rel="canonical" href="/relative">', "url", None),
        ('<link rel="canonical" href="javascript:run()">', "url", None),
        ('<meta property="og:url" content="https://tide.example/1">', "url", "https://tide.example/1"),
        ('<meta http-equiv="content-language" content="de">', "language", "de"),
        ('<meta http-equiv="content-language" content="de, en">', "language", None),
    ],
)
def test_a_page_says_of_itself(head: str, field: str, value: str | None) -> None:
    assert getattr(read_document_bytes(page(f"<p>{LONG}</p><p>{LONG}</p>", head), "page.html"), field) == value


@pytest.mark.parametrize(
    ("head", "encoding", "note"),
    [
        ('<meta charset="iso-8859-1">', "windows-1252", None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r", None),
        ("", "utf-8", None),
        ("", "utf-16", None),
        ("", "windows-1252", "The page does not say its encoding; it was read as windows-1252."),
        (
            '<meta charset="unicode_escape">',
            "windows-1252",
            "The page does not say its encoding; it was read as windows-1252.",
        ),
    ],
)
def test_the_encoding_of_a_page(head: str, encoding: str, note: str | None) -> None:
    word = "Это" if encoding == "koi8-r" else "“Größe”"
    content = page(f"<p>{word} {LONG}</p><p>{LONG}</p>", head).decode().encode(encoding)
    read = read_document_bytes(content, "page.html")
    assert read.text.startswith(f"{word} {LONG}")
    assert read.notes == ((note,) if note else ())


def test_bytes_that_are_not_of_the_encoding_that_a_page_says_are_counted() -> None:
    content = page(f"<p>Gr\u00f6\u00dfe {LONG}</p><p>{LONG}</p>", "<meta charset=utf-8>").decode().encode("latin-1")
    read = read_document_bytes(content, "page.html")
    assert read.text.startswith("Gr\ufffd\ufffde")
    assert read.notes == (
        "2 byte sequences of the page are not utf-8 and stand as �.",
        "Not known: the letters of 2 signs (� or private use).",
    )


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote"])
def test_a_page_that_nests_to_death(tag: str) -> None:
    with pytest.raises(LimitError, match="nest too deeply"):
        read_document_bytes(page(f"<{tag}>" * 100_000 + LONG), "deep.html")


def test_entities_of_a_page_fetch_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    content = head.encode() + page(f"<p>{LONG}</p><p>{LONG} &x;</p>")
    assert "secret" not in read_document_bytes(content, "page.xhtml").text


# PDF


def test_a_pdf_gives_its_pages_with_lines_as_they_are() -> None:
    content = pdf(
        ["The board met on a Mon-\nday in March.", "", "It rose at noon."],
        info="/Title (Minutes  of the board) /CreationDate (D:20210312)",
        catalog="/Lang (en-GB)",
    )
    read = read_document_bytes(content, "minutes.pdf")
    assert read.text == "The board met on a Mon-\nday in March.\n\nIt rose at noon."
    assert (read.title, read.language, read.date) == ("Minutes of the board", "en-GB", None)
    assert read.notes == ("Without text (pictures, scans or blank): 1 of 3 pages.",)


def test_a_scan_asks_for_ocr() -> None:
    with pytest.raises(
        DataError, match=r"scan\.pdf: holds no text on its 2 pages, as a scan does not. Run OCR over it"
    ):
        read_document_bytes(pdf(["", ""]), "scan.pdf")


@pytest.mark.parametrize(("password", "is_read"), [("secret", False), ("", True)])
def test_an_encrypted_pdf_says_so_unless_its_password_is_for_changes_alone(password: str, is_read: bool) -> None:
    writer = PdfWriter(io.BytesIO(pdf(["Words of a report."])))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    if is_read:
        assert read_document_bytes(stream.getvalue(), "locked.pdf").text == "Words of a report."
    else:
        with pytest.raises(DataError, match="is encrypted. Open it and save or print it to a PDF without a password"):
            read_document_bytes(stream.getvalue(), "locked.pdf")


def test_a_pdf_with_faults_is_read_with_a_word() -> None:
    content = pdf(["Words of a report."]).replace(b"startxref\n", b"startxref\n1")
    read = read_document_bytes(content, "report.pdf")
    assert read.text == "Words of a report."
    assert len(read.notes) == 1
    assert "that did not stop its reading; the first: " in read.notes[0]


def test_a_pdf_that_was_cut_off() -> None:
    with pytest.raises(DataError, match=r"cut\.pdf: .*PDF"):
        read_document_bytes(pdf(["Words of a report."])[:40], "cut.pdf")


def test_comments_in_a_pdf_are_counted() -> None:
    content = pdf(["Words of a report."])
    note = b"/Annots [<< /Subtype /Text /Contents (No!) >> << /Subtype /Link >>] /MediaBox"
    read = read_document_bytes(content.replace(b"/MediaBox", note), "report.pdf")
    assert read.text == "Words of a report."
    assert "Left out: 1 annotation on pages (comments, form fields)." in read.notes


def test_signs_that_are_no_letters_are_refused() -> None:
    with pytest.raises(DataError, match="signs whose letters are not known"):
        read_document_bytes(pdf(["\\001\\002\\003\\004\\005 a"]), "report.pdf")


def test_a_pdf_whose_pages_unpack_to_far_too_much_is_stopped() -> None:
    import zlib

    bomb = zlib.compress(b"0 0 m\n" * 14_000_000, 9)
    content = pdf(["x"]).decode("latin-1")
    start = content.index("<< /Length", content.index("/Contents"))
    stop = content.index("endstream", start)
    packed = f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n{bomb.decode('latin-1')}\n"
    with pytest.raises(
        DisputeGraphError, match=r"bomb\.pdf: none of its 1 page can be read; the first: LimitReachedError"
    ):
        read_document_bytes((content[:start] + packed + content[stop:]).encode("latin-1"), "bomb.pdf")


def test_pages_of_a_pdf_are_bounded() -> None:
    with pytest.raises(LimitError, match="has 2,001 pages, and PDFs are read up to 2,000"):
        read_document_bytes(pdf(["a"] * 2001), "long.pdf")


def test_pages_that_are_their_own_parents_end() -> None:
    content = pdf(["Words of a report."]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(DisputeGraphError):
        read_document_bytes(content, "loop.pdf")


# DOCX


def test_a_docx_gives_paragraphs_lists_and_cells_in_order() -> None:
    document = docx.Document()
    document.core_properties.title = "Minutes"
    document.core_properties.language = "en-GB"
    document.add_heading("The board", 1)
    document.add_paragraph("It met\ton a Monday.")
    document.add_paragraph("First point", style="List Number")
    document.add_paragraph("Second point", style="List Bullet 2")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    table.rows[0].cells[0].merge(table.rows[0].cells[1])
    document.add_paragraph("It rose.").add_run().add_break()
    document.sections[0].header.paragraphs[0].text = "Running title"
    read = read_document_bytes(saved(document), "minutes.docx")
    assert read.text.split("\n\n") == [
        "The board",
        "It met\ton a Monday.",
        "First point",
        "Second point",
        "cell 0",
        "cell 1",
        "cell 2",
        "cell 3",
        "It rose.",
    ]
    assert (read.title, read.language, read.date) == ("Minutes", "en-GB", None)
    assert read.notes == (
        "Left out: the numbers or bullets of 2 list items, which Word makes itself; headers and footers of pages.",
    )


def test_what_stands_in_controls_text_boxes_and_tracked_changes() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    gone = "<w:r><w:delText> ever</w:delText></w:r>"
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='wps'><w:txbxContent><w:p>{run.format('In the box')}</w:p></w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent><w:p>{run.format('In the box')}</w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    content = word(
        f"<w:sdt {W}><w:sdtContent><w:p>{run.format('In a control')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p {W}>{run.format('The vote was')}<w:ins>{run.format(' not')}</w:ins><w:del>{gone}</w:del>"
        f"<w:r><w:t xml:space='preserve'> </w:t></w:r>{run.format('free.')}{note}{note}</w:p>",
        f"<w:p {W}><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r>{box}"
        f"<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Shown</w:t></w:r></w:p>",
    )
    read = read_document_bytes(content, "letter.docx")
    assert read.text.split("\n\n") == ["In a control", "The vote was not free.", "Shown", "In the box"]
    assert read.notes == (
        "Left out: 1 tracked deletion; 2 footnotes; 1 hidden passage.",
        "Read as text: 1 tracked insertion.",
    )


def test_a_docx_without_core_properties_has_no_title() -> None:
    content = word("Words of a report.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("_rels/.rels").decode()
    kept = relations.replace("metadata/core-properties", "metadata/other")
    assert read_document_bytes(with_part(content, "_rels/.rels", kept.encode()), "report.docx").title is None


def test_another_zip_archive_or_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", b"words")
    with pytest.raises(DataError, match="is a ZIP archive and no Word document"):
        read_document_bytes(stream.getvalue(), "report.docx")
    content = word("Words")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").replace(
            b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
        )
    with pytest.raises(DataError, match="is no Word document that can be read: a workbook"):
        read_document_bytes(with_part(content, "[Content_Types].xml", types), "report.docx")


def test_a_zip_bomb_is_not_unpacked() -> None:
    content = with_part(word("Words"), "word/media/image1.png", b"\0" * 60_000_000)
    with pytest.raises(LimitError, match=r"bomb\.docx: would unpack from [\d,]+ to 60,[\d,]+ bytes"):
        read_document_bytes(content, "bomb.docx")


@pytest.mark.parametrize("system", ['SYSTEM "file:///etc/hostname"', '"ha"'])
def test_entities_in_a_docx_are_refused(system: str) -> None:
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>Words &x;</w:t></w:r></w:p></w:body></w:document>"
    part = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x {system}>]>{body}'
    with pytest.raises(DataError, match="defines entities"):
        read_document_bytes(with_part(word("Words"), "word/document.xml", part.encode()), "letter.docx")


def test_a_docx_that_is_broken_within() -> None:
    content = with_part(word("Words"), "word/document.xml", b"<w:document")
    with pytest.raises(DataError, match=r"letter\.docx: cannot be read as DOCX: XMLSyntaxError"):
        read_document_bytes(content, "letter.docx")


# The worker


# With so little memory it may die before it can say so.
WHY_STOPPED = r"page\.html: reading it as HTML was stopped: (the (time|memory) limit|the engine died)"


@pytest.mark.parametrize(("limit", "value"), [("PATIENCE", 0.001), ("MOST_MEMORY", 4)])
def test_reading_is_stopped_by_limits_of_time_and_memory(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    monkeypatch.setattr(text_reading, limit, value)
    content = page("<p>A <b>word</b> or two.</p>" * 100_000)
    with pytest.raises(LimitError, match=WHY_STOPPED):
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
