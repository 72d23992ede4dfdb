"""What verbs bring: clauses, infinitives, gerunds, nouns, what prepositions bring, what "she said" stands beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from disputegraph.drafting.attitude_frames import Frames, frames_of, words_of
from disputegraph.drafting.spacy_tree import (
    RELATIVES,
    Attribution,
    after_comma,
    belongs_to,
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

_NOBODY = frozenset(
    ("it", "this", "that", "which", "what", "there", "themselves", "himself", "herself", "itself", "myself")
)
_DASHES = frozenset((",", "-", "--", "—", "–"))
_ENDS = _DASHES | {".", "?", "!"}
_OF_SOMETHING = frozenset(("of", "for", "to", "with", "on"))
_QUOTES = frozenset(('"', "“", "''", "``"))
_CONDITIONS = frozenset(("if", "unless", "because", "until", "when", "once", "than", "so", "to"))
_PAST_OR_PRESENT = frozenset(("VBD", "VBZ", "VBP"))
_BESIDE = frozenset(("while", "though", "although", "as", "whereas"))
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
    if found is not None and not (found.lemma in words_of("findings") and _is_open(token)):
        yield from _Verb(token, found, particles).attributions()


def _is_open(token: Token) -> bool:
    """Whether a verb leaves open that somebody does it: "to see whether", "you can see that"."""
    return token.tag_ == "VB" and any(c.tag_ in {"TO", "MD"} for c in token.children if c.dep_ == "aux")


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
        made = self._united([one for child in clauses for one in self._of_clause(child, after)])
        if not made:
            made = [one for child in self.children if child.dep_ == "prep" for one in self._of_preposition(child)][:1]
        if not made and "of" in self.found.prepositions and self.objects and "object" not in self.frames:
            # "accused the director of a lie", where the parser takes "of a lie" for a part of the director
            blamed = [held for held in self.objects if any(c.lower_ == "of" for c in held.children)]
            made = [one for held in blamed for one in self._made(subtree(held), "of")]
        if not made:
            made = [*self._around()][:1] or [*self._of_object()][:1]
        yield from made

    def _united(self, made: list[Attribution]) -> list[Attribution]:
        """Return what several clauses of one verb bring as one: a parser cuts long ones in parts.

        What stands before the verb belongs to it only where a mark shows that it goes on: "It is so, she said, and".
        """
        if not made[1:]:
            return made
        verb = self.token.i
        later = [one for one in made if min(one.content) > verb]
        earlier = [one for one in made if min(one.content) < verb]
        if earlier and later:
            last = min(number for one in later for number in one.content) - 1
            if not self.token.doc[last].is_punct:
                earlier = []
        one = (earlier or later)[0]
        content = {number for other in (earlier, later) for number in _filled(other)}
        return [Attribution(one.cue, one.source, content - one.source - set(one.cue), one.frame)]

    def _agent(self) -> Token | None:
        for child in self.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                return child_of(child, "pobj")
        return None

    def _made(self, content: set[int], frame: str, *more: Token) -> Iterator[Attribution]:
        cue = [*self.cue, *(word.i for word in more)]
        content = content - self.source - set(cue)
        while content and self.token.doc[max(content)].dep_ == "cc":
            content.discard(max(content))
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
            if "quote" in self.frames and not self._is_aside(child, after) and not self._says_something_else():
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

    def _says_something_else(self) -> bool:
        """Whether a verb has an object of its own, so that the clause before it is the reporter's."""
        told = self.objects and "address" not in self.frames and self.objects[0].i > self.token.i
        return bool(told) and "object" in self.frames and not self.passive

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
                yield from self._made(subtree(child) | self._further(child.i + 1), "prep", child)
            elif not self.objects and (not self.passive or word == "about"):
                infinitive = child_of(self.token, "xcomp", "advcl") if word == "for" else None
                more_words = subtree(infinitive) if infinitive is not None and has_to(infinitive) else set()
                yield from self._made(subtree(child) | more_words | self._further(child.i + 1), "prep", child)

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
        """Return an object with what follows it in its clause, but for when, where and how it was said."""
        # "mocks sailors and kneels to nobody": no verb goes on with a noun
        joined = (c for c in held.subtree if c.dep_ == "conj" and c.head.tag_.startswith("NN"))
        verbs = [c for c in joined if c.tag_ in _PAST_OR_PRESENT]
        return without_afterthought(held.doc, subtree(held, *verbs)) | self._further(held.i)

    def _further(self, after: int) -> set[int]:
        """Return what follows a place in a verb's clause and belongs to what is said."""
        found: set[int] = set()
        for child in self.children:
            if child.i < after or after_comma(child):
                continue
            belongs = child.dep_ == "prep" or (child.dep_ in {"advcl", "xcomp"} and has_to(child))
            if belongs and not self._is_circumstance(child):
                found |= subtree(child)
        return found

    @staticmethod
    def _is_circumstance(child: Token) -> bool:
        """Whether words only tell when or where something was said: on Monday, in a speech, during the debate."""
        if child.lower_ in words_of("circumstances") or (child.lower_ == "by" and child_of(child, "pcomp") is not None):
            return True
        held = child_of(child, "pobj")
        occasion = held is not None and held.lower_ in words_of("occasions")
        return occasion or any(below.lower_ in words_of("days") for below in child.subtree)

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
            elif below.head.i == head.i and head.i > self.token.i and self._is_told_apart(below):
                branches.append(below)
        found = subtree(head, *branches) | self._lost_subject(head)
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
                    and not self._is_contrast(child)
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

    def _lost_subject(self, head: Token) -> set[int]:
        """Return the words right after the verb that a finite clause lacks as its subject."""
        lost = head.i > self.token.i and is_finite(head) and head.dep_ == "ccomp"
        if not lost or child_of(head, "nsubj", "nsubjpass", "csubj", "expl", "mark", "attr"):
            return set()
        if "clause" not in self.frames or "address" in self.frames:
            return set()
        first = self.token.i + 1
        between = self.token.doc[first : head.left_edge.i]
        if not between or any(t.is_punct or t.lower_ in words_of("days") for t in between) or first in self.source:
            return set()
        return {t.i for t in between}

    @staticmethod
    def _is_contrast(child: Token) -> bool:
        number = child.left_edge.i
        before = child.doc[max(0, number - 2) : number + 1]
        return any(t.lower_ in {"but", "yet", ";"} for t in before)

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

    def _is_told_apart(self, other: Token) -> bool:
        """Whether a verb beside what is said tells something else, of the same speaker or of another."""
        if child_of(other, "nsubj", "nsubjpass") is None:  # she said that it was late and added that
            going_on = (other.tag_ in {"VBD", "VBZ"} and self._tells(other)) or belongs_to(
                self.token, other.head, other
            )
            return other.dep_ == "conj" and going_on
        mark = child_of(other, "mark")  # she said it rained, while he said it did not
        beside = other.dep_ == "conj" or (other.dep_ == "advcl" and mark is not None and mark.lower_ in _BESIDE)
        return beside and other.i > other.head.i and child_of(other, "nsubj") is not None and self._tells(other)

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
            own_object = as_put and self.objects and self.objects[0].lower_ != "it" and "address" not in self.frames
            if bound and closed and not own_object and (mark is None or mark.lower_ == "as"):
                yield from self._made(subtree(token.head, token), "parataxis")
                return
        group = set(self.cue) | self.source
        first, last = min(group), max(group)
        before = [t for t in sentence if t.i < first]
        after = [t for t in sentence if t.i > last]
        if last - first > _WIDEST:
            return
        if _quotation_begins(after) and not any(t.is_quote for t in before[-_FEW:]):
            yield from self._made({t.i for t in after}, "before")  # "When the gate was shut, she said, “No.”"
            return
        if len(before) > _FEW and before[-1].text in _DASHES and (not after or after[0].text in _ENDS):
            yield from self._made({t.i for t in before} | {t.i for t in after}, "parataxis")
            return
        start = next((t for t in after[:12] if t.lower_ == "that" or t.text in {",", ":"}), None)
        opens = start is not None and start.lower_ == "that" and start.tag_ in {"IN", "WDT"}
        if not self.objects and start is not None and opens:
            yield from self._made({t.i for t in sentence if t.i > start.i}, "that")


def _filled(made: list[Attribution]) -> set[int]:
    numbers = {number for one in made for number in one.content}
    return set(range(min(numbers), max(numbers) + 1)) if numbers else set()


def _holds_quote(clause: Token) -> bool:
    first, last = clause.left_edge.i, clause.right_edge.i
    return any(token.is_quote for token in clause.doc[max(0, first - 1) : last + 2])


def _quotation_begins(after: list[Token]) -> bool:
    """Whether a comma or a colon and a whole quotation follow."""
    return len(after) > _FEW and after[0].text in {",", ":"} and after[1].is_quote and after[2].text[:1].isupper()


_WIDEST = 25
_FEW = 2
