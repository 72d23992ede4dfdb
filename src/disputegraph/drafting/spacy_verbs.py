"""What verbs bring: clauses, infinitives, gerunds, nouns, what prepositions bring, what "she said" stands beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from disputegraph.drafting.attitude_frames import Frames, frames_of, words_of
from disputegraph.drafting.spacy_tree import (
    RELATIVES,
    Attribution,
    after_comma,
    child_of,
    has_to,
    is_finite,
    is_passive,
    nearest_speaker,
    noun_phrase,
    subject_of,
    subtree,
    without_afterthought,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["attributions_of_verb", "frames_of_verb"]

_NOBODY = frozenset(
    ("it", "this", "that", "which", "what", "there", "themselves", "himself", "herself", "itself", "myself")
)
_DASHES = frozenset((",", "-", "--", "—", "–"))
_ENDS = _DASHES | {".", "?", "!"}
_OF_SOMETHING = frozenset(("of", "for", "to", "with", "on"))
_QUOTES = frozenset(('"', "“", "''", "``"))
_CONDITIONS = frozenset(("if", "unless", "because", "until", "when", "once", "than", "so", "to"))
_FULL_ANSWERS = frozenset(("no", "yes", "nothing", "something", "much", "little", "that"))
_NAMING = frozenset(("call", "name", "dub", "label", "brand", "term", "style", "know"))


def frames_of_verb(token: Token) -> tuple[Frames | None, list[Token]]:
    """Return the frames of a verb, and its particles: "point out" is another verb than "point"."""
    for child in token.children:
        if child.dep_ == "prt" or (child.dep_ in {"prep", "advmod"} and child.i == token.i + 1):
            found = frames_of("verb", f"{token.lower_}+{child.lower_}")
            if found is not None:
                return found, [child]
    return frames_of("verb", token.lower_), []


def attributions_of_verb(token: Token) -> Iterator[Attribution]:
    """Yield what a verb brings."""
    found, particles = frames_of_verb(token)
    if found is not None:
        yield from _Verb(token, found, particles).attributions()


class _Verb:
    """A verb of speech, belief, wish or judgement, with the words around it."""

    def __init__(self, token: Token, found: Frames, particles: list[Token]) -> None:
        self.token, self.found, self.frames, self.particles = token, found, found.frames, particles
        self.children = list(token.children)
        self.passive = is_passive(token)
        named = self._agent() if self.passive else subject_of(token)
        if named is None and not self.passive and is_finite(token) and found.frames & {"clause", "quote"}:
            named = nearest_speaker(token)
        self.source = noun_phrase(named) if named is not None else set()
        if named is not None and named.i == token.head.i:
            self.source |= {c.i for c in self.children if c.dep_ == "nsubj" and c.lower_ in RELATIVES}
        taken = named.i if named is not None else -1
        held = [p for particle in particles if particle.dep_ == "prep" for p in particle.children if p.dep_ == "pobj"]
        self.objects = held or [c for c in self.children if c.dep_ == "dobj" and c.i != taken]
        self.subject = child_of(token, "nsubjpass", "csubjpass")
        helping = [c.i for c in self.children if c.dep_ in {"aux", "auxpass", "neg"}]
        self.cue = [token.i, *(p.i for p in particles), *helping]

    def attributions(self) -> Iterator[Attribution]:
        clauses = [c for c in self.children if c.dep_ in {"ccomp", "xcomp", "oprd"} or self._is_wished(c)]
        after = any(c.i > self.token.i and c.dep_ == "ccomp" for c in clauses)
        made = [one for child in clauses for one in self._of_clause(child, after)]
        if not made:
            made = [one for child in self.children if child.dep_ == "prep" for one in self._of_preposition(child)][:1]
        if not made and "of" in self.found.prepositions and self.objects and "object" not in self.frames:
            # "accused the director of a lie", where the parser takes "of a lie" for a part of the director
            blamed = [held for held in self.objects if any(c.lower_ == "of" for c in held.children)]
            made = [one for held in blamed for one in self._made(subtree(held), "of")]
        if not made:
            made = [*self._around()][:1] or [*self._of_object()][:1]
        yield from made

    def _agent(self) -> Token | None:
        for child in self.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                return child_of(child, "pobj")
        return None

    def _made(self, content: set[int], frame: str, *more: Token) -> Iterator[Attribution]:
        cue = [*self.cue, *(word.i for word in more)]
        content = content - self.source - set(cue)
        if content:
            yield Attribution(cue, self.source, content, frame)

    def _is_wished(self, child: Token) -> bool:
        """Whether it is an infinitive with "for": they called for him to leave."""
        mark = child_of(child, "mark")
        return child.dep_ == "advcl" and mark is not None and mark.lower_ == "for" and "for" in self.found.prepositions

    def _held(self) -> set[int]:
        """Return the tokens of what is judged: the object, or the subject of a passive."""
        if self.objects:
            return subtree(self.objects[0])
        return subtree(self.subject) if self.subject is not None else set()

    def _of_clause(self, child: Token, after: bool) -> Iterator[Attribution]:
        if child.dep_ == "advcl":
            yield from self._made(self._clause(child), "for-to")
        elif child.dep_ in {"xcomp", "oprd"}:
            yield from self._of_open_clause(child)
        elif child.i < self.token.i:
            if "quote" in self.frames and not self._is_aside(child, after):
                yield from self._made(self._clause(child), "before")
        elif has_to(child) and not is_finite(child):
            if self.frames & {"them-to", "to"}:
                yield from self._made(self._clause(child), "them-to")
        elif is_finite(child) or child.tag_ in {"VB", "VBN"} or not child.tag_.startswith("VB"):
            if "clause" in self.frames or ("quote" in self.frames and _holds_quote(child)):
                yield from self._made(self._clause(child), "clause")
            elif "is" in self.frames and not self._only_names(child):
                yield from self._made(self._clause(child), "is")
        elif "ing" in self.frames or "showing" in self.found.kinds:
            yield from self._made(self._clause(child), "ing")

    def _is_aside(self, child: Token, after: bool) -> bool:
        """Whether a clause before the verb is not what is said: "while it rained, she said", "asked why, she said"."""
        mark = child_of(child, "mark", "advmod")
        if after and mark is not None and mark.lower_ in words_of("conjunctions"):
            return True
        bare = child.tag_ == "VBN" and child_of(child, "nsubj", "nsubjpass", "auxpass") is None
        return bare and frames_of_verb(child)[0] is not None

    def _of_open_clause(self, child: Token) -> Iterator[Attribution]:
        if child.dep_ == "xcomp" and has_to(child):
            if self.objects and "them-to" in self.frames:
                yield from self._made(self._clause(child) | subtree(self.objects[0]), "them-to")
            elif self.passive and self.subject is not None and "them-to" in self.frames:
                yield from self._made(self._clause(child) | noun_phrase(self.subject), "passive-to")
            elif "to" in self.frames and not self.passive and not self.objects:
                yield from self._made(self._clause(child), "to")
        elif child.dep_ == "xcomp" and child.tag_ == "VBG":
            if "ing" in self.frames:
                yield from self._made(self._clause(child), "ing")
        elif "is" in self.frames and not self._only_names(child):
            yield from self._made(subtree(child) | self._held(), "is")

    def _of_preposition(self, child: Token) -> Iterator[Attribution]:
        word = child.lower_
        if (
            child in self.particles
            or child.i < self.token.i
            or child_of(child, "pobj", "pcomp", "amod", "ccomp") is None
        ):
            return
        if word == "as" and "as" in self.frames and (self.objects or self.subject is not None):
            yield from self._made(subtree(child) | self._held(), "as")
        elif word in self.found.prepositions:
            if word in _OF_SOMETHING and self._held() and (word in {"of", "for"} or not self.frames & {"address"}):
                more = (child,) if word == "of" else ()
                yield from self._made(subtree(child) | self._held(), word, *more)
            elif self.objects and "address" in self.frames:
                yield from self._made(subtree(child), "prep", child)
            elif not self.objects and (not self.passive or word == "about"):
                infinitive = child_of(self.token, "xcomp", "advcl") if word == "for" else None
                more_words = subtree(infinitive) if infinitive is not None and has_to(infinitive) else set()
                yield from self._made(subtree(child) | more_words, "prep", child)

    def _of_object(self) -> Iterator[Attribution]:
        if self.objects and self.objects[0].lower_ in _FULL_ANSWERS and "quote" in self.frames:
            yield from self._made(self._object(self.objects[0]), "answer")
            return
        shows = "showing" in self.found.kinds and self._is_evidence()
        if "object" not in self.frames and not shows:
            return
        if self.passive:
            if self.subject is not None and self.source:
                yield from self._made(subtree(self.subject), "passive-object")
        elif self.objects and self.objects[0].lower_ not in _NOBODY and self.source:
            yield from self._made(self._object(self.objects[0]), "object")

    def _object(self, held: Token) -> set[int]:
        """Return an object with what follows it in its clause, but for when and how it was said."""
        found = without_afterthought(held.doc, subtree(held))
        for child in self.children:
            follows = child.i > held.i and child.dep_ == "prep" and child.lower_ not in words_of("circumstances")
            if follows and not any(below.lower_ in words_of("days") for below in child.subtree):
                found |= subtree(child)
        return found

    def _is_evidence(self) -> bool:
        """Whether a poll, a report or figures are what shows something."""
        return any(self.token.doc[number].lower_ in words_of("evidence") for number in self.source)

    def _only_names(self, child: Token) -> bool:
        """Whether words only tell a name, "a website called Harbour News", or when: "called Monday"."""
        if child.lower_ in words_of("days"):
            return True
        return self.passive and self.found.lemma in _NAMING and self.token.dep_ == "acl"

    def _clause(self, head: Token) -> set[int]:
        """Return the tokens of a clause, without a participle of saying at its end, whose subject is the speaker."""
        branches = []
        for below in head.subtree:
            if below.dep_ == "advcl" and below.tag_ == "VBG" and below.i > head.i > self.token.i:
                if after_comma(below) and frames_of_verb(below)[0] is not None:
                    branches.append(below)
            elif below.dep_ == "conj" and below.head.i == head.i and head.i > self.token.i and self._tells_on(below):
                branches.append(below)
        found = subtree(head, *branches)
        if head.i > self.token.i:
            found = without_afterthought(head.doc, found)
        if head.i > self.token.i and "clause" in self.frames:
            for child in self.children:
                if (
                    (
                        child.dep_ == "conj"
                        and child_of(child, "nsubj", "nsubjpass", "expl") is not None
                        and child.i > head.i
                    )
                    and is_finite(child)
                    and not self._tells(child)
                ):
                    found |= subtree(child)
                # "some say he would look better if he ate": no comma parts the condition from what is said
                if child.dep_ == "advcl" and child.i > head.i and self._is_condition(child):
                    found |= subtree(child)
                # ", educate the public and learn more": further infinitives that the parser hung on the verb itself
                if (
                    child.dep_ == "advcl"
                    and child.tag_ == "VB"
                    and child.i > head.i
                    and child_of(child, "nsubj", "mark", "aux") is None
                ):
                    found |= subtree(child)
        return found

    @staticmethod
    def _is_condition(child: Token) -> bool:
        mark = child_of(child, "mark", "advmod")
        opens = mark is not None and mark.lower_ in _CONDITIONS and mark.i == child.left_edge.i
        return opens and not after_comma(child)

    def _tells(self, other: Token) -> bool:
        """Whether another verb is one of speech with words of its own."""
        frames, _ = frames_of_verb(other)
        brings = child_of(other, "ccomp") is not None or any(c.text in _QUOTES for c in other.children)
        return frames is not None and bool(frames.frames & {"clause", "quote"}) and brings

    def _tells_on(self, other: Token) -> bool:
        """Whether a further verb is said of the same speaker: she said that it was late and added that."""
        return child_of(other, "nsubj", "nsubjpass") is None and other.tag_ in {"VBD", "VBZ"} and self._tells(other)

    def _around(self) -> Iterator[Attribution]:
        """Yield what stands around "she said" or after it where the parser hangs it elsewhere."""
        if "quote" not in self.frames or self.passive or child_of(self.token, "nsubj") is None:
            return
        as_put = (mark := child_of(self.token, "mark", "advmod")) is not None and mark.lower_ == "as"
        if "clause" not in self.frames and not as_put and not any(t.is_quote for t in self.token.sent):
            return  # "began" and "went on" tell of speech only beside a quotation
        token = self.token
        own = sorted(below.i for below in token.subtree)
        doc, sentence = token.doc, token.sent
        if token.dep_ in {"parataxis", "ccomp", "advcl"} and token.head.i not in own:
            mark = child_of(token, "mark", "advmod")
            bound = (
                own[0] == sentence.start
                or doc[own[0]].text in _DASHES
                or (own[0] > 0 and doc[own[0] - 1].text in _DASHES)
            )
            closed = doc[own[-1]].text in _ENDS or own[-1] + 1 >= len(doc) or doc[own[-1] + 1].text in _ENDS
            if bound and closed and (mark is None or mark.lower_ == "as"):
                yield from self._made(subtree(token.head, token), "parataxis")
                return
        group = set(self.cue) | self.source
        first, last = min(group), max(group)
        before = [t for t in sentence if t.i < first]
        after = [t for t in sentence if t.i > last]
        if last - first > _WIDEST:
            return
        if len(before) > _FEW and before[-1].text in _DASHES and (not after or after[0].text in _ENDS):
            yield from self._made({t.i for t in before} | {t.i for t in after}, "parataxis")
            return
        start = next((t for t in after[:12] if t.lower_ == "that" or t.text in {",", ":"}), None)
        opens = start is not None and start.lower_ == "that" and start.tag_ in {"IN", "WDT"}
        if not self.objects and start is not None and opens:
            yield from self._made({t.i for t in sentence if t.i > start.i}, "that")


def _holds_quote(clause: Token) -> bool:
    first, last = clause.left_edge.i, clause.right_edge.i
    return any(token.is_quote for token in clause.doc[max(0, first - 1) : last + 2])


_WIDEST = 25
_FEW = 2
