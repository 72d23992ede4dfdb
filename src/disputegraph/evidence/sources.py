"""A folder of source texts: find the text of a document in it, and the words of a span."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from disputegraph.errors import DataError, LimitError
from disputegraph.evidence.search import Budget, Found, Status, find_span
from disputegraph.evidence.text import digest, normalise

MOST_BYTES_OF_A_FILE = 16 * 2**20
MOST_BYTES_OF_ALL = 256 * 2**20
MOST_FILES = 20_000
LONGEST_PARAGRAPH = 2_000
MOST_SPANS = 12
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text of the folder.

    Attributes:
        path: the file.
        name: its path within the folder, with forward slashes.
        text: the normalised text.
        digest: the SHA-256 of it.
    """

    path: Path
    name: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words an anchor stands for, with the paragraph around them.

    Attributes:
        text: the words; empty when they are lost.
        paragraph: the paragraph (or paragraphs) that hold them; empty when they are lost.
        start_in_paragraph: where they start in it, in code points.
        end_in_paragraph: where they end in it.
        start: where they start in the normalised text now, in code points; as asked for when they are lost.
        end: where they end in it.
        status: how far the text at hand bears the anchor out; see `Status`.
        file: name of the file within the folder.
    """

    text: str
    paragraph: str
    start_in_paragraph: int
    end_in_paragraph: int
    start: int
    end: int
    status: Status
    file: str


class Sources:
    """The texts of a folder and its sub-folders.

    Nothing outside the folder is read: links that lead out of it, hidden files, files that are no UTF-8 text and
    files above 16 MiB are passed over and listed in `skipped`.
    """

    def __init__(self, folder: Path | str) -> None:
        """Name the folder; its files are read when the first text is asked for.

        Raises:
            DataError: there is no such folder.
        """
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise DataError("there is no such folder of source texts.", path=str(folder))
        self.skipped: list[tuple[str, str]] = []
        self._assigned: dict[str, SourceText] = {}
        self._missed: Counter[str | None] = Counter()
        self._budget = Budget()

    @cached_property
    def texts(self) -> tuple[SourceText, ...]:
        """Every text, in order of its name.

        Raises:
            LimitError: the folder holds more than 20,000 files or 256 MiB of text.
        """
        root = self.folder.resolve()
        found = []
        total = 0
        for count, path in enumerate(sorted(self.folder.rglob("*"))):
            if count >= MOST_FILES:
                raise LimitError(f"{self.folder}: more than {MOST_FILES:,} files; name a smaller folder of sources.")
            name = path.relative_to(self.folder)
            if any(part.startswith(".") for part in name.parts) or not path.is_file():
                continue
            if (text := self._read(path, name.as_posix(), root)) is not None:
                total += len(text)
                if total > MOST_BYTES_OF_ALL:
                    raise LimitError(f"{self.folder}: more than 256 MiB of text; name a smaller folder of sources.")
                found.append(SourceText(path, name.as_posix(), text, digest(text)))
        return tuple(found)

    def text_of(
        self,
        document_digest: str | None,
        *,
        names: Iterable[str] = (),
        spans: Sequence[tuple[int, int, str]] = (),
        without: Collection[str] = (),
    ) -> SourceText | None:
        """Return the text of a document, or None if none of the folder can be taken for it.

        A text with the document's digest is it. Failing that (the text drifted), it is the one whose file bears one
        of the document's names, and failing that the one in which most of the document's spans are found. What was
        found is remembered for `quote`.

        Args:
            document_digest: the SHA-256 of the document's normalised text, if recorded.
            names: what the document is called: identifier, label, last part of its IRI.
            spans: start, end and SHA-256 of anchors into the document; a dozen of them are looked for.
            without: digests of texts that are known to be other documents'.
        """
        if document_digest is not None:
            if (known := self._by_digest.get(document_digest)) is not None:
                return known
            if (known := self._assigned.get(document_digest)) is not None:
                return known
        found = self._by_name(names)
        if found is None and self._missed[document_digest] < MOST_SPANS:
            found = self._by_spans(spans[:: max(1, len(spans) // MOST_SPANS)], without)
        if document_digest is None:
            return found
        if found is None:
            self._missed[document_digest] += len(spans)  # after a dozen spans found nowhere, its text is not here
        else:
            self._assigned[document_digest] = found
        return found

    def quote(
        self, document_digest: str | None, start: int, end: int, sha256: str, *, names: Iterable[str] = ()
    ) -> Quote | None:
        """Return the words of a span, or None if the folder has no text of the document.

        Args:
            document_digest: the SHA-256 of the document's normalised text, if recorded.
            start: first code point of the span, from 0.
            end: the code point behind it.
            sha256: the SHA-256 of the span.
            names: what the document is called, to know its file when the text drifted.
        """
        source = self.text_of(document_digest, names=names, spans=[(start, end, sha256)])
        return None if source is None else self.quote_in(source, start, end, sha256)

    def quote_in(self, source: SourceText, start: int, end: int, sha256: str) -> Quote:
        """Return the words of a span in a text known to be the document's; see `quote`."""
        found = self.find(source, start, end, sha256)
        if found is None:
            return Quote("", "", 0, 0, start, end, "lost", source.name)
        first, last = found.start, found.start + end - start
        left, right = _paragraph(source.text, first, last)
        words, around, status = source.text[first:last], source.text[left:right], found.status(start)
        return Quote(words, around, first - left, last - left, first, last, status, source.name)

    def find(self, source: SourceText, start: int, end: int, sha256: str) -> Found | None:
        """Return where the span with that digest stands in `source`, nearest to `start`, or None.

        Raises:
            LimitError: so many spans were searched in texts that drifted that it would take too long.
        """
        return find_span(source.text, start, end, sha256, self._budget)

    def unread(self, name: str) -> str | None:
        """Return what is to be said of the file that bears a document's name and could not be read, if there is one."""
        self._read_all()
        for file, reason in self.skipped:
            if _key(name) in (_key(file), _key(Path(file).name), _key(Path(file).stem)):
                return f"{self.folder / file} is {reason}"
        return None

    def notes(self) -> list[str]:
        """Return a note on files that were passed over, if there are such."""
        self._read_all()
        if not self.skipped:
            return []
        shown = "; ".join(f"{name}: {reason}" for name, reason in self.skipped[:_MOST_SHOWN])
        more = "; …" if len(self.skipped) > _MOST_SHOWN else ""
        return [
            f"{len(self.skipped):,} file{'s' * (len(self.skipped) > 1)} of {self.folder} passed over: {shown}{more}."
        ]

    def _read_all(self) -> None:
        _ = self.texts

    @cached_property
    def _by_digest(self) -> dict[str, SourceText]:
        return {source.digest: source for source in reversed(self.texts)}

    @cached_property
    def _named(self) -> dict[str, set[int]]:
        """Return which texts bear a name: their path within the folder, file name, or file name without suffix."""
        named: dict[str, set[int]] = defaultdict(set)
        for place, source in enumerate(self.texts):
            for name in (source.name, source.path.name, source.path.stem):
                named[_key(name)].add(place)
        return named

    def _by_name(self, names: Iterable[str]) -> SourceText | None:
        hits = {place for name in names if (key := _key(name)) for place in self._named.get(key, ())}
        return self.texts[hits.pop()] if len(hits) == 1 else None

    def _by_spans(self, spans: Sequence[tuple[int, int, str]], without: Collection[str]) -> SourceText | None:
        counts = [
            (sum(self.find(source, *span) is not None for span in spans), source)
            for source in self.texts
            if source.digest not in without
        ]
        most = max((count for count, _ in counts), default=0)
        best = [source for count, source in counts if count == most]
        return best[0] if most and len(best) == 1 else None

    def _read(self, path: Path, name: str, root: Path) -> str | None:
        reason = ""
        try:
            if not path.resolve().is_relative_to(root):
                reason = "a link that leads out of the folder"
            elif path.stat().st_size > MOST_BYTES_OF_A_FILE:
                reason = "above 16 MiB"
            else:
                content = path.read_bytes()
                if content.startswith((b"\xff\xfe", b"\xfe\xff")):
                    reason = "UTF-16 text; save it as UTF-8"
                elif b"\0" in content[:4096]:
                    reason = "no text, or UTF-16; save it as UTF-8"
                else:
                    return normalise(content.decode("utf-8"))
        except UnicodeDecodeError as error:
            reason = f"not UTF-8 text (byte 0x{error.object[error.start]:02x} at {error.start:,}); save it as UTF-8"
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
        self.skipped.append((name, reason))
        return None


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "-", normalise(name).casefold()).strip("-")


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the paragraph around a span: between blank lines, or in a text without them, a line."""
    # A text without blank lines has a paragraph in each line.
    for mark in ("\n\n", "\n") if "\n\n" in text.strip("\n") else ("\n",):
        left = text.rfind(mark, 0, start)
        left = 0 if left < 0 else left + len(mark)
        right = text.find(mark, end)
        right = len(text) if right < 0 else right
        if right - left <= max(LONGEST_PARAGRAPH, 2 * (end - start)):
            break
    return left, right
