"""The main text of an HTML page, without menus, advertisements and comments.

trafilatura judges which paragraphs of a page are its main text; their words are read from the page itself, since
trafilatura leaves some out within a sentence (dates in `<time>`, the beginnings of some list items). To learn what it
takes, each piece of text is marked with a number before; a paragraph is taken whole if any of its numbers comes back.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from disputegraph.coding.document_text import TextRead, counted
from disputegraph.coding.html_metadata import page_metadata
from disputegraph.coding.text_decoding import decoded_page
from disputegraph.errors import DataError, LimitError

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|button|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|"
    "figure|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|main|menu|nav|ol|p|pre|search|section|summary|table|"
    "tbody|td|tfoot|th|thead|tr|ul"
)
_UNSEEN = re.compile(
    "applet|audio|canvas|datalist|embed|head|iframe|map|math|noembed|noframes|noscript|object|rp|rt|script|select|style|"
    "svg|template|textarea|title|video"
)
_BREAK = "\u2028"  # stands for `<br>`
_WHITE = re.compile("[ \t\n\r\f]+")  # what HTML collapses; a no-break space stays
_DIGITS = range(0x2800, 0x2900)  # the Braille patterns: symbols to every regular expression, and unchanged by cleaning
_MARK = re.compile("[\u2800-\u28ff]{3}")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2800-\u28ff]")


@dataclass(slots=True)
class _Block:
    """A paragraph, a heading, a list item, a cell: text between two borders of block elements."""

    preformatted: bool
    table: Any = None  # the innermost one around it
    parts: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # of the pieces

    def text(self) -> str:
        if self.preformatted:
            return "".join(self.parts).replace(_BREAK, "\n").strip("\n")
        joined = "".join("\n" if part == _BREAK else _WHITE.sub(" ", part) for part in self.parts)
        return re.sub(" *\n *", "\n", re.sub("  +", " ", joined)).strip(" \n")


def read_page(content: bytes, encoding: str | None = None) -> TextRead:
    """Return the main text of a page; its words are those of the page, whole paragraphs are there or not.

    Raises:
        DataError: the bytes are no text, or the page has no main text.
        LimitError: its elements nest too deeply.
    """
    import trafilatura

    text, notes = decoded_page(content, encoding)
    root = _parsed(text)
    metadata, doubts = page_metadata(root)
    blocks, pieces = _blocks(root)
    for number, (element, place) in enumerate(pieces):
        _mark(element, place, number)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds no text in is said by the error below
    found: Any = trafilatura.bare_extraction(
        root,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        include_formatting=False,
        deduplicate=False,
        target_language=None,
        with_metadata=False,
    )
    texts = [] if found is None else [text for text in found.body.itertext() if text.strip()]
    kept_pieces = set(_numbers("".join(texts)))
    kept = [block for block in blocks if not kept_pieces.isdisjoint(block.numbers)]
    if not kept and texts:
        notes.append("The page itself shows no text; it was taken from the data for search engines that it carries.")
        paragraphs = [text.strip() for text in texts]
    elif not kept:
        raise DataError(
            f"no main text was found among {counted(len(blocks), 'paragraph')} of the page. If it is loaded by a "
            "script, save the page from the browser, or copy its text into a .txt file."
        )
    else:
        paragraphs = [block.text() for block in kept]
        notes += _left_out(blocks, kept, root)
    return TextRead(text="\n\n".join(paragraphs), notes=(*notes, *doubts), **metadata)


def _parsed(text: str) -> Any:
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    if not text.strip("\ufeff \t\n\r\f"):
        raise DataError("holds no text.")
    root = document_fromstring(text.removeprefix("\ufeff").encode("utf-8", "replace"), parser=parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise LimitError("its elements nest too deeply or hold too much to be an honest page; save its text as .txt.")
    return root


def _blocks(root: Any) -> tuple[list[_Block], list[tuple[Any, str]]]:
    """Return the blocks of a page that hold text, and the places of its pieces of text by number."""
    from lxml.etree import iterwalk

    reader = _BlockReader()
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            reader.leave(element)
        elif _UNSEEN.fullmatch(element.tag):
            walk.skip_subtree()
        else:
            reader.enter(element)
    return [block for block in reader.blocks if block.numbers], reader.pieces


class _BlockReader:
    """Collects the text between the borders of block elements, in the order of the page."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.pieces: list[tuple[Any, str]] = []
        self._tables: list[Any] = []
        self._preformatted = 0
        self._begin()

    def enter(self, element: Any) -> None:
        if element.tag == "table":
            self._tables.append(element)
        self._preformatted += element.tag == "pre"
        self._border(element.tag)
        if element.tag == "br":
            before = [part for part in self.blocks[-1].parts[-2:] if part == _BREAK or not part.isspace()]
            if before[-1:] == [_BREAK] and not self._preformatted:
                self._begin()  # two of them part paragraphs on old pages
            else:
                self.blocks[-1].parts.append(_BREAK)
        self._add(element, "text")

    def leave(self, element: Any) -> None:
        if element.tag == "table":
            self._tables.pop()
        self._preformatted -= element.tag == "pre"
        self._border(element.tag)
        self._add(element, "tail")

    def _border(self, tag: str) -> None:
        if _BLOCK.fullmatch(tag):
            self._begin()

    def _begin(self) -> None:
        if self.blocks and not self.blocks[-1].numbers:
            self.blocks.pop()  # it stayed without text
        self.blocks.append(_Block(self._preformatted > 0, self._tables[-1] if self._tables else None))

    def _add(self, element: Any, place: str) -> None:
        if text := getattr(element, place):
            self.blocks[-1].parts.append(text)
            if not text.isspace():
                self.blocks[-1].numbers.append(len(self.pieces))
                self.pieces.append((element, place))


def _mark(element: Any, place: str, number: int) -> None:
    """Put a number before a piece of text, as three digits to the base 256."""
    text = _NO_XML.sub("·", getattr(element, place))
    start = len(text) - len(text.lstrip())
    digits = "".join(chr(_DIGITS[number >> shift & 255]) for shift in (16, 8, 0))
    setattr(element, place, text[:start] + digits + text[start:])


def _numbers(text: str) -> Iterator[int]:
    for mark in _MARK.findall(text):
        first, second, third = (ord(char) - _DIGITS[0] for char in mark)
        yield first << 16 | second << 8 | third


def _left_out(blocks: list[_Block], kept: list[_Block], root: Any) -> Iterator[str]:
    present = {id(block) for block in kept}
    left = [block for block in blocks if id(block) not in present]
    if left:
        total = counted(len(blocks), "paragraph")
        yield f"Left out: {len(left):,} of {total} of the page (menus, captions, comments and the like)."
    tables = {id(block.table) for block in blocks if block.table is not None}
    if lost := tables & {id(block.table) for block in left}:
        yield f"Left out, wholly or in part: {len(lost):,} of {counted(len(tables), 'table')} of the page."
    if formulas := sum(1 for _ in root.iter("math")):
        yield f"Left out: {counted(formulas, 'formula')} of the page."
