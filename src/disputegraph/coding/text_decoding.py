"""From the bytes of a plain text or an HTML page to characters."""

from __future__ import annotations

import re

from disputegraph.coding.document_text import counted
from disputegraph.errors import DataError, UsageError

_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_DECLARED = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
_HEAD = 4096  # the standard looks at 1,024 bytes, browsers further
_MOST_CONTROLS = 0.1
_UTF16 = " If it is UTF-16 without a byte order mark, name its encoding: utf-16-le or utf-16-be."
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")


def decoded_text(content: bytes, encoding: str | None) -> tuple[str, list[str]]:
    """Return the text of a plain text file, and notes.

    Args:
        content: the bytes.
        encoding: what they are, as Python names it; otherwise a byte order mark tells, and without one it is UTF-8.

    Raises:
        DataError: they are not of that encoding, or no text.
        UsageError: there is no such encoding.
    """
    used = encoding or _marked(content)
    if used is None and (place := content.find(b"\0")) >= 0:
        raise _nul("byte", place, content.count(b"\n", 0, place), _UTF16)
    try:
        text = content.decode(used or "utf-8")
    except UnicodeError as error:
        raise _not_so(content, used or "utf-8", error, given=encoding is not None) from None
    except (LookupError, ValueError):
        raise UsageError(f"'{used}' is not an encoding of text. Known are utf-8, utf-16, windows-1252, …") from None
    _check(text)
    return text, _doubt(content, encoding)


def decoded_page(content: bytes, encoding: str | None) -> tuple[str, list[str]]:
    """Return the text of an HTML page, tags included, and notes.

    The encoding is the one given, else what a byte order mark or the page itself says, else UTF-8 where the bytes are
    valid so, else windows-1252. As in a browser, bytes that do not fit become U+FFFD.

    Raises:
        DataError: the bytes are no text.
        UsageError: there is no such encoding.
    """
    if encoding:
        return decoded_text(content, encoding)
    said = _marked(content) or _declared(content)
    used, notes = said or "utf-8", []
    text = content.decode(used, "replace")
    if said is None and "\ufffd" in text and b"\xef\xbf\xbd" not in content:
        used = "windows-1252"
        text = content.decode(used, "replace")
        notes.append("The page does not say its encoding; it was read as windows-1252.")
    _check(text)
    if misfits := text.count("\ufffd"):
        notes.append(f"{counted(misfits, 'byte sequence')} of the page are not {used} and stand as �.")
    return text, notes


def _marked(content: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)


def _declared(content: bytes) -> str | None:
    """Return the encoding that a page declares, as the Encoding Standard of the WHATWG understands its name."""
    found = _DECLARED.search(content[:_HEAD])
    if found is None:
        return None
    name = (found[1] or found[2]).decode().lower()
    if name.startswith(("utf-8", "utf8", "utf-16", "utf-32")):  # if it were one of the last two, it could not be read
        return "utf-8"
    if name in {"iso-8859-1", "latin1", "us-ascii", "ascii"}:
        return "windows-1252"
    family = re.match(r"windows-\d+|cp\d+|iso-8859-\d+|koi8|gb|big5|euc|shift|iso-2022|mac|tis-620", name)
    try:
        "".encode(name if family else "no such")
    except LookupError:
        return None
    return name


def _not_so(content: bytes, encoding: str, error: UnicodeError, *, given: bool) -> DataError:
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    found = f"byte 0x{content[start]:02X} at offset {start:,}" if content else "what it holds"
    advice = "Name another one" if given else "Name its encoding (`encoding`), such as windows-1252"
    single = not encoding.startswith(("utf-16", "utf-32"))
    line = content.count(b"\n", 0, start) + 1 if single else None
    return DataError(f"{found} is not {encoding.upper()}. {advice}, or save the file as UTF-8.", line=line)


def _nul(unit: str, place: int, breaks: int, advice: str = "") -> DataError:
    return DataError(f"is not text: {unit} {place + 1:,} is NUL.{advice}", line=breaks + 1)


def _check(text: str) -> None:
    if (place := text.find("\0")) >= 0:
        raise _nul("character", place, text.count("\n", 0, place))
    controls = len(_CONTROL.findall(text))
    if controls > _MOST_CONTROLS * len(text):
        raise DataError(f"is not text: {controls:,} of its {len(text):,} characters are control characters.")
    if half := re.search("[\ud800-\udfff]", text):
        raise DataError(f"character {half.start() + 1:,} is half of a surrogate pair, which is not a character.")


def _doubt(content: bytes, encoding: str | None) -> list[str]:
    """Say where an encoding was given, and the bytes are valid UTF-8, which no other text is by chance."""
    if encoding is None or content.isascii() or encoding.lower().replace("_", "-") in {"utf-8", "utf8", "utf-8-sig"}:
        return []
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return []
    return [f"Read as {encoding}, as asked, though the file is valid UTF-8 as well."]
