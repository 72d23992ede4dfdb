"""Read RDF: open sources, and parse them or load them in bulk."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, NamedTuple, cast

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from disputegraph.errors import DataError, DisputeGraphError, LimitError, file_errors
from disputegraph.process import USUAL_STACK, deep_stack
from disputegraph.rdf.formats import Format, suffix_without_compression
from disputegraph.rdf.rdf_sources import Source
from disputegraph.rdf.screening import Screen, needs_screening, refuse_deep_json, screen

__all__ = ["bulk_load", "open_source", "prefixes_of", "read_all", "read_quads", "screened"]

_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_UTF8_BOM = b"\xef\xbb\xbf"
_PIECE = 1 << 18
_SUSPICIOUS = 20 << 20
_STORE_ERROR = "IO error: "  # so begin the engine's errors about the store, not the source


MAX_JSONLD = 500 << 20
"""Bytes of a JSON-LD document."""

MAX_RATIO = 60
"""How much larger a JSON-LD document of more than 20 MiB may be than the compressed file that it comes from."""


class Opened(NamedTuple):
    """A source that is open.

    Attributes:
        stream: what the engine reads.
        format: the engine's format of it; that of the source, or N-Quads where rdflib has read the source.
        stack: bytes of stack that the engine may need.
    """

    stream: IO[bytes]
    format: RdfFormat
    stack: int


@contextmanager
def open_source(
    source: Source, *, allow_network: bool = False, progress: Callable[[int], None] | None = None
) -> Iterator[Opened]:
    """Open a source for reading: decompressed, past a UTF-8 byte order mark, JSON-LD contexts in their place.

    Args:
        source: what to open.
        allow_network: let rdflib fetch JSON-LD contexts.
        progress: told how many bytes of the file (as it lies on the disk) were read, piece by piece.

    Raises:
        DataError: it cannot be opened, is UTF-16 or UTF-32, or needs a context that may not be fetched.
        LimitError: while it is read: it is nested too deep, its entities would grow without end, or it is too large to
            be held in memory as JSON-LD has to be.
    """
    with ExitStack() as opened:
        if source.path is None:
            stream: IO[bytes] = io.BytesIO(source.text or b"")
        else:
            with file_errors(source.name):
                file = opened.enter_context(source.path.open("rb"))
                stream = opened.enter_context(_decompressed(source.path, file))
                if progress is not None:
                    stream = cast("IO[bytes]", _Counted(stream, file, progress))
        with _reading(source):
            head = stream.read(4)
            for mark, encoding in _BOMS:
                if head.startswith(mark):
                    raise DataError(f"is {encoding} text, and RDF files are UTF-8. Save it as UTF-8.", path=source.name)
            stream.seek(len(_UTF8_BOM) if head.startswith(_UTF8_BOM) else 0)
            if source.format.engine == RdfFormat.JSON_LD:
                parts = _opened_jsonld(source, stream, allow_network=allow_network)
            else:
                parts = Opened(screened(stream, source.format, source.name), source.format.engine, 0)
        yield parts


def _opened_jsonld(source: Source, stream: IO[bytes], *, allow_network: bool) -> Opened:
    from disputegraph.rdf.jsonld_contexts import resolve_contexts

    text = _whole_text(stream, source)
    refuse_deep_json(source.name, text)
    resolved = resolve_contexts(source.name, text, allow_network=allow_network, base=source.base, local=source.contexts)
    form = RdfFormat.JSON_LD if resolved.is_jsonld else RdfFormat.N_QUADS
    return Opened(io.BytesIO(resolved.text), form, resolved.stack)


def _whole_text(stream: IO[bytes], source: Source) -> bytes:
    """Return all that is in a stream; raises LimitError when it is too much, or much more than the file it is from."""
    size = source.path.stat().st_size if source.path is not None and source.path.is_file() else MAX_JSONLD
    most = min(MAX_JSONLD, max(_SUSPICIOUS, MAX_RATIO * size))
    pieces, held = [], 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        held += len(piece)
        if held > most:
            raise LimitError(
                f"{source.name}: unpacks to more than {most >> 20:,} MiB, and JSON-LD is held in memory as a whole: "
                f"at most {MAX_JSONLD >> 20} MiB, or {MAX_RATIO} times the compressed file. Convert it to N-Quads."
            )
    return b"".join(pieces)


def screened(stream: IO[bytes], form: Format, name: str) -> IO[bytes]:
    """Return a stream that raises LimitError where a document, in a format other than JSON-LD, goes too far.

    Args:
        stream: the document.
        form: its format.
        name: what errors call it.
    """
    return cast("IO[bytes]", _Screened(stream, screen(form, name)))


class _Screened:
    """A stream that is screened as it is read."""

    def __init__(self, stream: IO[bytes], watch: Screen) -> None:
        self._stream, self._watch = stream, watch

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._watch.feed(piece)
        return piece


class _Counted:
    """A stream that tells how much of the file beneath it was read."""

    def __init__(self, stream: IO[bytes], file: IO[bytes], progress: Callable[[int], None]) -> None:
        self._stream, self._file, self._progress = stream, file, progress
        self._told = 0
        self.seek = stream.seek

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        here = self._file.tell()
        self._progress(here - self._told)
        self._told = here
        return piece


def read_quads(source: Source, *, rename_blank_nodes: bool = False, allow_network: bool = False) -> Iterator[Quad]:
    """Yield the quads of a source in the order in which they stand, every literal spelt as it is.

    Raises:
        DataError: it cannot be read; the text names the line.
        LimitError: it is nested too deep, or a single value in it is too long.
    """
    with open_source(source, allow_network=allow_network) as (stream, form, stack), _reading(source):

        def parsed() -> Iterator[Quad]:
            return pyoxigraph.parse(stream, form, base_iri=source.base, rename_blank_nodes=rename_blank_nodes)

        yield from deep_stack(lambda: list(parsed()), stack) if stack > USUAL_STACK else parsed()


def read_all(sources: Sequence[Source], *, allow_network: bool = False) -> Iterator[Quad]:
    """Yield the quads of sources one after another; blank nodes of two are different nodes though both say ``_:a``."""
    for source in sources:
        yield from read_quads(source, rename_blank_nodes=len(sources) > 1, allow_network=allow_network)


def bulk_load(
    engine: pyoxigraph.Store,
    source: Source,
    *,
    allow_network: bool = False,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Load a source into an Oxigraph store at the engine's full speed.

    Args:
        engine: the store.
        source: what to load.
        allow_network: let rdflib fetch JSON-LD contexts.
        progress: told how many bytes were read, piece by piece; reading is a little slower then.

    Raises:
        DataError: it cannot be read; what was loaded before the error may remain in the store.
        LimitError: it is nested too deep, or a single value in it is too long.
        OSError, RuntimeError: the store, not the source, cannot be written, or is damaged.
    """
    if progress is None and _is_plain(source):
        # Given the path, the engine reads the file itself, which is faster than calls into Python.
        with _reading(source):
            engine.bulk_load(path=str(source.path), format=source.format.engine, base_iri=source.base)
        return
    with open_source(source, allow_network=allow_network, progress=progress) as (stream, form, stack), _reading(source):
        deep_stack(lambda: engine.bulk_load(stream, form, base_iri=source.base), stack)


def _is_plain(source: Source) -> bool:
    """Return whether the engine may be given the file as it is: no compression, no mark at its head, no danger."""
    if source.path is None or suffix_without_compression(source.path)[1] is not None:
        return False
    try:
        with source.path.open("rb") as stream:
            head = stream.read(4)
        marked = head.startswith((_UTF8_BOM, *(mark for mark, _ in _BOMS)))
        return not marked and source.path.is_file() and not needs_screening(source.format, source.path)
    except (OSError, ValueError):
        return False  # opening it again says what is wrong


def prefixes_of(source: Source) -> dict[str, str]:
    """Return the prefixes declared before the first triple of a source; empty for formats without prefixes."""
    if source.format.name not in ("turtle", "trig", "rdfxml", "n3"):
        return {}
    try:
        with open_source(source) as (stream, form, _):
            # Only the head: a parser may read as far as it likes, and the file may be large.
            parser = pyoxigraph.parse(stream, form, base_iri=source.base)
            next(parser, None)
            return dict(parser.prefixes)
    except (SyntaxError, ValueError, MemoryError, OSError, EOFError, DisputeGraphError):
        return {}  # reading it in earnest says what is wrong


def _decompressed(path: Path, file: IO[bytes]) -> IO[bytes]:
    _, compression = suffix_without_compression(path)
    if compression is None:
        return file
    if path.stat().st_size == 0:
        raise DataError(
            "is empty, and even of nothing a compressed file has a few bytes. Was it cut off?", path=str(path)
        )
    module = import_module({"gz": "gzip", "bz2": "bz2", "xz": "lzma"}[compression])
    return io.BufferedReader(module.open(file), _PIECE)


@contextmanager
def _reading(source: Source) -> Iterator[None]:
    """Turn what the engine and the decompressors raise into a DataError that names the place."""
    try:
        yield
    except SyntaxError as error:
        raise _data_error(source, error) from None
    except (OSError, EOFError) as error:
        if str(error).startswith(_STORE_ERROR):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"cannot be read: {reason}.", path=source.name) from None
    except ValueError as error:
        raise DataError(f"{error}.", path=source.name) from None
    except MemoryError as error:
        if "buffer" not in str(error):
            raise
        raise LimitError(
            f"{source.name}: holds a single value, or a statement, of more than 16 MiB, which the engine does not "
            "take; keep such texts in files of their own and name them by IRI."
        ) from None
    except Exception as error:
        # The decompressors have error classes of their own, and loading them all to name them would cost time.
        if type(error).__module__ in ("zlib", "lzma", "_lzma"):
            raise DataError(f"is not what its suffix says: {error}.", path=source.name) from None
        raise


def _data_error(source: Source, error: SyntaxError) -> DataError:
    said = error.msg or str(error)
    if said.startswith("Parser error at ") and ": " in said:
        said = said.split(": ", 1)[1]
    advice = ""
    if "UTF-8" in said:
        said, advice = "this is not UTF-8 text", " Save the file as UTF-8."
    elif "No scheme found" in said:
        said, advice = "there is a relative IRI and nothing to resolve it against", " Give --base IRI."
    elif "prefix" in said.lower() and "not" in said.lower():
        advice = " Declare it with @prefix at the top."
    kind = source.format.name
    return DataError(
        f"is not valid {kind}: {said}.{advice}",
        path=source.name,
        line=error.lineno or (_xml_line(source, error.msg or str(error)) if kind == "rdfxml" else None),
        column=error.offset or None,
    )


def _xml_line(source: Source, said: str) -> int | None:
    from disputegraph.rdf.xml_places import MOST_TEXT, xml_line

    if source.path is None:
        return xml_line(source.text or b"", said, source.base)
    with source.path.open("rb") as file, _decompressed(source.path, file) as stream:
        return xml_line(stream.read(MOST_TEXT + 1), said, source.base)
