"""What is done by saying something, and which side it takes, as far as the word that tells of it says so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from disputegraph.drafting.attitude_frames import frames_of
from disputegraph.drafting.draft_records import Draft

_TABLE = Path(__file__).parent / "cue_acts.toml"
_WORD = re.compile(r"\w+(?:[’']\w+)?")
_NO = frozenset(("not", "never", "no", "neither", "nor", "nobody", "nothing", "none", "hardly", "cannot"))
_BOUND = re.compile(r"[.,;:!?\n”\"]")
_BEFORE = 24  # characters before a cue in which it may be denied: "did not say"
_WORDS_BEFORE = 3
_OPENING = 8  # words of a content in which a "not" turns its main clause
_DEMANDS = frozenset(("ask", "request"))


def with_acts(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with speech act and polarity, where the cue says them; those that a draft has stay.

    Whoever "did not say" something does nothing by it, and what is said with a "not" of its own is affirmed as it
    stands, which a claim without that "not" is not: there no side is proposed.
    """
    found = []
    for draft in drafts:
        act, polarity = _told(text, draft)
        found.append(
            replace(draft, speech_act=draft.speech_act or act, polarity=draft.polarity or polarity)
            if act or polarity
            else draft
        )
    return found


def _told(text: str, draft: Draft) -> tuple[str | None, str | None]:
    if not draft.cue or _is_denied(text, draft.cue[0][0]):
        return None, None
    words = [match.group().lower() for start, end in draft.cue for match in _WORD.finditer(text, start, end)]
    content = [m.group().lower() for start, end in draft.content[:1] for m in _WORD.finditer(text, start, end)]
    lemma = next((lemma for lemma in _lemmas(words) if lemma in _acts()), None)
    if lemma is None:
        return None, None
    if lemma in _DEMANDS and "to" in content[: len(content) // 2 or 1] and not content[0].startswith("wh"):
        return "demanding", "affirms"  # "asked them to leave", not "asked whether they leave"
    act, polarity = _acts().get(lemma, (None, None))
    if polarity in {"affirms", "denies"} and any(_negates(word) for word in content[:_OPENING]):
        polarity = None
    return act, polarity


def _lemmas(words: Sequence[str]) -> Iterator[str]:
    """Yield the first forms that words may be of, those first that make one word with what follows: ``call+for``."""
    for one, other in pairwise(words):
        if (found := frames_of("verb", f"{one}+{other}")) is not None:
            yield found.lemma
        elif (found := frames_of("verb", one)) is not None:
            yield f"{found.lemma}+{other}"
    for word in words:
        for part in ("verb", "noun", "adjective"):
            if (found := frames_of(part, word)) is not None:
                yield found.lemma


def _is_denied(text: str, start: int) -> bool:
    clause = _BOUND.split(text[max(0, start - _BEFORE) : start])[-1]
    before = _WORD.findall(clause.lower())
    return any(_negates(word) for word in before[-_WORDS_BEFORE:])


def _negates(word: str) -> bool:
    return word in _NO or word.endswith(("n't", "n’t"))


@cache
def _acts() -> Mapping[str, tuple[str | None, str | None]]:
    told = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["act"]
    return {word: (one.get("act"), one.get("polarity")) for one in told for word in one["words"].split()}
