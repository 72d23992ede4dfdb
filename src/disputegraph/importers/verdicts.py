"""On which side of a claim a fact-checker's rating stands: read from its number, from its words, or from both."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from disputegraph.resources import ontology_folder
from disputegraph.tables import compared

_DEFAULT_WORST, _DEFAULT_BEST = 1.0, 5.0  # as schema.org says
_TOKEN = re.compile(r"\w+|[^\w\s.,:;!()\"'-]")
_CLAUSE_END = re.compile(r"[.:;!]|\s-\s")


def side_of(ratings: Iterable[Mapping[str, Sequence[str]]]) -> tuple[str, str]:
    """Return the side that the ratings of one review take, and why it is neutral where that is a guess.

    Each rating has its values by name: value, worst, best, words. Numbers and words, or ratings, that differ are
    ``neutral``; so are words that are not known where no number tells.
    """
    sides: set[str | None] = set()
    for rating in ratings:
        for value in rating.get("value", ()):
            sides.add(side_of_number(value, rating.get("worst", ()), rating.get("best", ())))
        sides.update(map(side_of_words, rating.get("words", ())))
    told = [side for side in sides if side]
    if len(told) > 1:
        return "neutral", "contradictory"
    return (told[0], "") if told else ("neutral", "unknown" if sides else "missing")


def side_of_number(value: str, worst: Sequence[str], best: Sequence[str]) -> str | None:
    """Return the side of a number: the upper third of its scale affirms, the lower denies; None if it is not on it."""
    try:
        low, high = float(next(iter(worst), _DEFAULT_WORST)), float(next(iter(best), _DEFAULT_BEST))
        share = (float(value) - low) / (high - low)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    if high <= low or not 0 <= share <= 1 or math.isinf(high - low):
        return None
    return "affirms" if share > 2 / 3 else "denies" if share < 1 / 3 else "neutral"


def side_of_words(text: str) -> str | None:
    """Return the side of a verdict in words, ``neutral`` where they leave it open; None where they are not known.

    A word is a side's only if every other is known and none is of the other side. What follows a first clause that
    plainly denies (``False. The picture is older.``) may have unknown words, but none that tells anything.
    """
    plain, lists = compared(text).casefold(), _lists()
    tokens = _TOKEN.findall(plain)
    telling = {name for name in ("affirms", "denies", "negations", "doubts") if not lists[name].isdisjoint(tokens)}
    if "negations" in telling:
        return "denies" if _is_negated_truth(plain) else "neutral"
    if "doubts" in telling or len(telling) > 1:
        return "neutral"
    if not telling:
        return None
    head = _TOKEN.findall(_CLAUSE_END.split(plain, maxsplit=1)[0])
    (side,) = telling
    known = lists[side] | lists["degrees"] | lists["fillers"]
    denied = side == "denies" and known.issuperset(head) and not lists[side].isdisjoint(head)
    return side if denied or known.issuperset(tokens) else None


def _is_negated_truth(plain: str) -> bool:
    """Whether a verdict is one negation right before one word of truth, as in ``Das ist nicht wahr``."""
    lists = _lists()
    tokens = _TOKEN.findall(plain)
    if "pas" in tokens:
        tokens = [token for token in tokens if token not in ("n", "ne")]
    negated = [place for place, token in enumerate(tokens) if token in lists["negations"]]
    true = [place for place, token in enumerate(tokens) if token in lists["affirms"]]
    if len(negated) != 1 or len(true) != 1 or negated[0] > true[0] or re.search(r"[.,:;!()\"-]\s*\w", plain):
        return False
    rest = [*tokens[: negated[0]], *tokens[true[0] + 1 :]]
    return lists["between"].issuperset(tokens[negated[0] + 1 : true[0]]) and lists["fillers"].issuperset(rest)


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = (ontology_folder() / "mappings" / "verdicts.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}
