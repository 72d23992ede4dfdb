"""The main text of an HTML page, without menus, advertisements and comments.

trafilatura judges which parts of a page are its main text; the words are read from the page itself, since trafilatura
leaves some out within a sentence (dates in `<time>`, for instance). To learn which parts it takes, each piece of text is
marked with a number in characters that no page uses, and those that come back are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from disputegraph.coding.document_text import TextRead, counted
from disputegraph.coding.html_metadata import page_metadata
from disputegraph.coding.text_decoding import decoded_page
from disputegraph.errors import DataError, LimitError

__all__ = ["read_page"]

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_UNSEEN = frozenset(
    "applet audio canvas datalist embed head iframe map math noembed noframes noscript object rp rt script select style svg "
    "template textarea title video".split()
)
_WHITE = re.compile("[ \t\n\r\f]+")  # what HTML collapses; a no-break space stays
_DIGITS = range(0x2800, 0x2900)  # the Braille patterns: symbols to every regular expression, and unchanged by cleaning
_MARKS = re.compile("[\u2800-\u28ff]+")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2800-\u28ff]")


@dataclass(slots=True)
class _Block:
    """A paragraph, a heading, a list item, a cell: text between two borders of block elements."""

    preformatted: bool
    table: Any = None  # the innermost one around it
    parts: list[str] = field(default_factory=list)
    numbers: list[tuple[int, int]] = field(default_factory=list)  # of the pieces, with their lengths

    def text(self) -> str:
        if self.preformatted:
            return "".join(self.parts).strip("\n")
        joined = "".join(part if part == "\n" else _WHITE.sub(" ", part) for part in self.parts)
        return re.sub(" *\n *", "\n", re.sub("  +", " ", joined)).strip(" \n")

    def is_among(self, kept: set[int]) -> bool:
        """Whether most of its letters are in pieces that were kept."""
        return 2 * sum(size for number, size in self.numbers if number in kept) >= sum(size for _, size in self.numbers)


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
    found = trafilatura.bare_extraction(
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
    kept = [block for block in blocks if block.is_among(kept_pieces)]
    if not kept and texts:
        notes.append("The page itself shows no text; it was taken from the data for search engines that it carries.")
        paragraphs = [_MARKS.sub("", text).strip() for text in texts]
    elif not kept:
        raise DataError(
            f"no main text was found among {counted(len(blocks), 'paragraph')} of the page. If it is loaded by a script, "
            "save the page from the browser, or copy its text into a .txt file."
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

    blocks = [_Block(preformatted=False)]
    pieces: list[tuple[Any, str]] = []
    tables: list[Any] = []
    preformatted = 0

    def begin() -> None:
        if blocks[-1].numbers:
            blocks.append(_Block(preformatted=False))
        blocks[-1] = _Block(preformatted=preformatted > 0, table=tables[-1] if tables else None)

    def add(element: Any, place: str, text: str | None) -> None:
        if text:
            blocks[-1].parts.append(text)
            if size := len("".join(text.split())):
                blocks[-1].numbers.append((len(pieces), size))
                pieces.append((element, place))

    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        step = 1 if event == "start" else -1
        if tag == "table":
            tables.append(element) if step == 1 else tables.pop()
        preformatted += step * (tag == "pre")
        if tag in _BLOCKS:
            begin()
        if event == "end":
            add(element, "tail", element.tail)
        elif tag in _UNSEEN:
            walk.skip_subtree()
        elif tag == "br":
            if "".join(blocks[-1].parts[-2:]).strip(" \t\r\f")[-1:] == "\n" and not preformatted:
                begin()  # two of them part paragraphs on old pages
            else:
                blocks[-1].parts.append("\n")
        else:
            add(element, "text", element.text)
    return [block for block in blocks if block.numbers], pieces


def _mark(element: Any, place: str, number: int) -> None:
    """Put a number before a piece of text, as three digits to the base 256."""
    text = _NO_XML.sub("·", getattr(element, place))
    start = len(text) - len(text.lstrip())
    digits = "".join(chr(_DIGITS[number >> shift & 255]) for shift in (16, 8, 0))
    setattr(element, place, text[:start] + digits + text[start:])


def _numbers(text: str) -> Iterator[int]:
    for run in _MARKS.findall(text):
        digits = [ord(char) - _DIGITS[0] for char in run]
        for first, second, third in zip(digits[::3], digits[1::3], digits[2::3], strict=True):
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
