"""The text of a DOCX: paragraphs, list items, table cells and text boxes, in the order in which they stand.

python-docx opens the archive; the body is walked here, since its own lists of paragraphs pass over content controls,
tracked insertions and text boxes without a word. Tracked changes are read as if they had been accepted.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

from disputegraph.archives import bomb_told
from disputegraph.coding.document_text import TextRead, check_length, counted, language_tag
from disputegraph.errors import DataError, LimitError

MOST_UNPACKED = 256 * 2**20
MOST_RATIO = 250  # honest documents pack to about a tenth; a bomb to a thousandth
MOST_ENTRIES = 5_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again for old programs
_SIGNS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_UNSEEN = {_W + name for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "rt")} | {
    _FALLBACK
}
# What is left out with all that is in it, and what notes call it.
_LEFT_OUT = {
    _W + "del": "tracked deletion",
    _W + "moveFrom": "tracked deletion",
    _W + "footnoteReference": "footnote",
    _W + "endnoteReference": "endnote",
    _W + "commentReference": "comment",
    _W + "sym": "symbol-font sign",
    _W + "altChunk": "embedded document",
    _M + "oMath": "formula",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "picture",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "diagram",
    "{urn:schemas-microsoft-com:vml}imagedata": "picture",
    "hidden": "hidden passage",
}
_OFF = {"0", "false", "off"}


def read_word(content: bytes) -> TextRead:
    """Return the text of a DOCX, its paragraphs apart by blank lines.

    Raises:
        DataError: it is no DOCX, or is encrypted.
        LimitError: it would unpack to too much.
    """
    _check_archive(content)
    import docx

    try:
        document = docx.Document(io.BytesIO(content))
    except (KeyError, ValueError):  # no part, or another kind of part, where the document should be
        raise DataError(
            "is no Word document that can be read: a workbook or a presentation, perhaps, or a document with macros or "
            "in 'Strict Open XML'. Save it as 'Word document (.docx)'."
        ) from None
    if document.element.getroottree().docinfo.doctype:
        raise DataError("defines entities, as no Word document does. Save it as .docx again with a word processor.")
    body = document.element.body
    paragraphs, counts = _paragraphs(body, _numbered_styles(document))
    left = [counted(counts[kind], kind) for kind in dict.fromkeys(_LEFT_OUT.values()) if counts[kind]]
    if counts["numbered"]:
        left.append(f"the numbers or bullets of {counted(counts['numbered'], 'list item')}, which Word makes itself")
    if _has_running_titles(document):
        left.append("headers and footers of pages")
    notes = [f"Left out: {'; '.join(left)}."] if left else []
    if counts["inserted"]:
        notes.append(f"Read as text: {counted(counts['inserted'], 'tracked insertion')}.")
    title, language = _said(document)
    # The file knows when it was made, which is not when it was published.
    return TextRead(text="\n\n".join(paragraphs), title=title, language=language, notes=tuple(notes))


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise DataError(f"is no DOCX: {error}. Was the download cut off?") from None
    bomb = bomb_told(entries, len(content), most=MOST_UNPACKED, ratio=MOST_RATIO, parts=MOST_ENTRIES)
    if bomb:
        raise LimitError(f"{bomb} Save its text as .txt if it is honest.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise DataError("is encrypted; save it without a password.")
    if "[Content_Types].xml" not in archive.namelist():
        raise DataError("is a ZIP archive and no Word document. Save it as .docx or .txt.")


def _paragraphs(body: Any, numbered: set[str]) -> tuple[list[str], Counter[str]]:
    """Return the text of each paragraph that has any, and counts of what was met besides."""
    from lxml.etree import iterwalk

    found: list[list[str]] = []
    open_: list[list[str]] = []  # a text box has paragraphs within a paragraph
    counts: Counter[str] = Counter()
    length = 0
    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            if tag == _W + "p":
                open_.pop()
            continue
        if tag in _UNSEEN or _is_hidden(element):
            counts[_LEFT_OUT["hidden"]] += tag == _W + "r"
            walk.skip_subtree()
        elif tag in _LEFT_OUT:
            counts[_LEFT_OUT[tag]] += 1
            walk.skip_subtree()
        elif tag == _W + "p":
            open_.append([])
            found.append(open_[-1])
            counts["numbered"] += _is_numbered(element, numbered)
        elif tag == _W + "t" or tag in _SIGNS:
            text = _SIGNS.get(tag) or element.text or ""
            length += len(text)
            check_length(length)
            if open_:
                open_[-1].append(text)
        else:
            counts["inserted"] += tag in {_W + "ins", _W + "moveTo"}
    texts = ("".join(parts).strip() for parts in found)
    return [text for text in texts if text], counts


def _is_hidden(element: Any) -> bool:
    mark = element.find(f"{_W}rPr/{_W}vanish") if element.tag == _W + "r" else None
    return mark is not None and mark.get(_W + "val") not in _OFF


def _is_numbered(paragraph: Any, styles: set[str]) -> bool:
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    if number is not None:
        return bool(number.get(_W + "val") != "0")  # 0 takes away what the style says
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(_W + "val") in styles


def _numbered_styles(document: Any) -> set[str]:
    """Return the identifiers of the styles whose paragraphs are numbered or have bullets."""
    styles = {style.get(_W + "styleId"): style for style in document.styles.element.iterchildren(_W + "style")}
    numbered = {name for name, style in styles.items() if style.find(f"{_W}pPr/{_W}numPr") is not None}
    while True:  # a style has what the one that it is based on has
        bases = {name: style.find(_W + "basedOn") for name, style in styles.items() if name not in numbered}
        further = {name for name, base in bases.items() if base is not None and base.get(_W + "val") in numbered}
        if not further:
            return numbered
        numbered |= further


def _has_running_titles(document: Any) -> bool:
    parts = [
        relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external
    ]
    return any((text.text or "").strip() for part in parts for text in part.element.iter(_W + "t"))


def _said(document: Any) -> tuple[str | None, str | None]:
    """Return title and language of the core properties; python-docx makes some up where there are none."""
    if not any(relation.reltype.endswith("/core-properties") for relation in document.part.package.rels.values()):
        return None, None
    properties = document.core_properties
    return " ".join((properties.title or "").split()) or None, language_tag(properties.language)
