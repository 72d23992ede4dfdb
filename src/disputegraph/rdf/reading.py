"""Read RDF: open sources, and parse them or load them in bulk."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, NamedTuple, cast

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from disputegraph.errors import DataError, DisputeGraphError, LimitError, file_errors
from disputegraph.process import USUAL_STACK, deep_stack
from disputegraph.rdf.decoding import UTF8_BOM, compression_of, decompressed, in_utf8
from disputegraph.rdf.formats import Format, suffix_without_compression
from disputegraph.rdf.lenient_reading import Skipped, line_by_line, sound_quads, statement_by_statement
from disputegraph.rdf.rdf_sources import Source
from disputegraph.rdf.screening import Screen, needs_screening, refuse_deep_json, screen

_PIECE = 1 << 18
_SUSPICIOUS = 20 << 20
_STORE_ERROR = "IO error: "  # so begin the engine's errors about the store, not the source

NOTHING = "holds no triples."

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

    Raises:
        DataError: it cannot be opened, is UTF-16 or UTF-32, or needs a context that may not be fetched.
        LimitError: while it is read: it is nested too deep, its entities would grow without end, or it is too large to
            be held in memory as JSON-LD has to be.
    """
    with ExitStack() as opened:
        if source.path is None:
            stream = _decompressed(source, io.BytesIO(source.text or b""))
        else:
            with file_errors(source.name):
                file = opened.enter_context(source.path.open("rb"))
            with _reading(source):
                stream = opened.enter_context(_decompressed(source, file))
                if progress is not None:
                    stream = cast("IO[bytes]", _Counted(stream, file, progress))
        with _reading(source):
            stream = in_utf8(stream, source.name, xml=source.format.name == "rdfxml")
            if source.format.engine == RdfFormat.JSON_LD:
                parts = _opened_jsonld(source, stream, allow_network=allow_network)
            else:
                parts = Opened(screened(stream, source.format, source.name), source.format.engine, 0)
        with _unchanged(source):
            yield parts


@contextmanager
def _unchanged(source: Source) -> Iterator[None]:
    """Raise DataError if the file of a source is written to while the block reads it."""

    def state() -> tuple[int, int, int] | None:
        found = source.path.stat() if source.path else None
        return found and (found.st_ino, found.st_size, found.st_mtime_ns)

    with file_errors(source.name):
        before = state()
    yield
    with suppress(FileNotFoundError):  # what is open can be read to its end
        after = state()
        if before and after and before[0] == after[0] and before != after:
            raise DataError("was written to while it was read; try again when it is complete.", path=source.name)


def _opened_jsonld(source: Source, stream: IO[bytes], *, allow_network: bool) -> Opened:
    from disputegraph.rdf.jsonld_contexts import resolve_contexts

    text = _whole_text(stream, source)
    refuse_deep_json(source.name, text)
    resolved = resolve_contexts(source.name, text, allow_network=allow_network, base=source.base, local=source.contexts)
    if not resolved.is_jsonld:
        return Opened(io.BytesIO(resolved.text), RdfFormat.N_QUADS, resolved.stack)
    # Left to itself the engine passes over what is not an IRI, and says nothing.
    skipped, lines = Skipped(), io.BytesIO()

    def read() -> None:
        quads = pyoxigraph.parse(resolved.text, RdfFormat.JSON_LD, base_iri=source.base, lenient=True)
        pyoxigraph.serialize(sound_quads(quads, skipped), lines, RdfFormat.N_QUADS)

    deep_stack(read, resolved.stack)
    plain = not any(":" in name or "@" in name for name in skipped.shown)
    if skipped.count and not lines.tell() and plain and b"@context" not in text:
        raise DataError(
            "holds no RDF: it is JSON without an @context, so that none of its names means anything "
            f"({', '.join(skipped.shown)}).",
            path=source.name,
        )
    if skipped.count:
        why = ", since these are neither IRIs nor names that its @context defines, or language tags that are none"
        folder = (source.base or "").rpartition("/")[0] + "/"
        source.note(skipped.note(source.name, "triple", why).replace(folder, ""))
    elif not lines.tell():
        source.note(f"{source.name}: {NOTHING}")
    lines.seek(0)
    return Opened(lines, RdfFormat.N_QUADS, 0)


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
        if source.lenient and source.format.engine != RdfFormat.JSON_LD:
            yield from _read_on(source, stream, rename_blank_nodes)
            return

        def parsed() -> Iterator[Quad]:
            return pyoxigraph.parse(stream, form, base_iri=source.base, rename_blank_nodes=rename_blank_nodes)

        yield from deep_stack(lambda: list(parsed()), stack) if stack > USUAL_STACK else parsed()


def _read_on(source: Source, stream: IO[bytes], rename: bool) -> Iterator[Quad]:
    """Yield the quads of a document that is read leniently, and note what was left out."""
    form, skipped, what = source.format.engine, Skipped(), "triple"
    if form in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        what = "line"
        yield from line_by_line(stream, lambda text: pyoxigraph.parse(text, form), skipped, rename=rename)
    elif form == RdfFormat.RDF_XML:  # its parser does not find its way behind an error
        quads = pyoxigraph.parse(stream, form, base_iri=source.base, rename_blank_nodes=rename, lenient=True)
        yield from sound_quads(quads, skipped)
    else:
        parser = pyoxigraph.parse(stream, form, base_iri=source.base, rename_blank_nodes=rename, lenient=True)
        yield from sound_quads(statement_by_statement(parser, skipped), skipped)
    if skipped.count:
        source.note(skipped.note(source.name, what))


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
    if source.lenient:
        engine.bulk_extend(read_quads(source, rename_blank_nodes=True, allow_network=allow_network))
        return
    if progress is None and _is_plain(source):
        # Given the path, the engine reads the file itself, which is faster than calls into Python.
        with _unchanged(source), _reading(source):
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
            head = stream.read(6)
        marked = head.startswith((UTF8_BOM, b"\xff\xfe", b"\xfe\xff", b"\0\0")) or compression_of(head)
        return not marked and source.path.is_file() and not needs_screening(source.format, source.path)
    except (OSError, ValueError):
        return False  # opening it again says what is wrong


def prefixes_of(source: Source) -> dict[str, str]:
    """Return the prefixes declared before the first triple of a source, and note if there is no triple."""
    if source.format.engine == RdfFormat.JSON_LD:
        return {}
    try:
        with open_source(source) as (stream, form, _):
            # Only the head: a parser may read as far as it likes, and the file may be large.
            parser = pyoxigraph.parse(stream, form, base_iri=source.base)
            if next(parser, None) is None:
                source.note(f"{source.name}: {NOTHING}")
            return dict(parser.prefixes)
    except (SyntaxError, ValueError, MemoryError, OSError, EOFError, DisputeGraphError):
        return {}  # reading it in earnest says what is wrong


def _decompressed(source: Source, file: IO[bytes]) -> IO[bytes]:
    suffix = suffix_without_compression(source.path)[1] if source.path else None
    return decompressed(file, suffix, source.name)


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
    elif "Unexpected end" in said and source.format.name == "jsonld":
        advice = " Is it cut off, or is there half of a surrogate pair (\\ud800 to \\udfff)?"
    elif "No scheme found" in said:
        said, advice = "there is a relative IRI and nothing to resolve it against", " Give --base IRI."
    elif "prefix" in said.lower() and "not" in said.lower():
        advice = " Declare it with @prefix at the top."
    elif "IRI" in said or "subtag" in said:
        advice = " Mend it, or leave out what is wrong with --lenient ('convert' and 'load' take it)."
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
    with source.path.open("rb") as file, _decompressed(source, file) as stream:
        return xml_line(stream.read(MOST_TEXT + 1), said, source.base)
