"""The words of a sheet's controlled columns, and the terms they stand for."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from disputegraph.tables import whole

_SHORT = {"mixedQuotation": "mixed", "mixedEvaluation": "mixed"}


def meaning(field: str, word: str) -> str | None:
    """Return the local name of the ontology's term for `word` in a field such as ``polarity``, or None."""
    return _words()[field].get(_plain(word))


def terms(field: str) -> tuple[str, ...]:
    """Return the words to offer for a field, one for each term."""
    return tuple(word_for(field, term) for term in _table()[field])


def word_for(field: str, term: str) -> str:
    """Return the word that an export writes for a term."""
    if field == "kind":
        return _table()["kind"][term][0]
    return _SHORT.get(term, term)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@cache
def _words() -> dict[str, dict[str, str]]:
    return {
        field: {_plain(word): term for term, words in table.items() for word in (term, *words)}
        for field, table in _table().items()
    }


def _plain(word: str) -> str:
    folded = word.casefold().strip()
    return (
        whole(folded) or folded
        if folded.startswith(("+", "-")) or folded[:1].isdecimal()
        else folded.replace("-", " ").replace("_", " ")
    )
