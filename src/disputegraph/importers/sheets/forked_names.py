"""Names that differ by so little that they may be one: a word more or less, or one that is spelt otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_NOT = frozenset(
    ("not", "no", "never", "none", "cannot", "nor", "without", "nicht", "kein", "keine", "keinen", "nie", "ohne", "pas")
)
_ALIKE = 75
_OPPOSED = re.compile(r"(?:un|in|im|dis|non|mis|re)(?P<rest>.+)")
_NUMBER = re.compile(r"\d")
_FEW = 3
_MANY = 50


def forked_names(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that have the same words but for one.

    That word is missing in one of them, or spelt otherwise (at least 75 of 100 by rapidfuzz's ratio). Words that say
    the opposite ("not", "unfair" beside "fair") and numbers tell names apart on purpose, and so does a place that is
    filled in more than 50 ways. Names of one word are left out. It takes time by the number of words, not of pairs.
    """
    spelt = {name: tuple(re.findall(r"\w+", name.casefold())) for name in sorted(set(names))}
    shortened: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for name, words in spelt.items():
        for place, word in enumerate(words if len(words) > 1 else ()):
            shortened[*words[:place], "", *words[place + 1 :]].append((name, word))
    whole = defaultdict(list)
    for name, words in spelt.items():
        whole[words].append(name)
    for rest, found in shortened.items():
        if len(found) > _MANY:
            continue
        for at, (name, word) in enumerate(found):
            yield from ((name, other) for other, its in found[at + 1 :] if _same(word, its))
        without = tuple(word for word in rest if word)
        if len(without) >= _FEW:
            yield from (
                (other, name)
                for name, word in found
                for other in whole[without]
                if word not in _NOT and not _NUMBER.search(word)
            )


def _same(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if one == other or _NUMBER.search(one + other) or {one, other} & _NOT:
        return False
    for long, short in ((one, other), (other, one)):
        if (match := _OPPOSED.fullmatch(long)) and match["rest"] == short:
            return False
    return fuzz.ratio(one, other) >= _ALIKE
