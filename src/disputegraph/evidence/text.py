"""The one form in which texts are counted and hashed.

Text is Unicode NFC (UAX #15), its lines end in LF, a leading byte order mark is dropped. Offsets count Unicode code
points, as in the Web Annotation Data Model (W3C Recommendation 2017, section 4.2.4). Digests are SHA-256 of the UTF-8
bytes, as 64 lower-case hexadecimal digits. NFC is closed under taking substrings, so a span needs no further
normalisation before it is hashed.
"""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

NORMALISATION = "NFC; LF line ends; offsets in Unicode code points"
"""What `dg:textNormalization` says of a text in this form."""

_BOM = "\ufeff"


def normalise(text: str) -> str:
    """Return `text` in the form in which offsets and digests are taken; a second call changes nothing."""
    text = text.removeprefix(_BOM)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def digest(text: str) -> str:
    """Return the SHA-256 of a text or a span of it, which must already be normalised, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def utf16_to_code_point(text: str, offsets: list[int]) -> list[int]:
    """Return the code point offset of each UTF-16 offset into `text`.

    An offset in the middle of a surrogate pair gives the code point that the pair makes; one beyond the text gives
    its length.
    """
    wide = [place for place, char in enumerate(text) if ord(char) > 0xFFFF]  # noqa: PLR2004
    # The UTF-16 offset of the n-th wide character is its place plus the n wide ones before it.
    starts = [place + before for before, place in enumerate(wide)]
    found = []
    for offset in offsets:
        before = bisect_right(starts, offset - 1)
        inside = before > 0 and starts[before - 1] == offset - 1
        found.append(min(wide[before - 1] if inside else offset - before, len(text)))
    return found


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """A text in normal form, with the way from offsets in the text as it was to offsets in the normal form.

    Attributes:
        text: the normalised text.
        length: the length of the text as it was, in code points.
        raw_ends: where, in the text as it was, each stretch that normalisation changes ends, ascending.
        raw_starts: where each such stretch starts.
        new_starts: where its normal form starts in the normalised text.
        new_ends: where its normal form ends.
    """

    text: str
    length: int
    raw_starts: tuple[int, ...]
    raw_ends: tuple[int, ...]
    new_starts: tuple[int, ...]
    new_ends: tuple[int, ...]

    @classmethod
    def of(cls, raw: str) -> OffsetMap:
        """Return the map for `raw`; fast where little changes, as in nearly every text."""
        pieces: list[str] = []
        changes: list[tuple[int, int, int, int]] = []
        done = new = 0
        for start, end in _stretches(raw):
            form = "" if start == 0 and raw[start:end] == _BOM else _normal(raw[start:end])
            if form == raw[start:end]:
                continue
            pieces += [raw[done:start], form]
            new += start - done
            changes.append((start, end, new, new + len(form)))
            new += len(form)
            done = end
        pieces.append(raw[done:])
        starts, ends, new_starts, new_ends = zip(*changes, strict=True) if changes else ((), (), (), ())
        return cls("".join(pieces), len(raw), starts, ends, new_starts, new_ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the span from `start` to `end` of the text as it was stands in the normalised text.

        A bound inside a stretch that became other characters moves outwards, so that nothing is lost.
        """
        return self._place(start, outwards=-1), self._place(end, outwards=1)

    def _place(self, offset: int, *, outwards: int) -> int:
        offset = max(0, min(offset, self.length))
        before = bisect_right(self.raw_starts, offset - 1) - 1  # the last stretch that starts before the offset
        if before < 0:
            return offset
        if offset >= self.raw_ends[before]:
            return self.new_ends[before] + offset - self.raw_ends[before]
        return self.new_starts[before] if outwards < 0 else self.new_ends[before]


def _normal(raw: str) -> str:
    return unicodedata.normalize("NFC", "\n" if raw in ("\r\n", "\r") else raw)


def _stretches(raw: str) -> list[tuple[int, int]]:
    """Return the stretches of `raw` that may change: a mark, line ends, and base characters with what joins them."""
    found: list[tuple[int, int]] = []
    if raw.startswith(_BOM):
        found.append((0, 1))
    ascii_only = raw.isascii()
    settled = ascii_only or unicodedata.is_normalized("NFC", raw)
    place = 1 if found else 0
    if settled:
        while (place := raw.find("\r", place)) >= 0:
            end = place + (2 if raw.startswith("\r\n", place) else 1)
            found.append((place, end))
            place = end
        return found
    while place < len(raw):
        if raw[place] == "\r":
            end = place + (2 if raw.startswith("\r\n", place) else 1)
        else:
            end = place + 1
            while end < len(raw) and raw[end] > "\x7f" and _joins(raw[place:end], raw[end]):
                end += 1
        if end > place + 1 or raw[place] > "\x7f" or raw[place] == "\r":
            found.append((place, end))
        place = end
    return found


def _joins(before: str, char: str) -> bool:
    """Whether normalisation may change `char` together with what stands before it (combining marks, Hangul)."""
    if unicodedata.combining(char):
        return True
    normal = unicodedata.normalize
    return normal("NFC", before + char) != normal("NFC", before) + normal("NFC", char)
