"""From a model's entries to drafts: its words are looked for in the text, and refused if not there word for word.

So an answer can only ever be places of the text, ids that the model was given, and the ontology's own words, whatever
the text or the server made the model say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isnan
from typing import Any

from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind, ProposedClaim, ProposedSpeaker
from disputegraph.drafting.llm_prompts import Piece, Shown, schema
from disputegraph.evidence import Locator, OffsetMap

_KINDS: Mapping[str, Kind] = {"direct": "direct", "indirect": "indirect", "mixed": "mixed"}
_NEAR = 3  # sentences
_MOST_SPANS, _MOST_CLAIMS = 20, 3
_LONGEST_NAME = 120
_MARKS = "\"'“”„‟‘’‚‛«»‹›`"
_SEEN_BY_NOBODY = "\ufeff"
_PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they", "who", "one", "this", "that", "these", "those"})
_LISTED, _NAMED = 0.7, 0.5  # a model's word; no figure of its own says more


@dataclass(frozen=True, slots=True)
class Aligned:
    """What became of a model's entries.

    Attributes:
        drafts: the drafts, by the numbers that the model gave them; their `inside` are such numbers still.
        refused: how many entries were refused, by reason.
        left_out: how many parts of other entries were left out, by reason.
    """

    drafts: tuple[tuple[int, Draft], ...]
    refused: Counter[str]
    left_out: Counter[str]


def align(piece: Piece, entries: Sequence[Mapping[str, Any]], actors: Shown, claims: Shown) -> Aligned:
    """Return the drafts that a model's entries make of a piece of a text."""
    search, drafts = _Search(piece), dict[tuple[object, ...], tuple[int, Draft]]()
    refused, left_out = Counter[str](), Counter[str]()
    for place, entry in enumerate(entries, 1):
        content = _content(search, entry)
        if isinstance(content, str):
            refused[content] += 1
            continue
        if not piece.begins_here(content[0][0]):
            refused["begin outside of the sentences asked for"] += 1
            continue
        draft = _with_parts(search, entry, content, left_out)
        draft = replace(
            draft,
            speaker=_speaker(search, entry, draft.source, actors, left_out),
            claims=_claims(entry, claims, left_out),
            inside=_whole_number(entry.get("inside")),
        )
        number = _whole_number(entry.get("number"))
        key = (draft.content, draft.source)
        if key in drafts:
            refused["are there twice"] += 1
            continue
        drafts[key] = (place if number is None else number, draft)
    return Aligned(tuple(drafts.values()), refused, left_out)


def in_order(numbered: Sequence[tuple[tuple[int, int], Draft]], left_out: Counter[str]) -> list[Draft]:
    """Return drafts in order of their places, with the places of the list for those they are told inside.

    Args:
        numbered: drafts with a number of their piece and their own.
        left_out: counts who is said to be told inside what does not hold its words.
    """
    ordered = sorted(numbered, key=lambda one: (one[1].content[0][0], -one[1].content[-1][1], one[0]))
    places: dict[tuple[int, int], int] = {}
    for place, (name, _) in enumerate(ordered):
        places.setdefault(name, place)
    drafts = []
    for name, draft in ordered:
        outer = None if draft.inside is None else places.get((name[0], draft.inside))
        if outer is not None and not _holds(ordered[outer][1], draft):
            outer = None
        if draft.inside is not None and outer is None:
            left_out["nesting that the words do not bear out"] += 1
        drafts.append(replace(draft, inside=outer))
    return drafts


def _holds(outer: Draft, inner: Draft) -> bool:
    start, end = outer.content[0][0], outer.content[-1][1]
    within = start <= inner.content[0][0] and inner.content[-1][1] <= end
    return within and (end - start) > inner.content[-1][1] - inner.content[0][0]


class _Search:
    """Finds words in what the model saw of a text."""

    def __init__(self, piece: Piece) -> None:
        self._text = piece.text
        self._start, end = piece.span
        shown = OffsetMap.of(piece.text[self._start : end])
        self._shown = shown.text
        # The same map the other way round: from the normalised text to the text as it was.
        self._back = OffsetMap(
            piece.text[self._start : end],
            len(shown.text),
            shown.new_starts,
            shown.new_ends,
            shown.raw_starts,
            shown.raw_ends,
        )
        self._starts = [start for start, _ in piece.sentences]
        self._locator = Locator()

    def places(self, words: object) -> list[DraftSpan]:
        """Return where words stand in the text, whole words only."""
        if not isinstance(words, str) or not words.strip() or len(words) > len(self._shown) + 100:
            return []
        found = []
        for start, end in self._locator.locate(self._shown, words).spans:
            raw_start, raw_end = self._back.span(start, end)
            span = self._trimmed(self._start + raw_start, self._start + raw_end)
            if span is not None and self._is_whole(*span):
                found.append(span)
        return found

    def sentence_of(self, place: int) -> int:
        """Return the number of the sentence at a place, counted from 1."""
        return bisect_right(self._starts, place)

    def near(self, spans: Sequence[DraftSpan], place: int, avoided: Sequence[DraftSpan] = ()) -> DraftSpan | None:
        """Return the span that is nearest to a place, in its sentence or not far from it, and overlaps no other."""
        free = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in avoided)]
        sentence = self.sentence_of(place)
        around = [span for span in free if abs(self.sentence_of(span[0]) - sentence) <= _NEAR]
        return min(around, key=lambda span: (_distance(span, place), span), default=None)

    def unquoted(self, span: DraftSpan) -> DraftSpan | None:
        """Return a span without the quotation marks at its ends."""
        start, end = span
        while start < end and (self._text[start] in _MARKS or self._text[start].isspace()):
            start += 1
        while start < end and (self._text[end - 1] in _MARKS or self._text[end - 1].isspace()):
            end -= 1
        return (start, end) if start < end else None

    def words(self, span: DraftSpan) -> str:
        """Return the words of a span on one line."""
        return " ".join(self._text[slice(*span)].split())

    def _trimmed(self, start: int, end: int) -> DraftSpan | None:
        while start < end and (self._text[start].isspace() or self._text[start] in _SEEN_BY_NOBODY):
            start += 1
        while start < end and self._text[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None

    def _is_whole(self, start: int, end: int) -> bool:
        text = self._text
        begins = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
        return begins and (end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()))


def _distance(span: DraftSpan, place: int) -> int:
    return max(span[0] - place, place - span[1], 0)


def _content(search: _Search, entry: Mapping[str, Any]) -> tuple[DraftSpan, ...] | str:
    """Return the spans of what is said, or why there are none."""
    given = entry.get("content")
    parts = [given] if isinstance(given, str) else given
    if not isinstance(parts, list) or not 0 < len(parts) <= _MOST_SPANS:
        return "have no content of the form asked for"
    sentence, spans = _whole_number(entry.get("sentence")), list[DraftSpan]()
    for part in parts:
        found = search.places(part)
        if not found:
            return "are not in the text word for word"
        if len(found) == 1:
            chosen = found[0]
        elif spans:
            chosen = min(found, key=lambda span: (span[0] < spans[-1][1], _distance(span, spans[-1][1]), span))
        else:
            chosen = min(found, key=lambda span: (abs(search.sentence_of(span[0]) - (sentence or 0)), span))
            if sentence is None or abs(search.sentence_of(chosen[0]) - sentence) > _NEAR:
                return "are in the text several times, and not near the sentence named"
        bare = search.unquoted(chosen) if entry.get("kind") == "direct" else chosen
        if bare is None or not any(char.isalnum() for char in search.words(bare)):
            return "have no words"
        spans.append(bare)
    spans.sort()
    if any(one[1] > other[0] for one, other in pairwise(spans)):
        return "have parts that overlap"
    if search.sentence_of(spans[-1][0]) - search.sentence_of(spans[0][0]) > 2 * _NEAR:
        return "have parts that are far from each other"
    return tuple(spans)


def _with_parts(
    search: _Search, entry: Mapping[str, Any], content: tuple[DraftSpan, ...], left_out: Counter[str]
) -> Draft:
    parts: dict[str, tuple[DraftSpan, ...]] = {}
    avoided = list(content)
    for name in ("source", "cue"):
        given = entry.get(name)
        near = search.near(search.places(given), content[0][0], avoided) if given else None
        if given and near is None:
            left_out[f"a {name} that is not there word for word, or not nearby"] += 1
        parts[name] = () if near is None else (near,)
        avoided += parts[name]
    kind: Kind | None = _KINDS.get(str(entry.get("kind")))
    if kind is None:
        left_out["an unknown kind"] += 1
    words = {}
    for name in ("polarity", "speech_act"):
        value = entry.get(name)
        words[name] = value if isinstance(value, str) and value in _known_words(name) else None
        if value is not None and words[name] is None:
            left_out[f"an unknown word for {name.replace('_', ' ')}"] += 1
    return Draft(
        content,
        parts["source"],
        parts["cue"],
        kind or "indirect",
        polarity=words["polarity"],
        speech_act=words["speech_act"],
    )


def _known_words(name: str) -> list[str]:
    entry = schema()["properties"]["statements"]["items"]["properties"][name]
    return [word for word in entry["enum"] if word is not None]


def _speaker(
    search: _Search,
    entry: Mapping[str, Any],
    source: tuple[DraftSpan, ...],
    actors: Shown,
    left_out: Counter[str],
) -> ProposedSpeaker | None:
    given = entry.get("actor")
    if isinstance(given, str) and (known := actors.by_id.get(given.strip())) is not None:
        return ProposedSpeaker(known.label, _LISTED, "chosen by the model from the list", known.iri)
    if given is not None:
        left_out["an unknown id of an actor"] += 1
    name = entry.get("name")
    places = search.places(name)
    if name and not places:
        left_out["a name that is not there word for word"] += 1
    if places and places[0][1] - places[0][0] <= _LONGEST_NAME:
        return ProposedSpeaker(search.words(places[0]), _NAMED, "named by the model, as the text has it")
    if source and source[0][1] - source[0][0] <= _LONGEST_NAME:
        words = search.words(source[0])
        if words.split()[-1][0].isupper() and words.casefold() not in _PRONOUNS:
            return ProposedSpeaker(words, _NAMED, "named beside the words")
    return None


def _claims(entry: Mapping[str, Any], claims: Shown, left_out: Counter[str]) -> tuple[ProposedClaim, ...]:
    given = entry.get("claims")
    found: dict[str, ProposedClaim] = {}
    for one in given[:_MOST_SPANS] if isinstance(given, list) else ():
        name = one.get("id") if isinstance(one, dict) else one
        known = claims.by_id.get(name.strip()) if isinstance(name, str) else None
        if known is None:
            left_out["an unknown id of a claim"] += 1
            continue
        likelihood = one.get("likelihood") if isinstance(one, dict) else None
        found.setdefault(known.iri, ProposedClaim(known.iri, known.label, _score(likelihood)))
    return tuple(sorted(found.values(), key=lambda claim: -claim.score)[:_MOST_CLAIMS])


def _score(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or (isinstance(value, float) and isnan(value)):
        return _NAMED
    return float(min(1.0, max(0.0, value)))


def _whole_number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
