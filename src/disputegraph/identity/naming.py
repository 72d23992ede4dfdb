"""Names of people and bodies in the forms by which doubles are told: folded, as initials, without titles."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path


@cache
def _words(kind: str) -> frozenset[str]:
    words: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return frozenset(words[kind])


@cache
def _empty() -> frozenset[str]:
    return _words("titles") | _words("little_words") | _words("legal_forms")


def folded(name: str) -> tuple[str, ...]:
    """Return the words of a name without accents, punctuation, case, articles, titles and legal forms."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("&", " and ")
    words = re.findall(r"\w+", plain.replace("'", "").replace("’", ""))
    core = tuple(word for word in words if word not in _empty())
    return core or tuple(words)


def initials(name: str) -> str:
    """Return the first letters of a name's words, little words left out, in capitals; empty for a single word."""
    words = [
        word
        for word in re.findall(r"\w+", name)
        if word.casefold() not in _words("little_words") | _words("legal_forms")
    ]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def initials_first(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return a folded personal name, with initials before the surname also where they stood after it."""
    end = len(name)
    while end > 1 and len(name[end - 1]) == 1:
        end -= 1
    return name[end:] + name[:end]


def is_acronym(name: str) -> bool:
    """Whether a name looks like an acronym: two to eight letters, capitals save for little words (DfE, BMA, U.S.)."""
    letters = re.sub(r"[.\s]", "", name)
    capitals = sum(char.isupper() for char in letters)
    return 2 <= len(letters) <= 8 and letters.isalpha() and capitals >= 2 and capitals >= len(letters) - 1  # noqa: PLR2004


def short_of(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one folded personal name may be short for the other: same surname, given names missing or as initials."""
    short, long = sorted((one, other), key=lambda words: (len(words), sum(map(len, words))))
    if not short or short == long or short[-1] != long[-1] or len(short[-1]) < 2:  # noqa: PLR2004
        return False
    return all(any(given.startswith(word) for given in long[:-1]) for word in short[:-1])
