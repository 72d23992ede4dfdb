"""Documents of Word are read with all that they say."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from disputegraph.coding.text_reading import read_document_bytes
from disputegraph.errors import DataError, LimitError
from tests.coding.document_samples import W, saved, with_part, word

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
