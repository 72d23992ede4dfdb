"""Names as people write them: the form to show, the form to compare, and the marks that stand for no value.

docs/importing.md documents both forms; every importer compares names by them.
"""

from __future__ import annotations

import html
import re
import unicodedata

# Unicode's Default_Ignorable_Code_Point, the annotation marks, the blank of Braille and control characters. Three of
# them shape letters or pictures that are seen (U+200C, U+200D, U+FE00-FE0F): they are kept to show, and not to compare.
_SHAPING = "\u200c\u200d\ufe00-\ufe0f"
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_INVISIBLE, _NOT_COMPARED = re.compile(f"[{_UNSEEN}]"), re.compile(f"[{_UNSEEN}{_SHAPING}]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_UNESCAPES = 3  # &amp;amp;amp;
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02b9\u02bc\u02bb\u00b4`\uff07", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u301d\u301e\u301f\uff02", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | {"\u2026": "..."}
)
_MARKS = """
na n/a n.a. #n/a #na <na> n/d n.d. s/d s.d. k.a. k/a nan none null nil (null) (none) (blank) - -- --- ? ?? ??? . .. ...
"""
_NOTHING = frozenset(_MARKS.split())
_WHOLE = re.compile(r"([+-]?\d{1,300})(?:\.(?:0{1,2}|0{4,}))?", re.ASCII)  # 1.000 may be a thousand


def visible(text: str) -> str:
    """Return `text` without characters that nobody sees."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def unescaped(text: str) -> str:
    """Return `text` with its HTML entities read, those that were escaped twice too."""
    for _ in range(_MOST_UNESCAPES):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), visible(text))
    return text


def shown(name: str) -> str:
    """Return a name as it is shown: NFC, HTML entities read, invisible characters left out, single blanks."""
    name = unescaped(name)
    name = unicodedata.normalize("NFC", " ".join(visible(name).split()))
    return name if _NOT_COMPARED.sub("", name).strip() else ""


def compared(name: str) -> str:
    """Return the form by which names are compared where case tells them apart: as shown, typography made plain."""
    return " ".join(_NOT_COMPARED.sub("", shown(name)).translate(_TYPOGRAPHY).split())


def key_of(name: str) -> str:
    """Return what all spellings of one name share: the compared form, without difference of case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", compared(name)).casefold())


def stands_for_nothing(cell: str) -> bool:
    """Whether a cell is a mark for a missing value, such as ``NA``, ``n/a``, ``-``, ``?`` or ``k. A.``."""
    return len(cell) < 8 and compared(cell).replace(" ", "").casefold() in _NOTHING  # noqa: PLR2004


def whole(text: str) -> str | None:
    """Return a whole number as it is written plainly, ``3`` for ``3.0`` and ``+3``; None where it is not one."""
    match = _WHOLE.fullmatch(text.strip())
    return str(int(match[1])) if match else None
