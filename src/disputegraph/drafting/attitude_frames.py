"""Which words tell of speech, belief or wish, and in which frames what they bring is somebody's: read from a table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parent / "attitude_frames.toml"


@dataclass(frozen=True, slots=True)
class Frames:
    """What a word can bring.

    Attributes:
        lemma: the word as the table has it.
        frames: the frames it stands in; see `attitude_frames.toml`.
        prepositions: those that bring what is said.
        kinds: saying, believing, intending, showing.
    """

    lemma: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    kinds: frozenset[str]


def frames_of(part: str, word: str) -> Frames | None:
    """Return the frames of a word in any of its forms, or None.

    Args:
        part: ``verb``, ``noun`` or ``adjective``.
        word: the word in small letters; a verb with a particle as ``point+out``.
    """
    return _table()[part].get(word)


@cache
def words_of(name: str) -> frozenset[str]:
    """Return a list of words that have no frames, such as the verbs that only carry a noun: the table's end."""
    return frozenset(_told()["words"][name].split())


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def _table() -> Mapping[str, Mapping[str, Frames]]:
    told = _told()
    irregular: dict[str, list[str]] = {
        line[0]: line[1:] for line in map(str.split, told["irregular"].splitlines()) if line
    }
    table: dict[str, dict[str, Frames]] = {}
    for part in ("verb", "noun", "adjective"):
        known: dict[str, Frames] = {}
        for group in told[part]:
            frames, _, prepositions = group["frames"].partition(">")
            for word in group["words"].split():
                old = known.get(word, Frames(word, frozenset(), frozenset(), frozenset()))
                known[word] = Frames(
                    word,
                    old.frames | set(frames.split()),
                    old.prepositions | set(prepositions.split()),
                    old.kinds | {group["kind"]},
                )
        table[part] = {form: found for word, found in known.items() for form in _forms(part, word, irregular)}
    return table


def _forms(part: str, word: str, irregular: Mapping[str, list[str]]) -> Iterator[str]:
    if part == "adjective":
        yield word
    elif part == "noun":
        yield from (word, *_with_s(word))
    else:
        verb, plus, particle = word.partition("+")
        yield from (form + plus + particle for form in verb_forms(verb, irregular))


def verb_forms(verb: str, irregular: Mapping[str, list[str]]) -> set[str]:
    """Return the forms of a verb; a final consonant is both doubled and not, since the stress is not known."""
    stem = verb[:-1] if re.search(r"[^eoy]e$|[^aeiou]ye$", verb) else verb
    past = {re.sub(r"(?<=[^aeiou])y$", "i", stem) + "ed"} if not verb.endswith("e") else {verb + "d"}
    forms = {verb, *_with_s(verb), *irregular.get(verb, past), stem + "ing"}
    if re.search(r"(?<![aeiou])[aeiou][bdglmnprt]$", verb):
        forms |= {verb + verb[-1] + "ing"} | ({verb + verb[-1] + "ed"} if verb not in irregular else set())
    return forms


def _with_s(word: str) -> tuple[str]:
    if re.search(r"[^aeiou]y$", word):
        return (word[:-1] + "ies",)
    return (word + ("es" if re.search(r"(?:s|x|z|ch|sh|(?<![aeio])o)$", word) else "s"),)
