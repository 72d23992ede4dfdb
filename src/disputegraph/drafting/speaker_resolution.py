"""Who "he", "she", "the minister", "Smith" and "they" are: names of the text, and the actors that a project knows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from disputegraph.coding import Known
from disputegraph.drafting.draft_records import Draft, DraftSpan, ProposedSpeaker
from disputegraph.drafting.text_names import Gender, Named, TextNames, gender_of_words

__all__ = ["resolve_speakers"]

_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_THEY, _IT = frozenset(("they", "them", "their", "theirs")), frozenset(("it", "its"))
_SELF = frozenset(("i", "me", "my", "we", "us", "our"))
_RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
_LITTLE = frozenset("the a an this that these those his her their its our former new own some many several".split())
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_BEFORE_OTHERS = re.compile(
    r"(?<=\w)(?:['’]s?)?\s*(?:,|\bof\b|\bfor\b|\bat\b|\bwith\b|\bin\b|\bwho\b|\bfrom\b|\bto\b|\bon\b)"
)


def resolve_speakers(text: str, drafts: Sequence[Draft], actors: Sequence[Known] = ()) -> list[Draft]:
    """Return the drafts with who speaks in each, as far as the text tells.

    Args:
        text: the text.
        drafts: its drafts; a speaker that one has already stays.
        actors: the actors that a project knows.
    """
    resolver = _Resolver(text, actors)
    spoken: dict[int, ProposedSpeaker | None] = {}
    order = sorted(range(len(drafts)), key=lambda number: _place(drafts[number]))
    for number in order:
        draft = drafts[number]
        outer = spoken.get(draft.inside) if draft.inside is not None else None
        spoken[number] = draft.speaker or resolver.speaker(draft, outer)
    return [replace(draft, speaker=spoken[number]) for number, draft in enumerate(drafts)]


def _place(draft: Draft) -> int:
    return min(start for start, _ in (draft.source or draft.cue or draft.content))


class _Resolver:
    """The names of a text, and who has spoken in it so far."""

    def __init__(self, text: str, actors: Sequence[Known]) -> None:
        self.text = text
        self.names = TextNames(text)
        self.actors = _Actors(actors)
        # Who spoke, in order of place: the name, its gender, whether it is several.
        self.spoken: list[tuple[int, str, Gender | None, bool, Named | None]] = []
        self.quotes = [m.span() for m in re.finditer(r"“[^”\n]*”|\"[^\"\n]*\"|''(?:[^'\n]|'(?!'))*''", text)]
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
        self.spoken.append((start, name, gender, many, named))
        return self.actors.speaker(name, named, score, reason)

    def _phrase(self, start: int, end: int, words: list[str]) -> tuple[str, float, str, Named | None]:
        phrase = self.text[start:end]
        head = _BEFORE_OTHERS.search(phrase)
        reach = start + (head.start() if head else len(phrase))
        mentioned = self.names.mentions(start, end)
        definite = words[0].lower() in _LITTLE
        for place, stop, named in mentioned:
            owns = self.text[stop : stop + 2] in {"'s", "’s"} or (
                self.text[stop : stop + 1] in {"'", "’"} and stop < end
            )
            if place < reach and not owns and (stop >= reach - 1 or not definite):
                full = re.sub(r"\s+", " ", named.name)
                same = full == re.sub(r"\s+", " ", self.text[place:stop])
                return (
                    full,
                    0.95 if same or len(full.split()) == 1 else 0.9,
                    "named beside the words" if same else f"short for {full}",
                    named,
                )
        post = self._post(start, words)
        if post is not None:
            return post
        plain = re.sub(r"\s+", " ", phrase[: head.start()] if head and head.start() > 3 and "," in head[0] else phrase)
        return plain, 0.4, "not named; as the text describes them", None

    def _post(self, start: int, words: list[str]) -> tuple[str, float, str, Named | None] | None:
        """Return who "the minister" is: who was called so before, or the project's holder of the post."""
        if words[0].lower() not in {"the", "this", "that"} or len(words) > 6:
            return None
        wanted = [word.lower() for word in words[1:]]
        head = wanted[-1]
        holders = [n for n in self.names.named if head in n.posts and n.places[0][0] < start]
        if holders:
            best = max(holders, key=lambda n: (len(set(wanted) & n.posts), self._last(n, start)))
            score = 0.8 if len(holders) == 1 else 0.65
            return best.name, score, f"called {head} in the text", best
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
        """Return whom "he" or "she" means: who speaks in the text before it, else who is named last outside quotations."""
        sentence = max(self.text.rfind(mark, 0, start) for mark in (". ", "? ", "! ", ".” ", '." ', "\n", "'' "))
        scores: dict[str, tuple[float, str, Named | None]] = {}

        def count(name: str, score: float, reason: str, named: Named | None) -> None:
            old = scores.get(name, (0.0, "", None))
            scores[name] = (
                max(old[0], score) + (0.1 if old[0] else 0),
                reason if score >= old[0] else old[1],
                named or old[2],
            )

        for far, (place, name, known, many, named) in enumerate(reversed(self.spoken[-8:])):
            if (
                many
                or (gender and known and known != gender)
                or place >= start
                or (named is not None and named.person is False)
            ):
                continue
            sure = 0.25 if known == gender and gender else 0
            count(name, 0.6 + sure - 0.1 * far - (0.1 if start - place > 1500 else 0), "spoke last before", named)
        for place, stop, named in reversed(self.names.mentions(max(0, start - 1500), start)):
            if named.person is False or (gender and named.gender and named.gender != gender) or self._quoted(place):
                continue
            owned = self.text[stop : stop + 2] in {"'s", "’s"}
            sure = 0.25 if named.gender == gender and gender else 0.1 if named.person else -0.2
            begins = self._begins(place)
            near = 0.3 if place > sentence else max(0.0, 0.25 - (start - place) / 3000)
            count(
                named.name,
                0.3 + sure + near + (0.2 if begins else 0) - (0.15 if owned else 0),
                "named last before",
                named,
            )
        if not scores:
            return None
        best = max(scores, key=lambda name: scores[name][0])
        score, reason, named = scores[best]
        return best, round(min(0.9, score), 2), reason, named

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


def _key(name: str) -> str:
    words = [word for word in re.findall(r"\w+", name.casefold()) if word not in {"the", "of", "mr", "mrs", "ms", "dr"}]
    return " ".join(words)


def spans_text(text: str, spans: Sequence[DraftSpan]) -> str:
    """Return the words of spans."""
    return " ".join(text[start:end] for start, end in spans)
