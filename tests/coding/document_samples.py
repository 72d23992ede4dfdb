"""Documents of our own in each format, made anew by each test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import parse_xml

from disputegraph.coding.text_reading import TextRead

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


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()
