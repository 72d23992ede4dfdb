"""Reported speech by rules: clauses, noun phrases and quotations that a verb of saying brings."""

from __future__ import annotations

import re

from disputegraph.drafting.attitude_frames import Frames, frames_of
from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.rule_phrases import (
    addressee_end,
    clause_end,
    is_named,
    phrase_after,
    phrase_between,
    phrase_end,
    subject_of,
)
from disputegraph.drafting.rule_units import WORD, Said, Unit, prepositions_of, rule_words

_FEWEST = 4
"""Words of what stands before "she said" at a sentence's end."""


def reported_speech(unit: Unit, index: int) -> Said | None:
    """Return what a word of a sentence brings, if it tells that somebody says something."""
    token = unit.tokens[index]
    if token.lower == "according" and unit.lower(index + 1) == "to":
        return _according(unit, index)
    found = frames_of("verb", token.lower)
    if found is None or (index and token.word[:1].isupper()) or not _is_verb(unit, index):
        return None
    if "clause" in found.frames and (told := _clause(unit, index, found)) is not None:
        return told
    subject = subject_of(unit, index)
    if subject is None:
        return None
    return (
        _named_so(unit, index, found, subject)
        or _object(unit, index, found, subject)
        or _prepositional(unit, index, found, subject)
    )


def _is_verb(unit: Unit, index: int) -> bool:
    before = unit.tokens[index - 1] if index and not re.search(r"[,;:]", unit.gap(index)) else None
    if unit.lower(index + 1) == "than" or (before is not None and before.lower in rule_words("determiners")):
        return False
    if unit.lower(index) not in rule_words("nouns_too"):
        return True
    return before is not None and (
        before.lower in rule_words("pronouns") | rule_words("adverbs") or before.word[0].isupper()
    )


def _clause(unit: Unit, index: int, found: Frames) -> Said | None:
    """``she said (that) it was so``; else ``It was so, she said``."""
    tokens, after = unit.tokens, index + 1
    subject = subject_of(unit, index)
    if _inverted(unit, index, found):
        return _said_after(unit, index, found, None)
    stops = after >= len(tokens) or re.search(r"[,.;:]", unit.gap(after))
    if stops and not unit.quote_follows(index):
        return _said_after(unit, index, found, subject)
    if subject is None:
        return None
    if "address" in found.frames and after < len(tokens):
        skipped = addressee_end(unit, after)
        if skipped is None:
            return None
        after = skipped
    start = _clause_start(unit, after, found)
    if start is None or start >= unit.end:
        return None
    quoted = next((quote.start for quote in unit.quotes if quote.start >= tokens[index].end), start)
    start = min(start, quoted)
    return Said([(start, clause_end(unit, start))], subject, unit.take(index))


def _inverted(unit: Unit, index: int, found: Frames) -> bool:
    """Whether a verb stands between what is said and who says it: ``It was so, said Ada Osei, who …``."""
    if not index or index + 1 >= len(unit.tokens) or "quote" not in found.frames:
        return False
    # "Its spokeswoman, Ada Osei, said the port": without a verb before it, nothing has been said yet
    said = any(t.lower in rule_words("finite") or frames_of("verb", t.lower) for t in unit.tokens[:index])
    if not said and not any(quote.start < unit.tokens[index].start for quote in unit.quotes):
        return False
    following = unit.tokens[index + 1]
    named = following.word[:1].isupper() and following.lower not in rule_words("pronouns")
    return (
        re.search(r"[,”\"]", unit.gap(index)) is not None
        and not unit.gap(index + 1).strip()
        and not unit.lower(index).endswith("ing")
        and (named or following.lower in {"a", "an", "the", "one", "another"})
    )


def _clause_start(unit: Unit, after: int, found: Frames) -> int | None:
    """Return where the clause begins that a verb brings, or None if no clause begins at a word."""
    tokens = unit.tokens
    for further in range(after, min(after + 7, len(tokens))):
        at_once = further == after and not unit.gap(after).strip()
        # "said on Monday that": a few words may come between.
        between = further > after and tokens[after].lower in rule_words("prepositions") | rule_words("days")
        if tokens[further].lower == "that" and (at_once or between):
            return tokens[further + 1].start if further + 1 < len(tokens) else unit.end
    if not _begins_clause(unit, after, found):
        return None
    return tokens[after].start if after < len(tokens) else unit.end


def _begins_clause(unit: Unit, index: int, found: Frames) -> bool:
    if index >= len(unit.tokens):
        return unit.quote_follows(index - 1)
    token = unit.tokens[index]
    if gap := unit.gap(index).strip():
        return re.fullmatch(r"[“\"'‘$£€]+", gap) is not None
    known = found.lemma in rule_words("needs_nothing")
    if found.lemma in rule_words("needs_that") or (found.kinds & {"believing", "intending"} and not known):
        return False
    if token.lower in rule_words("personal"):
        return True
    if token.lower in rule_words("clause_starts") or token.word[:1].isupper():
        # A noun phrase that is followed by a verb we know from its form.
        for further in unit.tokens[index + 1 : index + 9]:
            if further.lower in rule_words("finite"):
                return True
            if further.lower in {"that", "to", "and"}:
                break
        return known and token.lower not in {"that", "what", "this", "so", "nothing", "something", "anything"}
    no_clause = rule_words("prepositions") | rule_words("days") | {"so", "nothing", "something", "anything", "the"}
    return found.lemma == "say" and token.lower not in no_clause


def _said_after(unit: Unit, index: int, found: Frames, subject: DraftSpan | None) -> Said | None:
    """``It is so, she said.`` The content stands before; the subject between the comma and the verb, or after it."""
    if "saying" not in found.kinds and found.lemma not in rule_words("needs_nothing"):
        return None
    tokens = unit.tokens
    comma = next((i for i in range(index, max(index - 10, 0), -1) if re.search(r"[,”\"]", unit.gap(i))), None)
    if comma is None:
        return None
    last = tokens[comma - 1].end
    last = max((quote.end for quote in unit.quotes if last < quote.end <= tokens[comma].start), default=last)
    if len(WORD.findall(unit.text, unit.start, last)) < _FEWEST:
        return None
    if subject is None or subject[0] < tokens[comma].start:
        subject = phrase_between(unit, comma, index - 1) if comma < index else phrase_after(unit, index + 1)
    if subject is None:
        return None
    leading = tokens[0].start == unit.start and tokens[0].lower in {"but", "and"} and len(tokens) > 1
    content = [(tokens[1].start if leading else unit.start, last)]
    if index + 1 < len(tokens) and unit.gap(index + 1).strip().startswith(",") and subject[1] <= tokens[index].start:
        content.append((tokens[index + 1].start, clause_end(unit, tokens[index + 1].start)))  # it goes on
    return Said(content, subject, unit.take(index))


def _named_so(unit: Unit, index: int, found: Frames, subject: DraftSpan) -> Said | None:
    """``what he called “a mess”``: words of somebody's own that name a thing."""
    if found.lemma not in rule_words("naming"):
        return None
    end = unit.tokens[index].end
    quote = next((quote for quote in unit.quotes if quote.start > end), None)
    if quote is None or len(WORD.findall(unit.text, end, quote.start)) > 6:  # noqa: PLR2004
        return None
    if re.search(r"[.;:]", unit.text[end : quote.start]):
        return None
    return Said([*quote.spans], subject, unit.take(index))


def _object(unit: Unit, index: int, found: Frames, subject: DraftSpan) -> Said | None:
    """``she condemned the report``: a noun phrase that a verb of saying brings, where somebody is named who does it."""
    after = index + 1
    says = "saying" in found.kinds and found.lemma not in rule_words("no_objects")
    if "object" not in found.frames or not (says or found.lemma in rule_words("objects")):
        return None
    if after >= len(unit.tokens) or unit.gap(after).strip(" \n“\"'‘") or not is_named(unit, subject):
        return None
    if unit.lower(after) not in rule_words("phrase_starts") and not unit.tokens[after].word[:1].isupper():
        return None
    return Said([(unit.tokens[after].start, phrase_end(unit, after))], subject, unit.take(index))


def _prepositional(unit: Unit, index: int, found: Frames, subject: DraftSpan) -> Said | None:
    """``she called for a strike``, ``she accused the port of hiding it``."""
    if not found.prepositions or "saying" not in found.kinds or not is_named(unit, subject):
        return None
    direct = index + 1
    accusing = found.lemma in rule_words("accusing")
    wanted = found.prepositions if accusing else found.prepositions & prepositions_of(found.lemma)
    for after in range(direct, min(direct + (5 if accusing else 1), len(unit.tokens) - 1)):
        if unit.gap(after).strip():
            return None
        if unit.lower(after) in wanted:
            cue = unit.take(index)
            cue = (cue[0], unit.tokens[after].end) if after == direct else cue
            return Said([(unit.tokens[after + 1].start, phrase_end(unit, after + 1))], subject, cue)
    return None


def _according(unit: Unit, index: int) -> Said | None:
    """``According to the port, it was so``, ``It was so, according to the port``."""
    tokens = unit.tokens
    source = phrase_after(unit, index + 2)
    if source is None:
        return None
    cue = (tokens[index].start, tokens[index + 1].end)
    goes_on: list[DraftSpan] = []
    if index:
        first = next(i for i in range(index + 1) if tokens[i].lower == "according")
        quoted = [quote.end for quote in unit.quotes if quote.end <= tokens[first].start]
        last = max([tokens[first - 1].end if first else 0, *quoted])
        content = (unit.start, last)
        after = unit.first_from(source[1])
        if after < len(tokens) and "," in unit.gap(after) and tokens[after].lower in rule_words("finite"):
            goes_on = [(tokens[after].start, unit.end)]  # "The cranes, according to the port, were safe"
    else:
        after = unit.first_from(source[1])
        start = tokens[after].start if after < len(tokens) else unit.end
        start = min([start, *(quote.start for quote in unit.quotes if quote.start >= source[1])])
        content = (start, unit.end)
    if content[0] >= content[1]:
        return None
    unit.take(index)
    return Said([content, *goes_on], source, cue)
