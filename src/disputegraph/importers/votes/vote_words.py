"""The words of roll calls for yes, no, abstention and absence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from disputegraph.errors import UsageError, nearest
from disputegraph.tables import key_of

VOTES = ("yes", "no", "abstain", "absent")


class VoteWords:
    """What words stand for a vote: those of the list, and those that the user explains, which come first."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """Take what the user explains, from word to vote, such as ``6`` to ``no``.

        Raises:
            UsageError: what a word is to stand for is not a vote.
        """
        self._own: dict[str, str] = {}
        for word, vote in values.items():
            meant = _listed().get(_plain(vote))
            if meant is None:
                raise UsageError(
                    f"--value {word}={vote}: '{vote}' is not one of: {', '.join(VOTES)}.{nearest(vote, VOTES)}"
                )
            self._own[_plain(word)] = meant
        self._read: dict[str, str | None] = {}

    def vote(self, word: str) -> str | None:
        """Return ``yes``, ``no``, ``abstain`` or ``absent``; None for a word that nothing explains."""
        if word not in self._read:
            plain = _plain(word)
            self._read[word] = self._own.get(plain) or _listed().get(plain)
        return self._read[word]


@cache
def _listed() -> dict[str, str]:
    words = tomllib.loads(Path(__file__).with_name("vote_words.toml").read_text(encoding="utf-8"))
    return {_plain(word): vote for vote, listed in words.items() for word in listed}


def _plain(word: str) -> str:
    return " ".join(key_of(word).replace("_", " ").split())
