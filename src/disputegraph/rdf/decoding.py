"""From the bytes of a file to the bytes that the engine reads: decompressed, RDF/XML in UTF-8."""

from __future__ import annotations

import codecs
import io
import re
from importlib import import_module
from typing import IO, cast

from disputegraph.errors import DataError

UTF8_BOM = b"\xef\xbb\xbf"
_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
# XML 1.0, appendix F.1: the first characters of a declaration tell the width of the others.
_UNMARKED_XML = {b"<\0?\0": "UTF-16-LE", b"\0<\0?": "UTF-16-BE", b"<\0\0\0": "UTF-32-LE", b"\0\0\0<": "UTF-32-BE"}
_MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bz2", b"\xfd7zXZ\0": "lzma"}
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._\-]*)["']""")
_PIECE = 1 << 18


def compression_of(head: bytes) -> str | None:
    """Return the module that unpacks a file with these first six bytes, or None: its content tells, not its name."""
    return next((module for magic, module in _MAGIC.items() if head.startswith(magic)), None)


def decompressed(stream: IO[bytes], suffix: str | None, name: str) -> IO[bytes]:
    """Return a stream that unpacks another where it is compressed.

    Raises:
        DataError: it should be compressed and is empty.
    """
    head = stream.read(6)
    stream.seek(0)
    if suffix and not head:
        raise DataError("is empty, and even of nothing a compressed file has a few bytes. Was it cut off?", path=name)
    module = compression_of(head) or {"gz": "gzip", "bz2": "bz2", "xz": "lzma", None: None}[suffix]
    return io.BufferedReader(import_module(module).open(stream), _PIECE) if module else stream


def in_utf8(stream: IO[bytes], name: str, *, xml: bool) -> IO[bytes]:
    """Return a stream of the same text in UTF-8 without a byte order mark.

    Raises:
        DataError: it is not UTF-8 and not XML, or in an encoding that is not known.
    """
    head = stream.read(1024)
    encoding = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), None)
    if not xml and encoding:
        raise DataError(f"is {encoding} text, and RDF files other than RDF/XML are UTF-8. Save it as UTF-8.", path=name)
    if xml and encoding is None and not head.startswith(UTF8_BOM):
        declared = _DECLARED.match(head)
        encoding = _UNMARKED_XML.get(head[:4]) or (declared[1].decode() if declared else None)
    stream.seek(len(UTF8_BOM) if head.startswith(UTF8_BOM) else 0)
    if encoding is None or encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii"):
        return stream
    return cast("IO[bytes]", _Recoded(stream, _decoder(encoding, head, name)))


def _decoder(encoding: str, head: bytes, name: str) -> codecs.IncrementalDecoder:
    begin = None
    try:
        "".encode(encoding)  # raises LookupError also for codecs that are not of text
        decoder = codecs.getincrementaldecoder(encoding)()
        begin = decoder.decode(head[: len(head) // 4 * 4])
    except (LookupError, UnicodeError):
        pass
    # An encoding that reads a declaration as other than one is not that of the file.
    if begin is None or not begin.removeprefix("\ufeff").lstrip().startswith("<"):
        raise DataError(f"is said to be {encoding}, and cannot be read so. Save it as UTF-8.", path=name)
    decoder.reset()
    return decoder


class _Recoded:
    """A stream of text in UTF-8, of an XML document in another encoding; what is declared is taken out."""

    _DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")

    def __init__(self, stream: IO[bytes], decoder: codecs.IncrementalDecoder) -> None:
        self._stream, self._decoder = stream, decoder
        self._head: str | None = ""  # until the declaration is past

    def read(self, size: int = -1) -> bytes:
        while True:
            piece = self._stream.read(size)
            text = self._decoder.decode(piece, final=not piece)
            if self._head is not None:
                self._head += text
                if piece and ">" not in self._head:
                    continue
                text, self._head = self._DECLARATION.sub("", self._head), None
            if text or not piece:
                return text.encode()
