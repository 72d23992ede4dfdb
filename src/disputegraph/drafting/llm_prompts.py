"""What a language model is asked: a piece of the text with numbered sentences, and what the project knows, by ids."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from disputegraph.coding import Known
from disputegraph.drafting.text_sentences import sentence_spans

_FOLDER = Path(__file__).parent / "prompts"
_FILES = ("statements_system.md", "statements_request.md", "statements_schema.json")
_PIECE = 4_000  # characters: what is said in them fits into one answer, and all of it into a small context
_LONGEST_SENTENCE = 1_500
_BEFORE, _AFTER = 5, 2  # sentences of context
_MOST_SHOWN = 80
_LONGEST_LINE = 240
_WORDS = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that is asked for at once.

    Attributes:
        text: the whole text.
        sentences: the spans of all its sentences.
        first: the first sentence whose statements are asked for, counted from 0.
        end: the sentence behind the last.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    first: int
    end: int

    @property
    def shown(self) -> range:
        """The sentences that the model sees, with their context."""
        return range(max(0, self.first - _BEFORE), min(len(self.sentences), self.end + _AFTER))

    @property
    def span(self) -> tuple[int, int]:
        """Where what the model sees stands in the text."""
        return self.sentences[self.shown.start][0], self.sentences[self.shown.stop - 1][1]

    def begins_here(self, place: int) -> bool:
        """Return whether statements that begin at a place of the text are asked for with this piece."""
        last = self.sentences[self.end][0] if self.end < len(self.sentences) else len(self.text)
        return self.sentences[self.first][0] <= place < last

    def halves(self) -> tuple[Piece, ...]:
        """Return two pieces that are asked for in its place; none where it is one sentence."""
        middle = (self.first + self.end) // 2
        return (replace(self, end=middle), replace(self, first=middle)) if middle > self.first else ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a model is told of actors or claims.

    Attributes:
        by_id: what it is told, by the ids that stand for it.
        left_out: how many it is not told of, since they have less in common with the text.
    """

    by_id: dict[str, Known]
    left_out: int


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of a text, in order; none where it has no words."""
    sentences = tuple(_sentences(text))
    pieces, first, size = list[Piece](), 0, 0
    for place, (start, end) in enumerate(sentences):
        if place > first and size + end - start > _PIECE:
            pieces.append(Piece(text, sentences, first, place))
            first, size = place, 0
        size += end - start
    return [*pieces, Piece(text, sentences, first, len(sentences))] if sentences else []


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return spans that leave out no word, none of them long, however the text is written."""
    starts = sorted({start for start, _ in sentence_spans(text)} | {0})
    found = []
    for begin, end in pairwise([*starts, len(text)]):
        start = begin
        while start < end:
            cut = end
            if end - start > _LONGEST_SENTENCE:
                blank = max(
                    text.rfind(" ", start, start + _LONGEST_SENTENCE),
                    text.rfind("\n", start, start + _LONGEST_SENTENCE),
                )
                cut = blank + 1 if blank > start else start + _LONGEST_SENTENCE
            words = text[start:cut]
            if stripped := words.strip():
                begins = start + words.index(stripped[0])
                found.append((begins, begins + len(stripped)))
            start = cut
    return found


def shown_of(letter: str, known: Sequence[Known], text: str) -> Shown:
    """Return what is told of actors or claims: all, or of many those whose words the text has most of.

    Args:
        letter: what their ids begin with.
        known: all of them.
        text: the text.
    """
    chosen = list(known)
    if len(chosen) > _MOST_SHOWN:
        words = set(_WORDS.findall(text.casefold()))

        def shared(one: Known) -> float:
            names = [set(_WORDS.findall(name.casefold())) for name in (one.label, *one.aliases)]
            return max((len(name & words) / len(name) for name in names if name), default=0.0)

        ranked = sorted(range(len(chosen)), key=lambda place: (-shared(chosen[place]), place))
        chosen = [chosen[place] for place in sorted(ranked[:_MOST_SHOWN])]
    return Shown({f"{letter}{number}": one for number, one in enumerate(chosen, 1)}, len(known) - len(chosen))


def request_text(piece: Piece, actors: Shown, claims: Shown) -> str:
    """Return what is asked of a piece. Its ends are marked by its own digest, which no text can hold."""
    text = _numbered(piece)
    values = {
        "actors": _listed(actors),
        "claims": _listed(claims),
        "first": str(piece.first + 1),
        "last": str(piece.end),
        "marker": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "text": text,
        "schema": json.dumps(schema(), separators=(",", ":")),
    }
    # In one go, so that what looks like a field in a text stays text.
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], _file(_FILES[1]))


def system_text() -> str:
    """Return what a model is told to do."""
    return _file(_FILES[0])


def schema() -> dict[str, Any]:
    """Return the JSON schema of an answer."""
    found: dict[str, Any] = json.loads(_file(_FILES[2]))
    return found


@cache
def prompt_digest() -> str:
    """Return the beginning of the SHA-256 of the files that make the prompt."""
    return hashlib.sha256("\x1f".join(map(_file, _FILES)).encode()).hexdigest()[:12]


@cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _numbered(piece: Piece) -> str:
    lines, before = list[str](), None
    for place in piece.shown:
        start, end = piece.sentences[place]
        if before is not None and "\n" in piece.text[before:start]:
            lines.append("")
        lines.append(f"[{place + 1}] {' '.join(piece.text[start:end].split())}")
        before = end
    return "\n".join(lines)


def _listed(shown: Shown) -> str:
    lines = []
    for name, one in shown.by_id.items():
        also = f" (also: {'; '.join(one.aliases)})" if one.aliases else ""
        told = f" – {one.texts[0]}" if one.texts else ""
        lines.append(f"{name}: {' '.join((one.label + also + told).split())[:_LONGEST_LINE]}")
    return "\n".join(lines) or "(none)"
