"""PDFs are read page by page, and end, whatever is in them."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter

from disputegraph.coding.text_reading import read_document_bytes
from disputegraph.errors import DataError, DisputeGraphError, LimitError
from tests.coding.document_samples import pdf

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
