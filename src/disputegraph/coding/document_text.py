"""The text of a document as it is read, and what a text must be to be one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from disputegraph.errors import DataError, LimitError
from disputegraph.evidence import normalise

MOST_CODE_POINTS = 2_000_000
_MOST_UNKNOWN = 0.3  # of the letters; where fonts do not tell their letters, nearly all are unknown
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRead:
    """The plain text of a document, with what its file says of itself.

    Attributes:
        text: the text in normal form (NFC, LF); paragraphs are apart by blank lines, save in plain text files, which
            stay as they are.
        title: the title.
        date: the day of publication, as ISO 8601 writes it. The day on which a file was made is not taken for it.
        publisher: who published it.
        url: its address.
        language: its language, as a tag of BCP 47.
        notes: what was left out or guessed, one sentence each, with counts.
    """

    text: str
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


def cleaned(read: TextRead) -> TextRead:
    """Return what was read from a page, a PDF or a DOCX with its text in normal form and without what is no character.

    Raises:
        DataError: there is no text, or most of it is not known.
        LimitError: the text is too long.
    """
    text, dropped = _CONTROL.subn("", _whole(read.text))
    text = normalise(text)
    if not text.strip():
        raise DataError("holds no text.")
    check_length(len(text))
    unknown = sum(char == "\ufffd" or unicodedata.category(char) == "Co" for char in text)
    if unknown + dropped > _MOST_UNKNOWN * len("".join(text.split())):
        raise DataError(
            "holds signs whose letters are not known, as where a font does not tell them. Run OCR over it, or save its "
            "text as .txt."
        )
    notes = list(read.notes)
    if unknown:
        notes.append(f"Not known: the letters of {counted(unknown, 'sign')} (� or private use).")
    if dropped:
        notes.append(f"Left out: {counted(dropped, 'control character')}.")
    title, publisher, url = (
        value and normalise(_CONTROL.sub("", _whole(value))) for value in (read.title, read.publisher, read.url)
    )
    return replace(read, text=text, title=title, publisher=publisher, url=url, notes=tuple(notes))


def _whole(text: str) -> str:
    """Return a text with surrogate pairs joined; a half alone becomes U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def check_length(length: int) -> None:
    """Raise LimitError where a text has too many code points."""
    if length > MOST_CODE_POINTS:
        raise LimitError(f"holds more than {MOST_CODE_POINTS:,} characters of text; split the document.")


def counted(number: int, noun: str, plural: str = "s") -> str:
    """Return "1 page" or "3 pages"."""
    return f"{number:,} {noun}{'' if number == 1 else plural}"


def language_tag(said: str | None) -> str | None:
    """Return a language tag in the form of BCP 47, or None if it cannot be one."""
    tag = (said or "").strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None
