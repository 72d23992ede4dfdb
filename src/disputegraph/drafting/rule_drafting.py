"""Drafts by rules alone: quotation marks, verbs of saying, "according to", headline colons. No model, no parser.

A text is cut into units: sentences in which a quotation counts as one piece. In each, words outside quotations are
looked up in the table of frames; the first frame that fits a word gives an attribution. Whom it names is found by
reading on from the verb to where a noun phrase must begin or end. What the rules cannot see, they leave out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from disputegraph.coding import Known
from disputegraph.drafting.attitude_frames import Frames, frames_of
from disputegraph.drafting.draft_records import Draft, DraftSpan
from disputegraph.drafting.quotation_marks import Quotation, paragraph_spans, quotations
from disputegraph.drafting.text_sentences import sentence_spans

__all__ = ["RuleDrafter"]

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_HEADLINE = re.compile(r"(?P<source>(?:[A-Z][\w’'.-]*\s?(?:of |the |and |for )?){1,5}):\s+(?=[“\"‘'A-Z])")
_LONG = 3
"""Words from which on a quotation is said by somebody; shorter ones set words apart."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ADVERBS = _set(
    "also then later again now still even just only once already always often never ever repeatedly recently"
    " previously soon further simply clearly long thus therefore has have had is was are were be been being"
    " will would could should might may can must do does did not going"
)
_PRONOUNS = _set("he she they i we you it who one")
_OBJECTS = _set("him her them us me you reporters it")
_BOUNDS = _set(
    "and but or while although though because since if when whereas as after before until unless that which who whom"
    " whose where than so yet nor with without"
)
_CLAUSE_STARTS = _set(
    "he she it they we i you there the a an this that these those his her their its our my your all both most many some"
    " no any each every if when what how why whether who people nobody everyone everybody somebody nothing"
)
_NOUNS_TOO = _set(
    "state states report reports claim claims plan plans remark remarks comment comments hope hopes fear fears charge"
    " charges request requests demand demands question questions answer answers proposal promise promises pledge pledges"
    " vow vows threat threats estimate estimates offer offers wish wishes call calls warning warnings protest protests"
    " object objects challenge review reviews rule rules project projects post posts tweet tweets note notes need needs"
    " trust doubt doubts worry worries guess guesses argument desire desires advertise mean means blog email emails order"
    " boast boasts joke jokes suspect suspects figure figures value values respect respects question aim aims lament laments"
    " cheer cheers attack attacks blast press thought swore forecast forecasts view views mention mentions record like"
)
"""Forms that may be nouns: verbs only after a pronoun or a name."""
_NO_INFINITIVE = _set(
    "refuse decline agree prepare hesitate like love hate vote choose opt decide strive elect consent resolve undertake"
    " purport commit"
)
"""Verbs whose infinitive is done rather than said or meant."""
_PREPOSITIONS = _set("of in at for on from by to with")
_NOT_SOURCES = _set(
    "that which this what there it all as if when where why how then here today yesterday and but or so because not"
)
_WEAK = _set(
    "find hear see notice mean show close open follow order start allow rule guess decide learn remember forget read care"
    " hold lie figure gather sense mind feel offer prove press answer call cry tease object grant relate reason provide"
    " report estimate project determine conclude question detail"
)
"""Verbs whose clause needs a "that" to be somebody's."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    lower: str


@dataclass(slots=True)
class _Told:
    content: list[DraftSpan]
    source: DraftSpan | None
    cue: DraftSpan | None
    frames: Frames | None
    direct: bool = False
    inside: int | None = None

    @property
    def end(self) -> int:
        return max(end for _, end in (*self.content, self.source or (0, 0), self.cue or (0, 0)))


@dataclass(slots=True)
class _Unit:
    """A sentence: its words outside quotations, and its quotations."""

    text: str
    start: int
    end: int
    tokens: list[_Token]
    quotes: list[Quotation]
    used: set[int] = field(default_factory=set)

    def ends_before(self, index: int) -> bool:
        """Whether a sentence or half of one ends before a word, which no point of an abbreviation does."""
        gap = self.gap(index)
        if ";" in gap or ":" in gap or "?" in gap:
            return True
        short = index and (len(before := self.tokens[index - 1].word) <= 4 and before[:1].isupper() or ")" in gap)
        return "." in gap and not short

    def gap(self, index: int) -> str:
        """Return what stands before a word, up to the word before or a quotation."""
        start = self.tokens[index - 1].end if index else self.start
        return self.text[start : self.tokens[index].start]


class RuleDrafter:
    """Drafts by rules; see the module."""

    program = "rules"
    version = "1"

    def __init__(self, *, actors: Sequence[Known] = ()) -> None:
        self._actors = tuple(actors)

    def draft(self, text: str) -> list[Draft]:
        """Return the statements that a text may report, in order of their places."""
        paragraphs = paragraph_spans(text)
        quotes = quotations(text, paragraphs)
        told: list[_Told] = []
        last: _Told | None = None  # who spoke at the end of the sentence before
        for unit in _units(text, paragraphs, quotes):
            found = list(_told_in(unit))
            first = found[0] if found and found[0].direct else None
            if first is not None and first.cue is None and first.content[0][0] == unit.start:
                if last is not None:
                    last.content += first.content
                    found = found[1:]
                    first = last
            told += found
            last = first
        return [
            Draft(
                content=tuple(content),
                source=(one.source,) if one.source else (),
                cue=(one.cue,) if one.cue else (),
                kind=_kind(text, content),
                program=self.program,
                version=self.version,
            )
            for one in told
            if (content := _clean(text, one.content))
        ]


def _units(text: str, paragraphs: list[DraftSpan], quotes: list[Quotation]) -> Iterator[_Unit]:
    pieces = [span for quote in quotes for span in quote.spans]
    starts = [start for start, _ in pieces]
    held = [quote.start for quote in quotes]
    for start, end in _joined(text, sentence_spans(text, paragraphs=paragraphs, whole=quotes)):
        tokens = []
        for match in _WORD.finditer(text, start, end):
            place = bisect_right(starts, match.start()) - 1
            if place < 0 or match.start() >= pieces[place][1]:
                word = match.group()
                tokens.append(_Token(match.start(), match.end(), word, word.lower()))
        first = bisect_right(held, start - 1)
        within = []
        while first < len(quotes) and quotes[first].start < end:
            within.append(quotes[first])
            first += 1
        yield _Unit(text, start, end, tokens, within)


def _joined(text: str, sentences: list[DraftSpan]) -> Iterator[DraftSpan]:
    """Yield the sentences, one that ends in a question or a cry joined with who asks: ``"Why?" Ada Osei asked.``"""
    held: DraftSpan | None = None
    for start, end in sentences:
        if held is not None and "\n" not in text[held[1] : start] and _ASKED.search(text[held[0] : held[1]]):
            words = _WORD.findall(text, start, min(end, start + 60))[:5]
            if any((found := frames_of("verb", word.lower())) and "quote" in found.frames for word in words):
                held = held[0], end
                continue
        if held is not None:
            yield held
        held = start, end
    if held is not None:
        yield held


_ASKED = re.compile(r"[?!][”\"’']{1,2}$")


def _told_in(unit: _Unit) -> Iterator[_Told]:
    direct = _direct(unit)
    if direct is not None:
        yield direct
    index = 0
    while index < len(unit.tokens):
        if index not in unit.used:
            found = _indirect(unit, index)
            if found is not None:
                yield found
        index += 1


# ---- quotations


def _said_at_length(unit: _Unit) -> list[Quotation]:
    """Return the quotations of a sentence that somebody says, not those that only set words apart."""
    text, found = unit.text, []
    for quote in unit.quotes:
        first, last = text[quote.inner[0][0]], text[quote.inner[-1][1] - 1]
        before, after = text[unit.start : quote.start].rstrip(), text[quote.end : quote.end + 1]
        words = sum(len(_WORD.findall(text, *span)) for span in quote.inner)
        opens = not before or before[-1] in ",:.—–-"
        begins = not before or first.isupper() or first.isdigit() or first in "…[$£€" or bool(found)
        ends = last in ",.!?…—-" or after in {",", ""} or quote.end >= unit.end
        if opens and begins and (ends or not before) and (words >= _LONG or (ends and (not before or found))):
            found.append(quote)
    return found


def _direct(unit: _Unit) -> _Told | None:
    quotes = _said_at_length(unit)
    if not quotes:
        return None
    content = [span for quote in quotes for span in quote.spans]
    for number, quote in enumerate(quotes):
        bound = quotes[number + 1].start if number + 1 < len(quotes) else unit.end
        found = _cue_after(unit, quote.end, bound) or _cue_before(unit, quote.start)
        if found is not None:
            index, source = found
            cue = unit.tokens[index]
            # A piece before the cue that is not in quotation marks is not said in these words.
            return _Told(content, source, (cue.start, cue.end), frames_of("verb", cue.lower), direct=True)
    return _Told(content, None, None, None, direct=True)


def _quoting(unit: _Unit, index: int) -> bool:
    lower = unit.tokens[index].lower
    found = frames_of("verb", lower)
    if index + 1 < len(unit.tokens):
        found = frames_of("verb", f"{lower}+{unit.tokens[index + 1].lower}") or found
    return found is not None and "quote" in found.frames


def _cue_after(unit: _Unit, start: int, bound: int) -> tuple[int, DraftSpan | None] | None:
    tokens = unit.tokens
    first = next((i for i, token in enumerate(tokens) if token.start >= start), len(tokens))
    for index in range(first, min(first + 14, len(tokens))):
        if tokens[index].start >= bound:
            break
        if index > first and unit.ends_before(index):
            break
        if not _quoting(unit, index):
            continue
        _use(unit, index)
        subject = _span(unit, first, index - 1) if index > first else None
        if index > first and tokens[first].lower in _ADVERBS and index - first == 1:
            subject = None
        return index, subject or _phrase_after(unit, index + 1)
    return None


def _cue_before(unit: _Unit, end: int) -> tuple[int, DraftSpan | None] | None:
    last = max((i for i, token in enumerate(unit.tokens) if token.end <= end), default=-1)
    if last < 0:
        return None
    gap = unit.text[unit.tokens[last].end : end]
    if ":" in gap:
        for index in range(last, max(last - 16, -1), -1):
            if _quoting(unit, index) or unit.tokens[index].lower in {"put", "had", "was", "is", "went"}:
                _use(unit, index)
                return index, _subject(unit, index)
        return (last, _subject(unit, last)) if last else None
    for index in range(last, max(last - 16, -1), -1):
        if _quoting(unit, index):
            _use(unit, index)
            return index, _subject(unit, index)
    if last and gap.strip() == "," and unit.tokens[last].lower.endswith("ed"):
        _use(unit, last)
        return last, _subject(unit, last)
    return None


# ---- clauses


def _indirect(unit: _Unit, index: int) -> _Told | None:
    token = unit.tokens[index]
    if token.lower == "according" and index + 1 < len(unit.tokens) and unit.tokens[index + 1].lower == "to":
        return _according(unit, index)
    found = frames_of("verb", token.lower)
    if found is None or (token.word[:1].isupper() and index) or not _is_verb(unit, index):
        return None
    if "clause" in found.frames and (told := _clause(unit, index, found)) is not None:
        return told
    if "object" in found.frames and (told := _object(unit, index, found)) is not None:
        return told
    if (told := _prepositional(unit, index, found)) is not None:
        return told
    if "to" in found.frames and (told := _infinitive(unit, index, found)) is not None:
        return told
    return None


def _is_verb(unit: _Unit, index: int) -> bool:
    tokens = unit.tokens
    before = tokens[index - 1] if index and not re.search(r"[,;:]", unit.gap(index)) else None
    if index + 1 < len(tokens) and tokens[index + 1].lower == "than":
        return False
    if before is not None and before.lower in _DETERMINERS:
        return False
    if tokens[index].lower in _NOUNS_TOO:
        return before is not None and (before.lower in _PRONOUNS or before.lower in _ADVERBS or before.word[:1].isupper())
    return True


_DETERMINERS = _set("a an the his her its their our my your this that these those no any some more as such of in for by with")


def _clause(unit: _Unit, index: int, found: Frames) -> _Told | None:
    tokens = unit.tokens
    subject = _subject(unit, index)
    after = index + 1
    if index and re.search(r"[,”\"]", unit.gap(index)) and after < len(tokens) and not unit.gap(after).strip():
        following = tokens[after]
        named = following.word[:1].isupper() and following.lower not in _PRONOUNS
        if "quote" in found.frames and not tokens[index].lower.endswith("ing") and (
            named or following.lower in {"a", "an", "the", "one", "another"}
        ):
            return _said_after(unit, index, found, None)
    if after >= len(tokens) and not _quote_follows(unit, index):
        return _said_after(unit, index, found, subject)
    if after < len(tokens) and re.search(r"[,.;:]", unit.gap(after)) and not _quote_follows(unit, index):
        return _said_after(unit, index, found, subject)
    if subject is None:
        return None
    if "address" in found.frames and after < len(tokens):
        skipped = _addressee(unit, after)
        if skipped is not None:
            after = skipped
        elif tokens[after].lower != "that":
            return None
    that = after < len(tokens) and tokens[after].lower == "that" and not unit.gap(after).strip()
    if not that:
        # "said on Monday that": a few words may come between.
        for further in range(after, min(after + 7, len(tokens))):
            if tokens[further].lower == "that" and tokens[after].lower in _PREPOSITIONS | _DAYS:
                after, that = further, True
                break
    if that:
        after += 1
    elif not _begins_clause(unit, after, found):
        return None
    start = tokens[after].start if after < len(tokens) else unit.end
    quoted = [quote for quote in unit.quotes if quote.start >= tokens[index].end]
    if quoted and quoted[0].start < start:
        start = quoted[0].start
    if start >= unit.end:
        return None
    _use(unit, index)
    return _Told([(start, _clause_end(unit, start))], subject, (tokens[index].start, tokens[index].end), found)


_DAYS = _set("monday tuesday wednesday thursday friday saturday sunday yesterday today tuesday earlier last this late")


def _begins_clause(unit: _Unit, index: int, found: Frames) -> bool:
    if index >= len(unit.tokens):
        return _quote_follows(unit, index - 1)
    token = unit.tokens[index]
    if unit.gap(index).strip(" \n\t"):
        return bool(re.fullmatch(r"\s*[“\"'‘$£€]+", unit.gap(index)))
    if found.lemma in _WEAK or "believing" in found.kinds and found.lemma not in {"think", "believe", "hope"}:
        return False
    if token.lower in {"he", "she", "they", "it", "we", "i", "there", "you"}:
        return True
    # A noun phrase that is followed by a verb we know from its form.
    if token.lower in _CLAUSE_STARTS or token.word[:1].isupper():
        for further in unit.tokens[index + 1 : index + 9]:
            if further.lower in _FINITE:
                return True
            if further.lower in {"that", "to", "and"}:
                break
        return found.lemma in {"say", "claim", "think", "argue", "believe"} and token.lower not in {"that", "what", "this", "so"}
    return found.lemma == "say" and token.lower not in _PREPOSITIONS | _DAYS | _set("so nothing something anything the")


_FINITE = _set(
    "is was are were has have had will would can could should may might must do does did isn’t isn't wasn’t wasn't aren't"
    " aren’t won’t won't wouldn't wouldn’t can't can’t don't don’t doesn't doesn’t didn't didn’t hasn't hasn’t haven't haven’t"
)


def _quote_follows(unit: _Unit, index: int) -> bool:
    end = unit.tokens[index].end
    return any(0 <= quote.start - end <= 2 for quote in unit.quotes)  # noqa: PLR2004  # a space, a comma


def _said_after(unit: _Unit, index: int, found: Frames, subject: DraftSpan | None) -> _Told | None:
    """``It is so, she said.`` The content stands before; the subject between the comma and the verb, or after it."""
    if "saying" not in found.kinds and found.lemma not in {"think", "believe"}:
        return None
    tokens = unit.tokens
    comma = next(
        (i for i in range(index, max(index - 10, 0), -1) if re.search(r"[,”\"]", unit.gap(i))), None
    )
    if comma is None or comma == 0:
        return None
    last = tokens[comma - 1].end
    for quote in unit.quotes:
        if quote.end <= tokens[comma].start and quote.end > last:
            last = quote.end
    words = sum(1 for token in tokens if token.end <= last) + sum(
        len(_WORD.findall(unit.text, *span)) for quote in unit.quotes if quote.end <= last for span in quote.spans
    )
    if words < 4:  # noqa: PLR2004
        return None
    if subject is None or subject[0] < tokens[comma].start:
        subject = _span(unit, comma, index - 1) if comma < index else _phrase_after(unit, index + 1)
    if subject is None:
        return None
    _use(unit, index)
    first = tokens[0].lower
    start = unit.start
    if first in {"but", "and"} and tokens[0].start == unit.start and len(tokens) > 1:
        start = tokens[1].start
    content = [(start, last)]
    rest = tokens[index + 1].start if index + 1 < len(tokens) else None
    if rest is not None and unit.gap(index + 1).strip().startswith(",") and subject[1] <= tokens[index].start:
        content.append((rest, _clause_end(unit, rest)))
    return _Told(content, subject, (tokens[index].start, tokens[index].end), found)


def _infinitive(unit: _Unit, index: int, found: Frames) -> _Told | None:
    tokens = unit.tokens
    if index + 2 >= len(tokens) or tokens[index + 1].lower != "to" or unit.gap(index + 1).strip():
        return None
    subject = _subject(unit, index)
    if subject is None or found.lemma in _NO_INFINITIVE:
        return None
    _use(unit, index)
    start = tokens[index + 1].start
    return _Told([(start, _clause_end(unit, start))], subject, (tokens[index].start, tokens[index].end), found)


_OBJECT_VERBS = _set("support oppose favor favour back")


def _object(unit: _Unit, index: int, found: Frames) -> _Told | None:
    tokens = unit.tokens
    after = index + 1
    if "saying" not in found.kinds and found.lemma not in _OBJECT_VERBS or found.lemma in _NOT_OBJECTS:
        return None
    if after >= len(tokens) or unit.gap(after).strip(" \n“\"'‘"):
        return None
    if not (tokens[after].lower in _STARTS_PHRASE or tokens[after].word[:1].isupper()):
        return None
    subject = _subject(unit, index)
    if subject is None:
        return None
    _use(unit, index)
    start = tokens[after].start
    return _Told([(start, _phrase_end(unit, after))], subject, (tokens[index].start, tokens[index].end), found)


_NOT_OBJECTS = _set("second claim request question address mention air voice question debate back detail repeat discuss decline")
_STARTS_PHRASE = _set("the a an his her its their this that these those any all such what some any him them it how why")


def _prepositional(unit: _Unit, index: int, found: Frames) -> _Told | None:
    tokens = unit.tokens
    if not found.prepositions or "saying" not in found.kinds:
        return None
    direct = index + 1
    for after in range(direct, min(direct + (5 if found.lemma in _ACCUSING else 1), len(tokens) - 1)):
        if unit.gap(after).strip():
            return None
        if tokens[after].lower in found.prepositions and (
            found.lemma in _ACCUSING or tokens[after].lower in _SAID_WITH.get(found.lemma, frozenset())
        ):
            subject = _subject(unit, index)
            if subject is None:
                return None
            _use(unit, index)
            start = tokens[after + 1].start
            cue = (tokens[index].start, tokens[after].end if after == direct else tokens[index].end)
            return _Told([(start, _phrase_end(unit, after + 1))], subject, cue, found)
    return None


_ACCUSING = _set("accuse blame criticize criticise praise thank suspect")
_SAID_WITH = {
    "call": _set("for"), "push": _set("for"), "argue": _set("for against"), "warn": _set("of about against"),
    "complain": _set("about of"), "insist": _set("on"), "apologize": _set("for"), "apologise": _set("for"),
    "speak": _set("of"), "advocate": _set("for"), "appeal": _set("for"), "campaign": _set("for against"),
    "joke": _set("about"), "object": _set("to"), "refer": _set("to"), "boast": _set("of about"), "plead": _set("for"),
    "hint": _set("at"), "caution": _set("against"),
}  # fmt: skip


def _phrase_end(unit: _Unit, index: int) -> int:
    """Return where what a verb brings ends: before a mark that parts clauses, or the verb that follows "and"."""
    tokens = unit.tokens
    for further in range(index + 1, len(tokens)):
        gap = unit.gap(further)
        if re.search(r"[;:—–]|\s-+\s", gap):
            return tokens[further - 1].end if not _quote_between(unit, further) else unit.end
        if "," in gap and tokens[further].lower in _CLAUSE_BREAKS:
            return tokens[further - 1].end
    return unit.end


_CLAUSE_BREAKS = _set("but while although though whereas as and saying adding calling arguing according after even including")


def _quote_between(unit: _Unit, index: int) -> bool:
    return any(unit.tokens[index - 1].end <= quote.start < unit.tokens[index].start for quote in unit.quotes)


def _according(unit: _Unit, index: int) -> _Told | None:
    tokens = unit.tokens
    if index + 2 >= len(tokens):
        return None
    source = _phrase_after(unit, index + 2, until=",")
    if source is None:
        return None
    after = next((i for i, token in enumerate(tokens) if token.start >= source[1]), len(tokens))
    cue = (tokens[index].start, tokens[index + 1].end)
    _use(unit, index)
    if index == 0:
        start = tokens[after].start if after < len(tokens) else unit.end
        for quote in unit.quotes:
            if source[1] <= quote.start < start:
                start = quote.start
        return _Told([(start, unit.end)], source, cue, None) if start < unit.end else None
    last = max(tokens[index - 1].end, max((q.end for q in unit.quotes if q.end <= tokens[index].start), default=0))
    return _Told([(unit.start, last)], source, cue, None)


# ---- noun phrases


def _subject(unit: _Unit, index: int) -> DraftSpan | None:
    """Return the words before a verb that name who does it, or None."""
    tokens = unit.tokens
    if tokens[index].lower.endswith("ing") and index:
        # "..., adding that": whoever does what the sentence begins with.
        for other in range(index):
            if unit.tokens[other].lower in _FINITE or (other and frames_of("verb", tokens[other].lower) is not None):
                if not tokens[other].lower.endswith("ing"):
                    return _subject(unit, other)
        return None
    last = index - 1
    while last >= 0 and (tokens[last].lower in _ADVERBS or tokens[last].lower.endswith("ly")) and not re.search(
        r"[,;:]", unit.gap(last + 1)
    ):
        last -= 1
    if last < 0 or tokens[last].lower in {"to", "of", "a", "an", "the", "by", "in", "for"}:
        return None
    if re.search(r"[;:]", unit.gap(last + 1)):
        return None
    if re.search(r"[,)—–]", unit.gap(last + 1)):
        # "Ada Osei, who runs the port, said": the name stands before the first comma.
        first = next((i for i in range(1, last + 1) if re.search(r"[,(—–]", unit.gap(i))), None)
        if first is None:
            return None
        last = first - 1
    if tokens[last].lower in {"i", "he", "she", "they", "we", "you", "it", "who"}:
        return tokens[last].start, tokens[last].end
    first = last
    while first > 0:
        gap = unit.gap(first)
        if re.search(r"[,;:()—–\"“”]", gap):
            break
        lower = tokens[first - 1].lower
        if lower in _BOUNDS and not (lower == "and" and tokens[first].word[:1].isupper()):
            break
        if lower in _FINITE:
            break
        first -= 1
        if last - first >= 11:  # noqa: PLR2004
            break
    return _span(unit, first, last)


def _phrase_after(unit: _Unit, index: int, *, until: str = ",.") -> DraftSpan | None:
    """Return the noun phrase that begins at a word, up to a mark, a bound or a quotation."""
    tokens = unit.tokens
    if index >= len(tokens) or tokens[index].lower in _NOT_SOURCES:
        return None
    last = index
    while last + 1 < len(tokens) and last - index < 14:  # noqa: PLR2004
        gap = unit.gap(last + 1)
        if re.search(r"[,;:()—–\"“”]", gap) or tokens[last + 1].lower in _BOUNDS - {"and"}:
            break
        last += 1
    return _span(unit, index, last)


def _addressee(unit: _Unit, index: int) -> int | None:
    """Return the number of the word after the noun phrase that is spoken to, if a clause begins there."""
    tokens = unit.tokens
    for last in range(index, min(index + 7, len(tokens))):
        if last > index and unit.gap(last).strip():
            return None
        if tokens[last].lower == "that":
            return last
        if last > index and tokens[last].lower in {"he", "she", "they", "it", "we", "i", "there", "the", "his", "her"}:
            return last
    return None


def _clause_end(unit: _Unit, start: int) -> int:
    """Return where a clause ends that begins at a place: before "but", "while" and the like after a comma."""
    tokens = unit.tokens
    first = next((i for i, token in enumerate(tokens) if token.start >= start), len(tokens))
    for further in range(first + 4, len(tokens)):
        gap = unit.gap(further)
        if ("," in gap and tokens[further].lower in _ENDS_CLAUSE) or ";" in gap:
            return tokens[further - 1].end
    return unit.end


_ENDS_CLAUSE = _set("but while although though whereas adding according saying calling arguing")


def _span(unit: _Unit, first: int, last: int) -> DraftSpan | None:
    tokens = unit.tokens
    while first <= last and tokens[first].lower in _BOUNDS | _NOT_SOURCES - {"it", "one"}:
        first += 1
    if first > last:
        return None
    return tokens[first].start, tokens[last].end


def _use(unit: _Unit, index: int) -> None:
    unit.used.add(index)


# ---- what comes out


def _clean(text: str, content: Sequence[DraftSpan]) -> list[DraftSpan]:
    """Return spans without white space, commas and points at their ends, overlapping ones made one."""
    found: list[DraftSpan] = []
    for start, end in sorted(content):
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:"):
            end -= 1
        while start < end and (text[start].isspace() or text[start] in ",.;:"):
            start += 1
        if start >= end or not _WORD.search(text, start, end):
            continue
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _kind(text: str, content: Sequence[DraftSpan]) -> str:
    return "indirect"
