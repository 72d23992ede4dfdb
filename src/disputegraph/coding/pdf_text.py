"""The text of a PDF, page by page."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from disputegraph.coding.document_text import TextRead, check_length, counted, language_tag
from disputegraph.errors import DataError, LimitError

MOST_PAGES = 2_000
_ENCRYPTED = "is encrypted. Open it and save or print it to a PDF without a password."


def read_pdf(content: bytes) -> TextRead:
    """Return the text of a PDF: lines as they are printed, pages apart by blank lines.

    Words that are hyphenated at the end of a line stay so, as do headers and page numbers.

    Raises:
        DataError: it is no PDF, is encrypted, or holds pictures of text only.
        LimitError: it has too many pages or too much text, or one of the library's own limits is hit.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PdfReadError, PdfStreamError

    with _complaints() as faults:
        try:
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):  # many have a password for changing them alone
                raise DataError(_ENCRYPTED)
            number = len(reader.pages)
        except (DependencyError, FileNotDecryptedError):  # which kinds can be decrypted depends on what is installed
            raise DataError(_ENCRYPTED) from None
        except LimitReachedError as error:
            raise LimitError(f"{error} Save its text as .txt.") from None
        except (PdfReadError, PdfStreamError) as error:
            raise DataError(f"is not a readable PDF: {error}. Was the download cut off?") from None
        if number > MOST_PAGES:
            raise LimitError(f"has {number:,} pages, and PDFs are read up to {MOST_PAGES:,}; split it.")
        texts, notes = _page_texts(reader)
        title, language = _said(reader)
    if faults:
        notes.append(
            f"The PDF has {counted(len(faults), 'fault')} that did not stop its reading; the first: {faults[0]}"
        )
    # The file knows when it was made, which is not when it was published.
    text = "\n\n".join(page for page in texts if page)
    return TextRead(text=text, title=title, language=language, notes=tuple(notes))


def _page_texts(reader: Any) -> tuple[list[str], list[str]]:
    """Return the text of each page, and notes on those without."""
    from pypdf.errors import DependencyError

    texts: list[str] = []
    failed: dict[int, str] = {}
    beside = 0
    length = 0
    for number, page in enumerate(reader.pages, start=1):
        try:
            text = page.extract_text().strip()
            beside += _annotations(page)
        except MemoryError:
            raise
        except DependencyError:  # it is decrypted page by page
            raise DataError(_ENCRYPTED) from None
        except Exception as error:  # noqa: BLE001  # pypdf raises whatever its parts raise on a page that is broken
            text, failed[number] = "", f"{type(error).__name__}: {error}"
        texts.append(text)
        length += len(text)
        check_length(length)
    if not any(texts):
        if failed:
            raise DataError(
                f"none of its {counted(len(texts), 'page')} can be read; the first: {next(iter(failed.values()))}."
            )
        raise DataError(
            f"holds no text on its {counted(len(texts), 'page')}, as a scan does not. Run OCR over it (ocrmypdf, for "
            "instance), and read the result."
        )
    notes = []
    if failed:
        first, reason = next(iter(failed.items()))
        notes.append(
            f"Left out: {counted(len(failed), 'page')} that cannot be read; the first: page {first} ({reason})."
        )
    if empty := sum(not text for text in texts) - len(failed):
        notes.append(f"Without text (pictures, scans or blank): {empty:,} of {counted(len(texts), 'page')}.")
    if beside:
        notes.append(f"Left out: {counted(beside, 'annotation')} on pages (comments, form fields).")
    return texts, notes


def _annotations(page: Any) -> int:
    kinds = [reference.get_object().get("/Subtype") for reference in page.get("/Annots") or ()]
    return sum(kind not in {"/Link", "/Popup"} for kind in kinds)


def _said(reader: Any) -> tuple[str | None, str | None]:
    """Return title and language, where the PDF says them."""
    try:
        title, language = reader.metadata and reader.metadata.title, reader.root_object.get("/Lang")
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # as above; the text is there without them
        return None, None
    title = " ".join(title.split()) if isinstance(title, str) else ""
    return title or None, language_tag(language if isinstance(language, str) else None)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect what pypdf logs of faults that it passes over, each once."""
    found: dict[str, None] = {}

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.setdefault(record.getMessage())

    texts: list[str] = []
    logger, collector = logging.getLogger("pypdf"), Collector(logging.WARNING)
    before = logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield texts
    finally:
        logger.removeHandler(collector)
        logger.propagate = before
        texts += found
