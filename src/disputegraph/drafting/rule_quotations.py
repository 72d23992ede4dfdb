"""Direct speech by rules: which quotations of a sentence somebody says, and who."""

from __future__ import annotations

import re

from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.quotation_marks import Quotation
from disputegraph.drafting.rule_phrases import phrase_after, phrase_between, subject_of
from disputegraph.drafting.rule_units import WORD, Said, Unit, rule_words

_DASH = re.compile(r"\s*([―—–]|--?)\s*(?=[A-ZÀ-ÖØ-Þ])")
_LONGEST_NAME = 8
_LONG = 3
"""Words from which on a quotation is said by somebody; shorter ones set words apart."""


def direct_speech(unit: Unit) -> list[Said]:
    """Return the direct speech of a sentence with who says it; without source and cue if they are not in it."""
    quotes = _said_at_length(unit)
    found: list[Said] = []
    for number, quote in enumerate(quotes):
        spans = list(quote.spans)
        bound = quotes[number + 1].start if number + 1 < len(quotes) else unit.end
        last = found[-1] if found else None
        if last is not None and last.cue is not None:
            own = _cue_right_before(unit, quote.start)
            if own is None or unit.place(own) == last.cue:
                last.content += spans  # broken round the cue
            else:  # "…," she said, adding: "…"
                found.append(Said(spans, subject_of(unit, own) or last.source, unit.take(own), direct=True))
            continue
        cue = _signed(unit, quote.end) or _cue_after(unit, quote.end, bound) or _cue_before(unit, quote.start)
        if last is not None:
            last.content += spans
            last.cue, last.source = cue or (None, None)
        else:
            found.append(Said(spans, cue[1] if cue else None, cue[0] if cue else None, direct=True))
    return found


def introduction(unit: Unit) -> tuple[DraftSpan, DraftSpan | None] | None:
    """Return cue and source of a sentence that ends in a colon, and so introduces the quotation that follows it."""
    return _cue_before(unit, unit.end) if unit.text[unit.end - 1] == ":" else None


def _said_at_length(unit: Unit) -> list[Quotation]:
    """Return the quotations of a sentence that somebody says, not those that only set words apart."""
    text = unit.text
    found: list[Quotation] = []
    for quote in unit.quotes:
        first, last = text[quote.inner[0][0]], text[quote.inner[-1][1] - 1]
        before, after = text[unit.start : quote.start].rstrip(), text[quote.end : quote.end + 1]
        words = sum(len(WORD.findall(text, *span)) for span in quote.inner)
        told = _cue_right_before(unit, quote.start) is not None  # said, "no."
        brought = last in ".!?" and words >= _LONG and _quotes_at_once(unit, quote.start)  # said “it is so.”
        opens = not before or before[-1] in ",:.(—–-" or brought
        begins = not before or first.isupper() or first.isdigit() or first in "…[$£€" or told or brought or bool(found)
        ends = last in ",.!?…—-" or after in {",", ""} or quote.end >= unit.end
        long_enough = words >= _LONG or (ends and (not before or told or found))
        if opens and begins and (ends or not before) and long_enough:
            found.append(quote)
    return found


def _cue_right_before(unit: Unit, start: int) -> int | None:
    """Return the number of the word of saying that a comma or colon parts from a quotation, or None."""
    last = max((i for i, token in enumerate(unit.tokens) if token.end <= start), default=-1)
    if last < 0 or unit.text[unit.tokens[last].end : start].strip() not in {",", ":"}:
        return None
    for index in range(last, max(last - 4, -1), -1):
        if unit.quoting(index):
            return index
        if index < last and "," in unit.gap(index + 1):
            return None
    return None


def _quotes_at_once(unit: Unit, start: int) -> bool:
    """Whether a word of saying stands right before a quotation."""
    index = unit.first_from(start) - 1
    return index > 0 and not unit.text[unit.tokens[index].end : start].strip() and unit.quoting(index)


def _signed(unit: Unit, start: int) -> tuple[DraftSpan, DraftSpan | None] | None:
    """``"…" — Ada Osei``: the dash is the cue."""
    signed = _DASH.match(unit.text, start, unit.end)
    if signed is None:
        return None
    first = unit.first_from(signed.end())
    source = phrase_after(unit, first)
    few = len(unit.tokens) - first <= _LONGEST_NAME and not any(unit.quoting(i) for i in range(first, len(unit.tokens)))
    return (signed.span(1), source) if few and source is not None else None


def _cue_after(unit: Unit, start: int, bound: int) -> tuple[DraftSpan, DraftSpan | None] | None:
    """``"…," Ada Osei said``, ``"…," said Ada Osei``."""
    tokens, first = unit.tokens, unit.first_from(start)
    for index in range(first, min(first + 28, len(tokens))):
        if tokens[index].start >= bound or (index > first and unit.ends_before(index)):
            return None
        if unit.quoting(index):
            adverb = index - first == 1 and tokens[first].lower in rule_words("adverbs")
            subject = phrase_between(unit, first, index - 1) if index > first and not adverb else None
            return unit.take(index), subject or phrase_after(unit, index + 1)
    return None


def _cue_before(unit: Unit, end: int) -> tuple[DraftSpan, DraftSpan | None] | None:
    """``Ada Osei said, "…"``, ``As she put it: "…"``."""
    last = max((i for i, token in enumerate(unit.tokens) if token.end <= end), default=-1)
    if last < 0:
        return None
    gap = unit.text[unit.tokens[last].end : end].strip()
    for index in range(last, max(last - 16, -1), -1):
        if unit.quoting(index) or (":" in gap and unit.tokens[index].lower in rule_words("putting")):
            return unit.take(index), subject_of(unit, index)
    if last and (":" in gap or (gap == "," and unit.tokens[last].lower.endswith("ed"))):
        return unit.take(last), subject_of(unit, last)
    return None
