"""The names of persons and bodies in a text, without a parser: runs of capitalised words, short forms with the full."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from disputegraph.drafting.draft_records import DraftSpan

Gender: TypeAlias = Literal["man", "woman"]

_CAPITALISED = (
    r"(?:[A-Z]\.(?:[A-Z]\.)*|(?:Mc|Mac|O['’]|D['’]|al-|el-)?[A-ZÀ-ÖØ-Þ][\w]*(?:[-'’](?!s\b)[A-ZÀ-ÞØ-ßa-zà-ÿ]\w+)*"
    r"(?:(?<=s)['’](?=[ \n][A-Z]))?)"
)
_RUN = re.compile(
    rf"\b(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Lt|Gen|Col|Capt|Sgt|Adm|Rev|Prof|St|Maj|Sens|Reps)\.[ \n])*"
    rf"{_CAPITALISED}(?:[ \n](?:(?:of|de|del|della|van|von|der|den|bin|al|ben|la|le|for|the|and|&)[ \n]){{0,2}}"
    rf"{_CAPITALISED})*"
)
_JOINERS = frozenset(("of", "for", "the", "and", "&"))
_SENTENCE_START = re.compile(r"(?:\A|[.!?:][”\"'’)]*\s+|\n\s*|[“\"]|(?:^|\s)['‘])\Z")
_APPOSED = re.compile(r",? (?:the |a |an )?((?:[\w'’-]+ ){0,5}?[a-z][\w-]+)(?=,| of| for| at| in| who|\.|$)")
_MOST_WORDS = 8


@dataclass(slots=True)
class Named:
    """A person or a body that the text names.

    Attributes:
        name: the longest form, without titles.
        person: whether it is one; None where nothing tells.
        gender: what "he" or "she" can mean, where something tells.
        places: where it is named, in order.
        posts: words of what they are, in small letters: ``minister``, ``senator``.
    """

    name: str
    person: bool | None = None
    gender: Gender | None = None
    places: list[tuple[int, int]] = field(default_factory=list)
    posts: set[str] = field(default_factory=set)


class TextNames:
    """The names of one text."""

    def __init__(self, text: str, alone: Collection[DraftSpan] = ()) -> None:
        """Find the names.

        Args:
            text: the text.
            alone: places whose words are a name if they are one capitalised word, though it begins a sentence: those
                of whoever speaks.
        """
        self.text = text
        self.named: list[Named] = []
        self._by_word: dict[str, list[Named]] = {}
        self._mentions: list[tuple[int, int, Named]] = []
        runs = [(*match.span(), match[0]) for match in _RUN.finditer(text)]
        found = [piece for start, _, run in runs for piece in _pieces(text, start, run)]
        inside = {words[-1] for _, _, words, first in found if not first}
        # Full forms come first: a short form may stand in the headline, before its full one.
        for start, end, words, first in sorted(found, key=lambda one: (len(one[2]) == 1, one[0])):
            known = words[0] in inside or words[0] in self._by_word
            doubtful = len(words) == 1 and first and not known
            if doubtful and not ((start, end) in alone and self._is_like_a_name(words[0])):
                continue
            self._add(start, end, words)
        self._mentions.sort(key=lambda mention: mention[0])
        self._starts = [start for start, _, _ in self._mentions]
        for one in self.named:
            one.places.sort()

    def mentions(self, start: int, end: int) -> list[tuple[int, int, Named]]:
        """Return who is named within a span: place and name, in order."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return self._mentions[first:last]

    def _is_like_a_name(self, word: str) -> bool:
        """Whether a capitalised word may be a name: it is not a plural, and stands nowhere in small letters."""
        return not word.endswith("s") and re.search(rf"\b{re.escape(word.lower())}\b", self.text) is None

    def _add(self, start: int, end: int, words: list[str]) -> None:
        titles, name = _without_titles(words)
        if not name:
            return
        key = name[-1]
        known = next((n for n in self._by_word.get(key, []) if _may_be(name, n)), None)
        if known is None:
            known = Named(" ".join(name))
            self.named.append(known)
            for word in {name[-1], name[0]}:
                self._by_word.setdefault(word, []).append(known)
        elif len(name) > len(known.name.split()):
            known.name = " ".join(name)
        known.places.append((start, end))
        self._mentions.append((start, end, known))
        self._describe(known, titles, name, start, end)

    def _describe(self, known: Named, titles: list[str], name: list[str], start: int, end: int) -> None:
        words = _words()
        if known.gender is None:
            known.gender = (
                "man" if words["men_titles"].intersection(titles) else
                "woman" if words["women_titles"].intersection(titles) else
                _gender_of_given(name[0]) if len(name) > 1 else None
            )  # fmt: skip
        if name[-1] in words["bodies"] or (
            self.text[max(0, start - 4) : start].lower() in {"the ", " the"} and not titles
        ):
            known.person = known.person or False
        if titles or (len(name) > 1 and _gender_of_given(name[0]) is not None and name[-1] not in words["bodies"]):
            known.person = True
        if known.person is not False:
            known.posts |= {word.lower() for word in titles}
            before = re.findall(r"[a-z]+", self.text[max(0, start - 40) : start].rpartition(".")[2].rpartition(",")[2])
            known.posts |= {word for word in before[-2:] if word.capitalize() in words["titles"]}
            if (told := _APPOSED.match(self.text[end : end + 80])) and self.text[end : end + 1] == ",":
                apposed = told[1].lower().split()
                known.posts |= {word for word in apposed if word.capitalize() in words["titles"]}
                known.gender = known.gender or gender_of_words(apposed)


def gender_of_words(words: list[str]) -> Gender | None:
    """Return whether words such as "spokeswoman" or "father" say man or woman."""
    for word in reversed(words):
        if re.fullmatch(
            r"\w*woman|mother|wife|daughter|sister|widow|girl|lady|actress|queen|her|she|nun|aunt|grandmother", word
        ):
            return "woman"
        if re.fullmatch(
            r"\w*(?<!wo)man|father|husband|son|brother|widower|boy|actor|king|his|he|priest|uncle|grandfather", word
        ):
            return "man"
    return None


def _may_be(name: list[str], known: Named) -> bool:
    full = known.name.split()
    if len(name) == 1:
        return name[0] == full[-1] or (name[0] == full[0] and len(full) > 1 and known.person is not False)
    return name[-1] == full[-1] and (
        len(full) == 1 or name[0] == full[0] or (_gender_of_given(name[0]) is None and name[0] in full)
    )


def _pieces(text: str, start: int, run: str) -> list[tuple[int, int, list[str], bool]]:
    """Return a run of capitalised words without what only begins a sentence, cut at "and" between two persons."""
    tokens = [(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", run)]
    first = bool(_SENTENCE_START.search(text[max(0, start - 4) : start]))
    dropped = False
    while tokens and (tokens[0][2] in _words()["not_names"] or tokens[0][2] in _JOINERS):
        tokens.pop(0)
        dropped = True
    first = first and not dropped
    groups: list[list[tuple[int, int, str]]] = [[]]
    for number, token in enumerate(tokens):
        if (
            token[2] in {"and", "&", "for"} and not any(t[2].rstrip(".") in _words()["bodies"] for t in tokens[number:])
        ) or token[2] in _words()["not_names"]:
            groups.append([])
        else:
            groups[-1].append(token)
    found = []
    for group in groups:
        while group and group[-1][2] in _JOINERS:
            group.pop()
        if group and len(group) <= _MOST_WORDS:
            words = [word for _, _, word in group]
            found.append((start + group[0][0], start + group[-1][1], words, first and group is groups[0]))
    return found


def _without_titles(words: list[str]) -> tuple[list[str], list[str]]:
    known = _words()
    titles = known["titles"] | known["men_titles"] | known["women_titles"]
    cut = 0
    for number, word in enumerate(words[:-1]):
        if word.rstrip(".s") in titles or word.rstrip(".") in titles:
            cut = number + 1
    if 0 < cut < len(words) and words[cut] not in _JOINERS:
        # "Clinton campaign Chairman John Podesta": what stands before the title is not the name
        return [word.rstrip(".") for word in words[:cut] if word.rstrip(".") in titles], words[cut:]
    return [], words


@cache
def _words() -> Mapping[str, frozenset[str]]:
    told = tomllib.loads((Path(__file__).parent / "name_words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in told.items()}


def _gender_of_given(word: str) -> Gender | None:
    known = _words()
    man, woman = word in known["men"], word in known["women"]
    return None if man == woman else "man" if man else "woman"
