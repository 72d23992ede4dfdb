"""Who "he", "she", "the minister", "Smith" and "they" are: names of the text, and the actors that a project knows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from disputegraph.coding import Known
from disputegraph.drafting.attitude_frames import words_of
from disputegraph.drafting.draft_records import Draft, DraftSpan, ProposedSpeaker
from disputegraph.drafting.quotation_marks import quotations
from disputegraph.drafting.text_names import Gender, Named, TextNames, gender_of_words

_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_THEY, _IT = frozenset(("they", "them", "their", "theirs")), frozenset(("it", "its"))
_SELF = frozenset(("i", "me", "my", "we", "us", "our"))
_RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_BEFORE_OTHERS = re.compile(
    r"(?<=\w)(?:['’]s?)?\s*(?:,|\bof\b|\bfor\b|\bat\b|\bwith\b|\bin\b|\bwho\b|\bfrom\b|\bto\b|\bon\b)"
)


def resolve_speakers(text: str, drafts: Sequence[Draft], actors: Sequence[Known] = ()) -> list[Draft]:
    """Return the drafts with who speaks in each, as far as the text tells; whoever tells of themselves is no hearsay.

    Args:
        text: the text.
        drafts: its drafts; a speaker that one has already stays.
        actors: the actors that a project knows.
    """
    sources = {draft.source[0] for draft in drafts if draft.source}
    resolver = _Resolver(text, actors, sources)
    spoken: dict[int, ProposedSpeaker | None] = {}
    order = sorted(range(len(drafts)), key=lambda number: _place(drafts[number]))
    for number in order:
        draft = drafts[number]
        outer = spoken.get(draft.inside) if draft.inside is not None else None
        spoken[number] = draft.speaker or resolver.speaker(draft, outer)
    return [
        replace(draft, speaker=spoken[number], inside=_teller(drafts, spoken, number))
        for number, draft in enumerate(drafts)
    ]


def _teller(drafts: Sequence[Draft], spoken: Mapping[int, ProposedSpeaker | None], number: int) -> int | None:
    """Return the draft in which somebody else tells this one: ``she said that she believed it`` is no hearsay."""
    speaker, outer = spoken[number], drafts[number].inside
    while outer is not None and speaker is not None and (teller := spoken[outer]) is not None:
        if (teller.iri or teller.name) != (speaker.iri or speaker.name):
            break
        outer = drafts[outer].inside
    return outer


def _place(draft: Draft) -> int:
    return min(start for start, _ in (draft.source or draft.cue or draft.content))


class _Resolver:
    """The names of a text, and who has spoken in it so far."""

    def __init__(self, text: str, actors: Sequence[Known], sources: Collection[DraftSpan]) -> None:
        self.text = text
        self.names = TextNames(text, sources)
        self.actors = _Actors(actors)
        self.posts: dict[str, list[Named]] = {}
        for named in self.names.named:
            for post in named.posts:
                self.posts.setdefault(post, []).append(named)
        # Who spoke, in order of place: the name, its gender, whether it is several.
        self.spoken: list[tuple[int, str, Gender | None, bool, Named | None]] = []
        self.quotes = [span for one in quotations(text) for span in one.spans]
        self._quote_starts = [start for start, _ in self.quotes]

    def speaker(self, draft: Draft, outer: ProposedSpeaker | None) -> ProposedSpeaker | None:
        if not draft.source:
            return None
        start, end = draft.source[0]
        words = _WORD.findall(self.text[start:end])
        small = [word.lower() for word in words]
        if not words:
            return None
        found: tuple[str, float, str, Named | None] | None
        gender: Gender | None = None
        many = False
        if len(words) == 1 and small[0] in _HE | _SHE:
            gender = "man" if small[0] in _HE else "woman"
            found = self._pronoun(start, gender)
        elif len(words) == 1 and small[0] in _THEY:
            many = True
            found = self._they(start)
        elif len(words) == 1 and small[0] in _IT:
            found = self._it(start)
        elif len(words) == 1 and small[0] in _RELATIVES:
            found = self._before(start)
        elif small[0] in _SELF and len(words) == 1:
            found = (outer.name, 0.7, "speaks of themselves within their words", None) if outer is not None else None
        else:
            found = self._phrase(start, end, words)
        if found is None:
            return None
        name, score, reason, named = found
        if named is not None:
            gender = named.gender = named.gender or gender
            if gender and named.person is None:
                named.person = True
        gender = gender or gender_of_words(small)
        many = many or (named is None and small[-1].endswith("s") and not small[-1].endswith("ss"))
        owned = self.text[end - 2 : end].endswith(("'s", "’s")) or self.text[end : end + 2] in {"'s", "’s"}
        described = small[0] in words_of("determiners") and _PEOPLE.search(name) is not None
        body = small[-1] in words_of("bodies")
        if not owned and (named is not None or gender is not None or described or many or body):
            self.spoken.append((start, name, gender, many, named))
        return self.actors.speaker(name, named, score, reason)

    def _phrase(self, start: int, end: int, words: list[str]) -> tuple[str, float, str, Named | None]:
        phrase = self.text[start:end]
        head = _BEFORE_OTHERS.search(phrase)
        reach = start + (head.start() if head else len(phrase))
        mentioned = self.names.mentions(start, end)
        definite = words[0].lower() in words_of("determiners")
        if definite and "," not in phrase and words[-1].islower():
            mentioned = []  # "a Department of Health spokesman" is not the department
        for place, stop, named in mentioned:
            owns = self.text[stop : stop + 2] in {"'s", "’s"} or (
                self.text[stop : stop + 1] in {"'", "’"} and stop < end
            )
            if place < reach and not owns and (stop >= reach - 1 or not definite):
                full = re.sub(r"\s+", " ", named.name)
                same = full in re.sub(r"\s+", " ", self.text[place:stop])
                return (
                    full,
                    0.95 if same or len(full.split()) == 1 else 0.9,
                    "named beside the words" if same else f"short for {full}",
                    named,
                )
        if (apposed := self._apposed_within(start, end)) is not None:
            return apposed.name, 0.9, "named beside the description", apposed
        beside = self._apposed(start, end)
        if beside is not None:
            return beside.name, 0.85, "named beside the description", beside
        post = self._post(start, words)
        if post is not None:
            return post
        plain = phrase[: head.start()] if head and head.start() > _FEW_LETTERS and "," in head[0] else phrase
        return re.sub(r"\s+", " ", plain), 0.4, "not named; as the text describes them", None

    def _apposed_within(self, start: int, end: int) -> Named | None:
        """Return who is named within a description: "its spokeswoman, Dr. Ana Lindqvist"."""
        for place, stop, named in self.names.mentions(start, end):
            alone = stop == end or self.text[stop : stop + 1] == ","
            if alone and _DESCRIBED.fullmatch(self.text, start, place) and named.person is not False:
                return named
        return None

    def _apposed(self, start: int, end: int) -> Named | None:
        """Return who is named beside a description: "the other man, James York,", "Lehel, the hacker"."""
        for place, _, named in self.names.mentions(end, end + 40):
            if (
                re.fullmatch(r",(?: (?:his|her|their|the|a|an|\w+))*? ?", self.text[end:place])
                and named.person is not False
            ):
                return named
            break
        near = self.names.mentions(max(0, start - 60), start)
        if near and self.text[near[-1][1] : start] == ", " and near[-1][2].person is not False:
            return near[-1][2]
        return None

    def _body(self, start: int, words: Sequence[str]) -> tuple[str, float, str, Named | None] | None:
        """Return which body "the company" is: the last whose name has the word, else the last that is no person."""
        head = words[-1].lower()
        if head not in words_of("bodies"):
            return None
        for _, name, _, _, named in reversed(self.spoken[-_LAST_BODIES:]):
            if named is None and name.lower().endswith(f" {head}") and len(name.split()) > len(words):
                return name, 0.6, f"called {head} in the text", None
        mentioned = self.names.mentions(max(0, start - _FAR), start)
        before = [(place, n) for place, _, n in mentioned if n.person is not True]
        same = [n for _, n in before if head in n.name.lower().split()]
        if same:
            return same[-1].name, 0.7, f"named with the word '{head}' before", same[-1]
        near = [(p, n) for p, n in before if start - p < _REACH and len(n.places) > 1 and not self._quoted(p)]
        if near:
            _, named = max(near, key=lambda one: one[0] + (_REACH // 3 if self._begins(one[0]) else 0))
            return named.name, 0.45, "the last body named before", named
        return None

    def _post(self, start: int, words: list[str]) -> tuple[str, float, str, Named | None] | None:
        """Return who "the minister" is: who was called so before, or the project's holder of the post."""
        if words[0].lower() not in {"the", "this", "that"} or not 1 < len(words) <= _MOST_WORDS:
            return None
        wanted = [word.lower() for word in words[1:]]
        head = wanted[-1]
        holders = [n for n in self.posts.get(head, ()) if n.places[0][0] < start]
        if holders:
            best = max(holders, key=lambda n: (len(set(wanted) & n.posts), self._last(n, start)))
            score = 0.8 if len(holders) == 1 else 0.65
            return best.name, score, f"called {head} in the text", best
        if (body := self._body(start, words)) is not None:
            return body
        held = self.actors.holder(wanted)
        if held is not None:
            return held.label, 0.6, f"holds the post '{' '.join(words[1:])}'", None
        gender = gender_of_words(wanted)
        if (
            head
            in {
                "man",
                "woman",
                "candidate",
                "nominee",
                "billionaire",
                "businessman",
                "lawmaker",
                "politician",
                "leader",
                "author",
            }
            or gender
        ):
            found = self._pronoun(start, gender)
            if found is not None:
                return found[0], 0.5 * found[1], f"the last that '{' '.join(words)}' can mean", found[3]
        return None

    def _pronoun(self, start: int, gender: Gender | None) -> tuple[str, float, str, Named | None] | None:
        """Return whom "he" or "she" means: who speaks or is named last before it, the more surely the nearer.

        Who has spoken, who stands where the subject does, and whose gender is known, counts more; names in quotations
        do not count, since whoever speaks there goes on as "he".
        """
        scores: dict[str, tuple[float, str, Named | None]] = {}

        def count(place: int, name: str, score: float, reason: str, named: Named | None) -> None:
            sentences = _OLDEST if start - place > _FAR else len(_SENTENCE.findall(self.text, place, start))
            score -= _FADE * min(_OLDEST, sentences)
            if score > scores.get(name, (0.0, "", None))[0]:
                scores[name] = score, reason, named

        for place, name, known, many, named in self.spoken[-_LAST_SPEAKERS:]:
            other = gender is not None and known is not None and known != gender
            if many or other or place >= start or (named is not None and named.person is False):
                continue
            sure = 0.2 if known is not None else 0.1 if named is not None else -0.15
            count(place, name, 0.85 + sure, "spoke last before", named)
        for place, stop, named in self.names.mentions(max(0, start - _REACH), start):
            other = gender is not None and named.gender is not None and named.gender != gender
            if named.person is False or other or self._quoted(place):
                continue
            owned = self.text[stop : stop + 2] in {"'s", "’s"}
            sure = 0.2 if named.gender is not None else 0.1 if named.person else -0.15
            role = 0.1 if self._begins(place) else -0.1 if owned else 0.0
            count(place, named.name, 0.7 + sure + role, "named last before", named)
        if not scores:
            return None
        best = max(scores, key=lambda name: scores[name][0])
        score, reason, named = scores[best]
        return best, round(max(0.1, min(0.9, score - 0.1)), 2), reason, named

    def _begins(self, place: int) -> bool:
        """Whether a name stands where the subject of a sentence does."""
        before = self.text[max(0, place - 60) : place]
        return (
            re.search(
                r"(?:\A|[.!?\n:][”\"'’)]*\s*)(?:\w+ly,? )?(?:(?:[A-Z][\w.]*|the|former|President|Mr\.) ){0,4}\Z", before
            )
            is not None
        )

    def _they(self, start: int) -> tuple[str, float, str, Named | None] | None:
        for place, name, _, many, named in reversed(self.spoken[-5:]):
            if many and place < start:
                return name, 0.6, "spoke last before, and are several", named
        for _, name, _, _, named in reversed(self.spoken[-3:]):
            if named is not None and named.person is False:
                return name, 0.5, "spoke last before", named
        return None

    def _it(self, start: int) -> tuple[str, float, str, Named | None] | None:
        for place, name, gender, _, named in reversed(self.spoken[-5:]):
            if place < start and gender is None and (named is None or named.person is not True):
                return name, 0.6, "spoke last before", named
        for _, _, named in reversed(self.names.mentions(max(0, start - 600), start)):
            if named.person is False:
                return named.name, 0.4, "named last before", named
        return None

    def _before(self, start: int) -> tuple[str, float, str, Named | None] | None:
        near = self.names.mentions(max(0, start - 80), start)
        return (near[-1][2].name, 0.6, "stands before", near[-1][2]) if near else None

    def _quoted(self, place: int) -> bool:
        number = bisect_right(self._quote_starts, place) - 1
        return number >= 0 and place < self.quotes[number][1]

    @staticmethod
    def _last(named: Named, start: int) -> int:
        return max((place for place, _ in named.places if place < start), default=-1)


class _Actors:
    """The actors that a project knows, by their names and posts."""

    def __init__(self, actors: Iterable[Known]) -> None:
        self.by_name: dict[str, Known] = {}
        self.by_last: dict[str, list[Known]] = {}
        self.by_post: list[tuple[frozenset[str], Known]] = []
        for actor in actors:
            for name in (actor.label, *actor.aliases):
                key = _key(name)
                self.by_name.setdefault(key, actor)
                if key:
                    self.by_last.setdefault(key.split()[-1], []).append(actor)
            for told in actor.texts:
                if 0 < len(told.split()) <= _LONGEST_POST:
                    self.by_post.append((frozenset(_key(told).split()), actor))

    def speaker(self, name: str, named: Named | None, score: float, reason: str) -> ProposedSpeaker:
        """Return a speaker, as the project's actor of that name if there is one."""
        if (actor := self.by_name.get(_key(name))) is not None:
            return ProposedSpeaker(actor.label, round(score, 2), reason, actor.iri)
        if named is not None and len(name.split()) == 1:
            same = {actor.iri: actor for actor in self.by_last.get(_key(name), [])}
            if len(same) == 1:
                actor = next(iter(same.values()))
                return ProposedSpeaker(
                    actor.label, round(score * 0.9, 2), f"{reason}; the only {name} among the actors", actor.iri
                )
        return ProposedSpeaker(name, round(score, 2), reason)

    def holder(self, words: Sequence[str]) -> Known | None:
        """Return the only actor who holds a post of these words."""
        wanted = set(_key(" ".join(words)).split())
        found = {actor.iri: actor for post, actor in self.by_post if wanted <= post}
        return next(iter(found.values())) if len(found) == 1 and wanted else None


_LONGEST_POST = 12
_MOST_WORDS = 6
_DESCRIBED = re.compile(r"[^,]*[a-z][\w’'-]*[^,]*, ")
_FEW_LETTERS = 3
_LAST_SPEAKERS = 8
_LAST_BODIES = 100
_PEOPLE = re.compile(
    r"^(?:[\w’'-]+ ){1,4}?(?:source|official|aide|expert|critic|ally|friend|neighbou?r|resident|witness|professor|"
    r"voter|\w+(?<!lett)(?<!pap)(?<!numb)(?<!pow)er|\w+(?:ist|ian|ant|tor))\b",
    re.IGNORECASE,
)
_REACH = 1500
_FAR = 10_000
_SENTENCE = re.compile(r"\. |\n")
_FADE = 0.06
_OLDEST = 10


def _key(name: str) -> str:
    words = [word for word in re.findall(r"\w+", name.casefold()) if word not in {"the", "of", "mr", "mrs", "ms", "dr"}]
    return " ".join(words)
