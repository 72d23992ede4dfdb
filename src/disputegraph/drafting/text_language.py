"""In which language a text is, by the small words that every text is full of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_CHARACTERS = 20_000
_ENOUGH_WORDS = 20
_ENOUGH = 0.08  # of a text's words; English, German and French texts have a quarter and more


def language_of_text(text: str) -> str | None:
    """Return the English name of a text's language, or None where its words do not tell."""
    words = [word.casefold() for word in _LETTERS.findall(text[:_MOST_CHARACTERS])]
    if len(words) < _ENOUGH_WORDS:
        return None
    shares = {name: sum(word in known for word in words) / len(words) for name, known in _small_words().items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _ENOUGH else None


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    told = tomllib.loads((Path(__file__).parent / "small_words.toml").read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in told.items()}
