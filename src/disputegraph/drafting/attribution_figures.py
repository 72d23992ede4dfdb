"""How well found attributions agree with marked ones: precision, recall and F over contents, sources and words.

The figures are those by which extractors of quotations are compared (Pareti 2015; Newell, Margolin & Ruths 2018). Words
are runs of letters and digits; quotation marks, punctuation and a leading "that" count nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_EDGE = re.compile(r"^(?:\W|that\b)+|\W+$", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|''.*?''")
_MARK = re.compile(r"[“”\"]|''")
_NEAR = 0.5
"""Contents pair where they share at least this part of the words that either has (Jaccard 1901)."""
_STRAY = 4
"""Fewer letters than these outside the quotation marks leave a content direct."""
_KINDS = ("direct", "mixed", "indirect", "reporting")
# What counts as a cue of speech in these figures; "not" is there as the stem of "note", also where it stands alone.
_STEMS = """
accus acknowledg advis agre alleg announc argu assur conced conclud declar describ emphasiz explain express insist
maintain mention not observ quot reckon recount reiterat remark report respond reveal stat stress suggest tweet urg
warn ask add admit affirm answer assert blam claim comment complain confirm contend cit criticiz point promis
recall reject repl vow writ
"""
_ENDINGS = ("", "e", "es", "s", "ed", "d", "ing", "y", "ies", "ied", "ting", "ted", "ten")
_WHOLE = """
say says said saying tell tells told telling deny denies denied denying wrote written think thinks thought
believe believes believed
"""
_REPORTING = {stem + ending for stem in _STEMS.split() for ending in _ENDINGS} | set(_WHOLE.split())

_Spans = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class _Pair:
    gold: int
    found: int
    near: float
    exact: bool
    has_source: bool
    same_source: bool


def evaluate_attributions(
    gold: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]]
) -> dict[str, int | float]:
    """Return how found attributions agree with marked ones: numbers of them, and percentages.

    Contents are paired one to one within a text, the pair that shares most words first. `exact` counts pairs with the
    same words, `partial` those that share at least half of them, `partial_source` those of them whose sources share a
    word, or whose marked one has none. `token` counts the words in any content, `source` the partial pairs with a
    marked source that is met. Recall is told apart for direct, mixed and indirect contents, and for cues of speech.

    Args:
        gold: texts with marked attributions, as `read_attribution_lines` gives them.
        found: the same texts with those that were found; a text that is missing has none.
    """
    by_name = {one["id"]: one["attributions"] for one in found}
    n: Counter[str] = Counter()
    for article in gold:
        _count(n, article["text"], article["attributions"], [a for a in by_name.get(article["id"], ()) if a["content"]])
    figures: dict[str, int | float] = {"gold": n["gold"], "found": n["found"]}
    for name in ("exact", "partial", "partial_source"):
        figures |= _agreement(name, n[name], n["found"], n["gold"])
    figures |= _agreement("token", n["token"], n["token_found"], n["token_gold"])
    figures["source"] = _percent(n["source"], n["has_source"])
    for kind in _KINDS:
        figures[kind] = n[kind]
        figures[f"{kind}_recall"] = _percent(n[f"{kind}_met"], n[kind])
        figures[f"{kind}_source_recall"] = _percent(n[f"{kind}_source"], n[kind])
    return figures


def _count(n: Counter[str], text: str, gold: Sequence[Any], found: Sequence[Any]) -> None:
    words = _Words(text)
    marked, drafted = ({i for a in side for i in words.touched(a["content"])} for side in (gold, found))
    n.update(gold=len(gold), found=len(found), token=len(marked & drafted))
    n.update(token_gold=len(marked), token_found=len(drafted))
    met: dict[int, bool] = {}
    for pair in _pairs(words, gold, found):
        n["exact"] += pair.exact
        if pair.near >= _NEAR:
            met[pair.gold] = pair.same_source or not pair.has_source
            n.update(partial=1, partial_source=met[pair.gold], has_source=pair.has_source, source=pair.same_source)
    for number, one in enumerate(gold):
        for kind in _kinds(text, one):
            n.update({kind: 1, f"{kind}_met": number in met, f"{kind}_source": met.get(number, False)})


class _Words:
    """The words of a text, and which of them spans touch."""

    def __init__(self, text: str) -> None:
        self.text = text
        places = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def touched(self, spans: _Spans) -> set[int]:
        """Return the numbers of the words that spans touch."""
        return {i for s, e in spans for i in range(bisect_right(self._ends, s), bisect_left(self._starts, e))}

    def plain(self, spans: _Spans) -> str:
        """Return the words of spans without what counts nowhere."""
        return re.sub(r"\W+", " ", " ".join(_EDGE.sub("", self.text[s:e]) for s, e in spans)).strip().lower()


def _pairs(words: _Words, gold: Sequence[Any], found: Sequence[Any]) -> Iterator[_Pair]:
    marked, drafted = ([words.touched(a["content"]) for a in side] for side in (gold, found))
    holders: dict[int, list[int]] = {}
    for j, held in enumerate(drafted):
        for word in held:
            holders.setdefault(word, []).append(j)
    close = []
    for i, held in enumerate(marked):
        shared = Counter(j for word in held for j in holders.get(word, ()))
        close += [(both / (len(held) + len(drafted[j]) - both), i, j) for j, both in shared.items()]
    left_gold, left_found = set(range(len(gold))), set(range(len(found)))
    for near, i, j in sorted(close, reverse=True):
        if i in left_gold and j in left_found:
            left_gold.remove(i)
            left_found.remove(j)
            source, other = (words.touched(a.get("source") or ()) for a in (gold[i], found[j]))
            exact = words.plain(gold[i]["content"]) == words.plain(found[j]["content"])
            yield _Pair(i, j, near, exact, bool(source), bool(source & other))


def _kinds(text: str, one: Mapping[str, Any]) -> Iterator[str]:
    said = " ".join(text[s:e] for s, e in one["content"]).strip()
    if _MARK.match(said) and len(re.sub(r"\W", "", _QUOTED.sub("", said))) < _STRAY:
        yield "direct"
    else:
        yield "mixed" if _MARK.search(said) else "indirect"
    cue = " ".join(text[s:e] for s, e in one.get("cue") or ()).lower()
    if re.search(r"\baccording to\b", cue) or not _REPORTING.isdisjoint(re.findall(r"\w+", cue)):
        yield "reporting"


def _agreement(name: str, hits: int, found: int, gold: int) -> dict[str, float]:
    precision, recall = hits / found if found else 0, hits / gold if gold else 0
    harmonic = 2 * precision * recall / (precision + recall) if hits else 0
    return {
        f"{name}_precision": round(100 * precision, 1),
        f"{name}_recall": round(100 * recall, 1),
        f"{name}_f": round(100 * harmonic, 1),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(whole, 1), 1)
