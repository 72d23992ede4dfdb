"""Where noun phrases and clauses begin and end, told by their words alone."""

from __future__ import annotations

import re

from disputegraph.drafting.attitude_frames import frames_of
from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.rule_units import WORD, Unit, rule_words

_LONGEST = 14
"""Words of a noun phrase."""

_HALT = re.compile(r"[,;:()—–\"“”]")


def subject_of(unit: Unit, index: int) -> DraftSpan | None:
    """Return the words before a verb that name who does it, or None."""
    tokens = unit.tokens
    if tokens[index].lower.endswith("ing"):
        return _subject_of_main_verb(unit, index)
    last = index - 1
    adverbs = rule_words("adverbs")
    while last >= 0 and (tokens[last].lower in adverbs or tokens[last].lower.endswith("ly")):
        if re.search(r"[,;:]", unit.gap(last + 1)):
            break
        last -= 1
    if last < 0 or tokens[last].lower in rule_words("no_subject_ends") or re.search(r"[;:]", unit.gap(last + 1)):
        return None
    if re.search(r"[,)—–]", unit.gap(last + 1)):
        # "Ada Osei, who runs the port, said": the name stands before the first comma.
        first = next((i for i in range(1, last + 1) if re.search(r"[,(—–]", unit.gap(i))), None)
        if first is None:
            return None
        last = first - 1
    if tokens[last].lower in rule_words("pronouns") - {"one"}:
        return unit.place(last)
    return phrase_between(unit, _phrase_start(unit, last), last)


def _phrase_start(unit: Unit, last: int) -> int:
    tokens, first = unit.tokens, last
    while first > 0 and last - first < _LONGEST - 3:
        lower = tokens[first - 1].lower
        two_names = lower == "and" and tokens[first].word[:1].isupper()
        if _HALT.search(unit.gap(first)) or lower in rule_words("finite"):
            break
        if lower in rule_words("bounds") and not two_names:
            break
        first -= 1
    return first


def _subject_of_main_verb(unit: Unit, index: int) -> DraftSpan | None:
    """``she left, adding that``: who does what the sentence begins with."""
    for other in range(index):
        lower = unit.tokens[other].lower
        verb = lower in rule_words("finite") or (other and frames_of("verb", lower) is not None)
        if verb and not lower.endswith("ing"):
            return subject_of(unit, other)
    return None


def phrase_after(unit: Unit, index: int) -> DraftSpan | None:
    """Return the noun phrase that begins at a word, up to a mark, a bound or a quotation; None if none begins there."""
    tokens = unit.tokens
    if index >= len(tokens) or tokens[index].lower in rule_words("not_sources"):
        return None
    last = index
    while last + 1 < len(tokens) and last - index < _LONGEST:
        if _HALT.search(unit.gap(last + 1)) or tokens[last + 1].lower in rule_words("bounds") - {"and"}:
            break
        last += 1
    return phrase_between(unit, index, last)


def phrase_between(unit: Unit, first: int, last: int) -> DraftSpan | None:
    """Return the place of some words without what no noun phrase begins with, or None if nothing is left."""
    leading = rule_words("bounds") | rule_words("not_sources") - {"it"}
    while first <= last and unit.tokens[first].lower in leading:
        first += 1
    return (unit.tokens[first].start, unit.tokens[last].end) if first <= last else None


def addressee_end(unit: Unit, index: int) -> int | None:
    """Return the number of the word after the noun phrase that is spoken to, if a clause begins there."""
    for last in range(index, min(index + 7, len(unit.tokens))):
        if last > index and unit.gap(last).strip():
            return None
        lower = unit.tokens[last].lower
        if lower == "that" or (last > index and lower in rule_words("personal") | {"the", "his", "her"}):
            return last
    return None


def clause_end(unit: Unit, start: int) -> int:
    """Return where a clause ends that begins at a place: before "but", "while" and the like after a comma."""
    for further in range(unit.first_from(start) + 4, len(unit.tokens)):
        gap = unit.gap(further)
        if ("," in gap and unit.tokens[further].lower in rule_words("ends_clause")) or ";" in gap:
            return unit.tokens[further - 1].end
    return unit.end


def phrase_end(unit: Unit, index: int) -> int:
    """Return where what a verb brings ends: before a mark that parts clauses."""
    for further in range(index + 1, len(unit.tokens)):
        gap, before = unit.gap(further), unit.tokens[further - 1]
        if re.search(r"[;:—–]|\s-+\s", gap):
            within = any(before.end <= quote.start < unit.tokens[further].start for quote in unit.quotes)
            return unit.end if within else before.end
        if "," in gap and unit.tokens[further].lower in rule_words("ends_phrase"):
            return before.end
    return unit.end


def is_named(unit: Unit, span: DraftSpan) -> bool:
    """Whether words name an actor: a pronoun of a person, a name at their end, people who take sides."""
    last = WORD.findall(unit.text, *span)[-1]
    return last[:1].isupper() or last.lower() in rule_words("people")
