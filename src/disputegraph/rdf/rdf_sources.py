"""Find the sources behind what a user names: files, folders, standard input, text in memory.

A source is one RDF document. Relative IRIs in a file resolve against the file's own IRI unless a base is given
(RFC 3986, section 5.1.3).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from disputegraph.errors import DataError, absent, nearest
from disputegraph.rdf.formats import FORMATS, Format, format_named, format_of_path, suffix_without_compression

PROJECT_FILE = "disputegraph.toml"
"""The file that makes a folder a project, of which only the codebook and the codings that count are read."""

_COUNTING = ("codebook.ttl", "codings")


@dataclass(frozen=True, slots=True)
class Source:
    """One RDF document to read.

    Attributes:
        name: what the user called it, for messages.
        path: the file, or None for text in memory.
        text: the document's bytes where there is no file.
        format: its RDF format.
        base: what its relative IRIs resolve against; None leaves them an error.
        contexts: JSON-LD contexts at hand, from IRI to file; these are not fetched.
        lenient: leave out what is not RDF, as far as the format allows, instead of raising an error.
        notes: filled while it is read: what was left out, and how much.
    """

    name: str
    path: Path | None
    text: bytes | None
    format: Format
    base: str | None
    contexts: Mapping[str, Path] = field(default_factory=dict)
    lenient: bool = False
    notes: list[str] = field(default_factory=list, compare=False)

    def note(self, note: str) -> None:
        """Add a note, once though the document be read again."""
        if note not in self.notes:
            self.notes.append(note)


def source_of_path(
    path: str | Path,
    *,
    format: str | None = None,
    base: str | None = None,
    contexts: Mapping[str, Path] | None = None,
    lenient: bool = False,
) -> Source:
    """Return the source for an RDF file, or for standard input, which is read to its end.

    Args:
        path: the file, or ``-``; a suffix ``.gz``, ``.bz2`` or ``.xz`` behind the format's own is opened on the fly.
        format: its format by name or suffix; by default what its own suffix tells, of standard input Turtle.
        base: base IRI; by default the file's own.
        contexts: files of JSON-LD contexts by IRI.
        lenient: see `Source`.

    Raises:
        DataError: there is no such file, it is not a regular file, or its format cannot be told.
        UsageError: `format` is not a format.
    """
    if str(path) == "-":
        text = sys.stdin.buffer.read()
        return source_of_bytes(
            text, name="standard input", format=format or "turtle", base=base, contexts=contexts, lenient=lenient
        )
    path = Path(path)
    form = format_named(format) if format else format_of_path(path)
    if not path.exists():
        raise DataError(absent(path) + ("" if path.is_symlink() else _sibling(path)), path=str(path))
    if path.is_dir():
        raise DataError("is a folder, and a file is wanted.", path=str(path))
    if not path.is_file():
        # It is read several times, and opening a pipe to which nobody writes would never end.
        raise DataError("is a pipe or a device, and a file is wanted; give it to standard input ('-').", path=str(path))
    if form is None:
        suffixes = " ".join("." + suffix for known in FORMATS for suffix in known.suffixes)
        raise DataError(
            f"its suffix does not tell an RDF format.{_imported(path)} "
            f"Name the format (--from), or use one of {suffixes}.",
            path=str(path),
        )
    return Source(str(path), path, None, form, base or path.resolve().as_uri(), contexts or {}, lenient)


def _imported(path: Path) -> str:
    """Return which import makes RDF of a file, with a space before it; empty if none is known by its suffix."""
    kind = {".csv": "sheet", ".tsv": "sheet", ".xlsx": "sheet", ".dna": "dna"}.get(path.suffix.lower())
    return f" 'disputegraph import {kind} {path.name} -o {path.stem}.ttl' makes RDF of it." if kind else ""


def source_of_bytes(
    text: bytes,
    *,
    name: str,
    format: str = "turtle",
    base: str | None = None,
    contexts: Mapping[str, Path] | None = None,
    lenient: bool = False,
) -> Source:
    """Return the source for a document in memory."""
    return Source(name, None, text, format_named(format), base, contexts or {}, lenient)


def is_called_rdf(path: Path) -> bool:
    """Return whether a file's suffix is one of RDF; not so with ``.json`` and ``.xml``, most of which are not RDF."""
    return suffix_without_compression(path)[0] not in ("json", "xml") and format_of_path(path) is not None


def sources_in_folder(
    folder: Path, *, base: str | None = None, contexts: Mapping[str, Path] | None = None, lenient: bool = False
) -> list[Source]:
    """Return the RDF files of a folder and its sub-folders, in order of their paths.

    Of a project (a folder with a `PROJECT_FILE` and a codebook; one of sheets has none) these are the codebook and the
    codings: what coders code apart from each other, and drafts, do not count. Hidden files are left out, and those
    that are not called RDF.

    Raises:
        DataError: there is none, or one is a link to what does not exist.
    """
    found = []
    is_project = (folder / PROJECT_FILE).is_file() and any((folder / part).exists() for part in _COUNTING)
    for path in sorted(folder.rglob("*")):
        if is_project and path.relative_to(folder).parts[0] not in _COUNTING:
            continue
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or not is_called_rdf(path):
            continue
        if path.is_file() or (path.is_symlink() and not path.exists()):
            found.append(source_of_path(path, base=base, contexts=contexts, lenient=lenient))
    if not found:
        suffixes = ", ".join("." + form.suffixes[0] for form in FORMATS)
        raise DataError(f"the folder holds no RDF file ({suffixes}).", path=str(folder))
    return found


def _sibling(path: Path) -> str:
    """Return a hint at a file of a similar name in the same folder."""
    try:
        return nearest(path.name, [other.name for other in path.absolute().parent.iterdir()])
    except OSError:
        return f" There is not a folder '{path.parent}' either."
