"""Read a document as plain text for coding: plain text, HTML, PDF and DOCX.

Whoever wrote a page, a PDF or a DOCX may have meant harm: files that unpack to thousands of times their size, nest
without end or loop. They are therefore read by a worker with limits of time and memory, which cannot open a socket.
Where the system has no workers (Windows), the limits of the libraries alone hold.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from disputegraph.coding.document_text import TextRead, check_length, cleaned
from disputegraph.coding.html_text import read_page
from disputegraph.coding.pdf_text import read_pdf
from disputegraph.coding.text_decoding import decoded_text
from disputegraph.coding.word_text import read_word
from disputegraph.errors import DataError, DisputeGraphError, LimitError, UsageError, file_errors
from disputegraph.evidence import normalise
from disputegraph.process import Reply, Worker, WorkerError, can_fork, in_worker

MOST_BYTES = 20 * 2**20
PATIENCE = 120.0
"""Seconds after which the reading of a document is given up; a page of a PDF takes some 50 ms."""

MOST_MEMORY = 1_536
"""MiB that the reading of a document may use."""

_SUFFIXES = {
    **dict.fromkeys((".txt", ".md", ".text"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "HTML"),
    ".pdf": "PDF",
    ".docx": "DOCX",
}
_SAVE_AS = {".doc", ".docm", ".dotx", ".epub", ".odt", ".pages", ".rtf", ".wpd"}
_READERS: dict[str, tuple[str, Callable[[bytes, str | None], TextRead]]] = {
    "HTML": ("trafilatura", read_page),
    "PDF": ("pypdf", lambda content, _encoding: read_pdf(content)),
    "DOCX": ("docx", lambda content, _encoding: read_word(content)),
}
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE,
)


def read_document(path: Path, *, encoding: str | None = None) -> TextRead:
    """Return the text of a document.

    Args:
        path: a .txt, .md, .text, .html, .htm, .xhtml, .pdf or .docx file.
        encoding: of a plain text or a page, as Python names it. Without it, plain text is UTF-8, or what its byte
            order mark says, and a page is what it says itself.

    Raises:
        DataError: it cannot be read, or holds no text.
        LimitError: it is too large or too long, or reading it takes too much time or memory.
        UsageError: documents with that suffix are not read, or there is no such encoding.
    """
    _said_format(path.name)
    with file_errors(path):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DataError("is not a file.", path=str(path))
        _check_size(status.st_size, str(path))
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    return read_document_bytes(content, str(path), encoding=encoding)


def read_document_bytes(content: bytes, name: str, *, encoding: str | None = None) -> TextRead:
    """Return the text of a document that is at hand.

    Args:
        content: what its file holds.
        name: the name of its file, whose suffix tells the format; what errors call it.
        encoding: as for `read_document`.

    Raises:
        DataError: it cannot be read, or holds no text.
        LimitError: it is too large or too long, or reading it takes too much time or memory.
        UsageError: documents with that suffix are not read, or there is no such encoding.
    """
    said = _said_format(name)
    _check_size(len(content), name)
    try:
        form = _found_format(content, said)
        read = _read_text(content, encoding) if form == "text" else _read_apart(form, content, encoding)
    except DataError as error:
        raise DataError(_bare(error), path=name, line=error.line) from None
    except LimitError as error:
        raise LimitError(f"{name}: {error}") from None
    if form != said:
        told = f"The name ends in {PurePath(name).suffix}, but the file is {form} by its content, and was read so."
        read = replace(read, notes=(told, *read.notes))
    return read


def _said_format(name: str) -> str:
    """Return the format that a name promises."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    advice = "save it as .docx or .txt" if suffix in _SAVE_AS else "save the text of others as .txt"
    found = f"documents with the suffix {suffix}" if suffix else "documents without a suffix"
    raise UsageError(f"{name}: {found} are not read. Those with {', '.join(_SUFFIXES)} are; {advice}.")


def _check_size(size: int, name: str) -> None:
    if size > MOST_BYTES:
        found = f"is {size / 2**20:,.1f} MiB" if size > MOST_BYTES + 1 else "is larger"
        raise LimitError(
            f"{name}: {found}, and documents are read up to {MOST_BYTES >> 20} MiB. Save its text as .txt, or split it."
        )


def _found_format(content: bytes, said: str) -> str:
    """Return the format that the content shows, where it shows one, else the one that the name promises."""
    if content.startswith(b"%PDF-"):
        return "PDF"
    if content.startswith(b"PK\x03\x04"):
        return "DOCX"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DataError("is an old Word document (.doc), or one with a password. Save it as .docx without a password.")
    if content.startswith(b"{\\rtf"):
        raise DataError("is RTF by its content. Save it as .docx or .txt.")
    if not _PAGE.match(content):
        return said
    if said == "text":  # to read it as another text than it is would have to be asked for
        raise DataError("is a page of HTML by its content. Name it .html, so that its text is taken out of the tags.")
    return "HTML"


def _read_text(content: bytes, encoding: str | None) -> TextRead:
    raw, notes = decoded_text(content, encoding)
    text = normalise(raw)
    if not text.strip():
        raise DataError("holds no text.")
    check_length(len(text))
    return TextRead(text=text, notes=tuple(notes))


def _read_apart(form: str, content: bytes, encoding: str | None) -> TextRead:
    """Return what a worker reads."""
    import_module(_READERS[form][0])  # before the fork, so that the next document need not wait for it
    if not can_fork() or in_worker():
        return _read(form, content, encoding)
    worker = Worker(lambda: _answer, max_memory=MOST_MEMORY)
    try:
        head, body = worker.ask({"form": form, "encoding": encoding}, content, timeout=PATIENCE)
    except WorkerError as error:
        raise LimitError(f"reading it as {form} was stopped: {error}. Save its text as .txt.") from None
    finally:
        worker.kill()
    if "error" in head:
        kind, message, line = head["error"]
        if kind == "data":
            raise DataError(message, line=line)
        raise LimitError(message) if kind == "limit" else UsageError(message)
    found = json.loads(body)
    return TextRead(**{**found, "notes": tuple(found["notes"])})


def _answer(head: dict[str, Any], content: bytes) -> Reply:
    try:
        read = _read(head["form"], content, head["encoding"])
    except DataError as error:
        return {"error": ("data", _bare(error), error.line)}, b""
    except (LimitError, UsageError) as error:
        return {"error": ("limit" if isinstance(error, LimitError) else "usage", str(error), None)}, b""
    return {}, json.dumps(asdict(read)).encode()


def _read(form: str, content: bytes, encoding: str | None) -> TextRead:
    try:
        return cleaned(_READERS[form][1](content, encoding))
    except (DisputeGraphError, MemoryError):
        raise
    except RecursionError:
        raise LimitError(f"nests deeper than {form} can be read; save its text as .txt.") from None
    except Exception as error:  # noqa: BLE001  # a library that is given garbage raises whatever its parts raise
        if type(error).__module__ == "lxml.etree" and str(error).startswith("unknown error"):
            raise MemoryError from None  # libxml2 had none left, and lxml does not know that code
        raise DataError(f"cannot be read as {form}: {type(error).__name__}: {error}.") from None


def _bare(error: DataError) -> str:
    """Return the message of an error without the place before it."""
    return str(error).removeprefix(f"line {error.line}: ")
